/** Reads a record made of fields (JSON, logfmt): the layout's plan says where each thing stands, and it is read in place. */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { normaliseId } from '../correlation/normalise.ts';
import { durationAt } from '../formats/duration.ts';
import type { OwnLevels } from '../formats/ownLevels.ts';
import { TimestampReader } from '../formats/timestamp.ts';
import { joinedTime, readTimeValue } from '../formats/timeValue.ts';
import { NO_LEVEL } from '../index/log.ts';
import type { Clock } from './clock.ts';
import { levelIn } from './fieldLevel.ts';
import { ARRAY, NUMBER, STRING } from './fieldList.ts';
import type { FieldScanner, Unquote } from './fieldScanner.ts';
import type { LayoutPlan, LayoutPlans } from './layoutPlan.ts';
import type { NameTable } from './nameTable.ts';
import { ENTRY, type LineRecord } from './record.ts';

/** Entity ids shorter than this are counters and enumerations. */
export const MIN_ENTITY = 4;

const SECOND = 1_000_000;

/** Longer lists are what a batch is made of, not what a line tells of. */
const LONGEST_LIST = 1000;
const ID_LIST = /^\[\s*"[^"\\]*"(?:\s*,\s*"[^"\\]*")*\s*\]$/;
const LISTED_ID = /"([^"\\]+)"/g;

export class FieldRecordReader {
  readonly scanner: FieldScanner;
  readonly unquote: Unquote;
  /** Of the record just read. */
  plan: LayoutPlan | null = null;
  readonly #plans: LayoutPlans;
  readonly #clock: Clock;
  readonly #services: NameTable;
  readonly #levels: OwnLevels | null;
  readonly #time = new TimestampReader();
  /** The value at hand. */
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;

  constructor(
    scanner: FieldScanner,
    unquote: Unquote,
    plans: LayoutPlans,
    clock: Clock,
    services: NameTable,
    levels: OwnLevels | null,
  ) {
    this.scanner = scanner;
    this.unquote = unquote;
    this.#plans = plans;
    this.#clock = clock;
    this.#services = services;
    this.#levels = levels;
  }

  /** Whether `05/11/2026` is the 5th of November. */
  set isDayFirst(isDayFirst: boolean) {
    this.#time.isDayFirst = isDayFirst;
  }

  /** Whether the records sampled from the file told their service. */
  get namesService(): boolean {
    return this.#plans.namesService;
  }

  /** Whether record.bytes[start, end) is a record with a time, a level or a message; fills the record. */
  read(record: LineRecord, envelopeTime: number): boolean {
    const { scanner } = this;
    if (!scanner.scan(record.bytes, record.start, record.end)) return false;
    const plan = this.#plans.of(scanner);
    this.plan = plan;
    // An object without any of these is no record of a log, but data that a log quotes.
    if (plan.time.length === 0 && plan.message.length === 0 && plan.level.length === 0) return false;
    this.#readMessage(record, plan);
    this.#readTime(record, plan, envelopeTime);
    this.#readLevel(record, plan);
    if (plan.time.length === 0 && record.messageStart < 0 && record.level === NO_LEVEL) return false;
    this.#readService(record, plan);
    if (plan.ids.length > 0) this.#readIds(record, plan);
    if (plan.duration.length > 0) this.#readDuration(record, plan);
    if (plan.start >= 0 || plan.end >= 0) this.#readInterval(record, plan);
    record.layout = scanner.layout;
    record.format = plan.format;
    record.isFields = true;
    record.kind = ENTRY;
    return true;
  }

  #readTime(record: LineRecord, plan: LayoutPlan, envelopeTime: number): void {
    const { scanner } = this;
    const read = this.#time;
    record.time = envelopeTime;
    for (let k = 0; k < plan.time.length; k++) {
      const i = plan.time[k];
      if (scanner.type[i] > NUMBER) continue;
      this.#take(record.bytes, i);
      if (readTimeValue(read, this.#bytes, this.#start, this.#end) < 0) continue;
      if (!read.dated && !this.#readBesideDate(record, plan, i) && Number.isNaN(envelopeTime)) continue;
      record.time = this.#clock.utc(read, envelopeTime);
      record.timeStart = scanner.start[i];
      record.timeEnd = scanner.end[i];
      break;
    }
    const { nanos } = plan;
    if (nanos < 0 || record.timeStart < 0 || scanner.type[nanos] !== NUMBER) return;
    const rest = durationAt(record.bytes, scanner.start[nanos], scanner.end[nanos], 1);
    if (rest < 1e9) record.time = Math.floor(record.time / SECOND) * SECOND + Math.floor(rest / 1000);
  }

  /** Completes the time of day at hand by a date that another key of time holds; whether there is one. */
  #readBesideDate(record: LineRecord, plan: LayoutPlan, ofDay: number): boolean {
    const { scanner } = this;
    const clock = decodeUtf8(this.#bytes, this.#start, this.#end);
    for (const i of plan.time) {
      if (i === ofDay || scanner.type[i] > NUMBER) continue;
      this.#take(record.bytes, i);
      const whole = joinedTime(decodeUtf8(this.#bytes, this.#start, this.#end), clock);
      if (whole !== null && this.#time.read(whole, 0, whole.length) && this.#time.dated) return true;
    }
    // A time of day alone, of which the envelope tells the day.
    return this.#time.read(encodeUtf8(clock), 0, clock.length) && this.#time.dated;
  }

  #readLevel(record: LineRecord, plan: LayoutPlan): void {
    const { scanner } = this;
    record.level = NO_LEVEL;
    for (let k = 0; k < plan.level.length; k++) {
      const i = plan.level[k];
      const type = scanner.type[i];
      if (type > NUMBER) continue;
      const from = scanner.start[i];
      const to = scanner.end[i];
      this.#take(record.bytes, i);
      let level = this.#levels === null ? NO_LEVEL : this.#levels.at(this.#bytes, this.#start, this.#end);
      if (level === NO_LEVEL) level = levelIn(this.#bytes, this.#start, this.#end, type, plan.scales[k]);
      if (k === 0 || level !== NO_LEVEL) {
        record.levelStart = from;
        record.levelEnd = to;
      }
      if (level === NO_LEVEL) continue;
      record.level = level;
      return;
    }
    record.level = plan.implied;
  }

  /** Makes a value's bytes those at hand; some writers escape what they need not, .NET the `+` of a zone. */
  #take(bytes: Uint8Array, i: number): void {
    const { scanner } = this;
    this.#bytes = bytes;
    this.#start = scanner.start[i];
    this.#end = scanner.end[i];
    if (scanner.escaped[i] === 0) return;
    this.#bytes = encodeUtf8(this.unquote(bytes, this.#start, this.#end));
    this.#start = 0;
    this.#end = this.#bytes.length;
  }

  #readService(record: LineRecord, plan: LayoutPlan): void {
    const { scanner } = this;
    for (let k = 0; k < plan.service.length; k++) {
      const i = plan.service[k];
      if (scanner.type[i] === STRING && scanner.end[i] > scanner.start[i]) {
        this.#setService(record, i);
        return;
      }
    }
    const { logger } = plan;
    if (logger < 0 || scanner.type[logger] !== STRING || scanner.end[logger] <= scanner.start[logger]) return;
    this.#setService(record, logger);
    record.isServiceLogger = true;
  }

  #setService(record: LineRecord, i: number): void {
    const { scanner } = this;
    record.serviceStart = scanner.start[i];
    record.serviceEnd = scanner.end[i];
    record.service =
      scanner.escaped[i] === 1
        ? this.#services.internText(this.unquote(record.bytes, record.serviceStart, record.serviceEnd))
        : this.#services.intern(record.bytes, record.serviceStart, record.serviceEnd);
  }

  #readMessage(record: LineRecord, plan: LayoutPlan): void {
    const { scanner } = this;
    for (let k = 0; k < plan.message.length; k++) {
      const i = plan.message[k];
      if (scanner.type[i] === ARRAY && this.#takeBytes(record, i)) return;
      if (scanner.type[i] !== STRING) continue;
      record.messageStart = scanner.start[i];
      record.messageEnd = scanner.end[i];
      record.messageEscaped = scanner.escaped[i] === 1;
      record.isTemplate = i === plan.template;
      return;
    }
  }

  /**
   * journald writes a message that is not clean text as an array of its bytes. They are put behind a copy of
   * the record, in whose bytes all ranges are from then on.
   */
  #takeBytes(record: LineRecord, i: number): boolean {
    const { scanner } = this;
    const { bytes, start, end } = record;
    const message = byteArrayAt(bytes, scanner.start[i], scanner.end[i]);
    if (message === null) return false;
    const whole = Buffer.concat([bytes.subarray(start, end), message]);
    if (!scanner.scan(whole, 0, end - start)) return false;
    record.bytes = whole;
    record.inPlace = false;
    record.start = 0;
    record.end = end - start;
    record.messageStart = record.end;
    record.messageEnd = whole.length;
    return true;
  }

  #readIds(record: LineRecord, plan: LayoutPlan): void {
    const { scanner } = this;
    for (let k = 0; k < plan.ids.length; k++) {
      const i = plan.ids[k];
      const from = scanner.start[i];
      const to = scanner.end[i];
      if (scanner.type[i] === ARRAY) this.#readIdList(record, from, to, plan.idKeys[k], plan.isEntity[k]);
      if (scanner.type[i] > NUMBER || from === to || (plan.isEntity[k] && to - from < MIN_ENTITY)) continue;
      const text = scanner.escaped[i] === 1 ? this.unquote(record.bytes, from, to) : null;
      record.addId(from, to, plan.idKeys[k], text);
      if (plan.isDatadog[k]) record.compareAs(normaliseId(text ?? decodeUtf8(record.bytes, from, to), 'dd.'));
    }
  }

  /** A list of ids is each of them; one that holds anything else is data. */
  #readIdList(record: LineRecord, from: number, to: number, key: number, isEntity: boolean): void {
    if (to - from > LONGEST_LIST) return;
    const text = Buffer.from(record.bytes.subarray(from, to)).toString('latin1');
    if (!ID_LIST.test(text)) return;
    for (const { 1: id, index } of text.matchAll(LISTED_ID)) {
      const start = from + index + 1;
      if (!isEntity || id.length >= MIN_ENTITY) record.addId(start, start + id.length, key);
    }
  }

  #readDuration(record: LineRecord, plan: LayoutPlan): void {
    const { scanner } = this;
    for (let k = 0; k < plan.duration.length; k++) {
      const i = plan.duration[k];
      if (scanner.type[i] > NUMBER) continue;
      const millis = durationAt(record.bytes, scanner.start[i], scanner.end[i], plan.units[k]);
      if (Number.isNaN(millis)) continue;
      record.durationMs = millis;
      return;
    }
  }

  /** A record that tells when its work began, or ended, tells how long it took. */
  #readInterval(record: LineRecord, plan: LayoutPlan): void {
    const { scanner } = this;
    const i = plan.start >= 0 ? plan.start : plan.end;
    const read = this.#time;
    if (!Number.isNaN(record.durationMs) || scanner.type[i] > NUMBER) return;
    if (!read.read(record.bytes, scanner.start[i], scanner.end[i]) || !read.dated) return;
    const other = this.#clock.utc(read, Number.NaN);
    const micros = plan.start >= 0 ? record.time - other : other - record.time;
    if (micros >= 0) record.durationMs = micros / 1000;
  }
}

/** The bytes that an array of numbers spells out; null where it holds anything else. */
function byteArrayAt(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const text = Buffer.from(bytes.subarray(start, end)).toString('latin1');
  if (!/^\[[\s\d,]+\]$/.test(text)) return null;
  const values = JSON.parse(text) as number[];
  return values.every((value) => value <= 255) ? Uint8Array.from(values) : null;
}
