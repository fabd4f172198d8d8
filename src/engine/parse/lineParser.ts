/**
 * One line in, one record out: takes envelopes off, then tries JSON, logfmt and the text formats, per record, so
 * that one odd line never loses a file. Parsing never fails: what is no record is said to be none.
 */

import { decodeUtf8 } from '../../base/utf8.ts';
import type { Field } from '../../model.ts';
import { idRankOf } from '../correlation/ownIdKeys.ts';
import { ownLevels } from '../formats/ownLevels.ts';
import type { PatternFormat } from '../formats/spec.ts';
import { NO_LEVEL } from '../index/log.ts';
import type { ShapeScanner } from '../templates/shape.ts';
import type { Clock } from './clock.ts';
import { isColoured, withoutColours } from './colours.ts';
import { createPeeler } from './envelope.ts';
import type { FieldList } from './fieldList.ts';
import { FieldRecordReader } from './fieldRecord.ts';
import { fieldsOf, renderTemplate } from './fieldValues.ts';
import { JsonScanner } from './jsonScanner.ts';
import { unquote } from './jsonText.ts';
import { type LayoutPlan, LayoutPlans } from './layoutPlan.ts';
import { readHeadLevel } from './lineHead.ts';
import { objectEnd } from './lines.ts';
import { LineTime } from './lineTime.ts';
import { LogfmtScanner } from './logfmtScanner.ts';
import { unquoteLogfmt } from './logfmtText.ts';
import { NameTable } from './nameTable.ts';
import { PatternReader } from './patternRecord.ts';
import type { Peeler } from './peeler.ts';
import { Pieces } from './pieces.ts';
import type { FileProfile, FormatSet } from './profile.ts';
import { BLANK, LineRecord, LOOSE, PARTIAL } from './record.ts';
import { TextIds } from './textIds.ts';

const OPENING_BRACE = 0x7b;

export class LineParser {
  readonly clock: Clock;
  /** How many lines it has parsed: all that it remembers comes of these. */
  parsed = 0;
  /** The last line's record; overwritten by the next call. */
  readonly record = new LineRecord();
  readonly services = new NameTable();
  readonly idKeys = new NameTable();
  /** Of the record just parsed. */
  readonly textIds: TextIds;
  readonly #peelers: Peeler[];
  readonly #scanner = new JsonScanner();
  readonly #json: FieldRecordReader;
  readonly #logfmtScanner = new LogfmtScanner();
  readonly #logfmt: FieldRecordReader;
  readonly #patterns: PatternReader[];
  readonly #time = new LineTime();
  readonly #isColoured: boolean;
  readonly #pieces = new Pieces();
  // What the envelopes of the line told: UTC microseconds or NaN, the number of a service or 0, a level.
  #envelopeTime = Number.NaN;
  #service = 0;
  #level = NO_LEVEL;
  /** The one of the two that read the record just parsed; of use where that is made of fields. */
  #reader: FieldRecordReader;
  readonly #ownPatterns: number;
  /** The position of the pattern that matched last. */
  #found = 0;
  /** Whether the kernel may be taught to read the file's lines of text: nothing else is tried on them before. */
  readonly isQuickText: boolean;
  /** Whether the user's own rules ask more of a JSON record than the kernel knows. */
  readonly #hasOwnRules: boolean;

  constructor(profile: FileProfile, formats: FormatSet, clock: Clock, shape: ShapeScanner) {
    const { idKeys, services } = this;
    this.clock = clock;
    const levels = ownLevels(formats.levels);
    const idRank = idRankOf(formats.idKeys);
    this.textIds = new TextIds(shape, idKeys, idRank);
    this.#ownPatterns = formats.ownPatterns;
    const tools = { formats, clock, services, idKeys, idRank };
    this.#peelers = profile.envelopes.flatMap((name) => {
      const format = formats.envelopes.find((envelope) => envelope.name === name);
      return format ? [createPeeler(format, tools)] : [];
    });
    const json = new LayoutPlans(formats.json, profile.json, idKeys, idRank);
    this.#json = new FieldRecordReader(this.#scanner, unquote, json, clock, services, levels);
    const logfmt = new LayoutPlans(formats.logfmt, profile.logfmt, idKeys, idRank);
    this.#logfmt = new FieldRecordReader(this.#logfmtScanner, unquoteLogfmt, logfmt, clock, services, levels);
    this.#isColoured = profile.isColoured;
    const isDayFirst = profile.isDayFirst === true;
    this.#time.reader.isDayFirst = isDayFirst;
    this.#json.isDayFirst = isDayFirst;
    this.#logfmt.isDayFirst = isDayFirst;
    const patterns = formats.patterns.map((format, i) => ({ format, layout: i + 1 }));
    const own = patterns.slice(0, formats.ownPatterns);
    const builtin = patterns.slice(formats.ownPatterns);
    const isMet = ({ format }: { format: PatternFormat }) => profile.text.includes(format.name);
    const isSure = ({ format }: { format: PatternFormat }) => format.share === undefined;
    const met = builtin.filter((pattern) => isSure(pattern) && isMet(pattern));
    const others = builtin.filter((pattern) => isSure(pattern) && !isMet(pattern));
    const believed = builtin.filter((pattern) => !isSure(pattern) && isMet(pattern));
    const { columns } = profile;
    const named = columns === undefined ? [] : [{ format: columnFormat(columns), layout: patterns.length + 1 }];
    this.#patterns = [...own, ...named, ...met, ...others, ...believed].map(
      ({ format, layout }) => new PatternReader(format, layout, clock, this.#time, idKeys, services, formats),
    );
    const ownKeys = formats.idKeys?.include.length ?? 0;
    const ownReaders = this.#patterns.slice(0, formats.ownPatterns);
    this.#hasOwnRules = ownKeys > 0 || ownReaders.some((pattern) => pattern.mayBegin(OPENING_BRACE));
    this.isQuickText =
      profile.json === null &&
      !this.#isColoured &&
      this.#peelers.length === 0 &&
      !this.#hasOwnRules &&
      this.#ownPatterns === 0;
    this.#reader = this.#json;
  }

  /** The keys of the record just parsed, in order of appearance. */
  keys(): string[] {
    if (this.record.isFields) {
      const { scanner } = this.#reader;
      return Array.from(scanner.key.subarray(0, scanner.count), (key) => scanner.keys.names[key]);
    }
    return this.#patterns.find((pattern) => pattern.format.name === this.record.format)?.keys ?? [];
  }

  /** What the record just parsed holds. */
  fields(): Field[] {
    const { record } = this;
    const { bytes } = record;
    if (record.isFields) return fieldsOf(this.#reader.scanner, this.#reader.unquote, bytes);
    return this.#patterns.find(({ format }) => format.name === record.format)?.fields(bytes) ?? [];
  }

  /** The message of the record just parsed, as a person should read it. */
  message(): string {
    const { bytes, messageStart, messageEnd, messageEscaped, isTemplate } = this.record;
    if (messageStart < 0) return '';
    const text = messageEscaped
      ? this.#reader.unquote(bytes, messageStart, messageEnd)
      : decodeUtf8(bytes, messageStart, messageEnd);
    return isTemplate ? renderTemplate(text, this.fields()) : text;
  }

  /** Whether the file's records of this one's kind tell their service. */
  get namesService(): boolean {
    return this.record.isFields && this.#reader.namesService;
  }

  /** Names of the formats whose patterns took too many steps on too many lines, and are no longer tried. */
  get switchedOff(): string[] {
    return this.#patterns.filter((pattern) => pattern.isOff).map((pattern) => pattern.format.name);
  }

  /** Where the kernel finds the layouts of the file's JSON records; 0 where every line must be parsed here. */
  get kernelRoot(): number {
    return this.#peelers.length === 0 && !this.#hasOwnRules ? this.#scanner.root : 0;
  }

  /** The same of its lines of logfmt, where those of text may be read by the kernel as well. */
  get pairsRoot(): number {
    return this.isQuickText ? this.#logfmtScanner.root : 0;
  }

  /** The pattern that read the record just parsed, behind those that were tried before it. */
  get triedPatterns(): readonly PatternReader[] {
    return this.#patterns.slice(0, this.#found + 1);
  }

  /** The plan of the record just parsed, where the kernel may read others like it: it stood in its own place in the line. */
  get plan(): LayoutPlan | null {
    const quick = this.isQuickText ? this.#logfmt : this.#json;
    return this.record.isFields && this.record.inPlace && this.#reader === quick ? quick.plan : null;
  }

  /** The plan of the record just parsed, where that is one of fields. */
  get fieldPlan(): LayoutPlan | null {
    return this.#reader.plan;
  }

  /** The fields of the record just parsed, where that is made of such. */
  get fieldList(): FieldList {
    return this.#reader.scanner;
  }

  /** Lines that wait for the rest of their record. */
  get waiting(): number {
    return this.#pieces.lines;
  }

  /** Forgets what earlier lines left open: the next line is not the one after the last. */
  reset(): void {
    this.#pieces.drop();
  }

  /** As `reset`, for another part of the file: patterns that were given up are tried again. */
  restart(): void {
    this.reset();
    for (const pattern of this.#patterns) pattern.overruns = 0;
  }

  /** Parses buffer[start, end), a line without its end. `record.kind` tells what it is. */
  parse(buffer: Uint8Array, start: number, end: number): LineRecord {
    const { record } = this;
    this.parsed++;
    // A log that was cut while its writer had it open begins with NULs.
    let first = start;
    while (first < end && buffer[first] === 0) first++;
    record.reset(buffer, first < end ? first : start, end);
    if (this.#isColoured && this.#peelers.length > 0) this.#uncolour();
    const enveloped = this.#peel();
    if (record.kind === PARTIAL) return record;
    if (isBlank(record.bytes, record.start, record.end)) {
      record.kind = BLANK;
      return record;
    }
    record.envelopeTime = this.#envelopeTime;
    const known = this.#readRecord(this.#envelopeTime);
    if (this.#service !== 0 && (record.service === 0 || record.isServiceLogger)) record.service = this.#service;
    if (!known && enveloped) {
      readHeadLevel(record);
      record.kind = LOOSE;
      record.format = 'text';
      record.time = this.#envelopeTime;
      record.messageStart = record.start;
      record.messageEnd = record.end;
    }
    if (record.level === NO_LEVEL) record.level = this.#level;
    if (known || enveloped) this.textIds.find(record, this.#reader.unquote);
    return record;
  }

  /** Takes off all envelopes, each kind once, in whatever order they are worn; whether there was one. */
  #peel(): boolean {
    const { record } = this;
    const peelers = this.#peelers;
    this.#envelopeTime = Number.NaN;
    this.#service = 0;
    this.#level = NO_LEVEL;
    let worn = 0;
    for (let i = 0; i < peelers.length; i++) {
      const peeler = peelers[i];
      if ((worn & (1 << i)) !== 0 || !peeler.peel(record, this.#envelopeTime)) continue;
      worn |= 1 << i;
      if (!Number.isNaN(peeler.time)) this.#envelopeTime = peeler.time;
      if (peeler.service !== 0) this.#service = peeler.service;
      if (peeler.level !== NO_LEVEL) this.#level = peeler.level;
      const number = peeler.streamNumber();
      if (number !== 0) record.stream = number;
      if (peeler.partial) {
        record.dropped = this.#pieces.add(this.#streamOf(worn), record.bytes.subarray(record.start, record.end));
        record.kind = PARTIAL;
        return true;
      }
      // What was inside may wear an envelope that stands before this one in the list.
      i = -1;
    }
    if (this.#pieces.lines > 0 && this.#pieces.continuedBy(this.#streamOf(worn))) this.#join();
    else record.dropped = this.#pieces.drop();
    return worn !== 0;
  }

  /** What the envelopes worn tell of where the line comes from: the pod, and its stream. */
  #streamOf(worn: number): string {
    return this.#peelers.map((peeler, i) => ((worn & (1 << i)) !== 0 ? peeler.stream() : '')).join(' ');
  }

  #readRecord(envelopeTime: number): boolean {
    const { record } = this;
    const isObject = record.bytes[firstOfText(record)] === 0x7b;
    if (this.#isColoured && !isObject) this.#uncolour();
    if (this.#readPlain(envelopeTime, isObject)) return true;
    // Colours that the file's head did not have.
    return !this.#isColoured && !isObject && this.#uncolour() && this.#readPlain(envelopeTime, isObject);
  }

  #readPlain(envelopeTime: number, isObject: boolean): boolean {
    const { record } = this;
    const patterns = this.#patterns;
    const own = this.#ownPatterns;
    this.#time.forget();
    for (let i = 0; i < own; i++) if (patterns[i].read(record, envelopeTime)) return true;
    this.#reader = isObject ? this.#json : this.#logfmt;
    if (this.#reader.read(record, envelopeTime)) return true;
    if (isObject) return this.#readListed(envelopeTime);
    for (let i = own; i < patterns.length; i++) {
      if (!patterns[i].read(record, envelopeTime)) continue;
      this.#found = i;
      return true;
    }
    return false;
  }

  /** A list of records has commas between them, and a bracket at its end. */
  #readListed(envelopeTime: number): boolean {
    const { record } = this;
    const { end } = record;
    record.end = objectEnd(record.bytes, record.start, end);
    if (record.end < end && this.#reader.read(record, envelopeTime)) return true;
    record.end = end;
    return false;
  }

  /** Moves the record to where it stands without colours; whether it had any. */
  #uncolour(): boolean {
    const { record } = this;
    const { bytes, start, end } = record;
    if (!isColoured(bytes, start, end)) return false;
    const target = new Uint8Array(end - start);
    record.moveTo(target, 0, withoutColours(bytes, start, end, target));
    return true;
  }

  #join(): void {
    const { record } = this;
    record.joined = this.#pieces.lines;
    record.bytes = this.#pieces.join(record.bytes.subarray(record.start, record.end));
    record.start = 0;
    record.end = record.bytes.length;
    record.inPlace = false;
  }
}

/** The format that the file's own header tells. */
function columnFormat(pattern: string): PatternFormat {
  return { name: 'columns', title: 'Columns named by a header', kind: 'pattern', pattern, samples: [] };
}

function firstOfText(record: LineRecord): number {
  let at = record.start;
  while (at < record.end && (record.bytes[at] === 0x20 || record.bytes[at] === 0x09)) at++;
  return at;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0x20 && bytes[at] !== 0x09) return false;
  return true;
}
