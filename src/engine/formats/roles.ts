/**
 * Which key of a JSON record is its time, level, service, message or an id: by name where a name is
 * known, else by how the values look and behave over the records sampled from the head of a file.
 */

import { decodeUtf8 } from '../../base/utf8.ts';
import { idKeyRank, NOT_AN_ID, words } from '../correlation/idKeys.ts';
import { NO_LEVEL } from '../index/log.ts';
import { NUMBER, STRING } from '../parse/fieldList.ts';
import type { JsonScanner } from '../parse/jsonScanner.ts';
import { levelAt, levelOfNumber } from './levels.ts';
import type { JsonFormat } from './spec.ts';
import { TimestampReader } from './timestamp.ts';

/** The keys of each role in a file, best first; `ids` are those that only their values give away. */
export interface JsonRoles {
  time: string[];
  level: string[];
  service: string[];
  message: string[];
  ids: string[];
}

/** A key has a role when at least this share of its values fits. */
const FITS = 0.9;
/** A role found by shape alone must be on at least this share of the records. */
const PRESENT = 0.5;
const MAX_DISTINCT = 64;

interface KeyStats {
  name: string;
  count: number;
  times: number;
  levels: number;
  ids: number;
  names: number;
  blanks: number;
  characters: number;
  /** Values met, up to MAX_DISTINCT of them. */
  distinct: Set<string>;
}

/** Collects what the keys of sampled records hold, and judges. */
export class RoleInference {
  #stats = new Map<number, KeyStats>();
  #records = 0;
  #time = new TimestampReader();
  readonly #format: JsonFormat;

  constructor(format: JsonFormat) {
    this.#format = format;
  }

  get records(): number {
    return this.#records;
  }

  /** Takes in the record that the scanner has just scanned. */
  add(scanner: JsonScanner, buffer: Uint8Array): void {
    this.#records++;
    for (let i = 0; i < scanner.count; i++) {
      const type = scanner.type[i];
      if (type !== STRING && type !== NUMBER) continue;
      const key = scanner.key[i];
      let stats = this.#stats.get(key);
      if (!stats) {
        const name = scanner.keys.names[key];
        stats = {
          name,
          count: 0,
          times: 0,
          levels: 0,
          ids: 0,
          names: 0,
          blanks: 0,
          characters: 0,
          distinct: new Set(),
        };
        this.#stats.set(key, stats);
      }
      this.#judge(stats, buffer, scanner.start[i], scanner.end[i], type);
    }
  }

  #judge(stats: KeyStats, buffer: Uint8Array, start: number, end: number, type: number): void {
    stats.count++;
    const text = decodeUtf8(buffer, start, Math.min(end, start + 200));
    if (stats.distinct.size < MAX_DISTINCT) stats.distinct.add(text);
    if (this.#time.read(buffer, start, end) && this.#time.dated && this.#time.end >= end - 1) stats.times++;
    const level = type === STRING ? levelAt(buffer, start, end) : levelOfNumber(Number(text));
    if (level !== NO_LEVEL) stats.levels++;
    if (type !== STRING) return;
    stats.characters += end - start;
    if (text.includes(' ')) stats.blanks++;
    if (/^[A-Za-z][\w.-]{2,60}$/.test(text)) stats.names++;
    if (/^[0-9a-f-]{12,}$/i.test(text) || /^(?=\w*\d)(?=\w*[a-z])[\w-]{8,64}$/i.test(text)) stats.ids++;
  }

  /** The roles as far as the sample tells them. */
  roles(): JsonRoles {
    const all = [...this.#stats.values()];
    const { names } = this.#format;
    const time = this.#byName(all, names.time, (s) => s.times);
    if (time.length === 0) time.push(...this.#byShape(all, (s) => s.times));
    const level = this.#byName(all, names.level, (s) => s.levels);
    if (level.length === 0) {
      level.push(...this.#byShape(all, (s) => (s.distinct.size <= 8 && s.characters >= 3 * s.count ? s.levels : 0)));
    }
    const taken = new Set([...time, ...level]);
    const free = all.filter((s) => !taken.has(s.name));
    const message = this.#byName(free, names.message, (s) => (s.characters > 0 ? s.count : 0));
    if (message.length === 0) {
      const prose = free.filter((s) => s.blanks > s.count / 2 && s.count >= this.#records * PRESENT);
      prose.sort((a, b) => b.characters / b.count - a.characters / a.count);
      message.push(...prose.slice(0, 1).map((s) => s.name));
    }
    for (const name of message) taken.add(name);
    const service = this.#byName(free, names.service, (s) => (s.characters > 0 ? s.count : 0));
    const ids = free
      .filter((s) => !taken.has(s.name) && idKeyRank(s.name) === NOT_AN_ID && looksLikeId(s))
      .map((s) => s.name);
    if (service.length === 0) service.push(...this.#serviceByShape(free, taken, ids));
    return { time, level, service, message, ids };
  }

  #byName(all: KeyStats[], names: string[] | undefined, fitting: (s: KeyStats) => number): string[] {
    const found: string[] = [];
    for (const name of names ?? []) {
      const stats = all.find((s) => s.name.toLowerCase() === name);
      if (stats && fitting(stats) >= FITS * stats.count) found.push(stats.name);
    }
    return found;
  }

  #byShape(all: KeyStats[], fitting: (s: KeyStats) => number): string[] {
    return all
      .filter((s) => s.count >= this.#records * PRESENT && fitting(s) >= FITS * s.count)
      .map((s) => s.name)
      .slice(0, 1);
  }

  /** A key on (nearly) all records whose few values look like names, the most constant one first. */
  #serviceByShape(free: KeyStats[], taken: Set<string>, ids: string[]): string[] {
    const candidates = free.filter(
      (s) =>
        !taken.has(s.name) &&
        !ids.includes(s.name) &&
        idKeyRank(s.name) === NOT_AN_ID &&
        s.count >= 0.95 * this.#records &&
        s.names >= FITS * s.count &&
        s.distinct.size <= Math.max(1, this.#records / 20) &&
        !words(s.name).some((word) => NOT_A_SERVICE.has(word)),
    );
    candidates.sort((a, b) => a.distinct.size - b.distinct.size);
    return candidates.slice(0, 1).map((s) => s.name);
  }
}

/** Constant keys that name something else than the service. */
const NOT_A_SERVICE = new Set(
  'host hostname node env environment version region zone logger thread pid stream level method source cluster namespace language type kind'.split(
    ' ',
  ),
);

/** Id-like values that do not repeat like a version or a host name does. */
function looksLikeId(s: KeyStats): boolean {
  return s.ids >= FITS * s.count && s.distinct.size >= Math.min(MAX_DISTINCT, Math.max(3, s.count / 50));
}

/** Milliseconds in one unit of a key that says how long work took; 0 where the key says no such thing. */
export function durationUnit(key: string): number {
  const all = words(key);
  if (all.some((word) => NOT_A_DURATION.has(word))) return 0;
  const text = all.join(' ');
  if (
    !/\b(?:durations?|latency|elapsed|took|(?:response|request|processing|execution|run) time|responsetime)\b/.test(
      text,
    )
  ) {
    return 0;
  }
  const unit = all.at(-1) ?? '';
  if (/^(?:ns|nanos|nanoseconds)$/.test(unit) || text === 'event duration') return 1e-6;
  if (/^(?:us|micros|microseconds)$/.test(unit)) return 1e-3;
  if (/^(?:s|sec|secs|seconds)$/.test(unit)) return 1000;
  return 1;
}

const NOT_A_DURATION = new Set(
  'threshold limit max min timeout avg average mean p50 p90 p95 p99 quantile count total'.split(' '),
);
