/**
 * Makes UTC of what a record says of its time: the zone of times without one, the day of a bare time of
 * day. What was assumed on the way is kept, to be told.
 */
import { DAY, MINUTE, yearOf, zoneOffset } from '../../base/time.ts';
import type { TimestampReader } from '../formats/timestamp.ts';

/** A record and its envelope differ by a zone when the rest to a multiple of this is small. */
const ZONE_STEP = 30 * MINUTE;
const ZONE_REST = 2 * MINUTE;
const WIDEST_ZONE = 14 * 60 * MINUTE;
/** So long after midnight a line of the evening before may still come. */
const LATE = 60 * MINUTE;

export class Clock {
  /** The zone assumed for at least one time; null where none was. */
  assumedZone: string | null = null;
  /** The year in which bare times of day were put; null where there was none to put. */
  assumedYear: number | null = null;
  readonly #zone: string;
  readonly #offset: (local: number) => number;
  #day: number;
  #lastOfDay = -1;
  #rolled = false;

  /** `firstDay`: midnight of the day that bare times of day begin on, in microseconds. */
  constructor(zone: string, firstDay: number) {
    this.#zone = zone;
    this.#offset = zoneOffset(zone);
    this.#day = firstDay;
  }

  /** UTC microseconds of the time just read; `envelope` is the collector's time, or NaN. */
  utc(read: TimestampReader, envelope: number): number {
    if (read.zoned) return read.micros;
    if (!Number.isNaN(envelope)) {
      // A collector adds its own time within moments: whole hours between the two are a zone.
      const apart = read.dated ? read.micros - envelope : wrapDay(read.micros - mod(envelope, DAY));
      const zone = Math.round(apart / ZONE_STEP) * ZONE_STEP;
      if (Math.abs(apart - zone) <= ZONE_REST && Math.abs(zone) <= WIDEST_ZONE) {
        if (zone !== 0 || this.assumedZone === null) this.assumedZone = offsetName(zone);
        return envelope + apart - zone;
      }
      if (!read.dated) return envelope;
    }
    this.assumedZone ??= this.#zone;
    const local = read.dated ? read.micros : this.#onDay(read.micros);
    return local - this.#offset(local);
  }

  /** A clock that goes back by more than half a day has passed midnight; what comes late right after it has not. */
  #onDay(ofDay: number): number {
    this.assumedYear = yearOf(this.#day);
    if (this.#rolled && ofDay - this.#lastOfDay > DAY - LATE && this.#lastOfDay < LATE) return this.#day - DAY + ofDay;
    if (this.#lastOfDay - ofDay > DAY / 2) {
      this.#day += DAY;
      this.#rolled = true;
    }
    this.#lastOfDay = ofDay;
    return this.#day + ofDay;
  }
}

const mod = (value: number, by: number) => ((value % by) + by) % by;

/** Into half a day before or after. */
function wrapDay(apart: number): number {
  return mod(apart + DAY / 2, DAY) - DAY / 2;
}

function offsetName(micros: number): string {
  if (micros === 0) return 'UTC';
  const minutes = Math.abs(micros) / MINUTE;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${micros < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
