/** Names to jump to by, over the whole log: what the editor looks for while somebody types. */
import type { LogSymbol } from '../../gestures.ts';
import { LEVELS } from '../../model.ts';
import { searchIds } from '../correlation/lookup.ts';
import { type Log, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import { isRecordedSpan } from '../timeline/recordedSpan.ts';

/** Shorter texts stand in very many ids and messages. */
const TELLING = 3;
/** A template without a word of its own names nothing. */
const ALL_MASKED = /^(?:\W|<\*>)*$/;

interface Use {
  entries: number;
  /** Index in LEVELS; -1 where no entry has a level. */
  worst: number;
  first: number;
}

interface Uses {
  services: Use[];
  templates: Use[];
}

/** What a log's services and templates are used for never changes, and each letter typed asks for it. */
const known = new WeakMap<Log, Uses>();

export function symbolsOf(log: Log, text: string, limit: number): LogSymbol[] {
  const wanted = text.trim().toLowerCase();
  const isTelling = wanted.length >= TELLING;
  const uses = known.get(log) ?? usesOf(log);
  known.set(log, uses);
  const found: LogSymbol[] = [];
  const add = (kind: LogSymbol['kind'], name: string, { entries, worst, first }: Use): void => {
    if (entries === 0 || !name.toLowerCase().includes(wanted)) return;
    found.push({ kind, name, key: null, entries, worstLevel: LEVELS[worst] ?? null, first: log.row(first) });
  };
  for (const [service, use] of uses.services.entries()) add('service', log.services[service], use);
  for (const [template, use] of uses.templates.entries()) {
    const name = log.templates[template].text;
    const isOperation = use.entries > 0 && isRecordedSpan(log, use.first);
    if ((isOperation || isTelling) && !ALL_MASKED.test(name)) add(isOperation ? 'operation' : 'message', name, use);
  }
  found.sort((a, b) => rank(a) - rank(b) || b.entries - a.entries || (a.name < b.name ? -1 : 1));
  const ids = isTelling ? searchIds(log, wanted, limit) : [];
  const symbols = ids.map(
    ({ id, key, entries, worstLevel, first }): LogSymbol => ({ kind: 'id', name: id, key, entries, worstLevel, first }),
  );
  return [...symbols, ...found].slice(0, limit);
}

function rank({ kind }: LogSymbol): number {
  return kind === 'service' ? 0 : kind === 'operation' ? 1 : 2;
}

/** In order of entries and not of time: columns are walked through fastest as they lie. */
function usesOf(log: Log): Uses {
  const services = log.services.map(noUse);
  const templates = log.templates.map(noUse);
  for (let entry = 0; entry < log.count; entry++) {
    if (log.service[entry] !== NO_SERVICE) note(services[log.service[entry]], log, entry);
    if (log.template[entry] < templates.length) note(templates[log.template[entry]], log, entry);
  }
  return { services, templates };
}

function noUse(): Use {
  return { entries: 0, worst: -1, first: -1 };
}

function note(use: Use, log: Log, entry: number): void {
  if (use.entries++ === 0 || log.time[entry] < log.time[use.first]) use.first = entry;
  const level = log.level[entry];
  if (level !== NO_LEVEL && level > use.worst) use.worst = level;
}
