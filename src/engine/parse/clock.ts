/**
 * Makes UTC of what a record says of its time: the zone of times without one, the year of a date without
 * one, the day of a bare time of day. What was assumed on the way is kept, to be told.
 */
import { DAY, daysFromCivil, daysInMonth, LAST_YEAR, MINUTE, yearOf, zoneOffset } from '../../base/time.ts';
import { SOME_YEAR } from '../formats/dateForms.ts';
import type { TimestampReader } from '../formats/timestamp.ts';

/** A record and its envelope differ by a zone when the rest to a multiple of this is small. */
const ZONE_STEP = 30 * MINUTE;
const ZONE_REST = 2 * MINUTE;
const WIDEST_ZONE = 14 * 60 * MINUTE;
/** So long after midnight a line of the evening before may still come. */
const LATE = 60 * MINUTE;
/** At the head of a file no midnight was seen: only what is nearer to it tells one. */
const LATE_AT_HEAD = MINUTE;
/** A date that lies this far back is rather one of the year after: lines come late by weeks, gaps last months. */
const YEAR_BACK = 90 * DAY;
const YEAR = 365.25 * DAY;

/** What a file's times may be completed by. Times are UTC microseconds. */
export interface ClockOptions {
  /** Of times that name none. */
  zone: string;
  /** The year of dates without one; null where it is to be found. */
  year: number | null;
  /** A time of dated entries that belong together with the file's; null or absent where there are none. */
  near?: number | null;
  /** The last dated time of the file before its lines at hand; null or absent where there is none. */
  own?: number | null;
  /** When the file was last written. */
  modified?: number | null;
  /** Path of the file: its name may hold a date. */
  path: string;
}

export class Clock {
  /** The zone assumed for at least one time; null where none was. */
  assumedZone: string | null = null;
  /** The year in which times without one were put; null where there was none to put. */
  assumedYear: number | null = null;
  /** Whether times were put into a year or on a day that dated entries of the same set would tell better. */
  undated = false;
  #options: ClockOptions;
  #offset: (local: number) => number;
  /** Midnight (local) of the date in the file's name; null where there is none. */
  #named: number | null;
  /** The day of the last bare time of day; NaN before the first. */
  #day = Number.NaN;
  #lastOfDay = -1;
  #rolled = false;
  /** The last date without a year, its year found; NaN before the first. */
  #lastDate = Number.NaN;
  /** The last dated time of the file itself. */
  #lastDated: number | null;

  constructor(options: ClockOptions) {
    this.#options = options;
    this.#offset = zoneOffset(options.zone);
    this.#named = dateInName(options.path);
    this.#lastDated = options.own ?? null;
  }

  /** Makes it as good as new, for other lines of this file or another: it knows nothing of those before. */
  restart(options: ClockOptions): void {
    if (options.zone !== this.#options.zone) this.#offset = zoneOffset(options.zone);
    this.#options = options;
    this.#named = dateInName(options.path);
    this.assumedZone = null;
    this.assumedYear = null;
    this.undated = false;
    this.#day = Number.NaN;
    this.#lastOfDay = -1;
    this.#rolled = false;
    this.#lastDate = Number.NaN;
    this.#lastDated = options.own ?? null;
  }

  /** UTC microseconds of the time just read; `envelope` is the collector's time, or NaN. */
  utc(read: TimestampReader, envelope: number): number {
    if (read.zoned && !read.yearless) {
      this.#dated(read.micros);
      return read.micros;
    }
    if (!Number.isNaN(envelope)) {
      const micros = read.yearless ? nearestYear(read.micros, envelope) : read.micros;
      if (read.zoned) return micros;
      // A collector adds its own time within moments: whole hours between the two are a zone.
      const apart = read.dated ? micros - envelope : wrapDay(micros - mod(envelope, DAY));
      const zone = Math.round(apart / ZONE_STEP) * ZONE_STEP;
      if (Math.abs(apart - zone) <= ZONE_REST && Math.abs(zone) <= WIDEST_ZONE) {
        if (zone !== 0 || this.assumedZone === null) this.assumedZone = offsetName(zone);
        return envelope + apart - zone;
      }
      if (!read.dated) return envelope;
      if (read.yearless) return this.#fromLocal(micros);
    }
    if (read.yearless) {
      const date = this.#inYear(read.micros);
      return read.zoned ? date : this.#fromLocal(date);
    }
    if (!read.dated) return this.#fromLocal(this.#onDay(read.micros));
    const utc = this.#fromLocal(read.micros);
    this.#dated(utc);
    return utc;
  }

  /** Bare times of day behind it are of its day. */
  #dated(utc: number): void {
    this.#lastDated = utc;
    this.#day = Number.NaN;
    this.#lastOfDay = -1;
  }

  #fromLocal(local: number): number {
    this.assumedZone ??= this.#options.zone;
    return local - this.#offset(local);
  }

  #toLocal(utc: number | null | undefined): number | null {
    return utc === null || utc === undefined ? null : utc + this.#offset(utc);
  }

  /** A clock that goes back by more than half a day has passed midnight; what comes late right after it has not. */
  #onDay(ofDay: number): number {
    if (Number.isNaN(this.#day)) this.#day = this.#firstDay(ofDay);
    this.assumedYear ??= yearOf(this.#day);
    const late = this.#rolled ? LATE : LATE_AT_HEAD;
    if (this.#lastOfDay >= 0 && this.#lastOfDay < late && ofDay > this.#lastOfDay + DAY - late)
      return this.#day - DAY + ofDay;
    if (this.#lastOfDay - ofDay > DAY / 2) {
      this.#day += DAY;
      this.#rolled = true;
    }
    this.#lastOfDay = ofDay;
    return this.#day + ofDay;
  }

  /** Midnight of the day of the file's first bare time of day. */
  #firstDay(ofDay: number): number {
    const { year, near, modified } = this.#options;
    if (this.#lastDated === null && this.#named !== null) return this.#named;
    const known = this.#toLocal(this.#lastDated ?? near);
    if (known !== null) return Math.round((known - ofDay) / DAY) * DAY;
    this.undated = true;
    const written = this.#toLocal(modified);
    // The file was written after its lines: the last such day.
    const day = written === null ? Number.NaN : Math.floor((written + LATE - ofDay) / DAY) * DAY;
    if (year === null) return Number.isNaN(day) ? 0 : day;
    return yearOf(day) === year ? day : daysFromCivil(year, 1, 1) * DAY;
  }

  /** Puts a date in SOME_YEAR into its own: of the first by what is known, of the others by the one before. */
  #inYear(date: number): number {
    const last = this.#lastDate;
    const found = Number.isNaN(last) ? this.#firstDate(date) : nearestYear(date, last - YEAR_BACK + YEAR / 2);
    this.assumedYear ??= yearOf(found);
    this.#lastDate = found;
    return found;
  }

  #firstDate(date: number): number {
    const { year, near, modified } = this.#options;
    if (year !== null) return inYear(date, year);
    const own = this.#toLocal(this.#lastDated);
    if (own !== null) return nearestYear(date, own);
    const written = this.#toLocal(modified);
    const known = this.#toLocal(near);
    if (known !== null) return notAfter(date, nearestYear(date, known), written);
    this.undated = true;
    if (this.#named !== null) return nearestYear(date, this.#named);
    // The file was written after its lines; a day is left for zones.
    return written === null ? inYear(date, 1970) : nearestYear(date, written + DAY - YEAR / 2);
  }
}

const mod = (value: number, by: number) => ((value % by) + by) % by;

/** Into half a day before or after. */
function wrapDay(apart: number): number {
  return mod(apart + DAY / 2, DAY) - DAY / 2;
}

/** A date of SOME_YEAR in another year; 29 February goes to the last leap year before. */
function inYear(date: number, year: number): number {
  const start = daysFromCivil(SOME_YEAR, 1, 1) * DAY;
  const day = Math.floor((date - start) / DAY);
  const { month, ofMonth } = dayOfLeapYear(day);
  let own = year;
  while (ofMonth > daysInMonth(own, month)) own--;
  return daysFromCivil(own, month, ofMonth) * DAY + (date - start - day * DAY);
}

/** A date of SOME_YEAR in the year that brings it nearest to a time. */
function nearestYear(date: number, time: number): number {
  const year = yearOf(time);
  let nearest = inYear(date, year);
  for (const other of [year - 1, year + 1]) {
    const found = inYear(date, other);
    if (Math.abs(found - time) < Math.abs(nearest - time)) nearest = found;
  }
  return nearest;
}

/** A date of SOME_YEAR, put at `near`, a year earlier if the file was written in between; a day is left for zones. */
function notAfter(date: number, near: number, written: number | null): number {
  if (written === null || near <= written + DAY) return near;
  const before = inYear(date, yearOf(near) - 1);
  return before <= written + DAY ? before : near;
}

function dayOfLeapYear(day: number): { month: number; ofMonth: number } {
  let month = 1;
  let rest = day;
  while (rest >= daysInMonth(SOME_YEAR, month)) rest -= daysInMonth(SOME_YEAR, month++);
  return { month, ofMonth: rest + 1 };
}

/** Midnight of the first date in a file's name: `app-2026-08-01.log`, `app.20260801.gz`. */
function dateInName(path: string): number | null {
  for (const date of (path.split('/').at(-1) ?? '').matchAll(/(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)(?!\d)/g)) {
    const [y, m, d] = [Number(date[1]), Number(date[3]), Number(date[4])];
    if (y >= 1970 && y <= LAST_YEAR && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m)) {
      return daysFromCivil(y, m, d) * DAY;
    }
  }
  return null;
}

function offsetName(micros: number): string {
  if (micros === 0) return 'UTC';
  const minutes = Math.abs(micros) / MINUTE;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${micros < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
