/**
 * Something begun ("query started", "request sent") after which its service says no more in the
 * trace, while others go on. It shows only later: at the first trouble of the others.
 */
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
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

/** So many of a kind are read; more would say nothing new. */
const MOST_SHOWN = 32;

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
  async run(study: Study): Promise<LogVerdict> {
    const { open, mostLike } = openOperations(study);
    const told = open.filter(({ kind, trouble }) => {
      if (kind.traces < LIKE_TRACES) return trouble;
      const share = kind.followed / kind.traces;
      return share >= NEARLY_ALWAYS || (share >= OFTEN && trouble);
    });
    const shown = sampleByKind(told);
    const entries = await study.log.read(shown.flatMap(({ begin, next }) => [begin, next]));
    const findings = shown.map((one, index): Finding => {
      const [begin, next] = [entries[2 * index], entries[2 * index + 1]];
      return {
        rule: unendedOperation.name,
        severity: isSure(one) ? 'warning' : 'information',
        entry: begin,
        time: next.timestamp,
        count: one.stands,
        badness: 0,
        effect: next,
        message: {
          key: 'unended-operation.silent',
          args: { text: begin.message, next: next.service ?? '', afterMs: millisBetween(begin, next) },
        },
      };
    });
    const args = { traces: mostLike, needed: LIKE_TRACES };
    return { findings, notRun: mostLike < LIKE_TRACES ? { key: 'not-run.few-like-traces', args } : null };
  },
};

/** Like ones nearly always end, there are enough of them to know, and trouble follows. */
function isSure({ kind, trouble }: Open): boolean {
  return trouble && kind.traces >= LIKE_TRACES && kind.followed >= NEARLY_ALWAYS * kind.traces;
}

/** The first few of each kind; the first of them stands for those left out. */
function sampleByKind(told: readonly Open[]): (Open & { stands: number })[] {
  const byKind = new Map<Kind, Open[]>();
  for (const one of told) {
    const alike = byKind.get(one.kind);
    if (alike) alike.push(one);
    else byKind.set(one.kind, [one]);
  }
  return [...byKind.values()].flatMap((alike) =>
    alike.slice(0, MOST_SHOWN).map((one, index) => {
      const left = index === 0 ? Math.max(0, alike.length - MOST_SHOWN) : 0;
      return { ...one, stands: 1 + left };
    }),
  );
}

export function isBegin(template: string): boolean {
  const text = plain(template);
  return BEGIN.test(text) && !END.test(text);
}

/** `mostLike`: in how many traces the most common begin occurs. */
function openOperations(study: Study): { open: Open[]; mostLike: number } {
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
      const last = lastOf.get(log.service[entry]) ?? entry;
      if (log.template[last] !== log.template[entry]) kind.followed++;
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
  const mostLike = [...kinds.values()].reduce((most, { traces }) => Math.max(most, traces), 0);
  return { open, mostLike };
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
