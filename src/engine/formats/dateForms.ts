/**
 * Dates that are not written as ISO 8601: by name of the month (`Nov 15 21:24:58`, `15-Nov-2024 …`,
 * `Fri Nov 15 21:24:58 2024`), in American or European order (`11/15/2024`, `15.11.2024`), in digits without
 * separators (`1115 21:24:58`, `20241115 …`), with dots in the clock (`2024-11-15-21.24.58`), in front of a
 * clock of 24 hours or of 12 with AM and PM.
 */
import { DAY, daysFromCivil, daysInMonth, HOUR, LAST_YEAR, MINUTE, SECOND } from '../../base/time.ts';
import { ByteCursor, isDigit, isLetter } from './byteCursor.ts';
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

  readonly #text = new ByteCursor();
  #year = 0;
  #month = 0;
  #day = 0;
  /** Whether a day of the week stands before it. */
  #isNamedDay = false;
  /** Whether dots stand in the clock. */
  #isDotted = false;
  /** Minutes east of UTC, where the date says so. */
  #offset = 0;
  readonly #zone = new ZoneName();

  /** Reads a date with its time of day at `start`; false where there is none. */
  read(buffer: Uint8Array, start: number, limit: number): boolean {
    this.#text.start(buffer, start, limit);
    this.#year = 0;
    this.#month = 0;
    this.#day = 0;
    this.#offset = 0;
    this.#isNamedDay = false;
    this.#isDotted = false;
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
    this.end = this.#text.at;
    this.micros = clock;
    if (!this.dated) return true;
    const year = this.yearless ? SOME_YEAR : this.#year;
    const known = this.#month <= 12 && year >= 1970 && year <= LAST_YEAR;
    if (!known || this.#day < 1 || this.#day > daysInMonth(year, this.#month)) return false;
    this.micros += daysFromCivil(year, this.#month, this.#day) * DAY - this.#offset * MINUTE;
    return true;
  }

  /** `[Fri[,]] Nov 15[,] [2024]`, `[Fri,] 15 Nov 2024`. */
  #fromName(): boolean {
    if (this.#text.name(WEEKDAYS) > 0) {
      this.#text.skip(COMMA);
      if (!this.#text.skip(SPACE)) return false;
      this.#isNamedDay = true;
      if (isDigit(this.#text.peek())) return this.#text.peek(this.#text.digits()) !== COLON && this.#fromDigits();
    }
    this.#month = this.#text.name(MONTHS);
    if (this.#month === 0 || !this.#text.skip(SPACE)) return false;
    this.#text.skip(SPACE);
    const digits = this.#text.digits();
    if (digits < 1 || digits > 2) return false;
    this.#day = this.#text.number(digits);
    this.#text.skip(COMMA);
    if (!this.#text.skip(SPACE)) return false;
    if (this.#text.digits() !== 4) return true;
    this.#year = this.#text.number(4);
    return this.#toClock();
  }

  #fromDigits(): boolean {
    const digits = this.#text.digits();
    const separator = this.#text.peek(digits);
    switch (digits) {
      case 1:
      case 2:
        // A clock without a date.
        if (separator === COLON) return true;
        return this.#dayOrMonth(digits, separator);
      case 4:
        if (separator !== SPACE) return this.#yearFirst(4, separator);
        this.#month = this.#text.number(2);
        this.#day = this.#text.number(2);
        this.#text.at++;
        return this.#text.digits() === 2;
      case 6:
      case 8:
        this.#year = digits === 8 ? this.#text.number(4) : 2000 + this.#text.number(2);
        this.#month = this.#text.number(2);
        this.#day = this.#text.number(2);
        this.#text.at++;
        return separator === SPACE || separator === 0x54 || separator === DASH;
      case 14:
        this.#year = this.#text.number(4);
        this.#month = this.#text.number(2);
        this.#day = this.#text.number(2);
        return this.#year >= 1990 && this.#year < 2100;
      default:
        return false;
    }
  }

  #yearFirst(digits: number, separator: number): boolean {
    this.#year = digits === 4 ? this.#text.number(4) : 2000 + this.#text.number(2);
    this.#text.at++;
    if (separator !== DASH && separator !== SLASH && separator !== DOT) return false;
    const month = this.#text.digits();
    if (month < 1 || month > 2) return false;
    this.#month = this.#text.number(month);
    if (!this.#text.skip(separator)) return false;
    const day = this.#text.digits();
    if (day < 1 || day > 2) return false;
    this.#day = this.#text.number(day);
    // `2024-11-15-21.24.58.438001`, as DB2 and what IBM built on it write.
    this.#isDotted = separator === DASH && this.#text.peek() === DASH && this.#text.peek(3) === DOT;
    return this.#isDotted ? this.#text.skip(DASH) : this.#toClock();
  }

  /** A day before a name, or two numbers whose order their size tells, else their separator. */
  #dayOrMonth(digits: number, separator: number): boolean {
    if (separator !== SPACE && separator !== DASH && separator !== SLASH && separator !== DOT) return false;
    if (isLetter(this.#text.peek(digits + 1))) {
      this.#day = this.#text.number(digits);
      this.#text.at++;
      this.#month = this.#text.name(MONTHS);
      if (this.#month === 0) return false;
      if (!this.#text.skip(separator)) return false;
      const year = this.#text.digits();
      if (year === 4) this.#year = this.#text.number(4);
      else if (year === 2 && this.#text.peek(2) !== COLON) {
        // `12 Nov 19 10:00:00` is rather some number before 19 November.
        if (separator === SPACE && !this.#isNamedDay) return false;
        this.#year = 2000 + this.#text.number(2);
      } else return true;
      return this.#toClock();
    }
    const first = this.#text.number(digits);
    this.#text.at++;
    const second = this.#text.digits();
    if (separator === SPACE || second < 1 || second > 2) return false;
    const middle = this.#text.number(second);
    if (!this.#text.skip(separator)) {
      // Android's `11-15 21:24:58.438`, also with other separators.
      const isDayFirst = separator !== DASH && (first > 12 || (this.isDayFirst && middle <= 12));
      this.#month = isDayFirst ? middle : first;
      this.#day = isDayFirst ? first : middle;
      return digits === 2 && second === 2 && this.#text.skip(SPACE);
    }
    const third = this.#text.digits();
    if (third !== 2 && third !== 4) return false;
    const last = this.#text.number(third);
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
    const c = this.#text.peek();
    if (c === COMMA) this.#text.at++;
    if (c === 0x54 || c === 0x5f || c === COLON || c === TAB) {
      this.#text.at++;
      return true;
    }
    if (!this.#text.skip(SPACE)) return false;
    if ((this.#text.peek() === DASH || this.#text.peek() === 0x40) && this.#text.peek(1) === SPACE) this.#text.at += 2;
    return true;
  }

  /** `h:mm[:ss[.fraction]][ ]AM`, `hh:mm:ss[.fraction]`, `hhmmss`; microseconds of the day, or -1. */
  #clock(): number {
    const digits = this.#text.digits();
    if (digits === 6) {
      const whole = this.#text.number(2) * HOUR + this.#text.number(2) * MINUTE + this.#text.number(2) * SECOND;
      return this.#year !== 0 && whole < DAY ? this.#fraction(whole) : -1;
    }
    if (digits < 1 || digits > 2) return -1;
    let hour = this.#text.number(digits);
    const between = this.#isDotted ? DOT : COLON;
    if (!this.#text.skip(between)) return -1;
    const long = this.#text.digits();
    if (long !== 2 && !(long === 1 && this.#year !== 0)) return -1;
    const minute = this.#text.number(long);
    let second = -1;
    if (
      this.#text.peek() === between &&
      isDigit(this.#text.peek(1)) &&
      (isDigit(this.#text.peek(2)) || this.#year !== 0)
    ) {
      this.#text.at++;
      second = this.#text.number(isDigit(this.#text.peek(1)) ? 2 : 1);
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
    const c = this.#text.peek();
    if (c === COLON && isDigit(this.#text.peek(1))) return micros + this.#millis();
    if ((c !== DOT && c !== COMMA) || !isDigit(this.#text.peek(1))) return micros;
    let unit = SECOND / 10;
    let sum = micros;
    for (this.#text.at++; isDigit(this.#text.peek()); this.#text.at++) {
      // Digits past the microsecond are cut, not rounded: a time must not move into the future.
      if (unit >= 1) sum += (this.#text.peek() - 0x30) * unit;
      unit /= 10;
    }
    return sum;
  }

  /** Behind a colon: three digits, or fewer of a writer that puts no zeros before numbers. */
  #millis(): number {
    this.#text.at++;
    const digits = this.#text.digits();
    if (digits === 3 || (this.#year !== 0 && digits < 3)) return this.#text.number(digits) * 1000;
    this.#text.at--;
    return 0;
  }

  /** The `a` or `p` of AM and PM, in small letters; 0 where neither follows. */
  #half(): number {
    const ahead = this.#text.peek() === SPACE ? 1 : 0;
    const half = this.#text.peek(ahead) | 0x20;
    if (
      (half !== 0x61 && half !== 0x70) ||
      (this.#text.peek(ahead + 1) | 0x20) !== 0x6d ||
      isLetter(this.#text.peek(ahead + 2))
    )
      return 0;
    this.#text.at += ahead + 2;
    return half;
  }

  /** `Fri Nov 15 21:24:58 2024`, also with the name of a zone in between. */
  #yearBehind(): void {
    if (this.#text.peek() !== SPACE) return;
    const before = this.#text.at;
    this.#text.at++;
    const zone = this.#zone;
    const isNamed = zone.read(this.#text.buffer, this.#text.at, this.#text.limit);
    if (isNamed) this.#text.at = zone.end;
    else while (this.#text.at < before + 5 && isLetter(this.#text.peek())) this.#text.at++;
    if (this.#text.at > before + 1 && !this.#text.skip(SPACE)) {
      this.#text.at = before;
      return;
    }
    const behind = this.#text.peek(4);
    const isClock = (behind === COLON || behind === DOT) && isDigit(this.#text.peek(5));
    if (this.#text.digits() === 4 && !isLetter(behind) && !isClock) {
      const year = this.#text.number(4);
      if (year >= 1970 && year <= 2099) {
        this.#year = year;
        this.zoned = isNamed;
        this.#offset = isNamed ? zone.minutes : 0;
        return;
      }
    }
    this.#text.at = before;
  }
}
