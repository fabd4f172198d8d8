/**
 * Reads a time from bytes. What people type is parsed elsewhere; this runs once a line.
 *
 * Understood: ISO 8601 and its relatives (`T`, blank or `_` between date and time, `.` or `,` before the
 * fraction, `/` in the date, `:` before milliseconds), `01/Aug/2026:10:00:30 +0000`, a time of day alone, and epoch numbers in
 * seconds (also with a fraction), milliseconds, microseconds or nanoseconds, told by their size. Dates in
 * other forms are left to `dateForms`.
 */
import { DAY, daysFromCivil, daysInMonth, HOUR, LAST_YEAR, MINUTE, SECOND } from '../../base/time.ts';
import { DateForms } from './dateForms.ts';
import { mayBeZone, ZoneName } from './zoneNames.ts';

/** The time just read. One object per reader, overwritten by each call. */
export class TimestampReader {
  /** UTC where `zoned`, else local time in a zone that the record does not tell. */
  micros = Number.NaN;
  zoned = false;
  /** False for a time of day alone: `micros` then counts from midnight. */
  dated = false;
  /** True for a date without its year: `micros` is then in SOME_YEAR. */
  yearless = false;
  /** The position after the time. */
  end = 0;

  /** The last full time: lines come many to a minute, and of the next one only seconds and fraction differ. */
  readonly #text = new Uint8Array(LONGEST_ISO);
  /** 0 where there is none. */
  #length = 0;
  #fractionEnd = 0;
  /** Its minute, as `micros` counts. */
  #minute = 0;
  #zoned = false;
  readonly #forms = new DateForms();
  readonly #name = new ZoneName();

  /** Whether `05/11/2026` is the 5th of November. */
  set isDayFirst(isDayFirst: boolean) {
    this.#forms.isDayFirst = isDayFirst;
  }

  /** Reads a time at `start`; false where there is none. What follows it is not looked at. */
  read(buffer: Uint8Array, start: number, limit: number): boolean {
    if (this.#length !== 0 && this.#sameMinute(buffer, start, limit)) return true;
    this.zoned = false;
    this.dated = true;
    this.yearless = false;
    return this.#common(buffer, start, limit) || this.#rare(buffer, start, limit);
  }

  #common(buffer: Uint8Array, start: number, limit: number): boolean {
    if (digit(buffer[start]) && digit(buffer[start + 1])) {
      const third = buffer[start + 2];
      if (third === COLON) return this.#timeOfDayOnly(buffer, start, limit);
      if (third === SLASH) return this.#commonLog(buffer, start, limit);
      const separator = buffer[start + 4];
      if ((separator === DASH || separator === SLASH) && start + 10 <= limit) return this.#iso(buffer, start, limit);
      return this.#epoch(buffer, start, limit);
    }
    return false;
  }

  #rare(buffer: Uint8Array, start: number, limit: number): boolean {
    const forms = this.#forms;
    if (!forms.read(buffer, start, limit)) return false;
    this.zoned = forms.zoned;
    this.micros = forms.micros;
    this.dated = forms.dated;
    this.yearless = forms.yearless;
    this.end = forms.end;
    return !this.dated || this.zoned || this.#zone(buffer, limit);
  }

  #iso(buffer: Uint8Array, start: number, limit: number): boolean {
    if (buffer[start + 7] !== buffer[start + 4]) return false;
    const year = two(buffer, start) * 100 + two(buffer, start + 2);
    const day = this.#day(year, two(buffer, start + 5), two(buffer, start + 8));
    if (Number.isNaN(day)) return false;
    const between = buffer[start + 10];
    if (start + 16 > limit || !isBetween(between)) return false;
    if (!this.#clock(buffer, start + 11, limit, day)) return false;
    const fractionEnd = this.end;
    this.#zone(buffer, limit);
    if (fractionEnd >= start + SECONDS_END && this.end - start <= LONGEST_ISO)
      this.#remember(buffer, start, fractionEnd);
    return true;
  }

  #remember(buffer: Uint8Array, start: number, fractionEnd: number): void {
    this.#length = this.end - start;
    this.#fractionEnd = fractionEnd - start;
    for (let i = 0; i < this.#length; i++) this.#text[i] = buffer[start + i];
    this.#minute = this.micros - secondsAt(buffer, start, fractionEnd);
    this.#zoned = this.zoned;
  }

  #sameMinute(buffer: Uint8Array, start: number, limit: number): boolean {
    const text = this.#text;
    const length = this.#length;
    const fractionEnd = this.#fractionEnd;
    if (start + length > limit || !endsTime(buffer, start + length, limit)) return false;
    for (let i = SECONDS - 1; i >= 0; i--) if (text[i] !== buffer[start + i]) return false;
    for (let i = fractionEnd; i < length; i++) if (text[i] !== buffer[start + i]) return false;
    if (fractionEnd > SECONDS_END && text[SECONDS_END] !== buffer[start + SECONDS_END]) return false;
    // A fraction behind a colon is none where another colon follows.
    if (text[SECONDS_END] === COLON && start + length < limit && buffer[start + length] === COLON) return false;
    const seconds = secondsAt(buffer, start, start + fractionEnd);
    if (!(seconds < 61 * SECOND)) return false;
    this.micros = this.#minute + seconds;
    this.zoned = this.#zoned;
    this.dated = true;
    this.yearless = false;
    this.end = start + length;
    return true;
  }

  #commonLog(buffer: Uint8Array, start: number, limit: number): boolean {
    if (start + 20 > limit || buffer[start + 6] !== SLASH || buffer[start + 11] !== COLON) return false;
    const month = MONTHS.indexOf(
      String.fromCharCode(buffer[start + 3], buffer[start + 4], buffer[start + 5]).toLowerCase(),
    );
    const year = two(buffer, start + 7) * 100 + two(buffer, start + 9);
    const day = this.#day(year, month + 1, two(buffer, start));
    if (Number.isNaN(day)) return false;
    return this.#clock(buffer, start + 12, limit, day) && this.#zone(buffer, limit);
  }

  #timeOfDayOnly(buffer: Uint8Array, start: number, limit: number): boolean {
    this.dated = false;
    // Hours and minutes alone are too common in prose to be a record's time.
    return start + 8 <= limit && buffer[start + 5] === COLON && this.#clock(buffer, start, limit, 0);
  }

  #day(year: number, month: number, day: number): number {
    if (
      !(year >= 1970 && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))
    )
      return Number.NaN;
    return daysFromCivil(year, month, day) * DAY;
  }

  /** HH:MM[:SS[.fraction]]; a leap second counts as the second after it. */
  #clock(buffer: Uint8Array, at: number, limit: number, day: number): boolean {
    const hour = two(buffer, at);
    const minute = two(buffer, at + 3);
    if (!(hour < 24 && minute < 60) || buffer[at + 2] !== COLON) return false;
    let micros = day + hour * HOUR + minute * MINUTE;
    at += 5;
    if (at + 2 < limit && buffer[at] === COLON) {
      const second = two(buffer, at + 1);
      if (!(second <= 60)) return false;
      micros += second * SECOND;
      at += 3;
      if (at + 1 < limit && isPoint(buffer, at, limit) && digit(buffer[at + 1])) {
        let unit = SECOND / 10;
        for (at++; at < limit && digit(buffer[at]); at++) {
          // Digits past the microsecond are cut, not rounded: a time must not move into the future.
          if (unit >= 1) micros += (buffer[at] - 0x30) * unit;
          unit /= 10;
        }
      }
    }
    this.micros = micros;
    this.end = at;
    return true;
  }

  /** `Z`, `+02:00`, `+0200`, ` +0200` or a name behind the time just read. */
  #zone(buffer: Uint8Array, limit: number): boolean {
    let at = this.end;
    if (at < limit && buffer[at] === 0x20) at++;
    const c = at < limit ? buffer[at] : 0;
    if (c === 0x5a && !letter(buffer[at + 1], at + 1 < limit)) {
      this.zoned = true;
      this.end = at + 1;
    } else if (this.#name.read(buffer, at, limit)) {
      this.micros -= this.#name.minutes * MINUTE;
      this.zoned = true;
      this.end = this.#name.end;
    } else if ((c === 0x2b || c === DASH) && at + 5 <= limit && !twoDigitsOnly(buffer, at + 1, limit)) {
      const minutesAt = buffer[at + 3] === COLON ? at + 4 : at + 3;
      const hours = two(buffer, at + 1);
      const minutes = two(buffer, minutesAt);
      if (hours <= 14 && minutes < 60 && minutesAt + 2 <= limit) {
        this.micros -= (hours * HOUR + minutes * MINUTE) * (c === DASH ? -1 : 1);
        this.zoned = true;
        this.end = minutesAt + 2;
      }
    } else if ((c === 0x2b || c === DASH) && at === this.end && twoDigitsOnly(buffer, at + 1, limit)) {
      // PostgreSQL writes whole hours as +02.
      this.micros -= two(buffer, at + 1) * HOUR * (c === DASH ? -1 : 1);
      this.zoned = true;
      this.end = at + 3;
    }
    return true;
  }

  #epoch(buffer: Uint8Array, start: number, limit: number): boolean {
    let value = 0;
    let at = start;
    for (; at < limit && digit(buffer[at]); at++) {
      // Digits of nanoseconds past the 16th would not fit a number; they are below the microsecond.
      if (at - start < 16) value = value * 10 + (buffer[at] - 0x30);
    }
    const digits = at - start;
    if (digits === 10) {
      this.micros = value * SECOND;
      at = this.#fraction(buffer, at, limit, SECOND / 10);
    } else if (digits === 13) {
      this.micros = value * 1000;
      at = this.#fraction(buffer, at, limit, 100);
    } else if (digits === 16 || digits === 19) this.micros = value;
    else return false;
    // Shorter numbers, of times before 2001, and larger ones are rather something else.
    if (!(this.micros < LAST_EPOCH) || buffer[start] === 0x30) return false;
    this.zoned = true;
    this.end = at;
    return true;
  }

  /** Adds the decimals that may follow at `at`, the first of which counts `unit` microseconds; the position after them. */
  #fraction(buffer: Uint8Array, at: number, limit: number, unit: number): number {
    if (at >= limit || buffer[at] !== DOT) return at;
    for (at++; at < limit && digit(buffer[at]); at++, unit /= 10) {
      if (unit >= 1) this.micros += (buffer[at] - 0x30) * unit;
    }
    return at;
  }
}

/** Microseconds up to the year 2100. */
const LAST_EPOCH = 4_102_444_800 * SECOND;

/** Places in an ISO time: of its seconds, and behind them. */
export const SECONDS = 17;
export const SECONDS_END = 19;
export const LONGEST_ISO = 40;

/** Microseconds of the seconds and fraction of an ISO time at `start`; NaN where they are no digits. */
export function secondsAt(buffer: Uint8Array, start: number, fractionEnd: number): number {
  let micros = two(buffer, start + SECONDS) * SECOND;
  let unit = SECOND / 10;
  for (let at = start + SECONDS_END + 1; at < fractionEnd; at++) {
    if (!digit(buffer[at])) return Number.NaN;
    // Digits past the microsecond are cut, not rounded: a time must not move into the future.
    if (unit >= 1) micros += (buffer[at] - 0x30) * unit;
    unit /= 10;
  }
  return micros;
}

/** Whether what stands at `at`, behind a time, is surely no more of it and lets it be one: no digit, fraction, letter or zone. */
function endsTime(buffer: Uint8Array, at: number, limit: number): boolean {
  if (at >= limit) return true;
  const first = buffer[at];
  if (digit(first) || letter(first, true)) return false;
  // What is behind +02 may be its minutes.
  if (first === COLON && at + 1 < limit && digit(buffer[at + 1])) return false;
  if (first === COLON) return buffer[at - 3] !== 0x2b && buffer[at - 3] !== DASH;
  const next = first === 0x20 ? at + 1 : at;
  const c = next < limit ? buffer[next] : 0;
  return c !== DOT && c !== COMMA && c !== 0x2b && c !== DASH && c !== 0x5a && !mayBeZone(buffer, next, limit);
}

const COLON = 0x3a;
const SLASH = 0x2f;
const DASH = 0x2d;
const DOT = 0x2e;
const COMMA = 0x2c;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What stands between a date and its time of day: `T`, `t`, `_`, `-`, a blank, a tab. */
const isBetween = (c: number) => c === 0x54 || c === 0x20 || c === 0x5f || c === 0x74 || c === DASH || c === 0x09;
const digit = (c: number) => c >= 0x30 && c <= 0x39;
const letter = (c: number, inside: boolean) => inside && (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a;

function twoDigitsOnly(buffer: Uint8Array, at: number, limit: number): boolean {
  if (at + 2 > limit || !(two(buffer, at) <= 14)) return false;
  return at + 2 === limit || !(digit(buffer[at + 2]) || buffer[at + 2] === COLON || letter(buffer[at + 2], true));
}

/** Whether a fraction of seconds follows: behind a colon stand just three digits. */
function isPoint(buffer: Uint8Array, at: number, limit: number): boolean {
  if (buffer[at] !== COLON) return buffer[at] === DOT || buffer[at] === COMMA;
  if (at + 4 > limit || !digit(buffer[at + 2]) || !digit(buffer[at + 3])) return false;
  return at + 4 === limit || (!digit(buffer[at + 4]) && buffer[at + 4] !== COLON);
}

/** Two digits as a number; NaN where they are none. */
function two(buffer: Uint8Array, at: number): number {
  const tens = buffer[at] - 0x30;
  const ones = buffer[at + 1] - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
