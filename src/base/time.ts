/** Calendar arithmetic on integer microseconds, without Date objects: the parser calls it once a line. */

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The last year whose microseconds are all exact in a number. */
export const LAST_YEAR = 2254;

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar; `month` and `day` count from 1. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The year of a time, in UTC. */
export function yearOf(micros: number): number {
  return new Date(micros / 1000).getUTCFullYear();
}

/**
 * How far local time in a zone is ahead of UTC, in microseconds, at a local time.
 * A fixed offset (`+02:00`, `Z`, `UTC`) or an IANA name; throws RangeError on anything else.
 */
export function zoneOffset(zone: string): (localMicros: number) => number {
  const fixed = /^(?:Z|UTC|GMT)?(?:([+-])(\d{1,2}):?(\d{2})?)?$/i.exec(zone.trim());
  if (fixed) {
    const offset = (Number(fixed[2] ?? 0) * HOUR + Number(fixed[3] ?? 0) * MINUTE) * (fixed[1] === '-' ? -1 : 1);
    return () => offset;
  }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (utcMicros: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(utcMicros / 1000)) part[type] = Number(value);
    const local =
      daysFromCivil(part.year, part.month, part.day) * DAY +
      part.hour * HOUR +
      part.minute * MINUTE +
      part.second * SECOND;
    return local - Math.floor(utcMicros / SECOND) * SECOND;
  };
  // An hour's worth of lines shares one offset; zones change theirs on the quarter hour at most.
  const byQuarter = new Map<number, number>();
  return (localMicros) => {
    const quarter = Math.floor(localMicros / (15 * MINUTE));
    let offset = byQuarter.get(quarter);
    if (offset === undefined) {
      offset = offsetAt(localMicros - offsetAt(localMicros));
      byQuarter.set(quarter, offset);
    }
    return offset;
  };
}
