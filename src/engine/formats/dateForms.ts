/**
 * Dates that are not written as ISO 8601: by name of the month (`Nov 15 21:24:58`, `15-Nov-2024 …`,
 * `Fri Nov 15 21:24:58 2024`), in American or European order (`11/15/2024`, `15.11.2024`), in digits without
 * separators (`1115 21:24:58`, `20241115 …`), in front of a clock of 24 hours or of 12 with AM and PM.
 */
import { DAY, daysFromCivil, daysInMonth, HOUR, LAST_YEAR, MINUTE, SECOND } from '../../base/time.ts';
import { ZoneName } from './zoneNames.ts';

/** Stands for the year that is not told: a leap year, so that it has every day. */
export const SOME_YEAR = 1972;

const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;
const SLASH = 0x2f;
const DASH = 0x2d;
const DOT = 0x2e;
const COMMA = 0x2c;

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');

/** The date just read. One object per reader, overwritten by each call. */
export class DateForms {
  /** Local time; with SOME_YEAR where `yearless`, from midnight where not `dated`. */
  micros = 0;
  dated = false;
  yearless = false;
  /** Whether the date says its zone, and `micros` is UTC, where it stands before the year; behind it, the caller looks. */
  zoned = false;
  end = 0;

  /** Whether `05/11/2026` is the 5th of November: its file tells. */
  isDayFirst = false;

  #buffer: Uint8Array = new Uint8Array(0);
  #limit = 0;
  #at = 0;
  #year = 0;
  #month = 0;
  #day = 0;
  /** Whether a day of the week stands before it. */
  #isNamedDay = false;
  /** Minutes east of UTC, where the date says so. */
  #offset = 0;
  readonly #zone = new ZoneName();

  /** Reads a date with its time of day at `start`; false where there is none. */
  read(buffer: Uint8Array, start: number, limit: number): boolean {
    this.#buffer = buffer;
    this.#limit = limit;
    this.#at = start;
    this.#year = 0;
    this.#month = 0;
    this.#day = 0;
    this.#offset = 0;
    this.#isNamedDay = false;
    this.zoned = false;
    const first = start < limit ? buffer[start] : 0;
    if (isDigit(first)) {
      if (!this.#fromDigits()) return false;
    } else if (!isLetter(first) || !this.#fromName()) return false;
    return this.#finish();
  }

  /** The day is read; the clock and what may stand behind it follow. */
  #finish(): boolean {
    const clock = this.#clock();
    if (!(clock >= 0)) return false;
    this.dated = this.#month !== 0;
    if (this.dated && this.#year === 0) this.#yearBehind();
    this.yearless = this.dated && this.#year === 0;
    this.end = this.#at;
    this.micros = clock;
    if (!this.dated) return true;
    const year = this.yearless ? SOME_YEAR : this.#year;
    const known = this.#month <= 12 && year >= 1970 && year <= LAST_YEAR;
    if (!known || this.#day < 1 || this.#day > daysInMonth(year, this.#month)) return false;
    this.micros += daysFromCivil(year, this.#month, this.#day) * DAY - this.#offset * MINUTE;
    return true;
  }

  #peek(ahead = 0): number {
    return this.#at + ahead < this.#limit ? this.#buffer[this.#at + ahead] : 0;
  }

  /** How many digits stand here. */
  #digits(): number {
    let count = 0;
    while (isDigit(this.#peek(count))) count++;
    return count;
  }

  /** Takes `count` digits as a number. */
  #number(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 10 + this.#peek(i) - 0x30;
    this.#at += count;
    return value;
  }

  #skip(c: number): boolean {
    if (this.#peek() !== c) return false;
    this.#at++;
    return true;
  }

  /** The number from 1 of a name, written out or as its first three letters; 0 where none stands here. */
  #name(names: readonly string[]): number {
    let length = 0;
    while (isLetter(this.#peek(length))) length++;
    if (length < 3) return 0;
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (length !== 3 && length !== name.length) continue;
      let same = 0;
      while (same < length && (this.#peek(same) | 0x20) === name.charCodeAt(same)) same++;
      if (same < length) continue;
      this.#at += length;
      return i + 1;
    }
    return 0;
  }

  /** `[Fri[,]] Nov 15[,] [2024]`, `[Fri,] 15 Nov 2024`. */
  #fromName(): boolean {
    if (this.#name(WEEKDAYS) > 0) {
      this.#skip(COMMA);
      if (!this.#skip(SPACE)) return false;
      this.#isNamedDay = true;
      if (isDigit(this.#peek())) return this.#peek(this.#digits()) !== COLON && this.#fromDigits();
    }
    this.#month = this.#name(MONTHS);
    if (this.#month === 0 || !this.#skip(SPACE)) return false;
    this.#skip(SPACE);
    const digits = this.#digits();
    if (digits < 1 || digits > 2) return false;
    this.#day = this.#number(digits);
    this.#skip(COMMA);
    if (!this.#skip(SPACE)) return false;
    if (this.#digits() !== 4) return true;
    this.#year = this.#number(4);
    return this.#toClock();
  }

  #fromDigits(): boolean {
    const digits = this.#digits();
    const separator = this.#peek(digits);
    switch (digits) {
      case 1:
      case 2:
        // A clock without a date.
        if (separator === COLON) return true;
        return this.#dayOrMonth(digits, separator);
      case 4:
        if (separator !== SPACE) return this.#yearFirst(4, separator);
        this.#month = this.#number(2);
        this.#day = this.#number(2);
        this.#at++;
        return this.#digits() === 2;
      case 6:
      case 8:
        this.#year = digits === 8 ? this.#number(4) : 2000 + this.#number(2);
        this.#month = this.#number(2);
        this.#day = this.#number(2);
        this.#at++;
        return separator === SPACE || separator === 0x54 || separator === DASH;
      case 14:
        this.#year = this.#number(4);
        this.#month = this.#number(2);
        this.#day = this.#number(2);
        return this.#year >= 1990 && this.#year < 2100;
      default:
        return false;
    }
  }

  #yearFirst(digits: number, separator: number): boolean {
    this.#year = digits === 4 ? this.#number(4) : 2000 + this.#number(2);
    this.#at++;
    if (separator !== DASH && separator !== SLASH && separator !== DOT) return false;
    const month = this.#digits();
    if (month < 1 || month > 2) return false;
    this.#month = this.#number(month);
    if (!this.#skip(separator)) return false;
    const day = this.#digits();
    if (day < 1 || day > 2) return false;
    this.#day = this.#number(day);
    return this.#toClock();
  }

  /** A day before a name, or two numbers whose order their size tells, else their separator. */
  #dayOrMonth(digits: number, separator: number): boolean {
    if (separator !== SPACE && separator !== DASH && separator !== SLASH && separator !== DOT) return false;
    if (isLetter(this.#peek(digits + 1))) {
      this.#day = this.#number(digits);
      this.#at++;
      this.#month = this.#name(MONTHS);
      if (this.#month === 0) return false;
      if (!this.#skip(separator)) return false;
      const year = this.#digits();
      if (year === 4) this.#year = this.#number(4);
      else if (year === 2 && this.#peek(2) !== COLON) {
        // `12 Nov 19 10:00:00` is rather some number before 19 November.
        if (separator === SPACE && !this.#isNamedDay) return false;
        this.#year = 2000 + this.#number(2);
      } else return true;
      return this.#toClock();
    }
    const first = this.#number(digits);
    this.#at++;
    const second = this.#digits();
    if (separator === SPACE || second < 1 || second > 2) return false;
    const middle = this.#number(second);
    if (!this.#skip(separator)) {
      // Android's `11-15 21:24:58.438`, also with other separators.
      const isDayFirst = separator !== DASH && (first > 12 || (this.isDayFirst && middle <= 12));
      this.#month = isDayFirst ? middle : first;
      this.#day = isDayFirst ? first : middle;
      return digits === 2 && second === 2 && this.#skip(SPACE);
    }
    const third = this.#digits();
    if (third !== 2 && third !== 4) return false;
    const last = this.#number(third);
    if (third === 2 && first > 12 && middle <= 12 && separator === SLASH) {
      // Hadoop and Spark write 17/06/09.
      this.#year = 2000 + first;
      this.#month = middle;
      this.#day = last;
    } else {
      this.#year = third === 4 ? last : 2000 + last;
      const dayFirst = first > 12 || (middle <= 12 && (separator !== SLASH || this.isDayFirst));
      this.#month = dayFirst ? middle : first;
      this.#day = dayFirst ? first : middle;
    }
    return this.#toClock();
  }

  /** What stands between a date and its clock: `T`, `_`, `:`, a tab, a blank, ` @ `, ` - `, `, `. */
  #toClock(): boolean {
    const c = this.#peek();
    if (c === COMMA) this.#at++;
    if (c === 0x54 || c === 0x5f || c === COLON || c === TAB) {
      this.#at++;
      return true;
    }
    if (!this.#skip(SPACE)) return false;
    if ((this.#peek() === DASH || this.#peek() === 0x40) && this.#peek(1) === SPACE) this.#at += 2;
    return true;
  }

  /** `h:mm[:ss[.fraction]][ ]AM`, `hh:mm:ss[.fraction]`, `hhmmss`; microseconds of the day, or -1. */
  #clock(): number {
    const digits = this.#digits();
    if (digits === 6) {
      const whole = this.#number(2) * HOUR + this.#number(2) * MINUTE + this.#number(2) * SECOND;
      return this.#year !== 0 && whole < DAY ? this.#fraction(whole) : -1;
    }
    if (digits < 1 || digits > 2) return -1;
    let hour = this.#number(digits);
    if (!this.#skip(COLON)) return -1;
    const long = this.#digits();
    if (long !== 2 && !(long === 1 && this.#year !== 0)) return -1;
    const minute = this.#number(long);
    let second = -1;
    if (this.#peek() === COLON && isDigit(this.#peek(1)) && (isDigit(this.#peek(2)) || this.#year !== 0)) {
      this.#at++;
      second = this.#number(isDigit(this.#peek(1)) ? 2 : 1);
    }
    if (hour > 23 || minute > 59 || second > 60 || (long === 1 && second < 0)) return -1;
    const rest = this.#fraction(minute * MINUTE + Math.max(0, second) * SECOND);
    const half = this.#half();
    // Hours and minutes alone are too common in prose to be a record's time.
    if (second < 0 && half === 0 && this.#month === 0) return -1;
    if (half !== 0) {
      if (hour < 1 || hour > 12) return -1;
      hour = (hour % 12) + (half === 0x70 ? 12 : 0);
    }
    return hour * HOUR + rest;
  }

  #fraction(micros: number): number {
    const c = this.#peek();
    if (c === COLON && isDigit(this.#peek(1))) return micros + this.#millis();
    if ((c !== DOT && c !== COMMA) || !isDigit(this.#peek(1))) return micros;
    let unit = SECOND / 10;
    let sum = micros;
    for (this.#at++; isDigit(this.#peek()); this.#at++) {
      // Digits past the microsecond are cut, not rounded: a time must not move into the future.
      if (unit >= 1) sum += (this.#peek() - 0x30) * unit;
      unit /= 10;
    }
    return sum;
  }

  /** Behind a colon: three digits, or fewer of a writer that puts no zeros before numbers. */
  #millis(): number {
    this.#at++;
    const digits = this.#digits();
    if (digits === 3 || (this.#year !== 0 && digits < 3)) return this.#number(digits) * 1000;
    this.#at--;
    return 0;
  }

  /** The `a` or `p` of AM and PM, in small letters; 0 where neither follows. */
  #half(): number {
    const ahead = this.#peek() === SPACE ? 1 : 0;
    const half = this.#peek(ahead) | 0x20;
    if ((half !== 0x61 && half !== 0x70) || (this.#peek(ahead + 1) | 0x20) !== 0x6d || isLetter(this.#peek(ahead + 2)))
      return 0;
    this.#at += ahead + 2;
    return half;
  }

  /** `Fri Nov 15 21:24:58 2024`, also with the name of a zone in between. */
  #yearBehind(): void {
    if (this.#peek() !== SPACE) return;
    const before = this.#at;
    this.#at++;
    const zone = this.#zone;
    const isNamed = zone.read(this.#buffer, this.#at, this.#limit);
    if (isNamed) this.#at = zone.end;
    else while (this.#at < before + 5 && isLetter(this.#peek())) this.#at++;
    if (this.#at > before + 1 && !this.#skip(SPACE)) {
      this.#at = before;
      return;
    }
    const behind = this.#peek(4);
    const isClock = (behind === COLON || behind === DOT) && isDigit(this.#peek(5));
    if (this.#digits() === 4 && !isLetter(behind) && !isClock) {
      const year = this.#number(4);
      if (year >= 1970 && year <= 2099) {
        this.#year = year;
        this.zoned = isNamed;
        this.#offset = isNamed ? zone.minutes : 0;
        return;
      }
    }
    this.#at = before;
  }
}

const isDigit = (c: number) => c >= 0x30 && c <= 0x39;
const isLetter = (c: number) => (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a;
