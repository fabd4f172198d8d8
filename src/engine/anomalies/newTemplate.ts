/**
 * A kind of message that a service had not logged before. Whatever is rare turns up late by chance; it is news
 * when its entries are too many for none of them to have come earlier.
 */
import { type Log, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import { ERROR, isLoud } from './survey.ts';

/** Of a service's entries, and of its time in microseconds: before, everything is new. */
const LEARNING_SHARE = 0.2;
const LEARNING_ENTRIES = 50;
const LEARNING_TIME = 600e6;
/** The chance that none of its entries came earlier, below which it is news; below WARN less, for much is said there. */
const CHANCE = 0.05;
const CHANCE_OF_QUIET = 0.001;
/** Where a service has more kinds of errors that came only once or twice, their variables are not all masked. */
const MOST_RARE = 8;
const RARE = 2;
const MOST_SHOWN = 100;

interface Novelty {
  first: number;
  last: number;
  count: number;
  /** How likely chance alone made it come so late. */
  chance: number;
  level: number;
}

export const newTemplate: LogRule = {
  name: 'new-template',
  async run({ log, survey }: Study): Promise<LogVerdict> {
    const { found, learned } = novelties(log);
    const told = found.filter(({ first }) => survey.includes(first)).slice(0, MOST_SHOWN);
    const lines = await log.read(told.flatMap(({ first, last }) => [first, last]));
    const findings = told.map(({ count, chance, level }, index): Finding => {
      const [first, last] = [lines[2 * index], lines[2 * index + 1]];
      const isError = isLoud(level) && level >= ERROR;
      const isNews = count > 1 && chance <= CHANCE;
      return {
        rule: newTemplate.name,
        severity: !isError ? 'hint' : isNews ? 'warning' : 'information',
        entry: first,
        time: first.timestamp,
        until: log.time[last.entry],
        lone: isError && !isNews,
        count,
        badness: level,
        effect: null,
        shown: [{ entry: last, why: 'last' }],
        message: { key: 'new-template.first', args: { count, text: first.message } },
      };
    });
    const args = { needed: LEARNING_ENTRIES, neededMs: LEARNING_TIME / 1000 };
    return { findings, notRun: learned ? null : { key: 'not-run.short', args } };
  },
};

/** The loudest and most frequent first. `learned`: some service logs long enough to know what is usual. */
function novelties(log: Log): { found: Novelty[]; learned: boolean } {
  const services = new Map<number, { first: number; last: number; entries: number }>();
  const kinds = new Map<number, { service: number; first: number; last: number; count: number; before: number }>();
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    const service = log.service[entry];
    const time = log.time[entry];
    if (service === NO_SERVICE || Number.isNaN(time)) continue;
    let own = services.get(service);
    if (!own) {
      own = { first: time, last: time, entries: 0 };
      services.set(service, own);
    }
    const key = log.template[entry] * 65_536 + service;
    const kind = kinds.get(key);
    if (kind) {
      kind.count++;
      kind.last = entry;
    } else kinds.set(key, { service, first: entry, last: entry, count: 1, before: own.entries });
    own.entries++;
    own.last = time;
  }
  const found: Novelty[] = [];
  const rare = new Map<number, number>();
  for (const kind of kinds.values()) {
    const own = services.get(kind.service);
    const level = log.level[kind.first];
    if (!own) continue;
    if (kind.count <= RARE && level >= ERROR && level !== NO_LEVEL)
      rare.set(kind.service, (rare.get(kind.service) ?? 0) + 1);
    if (kind.before < Math.max(LEARNING_ENTRIES, LEARNING_SHARE * own.entries)) continue;
    if (log.time[kind.first] - own.first < LEARNING_TIME) continue;
    const chance = (1 - kind.before / own.entries) ** kind.count;
    const isError = isLoud(level) && level >= ERROR;
    if (isError || chance <= (isLoud(level) ? CHANCE : CHANCE_OF_QUIET)) found.push({ ...kind, chance, level });
  }
  const news = found.filter(({ first, count }) => count > RARE || (rare.get(log.service[first]) ?? 0) <= MOST_RARE);
  const weight = ({ level, count }: Novelty): number => (level === NO_LEVEL ? 0 : level) * 2 ** 40 + count;
  news.sort((one, other) => weight(other) - weight(one) || one.first - other.first);
  const learned = [...services.values()].some(
    ({ first, last, entries }) => entries > LEARNING_ENTRIES && last - first > LEARNING_TIME,
  );
  return { found: news, learned };
}
