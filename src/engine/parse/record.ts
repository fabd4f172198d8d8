/** What a line turned out to be, and where in it each thing stands. One object, overwritten line by line. */
import { decodeUtf8 } from '../../base/utf8.ts';
import { NO_LEVEL } from '../index/log.ts';

export const BLANK = 0;
/** The line starts an entry. */
export const ENTRY = 1;
/** The line starts nothing; whether it continues the entry above is for the caller to see. */
export const OTHER = 2;
/** A piece of a record that a collector split; the last piece gives the entry. */
export const PARTIAL = 3;
/** Text of no known format in an envelope: an entry of its own, unless it goes on with the one above. */
export const LOOSE = 4;

const MAX_IDS = 64;

/** Ranges are in `bytes`: the buffer of the line, or a copy where an envelope held the record escaped. */
export class LineRecord {
  kind = BLANK;
  bytes: Uint8Array = new Uint8Array(0);
  /** Whether `bytes` is the line's own buffer, so that ranges are places in the line. */
  inPlace = true;
  /** Where the record begins and ends in `bytes`, its envelope taken off. */
  start = 0;
  end = 0;
  /** Name of the format of the record, without its envelopes. */
  format = '';
  /** Whether the record is made of fields (JSON, logfmt), and no text that a pattern took apart. */
  isFields = false;
  /** What an envelope tells: UTC microseconds or NaN, and a number that is equal for lines of one stream. */
  envelopeTime = Number.NaN;
  stream = 0;
  /** Whether text of no known format begins as an entry does, with a level. */
  beginsEntry = false;
  /** UTC microseconds; NaN where there is none. */
  time = Number.NaN;
  timeStart = -1;
  timeEnd = -1;
  level = NO_LEVEL;
  levelStart = -1;
  levelEnd = -1;
  /** Number in the parser's service table; 0 where none is told. */
  service = 0;
  serviceStart = -1;
  serviceEnd = -1;
  /** Whether the service is only the name of a logger: a collector knows better. */
  isServiceLogger = false;
  messageStart = -1;
  messageEnd = -1;
  /** Whether the message is a string with escapes. */
  messageEscaped = false;
  /** Whether the message is a template whose holes other fields fill. */
  isTemplate = false;
  /** Milliseconds; NaN where none is told. */
  durationMs = Number.NaN;
  /** Equal for records with the same keys in the same order. */
  layout = 0;
  /** How many lines before this one belong to the record, because a collector split it. */
  joined = 0;
  /** How many lines before this one belong to a record that never came to its end. */
  dropped = 0;
  idCount = 0;
  readonly idStart = new Int32Array(MAX_IDS);
  readonly idEnd = new Int32Array(MAX_IDS);
  /** Numbers in the parser's table of id keys. */
  readonly idKey = new Int32Array(MAX_IDS);
  /** The id itself where its place holds it written with escapes; else null. */
  readonly idText: (string | null)[] = [];
  /** How the id is compared where its key tells so and its text does not; else null. */
  readonly idCompared: (string | null)[] = [];

  reset(bytes: Uint8Array, start: number, end: number): void {
    this.kind = OTHER;
    this.bytes = bytes;
    this.inPlace = true;
    this.start = start;
    this.end = end;
    this.format = '';
    this.isFields = this.isServiceLogger = this.isTemplate = false;
    this.envelopeTime = Number.NaN;
    this.stream = 0;
    this.beginsEntry = false;
    this.time = Number.NaN;
    this.timeStart = this.timeEnd = this.levelStart = this.levelEnd = -1;
    this.level = NO_LEVEL;
    this.service = 0;
    this.serviceStart = this.serviceEnd = this.messageStart = this.messageEnd = -1;
    this.messageEscaped = false;
    this.durationMs = Number.NaN;
    this.layout = 0;
    this.joined = this.dropped = 0;
    this.idCount = 0;
  }

  /** Puts the record where an envelope held it. */
  moveTo(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.bytes) {
      // Ids that an envelope told stand in what is left behind.
      for (let i = 0; i < this.idCount; i++) {
        this.idText[i] ??= decodeUtf8(this.bytes, this.idStart[i], this.idEnd[i]);
        this.idStart[i] = this.idEnd[i] = 0;
      }
      this.inPlace = false;
      this.bytes = bytes;
    }
    this.start = start;
    this.end = end;
  }

  /** Ids past the limit are dropped: a line with more of them is a list, not a record of one journey. */
  addId(start: number, end: number, key: number, text: string | null = null): void {
    if (this.idCount === MAX_IDS) return;
    const at = this.idCount++;
    this.idStart[at] = start;
    this.idEnd[at] = end;
    this.idKey[at] = key;
    this.idText[at] = text;
    this.idCompared[at] = null;
  }

  /** Gives the id just added a form to be compared in. */
  compareAs(form: string | null): void {
    if (this.idCount > 0) this.idCompared[this.idCount - 1] = form;
  }
}
