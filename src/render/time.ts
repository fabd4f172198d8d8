/**
 * Times and durations as a person reads them. The hot path of the engine has its own scanner;
 * this is the one place where dayjs formats.
 */
import dayjs from 'dayjs';
import duration from 'dayjs/plugin/duration.js';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { Micros } from '../model.ts';

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.extend(duration);

/** What stands where a time or a duration is not known. */
export const UNKNOWN = '–';

const OFFSET = /^([+-])([01]\d|2[0-3])(?::?([0-5]\d))?$/;
const QUARTER_HOUR_MS = 900_000;
/** The years 0000 to 9999, which is all that RFC 3339 can write. */
const FIRST_TIME: Micros = Date.UTC(-1, 12) * 1000;
const END_OF_TIME: Micros = Date.UTC(10_000, 0) * 1000;

/** Whether times can be shown and read in this zone: `UTC`, `Z`, `+02:00` or an IANA name. */
export function isZone(zone: string): boolean {
  if (zone === 'UTC' || zone === 'Z' || OFFSET.test(zone)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

/** Offsets change at quarter hours at the finest, so one question to Intl serves a whole quarter. */
const offsets = new Map<string, number>();
const MAX_OFFSETS = 4096;

/** Minutes that clocks in the zone are ahead of UTC at that moment. */
export function offsetMinutes(millis: number, zone: string): number {
  if (zone === 'UTC' || zone === 'Z') return 0;
  const fixed = OFFSET.exec(zone);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0));
  const quarter = Math.floor(millis / QUARTER_HOUR_MS);
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= MAX_OFFSETS) offsets.clear();
  const minutes = dayjs(quarter * QUARTER_HOUR_MS)
    .tz(zone)
    .utcOffset();
  offsets.set(key, minutes);
  return minutes;
}

function zoned(micros: Micros, zone: string): dayjs.Dayjs {
  const millis = Math.floor(micros / 1000);
  return dayjs.utc(millis + offsetMinutes(millis, zone) * 60_000);
}

/** `2023-08-15 12:01:58.325Z`, or with the zone's offset: a time that needs no context. */
export function formatTime(micros: Micros | null, zone = 'UTC'): string {
  if (micros === null || !isRepresentable(micros)) return UNKNOWN;
  const millis = Math.floor(micros / 1000);
  const minutes = offsetMinutes(millis, zone);
  // Documents hold a hundred thousand times, nearly always in UTC.
  if (minutes === 0 && millis >= 0) return new Date(millis).toISOString().replace('T', ' ');
  return zoned(micros, zone).format('YYYY-MM-DD HH:mm:ss.SSS') + offsetText(minutes);
}

/** `12:01:58`, or `12:01:58.325` to the millisecond: a time of a day that the reader knows. */
export function formatClock(micros: Micros | null, zone = 'UTC', to: 'second' | 'millisecond' = 'second'): string {
  if (micros === null || !isRepresentable(micros)) return UNKNOWN;
  return zoned(micros, zone).format(to === 'second' ? 'HH:mm:ss' : 'HH:mm:ss.SSS');
}

/** `2023-08-15`. */
export function formatDate(micros: Micros | null, zone = 'UTC'): string {
  if (micros === null || !isRepresentable(micros)) return UNKNOWN;
  return zoned(micros, zone).format('YYYY-MM-DD');
}

/** RFC 3339 in UTC with six decimals: `2023-08-15T12:01:58.325000Z`. Null outside its years. */
export function rfc3339(micros: Micros): string | null {
  if (!isRepresentable(micros)) return null;
  const millis = Math.floor(micros / 1000);
  const rest = Math.floor(micros - millis * 1000);
  return `${new Date(millis).toISOString().slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

/** Three digits or so and a unit: `0.4 ms`, `45 ms`, `2.35 s`, `99.1 s`, `12 min 5 s`, `1 h 45 min`, `3 d 4 h`. */
export function formatDuration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return UNKNOWN;
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms === 0) return '0 ms';
  if (ms < 9.95) return `${trimmed(ms, 1, 0.1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_995) return `${trimmed(ms / 1000, 2)} s`;
  if (ms < 119_950) return `${trimmed(ms / 1000, 1)} s`;
  if (ms < 3_599_500) return parts(Math.round(ms / 1000) * 1000, 'minutes', 'seconds');
  if (ms < 172_770_000) return parts(Math.round(ms / 60_000) * 60_000, 'hours', 'minutes');
  return parts(Math.round(ms / 3_600_000) * 3_600_000, 'days', 'hours');
}

const UNIT = { days: 'd', hours: 'h', minutes: 'min', seconds: 's' } as const;
type Unit = keyof typeof UNIT;
const UNIT_MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000 } as const;

function parts(ms: number, whole: Unit, rest: Unit): string {
  const count = Math.floor(dayjs.duration(ms).as(whole));
  const left = Math.floor(dayjs.duration(ms - count * UNIT_MS[whole]).as(rest));
  return left === 0 ? `${count} ${UNIT[whole]}` : `${count} ${UNIT[whole]} ${left} ${UNIT[rest]}`;
}

/** Rounded, without trailing zeros; never rounded down to nothing. */
function trimmed(value: number, decimals: number, least = 0): string {
  return String(Number(Math.max(value, least).toFixed(decimals)));
}

function offsetText(minutes: number): string {
  if (minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** A log may claim anything; a year of more than four digits, or before 0, no reader of times understands. */
function isRepresentable(micros: Micros): boolean {
  return micros >= FIRST_TIME && micros < END_OF_TIME;
}
