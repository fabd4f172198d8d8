/**
 * Something begun ("query started", "request sent") after which its service says no more in the
 * trace, while others go on. It shows only later: at the first trouble of the others.
 */
import type { Message } from '../../model.ts';
import type { Finding, LogRule, Study } from './study.ts';
import { isLoud } from './survey.ts';
import { eachSharedTrace } from './traces.ts';
import { plain } from './words.ts';

const BEGIN =
  /\b(start(ed|ing)|begun|began|beginning|begin|initiat(ed|ing)|request(ed|ing| received| sent| started)|request$|calling|sending|executing|acquiring|waiting|opening|connecting|fetching|querying|invoking|submitting|publishing|dispatching|processing)\b/;
const END = /\b(finished|completed|done|succeeded|successful(ly)?|ended|closed|failed|returned|confirmed)\b/;

/** From so many like traces on, what usually follows counts as evidence. */
const LIKE_TRACES = 20;
/** Followed so often, a begin without an end is news by itself. */
const NEARLY_ALWAYS = 0.95;
/** Followed so often, it is news once trouble comes after. */
const OFTEN = 0.5;

interface Kind {
  traces: number;
  followed: number;
}

interface Open {
  kind: Kind;
  begin: number;
  /** The first later entry of another service, one at WARN or above where there is one. */
  next: number;
  trouble: boolean;
}

export const unendedOperation: LogRule = {
  name: 'unended-operation',
  async find(study: Study): Promise<Finding[]> {
    const { open } = openOperations(study);
    const told = open.filter(({ kind, trouble }) => {
      if (kind.traces < LIKE_TRACES) return trouble;
      const share = kind.followed / kind.traces;
      return share >= NEARLY_ALWAYS || (share >= OFTEN && trouble);
    });
    const entries = await study.log.read(told.flatMap(({ begin, next }) => [begin, next]));
    return told.map((_, index) => {
      const [begin, next] = [entries[2 * index], entries[2 * index + 1]];
      return {
        rule: unendedOperation.name,
        severity: 'information',
        entry: begin,
        time: next.timestamp,
        count: 1,
        badness: 0,
        effect: next,
        message: {
          key: 'unended-operation.silent',
          args: { text: begin.message, next: next.service ?? '', afterMs: millisBetween(begin, next) },
        },
      };
    });
  },
  notRun(study: Study): Message | null {
    const { kinds } = openOperations(study);
    if (kinds.some((kind) => kind.traces >= LIKE_TRACES)) return null;
    const most = Math.max(0, ...kinds.map((kind) => kind.traces));
    return { key: 'not-run.few-like-traces', args: { traces: most, needed: LIKE_TRACES } };
  },
};

export function isBegin(template: string): boolean {
  const text = plain(template);
  return BEGIN.test(text) && !END.test(text);
}

function openOperations(study: Study): { open: Open[]; kinds: Kind[] } {
  const { log } = study;
  const begins = log.templates.map((template) => isBegin(template.text));
  const kinds = new Map<string, Kind>();
  const open: Open[] = [];
  eachSharedTrace(study.survey, (_, entries) => {
    const lastOf = new Map<number, number>();
    for (const entry of entries) lastOf.set(log.service[entry], entry);
    const seen = new Set<Kind>();
    for (const entry of entries) {
      if (!begins[log.template[entry]] || isLoud(log.level[entry])) continue;
      const kind = kindOf(kinds, `${log.service[entry]} ${log.template[entry]}`);
      if (seen.has(kind)) continue;
      seen.add(kind);
      kind.traces++;
      if (lastOf.get(log.service[entry]) !== entry) kind.followed++;
    }
    for (const [service, last] of lastOf) {
      if (!begins[log.template[last]] || isLoud(log.level[last])) continue;
      const later = entries.filter((entry) => log.service[entry] !== service && log.time[entry] > log.time[last]);
      if (later.length === 0) continue;
      const trouble = later.find((entry) => isLoud(log.level[entry]));
      const kind = kindOf(kinds, `${service} ${log.template[last]}`);
      open.push({ kind, begin: last, next: trouble ?? later[0], trouble: trouble !== undefined });
    }
  });
  return { open, kinds: [...kinds.values()] };
}

function kindOf(kinds: Map<string, Kind>, key: string): Kind {
  let kind = kinds.get(key);
  if (!kind) {
    kind = { traces: 0, followed: 0 };
    kinds.set(key, kind);
  }
  return kind;
}

function millisBetween(begin: { timestamp: number | null }, next: { timestamp: number | null }): number {
  return begin.timestamp === null || next.timestamp === null ? 0 : (next.timestamp - begin.timestamp) / 1000;
}
