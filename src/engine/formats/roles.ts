/**
 * Which key of a record made of fields is its time, level, service, message or an id: by name where a name
 * is known, else by how the values look and behave over the records sampled from the head of a file.
 */

import { decodeUtf8 } from '../../base/utf8.ts';
import { NOT_AN_ID, words } from '../correlation/idKeys.ts';
import type { IdRank } from '../correlation/ownIdKeys.ts';
import { NO_LEVEL } from '../index/log.ts';
import { NUMBER, STRING } from '../parse/fieldList.ts';
import type { FieldScanner } from '../parse/fieldScanner.ts';
import { durationUnit, isUnitOpen, unitOfValues } from './duration.ts';
import {
  isLevel,
  isName,
  isPlainLevel,
  isTime,
  type KeyStats,
  looksLikeId,
  MAX_DISTINCT,
  newStats,
  numbersOf,
} from './keyStats.ts';
import { levelAt, type ScaleName, scaleOfValues } from './levels.ts';
import type { OwnLevels } from './ownLevels.ts';
import { bearsSignature, type FieldFormat, type FieldRole } from './spec.ts';
import { TimestampReader } from './timestamp.ts';
import { readTimeValue } from './timeValue.ts';

/** What the sampled records tell of a file's keys; plain data. Keys of a role stand best first. */
export interface FieldRoles {
  time: string[];
  level: string[];
  service: string[];
  message: string[];
  /** Keys that only their values give away as ids. */
  ids: string[];
  /** Keys named like an id that hold something else. */
  notIds: string[];
  /** What names the service where no key and no collector does. */
  logger?: string;
  /** By level key: what its numbers mean. */
  scales: Record<string, ScaleName>;
  /** By duration key that names no unit: milliseconds in one of it. */
  units: Record<string, number>;
}

/** A role found by shape alone must be on at least this share of the records. */
const PRESENT = 0.5;
/** What names the service must be on nearly all of them. */
const NEARLY_ALL = 0.95;
/** Values too few to tell how they behave. */
const FEW = 5;

/** Collects what the keys of sampled records hold, and judges. */
export class RoleInference {
  #stats = new Map<number, KeyStats>();
  #records = 0;
  #fromGo = 0;
  #time = new TimestampReader();
  readonly #formats: readonly FieldFormat[];
  /** Formats without a signature, and those whose signature a record had. */
  readonly #met: Set<FieldFormat>;
  /** Of each layout met, whether its records are of a logger for Go. */
  readonly #goLayouts = new Map<number, boolean>();

  readonly #idRank: IdRank;
  readonly #levels: OwnLevels | null;

  constructor(formats: readonly FieldFormat[], idRank: IdRank, levels: OwnLevels | null) {
    this.#formats = formats;
    this.#idRank = idRank;
    this.#levels = levels;
    this.#met = new Set(formats.filter((format) => format.signature === undefined));
  }

  get records(): number {
    return this.#records;
  }

  /** Takes in the record that the scanner has just scanned. */
  add(scanner: FieldScanner, buffer: Uint8Array): void {
    this.#records++;
    if (this.#isFromGo(scanner)) this.#fromGo++;
    for (let i = 0; i < scanner.count; i++) {
      const key = scanner.key[i];
      const name = scanner.keys.names[key];
      const type = scanner.type[i];
      if (type !== STRING && type !== NUMBER) continue;
      let stats = this.#stats.get(key);
      if (!stats) {
        stats = newStats(name);
        this.#stats.set(key, stats);
      }
      this.#judge(stats, buffer, scanner.start[i], scanner.end[i], type);
    }
  }

  /** Meets the formats that the record's keys are the signature of, once for each layout. */
  #isFromGo(scanner: FieldScanner): boolean {
    let fromGo = this.#goLayouts.get(scanner.layout);
    if (fromGo === undefined) {
      const keys = Array.from(scanner.key.subarray(0, scanner.count), (key) => scanner.keys.names[key].toLowerCase());
      for (const format of this.#formats) {
        if (bearsSignature(format, (key) => keys.includes(key))) this.#met.add(format);
      }
      fromGo = isFromGo(keys);
      this.#goLayouts.set(scanner.layout, fromGo);
    }
    return fromGo;
  }

  #judge(stats: KeyStats, buffer: Uint8Array, start: number, end: number, type: number): void {
    stats.count++;
    const text = decodeUtf8(buffer, start, Math.min(end, start + 200));
    if (stats.distinct.size < MAX_DISTINCT) stats.distinct.add(text);
    const behind = readTimeValue(this.#time, buffer, start, end);
    if (behind >= 0 && behind <= 1 && this.#time.dated) {
      stats.times++;
      if (this.#time.micros >= stats.lastTime) stats.inOrder++;
      stats.lastTime = this.#time.micros;
    }
    if (type !== STRING) return;
    stats.strings++;
    const level = this.#levels?.at(buffer, start, end) ?? NO_LEVEL;
    if (level !== NO_LEVEL || levelAt(buffer, start, end) !== NO_LEVEL) stats.levels++;
    stats.characters += end - start;
    if (text.includes(' ')) stats.blanks++;
    if (/^[A-Za-z][\w./:-]{1,60}$/.test(text)) stats.names++;
    if (/^[0-9a-f-]{12,}$/i.test(text) || /^(?=\w*\d)(?=\w*[a-z])[\w-]{8,64}$/i.test(text)) stats.ids++;
  }

  /** The roles as far as the sample tells them. */
  roles(): FieldRoles {
    const all = [...this.#stats.values()];
    const time = this.#named(all, 'time', isTime);
    if (time.length === 0 && !this.#isSigned(all, 'time')) time.push(...this.#timeByShape(all));
    const level = this.#named(all, 'level', isLevel);
    if (level.length === 0 && !this.#isSigned(all, 'level')) level.push(...this.#levelByShape(all));
    const taken = new Set([...time, ...level]);
    const free = all.filter((s) => !taken.has(s.name));
    const message = this.#named(free, 'message', (s) => s.characters > 0, NOT_THE_MESSAGE);
    if (message.length === 0 && !this.#isSigned(all, 'message')) {
      const prose = free.filter((s) => s.blanks > s.count / 2 && s.count >= this.#records * PRESENT);
      prose.sort((a, b) => b.characters / b.count - a.characters / a.count);
      message.push(...prose.slice(0, 1).map((s) => s.name));
    }
    for (const name of message) taken.add(name);
    const service = this.#named(free, 'service', isName, NOT_THE_SERVICE);
    const notIds = all.filter((s) => s.blanks > s.count / 2).map((s) => s.name);
    const ids = free
      .filter((s) => !taken.has(s.name) && this.#idRank(s.name) === NOT_AN_ID && looksLikeId(s))
      .map((s) => s.name);
    const logger = named(this.#met, 'logger', all).find((s) => isName(s) && s.count >= NEARLY_ALL * this.#records);
    if (service.length === 0 && !logger && !this.#isSigned(all, 'service') && this.#records >= FEW)
      service.push(...this.#serviceByShape(free, taken, ids));
    return {
      time,
      level,
      service,
      message,
      ids,
      notIds,
      ...(logger && { logger: logger.name }),
      scales: this.#scales(level),
      units: this.#units(all),
    };
  }

  /** Whether a format that signs its records says itself which of these keys has the role. */
  #isSigned(all: KeyStats[], role: FieldRole): boolean {
    const signed = [...this.#met].filter((format) => format.signature !== undefined);
    return named(signed, role, all).length > 0;
  }

  /** Keys named for a role; where there is none, those whose last word is so named, inside of another object. */
  #named(all: KeyStats[], role: FieldRole, fits: (s: KeyStats) => boolean, except?: RegExp): string[] {
    const general = this.#formats.filter((format) => format.signature === undefined);
    const found = named(general, role, all).filter(fits);
    if (found.length > 0) return [...new Set(found.map((s) => s.name))];
    const names = general.flatMap((format) => format.names[role] ?? []);
    const inner = all.filter(
      (s) => s.name.includes('.') && !except?.test(s.name) && s.count >= this.#records * PRESENT && fits(s),
    );
    const place = (s: KeyStats) => names.indexOf(s.name.slice(s.name.lastIndexOf('.') + 1).toLowerCase());
    return inner
      .filter((s) => place(s) >= 0)
      .sort((a, b) => place(a) - place(b))
      .map((s) => s.name);
  }

  /** The time of a log grows: of several keys that hold times, the one that does so most. */
  #timeByShape(all: KeyStats[]): string[] {
    const grows = (s: KeyStats) => s.inOrder / s.times;
    return all
      .filter((s) => s.count >= this.#records * PRESENT && isTime(s))
      .filter((s) => s.strings === s.count || s.count < FEW || grows(s) >= PRESENT)
      .sort((a, b) => grows(b) - grows(a))
      .slice(0, 1)
      .map((s) => s.name);
  }

  #levelByShape(all: KeyStats[]): string[] {
    return all
      .filter((s) => s.count >= this.#records * PRESENT && s.distinct.size <= 8 && isLevel(s))
      .filter((s) =>
        s.strings > 0
          ? [...s.distinct].some((value) => isPlainLevel(value) || this.#levels?.has(value))
          : /le?ve?l|sever/i.test(s.name),
      )
      .slice(0, 1)
      .map((s) => s.name);
  }

  /** A key on (nearly) all records whose few values look like names, the most constant one first. */
  #serviceByShape(free: KeyStats[], taken: Set<string>, ids: string[]): string[] {
    const candidates = free.filter(
      (s) =>
        !taken.has(s.name) &&
        !ids.includes(s.name) &&
        this.#idRank(s.name) <= NOT_AN_ID &&
        s.count >= NEARLY_ALL * this.#records &&
        [...s.distinct].every((value) => /^[A-Za-z][\w.-]{2,60}$/.test(value)) &&
        s.distinct.size <= Math.max(1, this.#records / 20) &&
        !words(s.name).some((word) => NOT_A_SERVICE.has(word)),
    );
    candidates.sort((a, b) => a.distinct.size - b.distinct.size);
    return candidates.slice(0, 1).map((s) => s.name);
  }

  #scales(level: readonly string[]): FieldRoles['scales'] {
    const scales: FieldRoles['scales'] = {};
    for (const s of this.#stats.values()) {
      const scale = level.includes(s.name) && s.strings < s.count ? scaleOfValues(numbersOf(s)) : null;
      if (scale) scales[s.name] = scale;
    }
    return scales;
  }

  #units(all: KeyStats[]): FieldRoles['units'] {
    const units: FieldRoles['units'] = {};
    const fromGo = this.#fromGo * 2 > this.#records;
    for (const s of all) {
      if (s.strings > 0 || durationUnit(s.name) === 0 || !isUnitOpen(s.name)) continue;
      const unit = unitOfValues([...s.distinct], fromGo);
      if (unit !== 1) units[s.name] = unit;
    }
    return units;
  }
}

/** The stats of keys that formats name for a role, best first. */
function named(formats: Iterable<FieldFormat>, role: FieldRole, all: readonly KeyStats[]): KeyStats[] {
  const names = [...formats].flatMap((format) => format.names[role] ?? []);
  return names.flatMap((name) => all.filter((s) => s.name.toLowerCase() === name));
}

/** Constant keys that name something else than the service. */
const NOT_A_SERVICE = new Set(
  'host hostname node env environment version region zone logger thread pid stream level method source cluster namespace language type kind caller code path url uri endpoint file function func line status protocol action event operation module class target encoding format user'.split(
    ' ',
  ),
);
/** Objects inside of a record that have a message, or a name, of their own. */
const NOT_THE_MESSAGE = /(?:^|\.)(?:err|error|exception|cause|stack|request|response|req|res|headers)\b/i;
const NOT_THE_SERVICE = /(?:^|\.)(?:request|response|req|res|headers|peer|upstream|remote|target|client)\b/i;

/** Whether keys stand as Go's loggers write them: slog and Zap in their own order, Logrus in the alphabet's. */
function isFromGo(keys: readonly string[]): boolean {
  const [level, message] = [keys.indexOf('level'), keys.indexOf('msg')];
  const time = Math.max(keys.indexOf('time'), keys.indexOf('ts'));
  if (level < 0 || message < 0 || time < 0 || keys.includes('pid')) return false;
  return (time < level && level < message) || (level < time && time < message && keys.includes('ts')) || isSorted(keys);
}

function isSorted(keys: readonly string[]): boolean {
  return keys.every((key, i) => i === 0 || keys[i - 1] <= key);
}
