/** Times as a person types them: RFC 3339, `2023-08-15 12:30`, `2023-08-15`, or `12:30` of the log's day. */
import type { Micros, TimeRange } from '../model.ts';
import { DAY, daysFromCivil, daysInMonth, HOUR, MINUTE, SECOND, zoneOffset } from './time.ts';

/** A moment, or a time of day whose day the log decides. */
export type TimeInput = { at: Micros } | { sinceMidnight: Micros; zone: string };

const DATE = String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})`;
const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?`;
const MOMENT = new RegExp(String.raw`^(?:${DATE})(?:[Tt ]${CLOCK}\s*(?<offset>[Zz]|[+-]\d{2}:?\d{2})?)?$`);
const OFFSET = /^(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/i;
const TIME_OF_DAY = new RegExp(`^${CLOCK}$`);

type Groups = Readonly<Record<string, string | undefined>>;

/** Null where the text is no time. `zone` is that of times which name none; it must be one. */
export function readTime(text: string, zone: string): TimeInput | null {
  const trimmed = text.trim();
  const ofDay = TIME_OF_DAY.exec(trimmed)?.groups;
  if (ofDay) {
    const sinceMidnight = clockMicros(ofDay);
    return sinceMidnight === null ? null : { sinceMidnight, zone };
  }
  const moment = MOMENT.exec(trimmed)?.groups;
  if (!moment || (moment.offset !== undefined && !OFFSET.test(moment.offset))) return null;
  const date = dateMicros(moment);
  const clock = moment.hour === undefined ? 0 : clockMicros(moment);
  if (date === null || clock === null) return null;
  return { at: toUtc(date + clock, moment.offset ?? zone) };
}

/**
 * A time of day is taken on the log's first day; where the log began later that day and goes on past
 * midnight, on the day after.
 */
export function onLogsDay(input: TimeInput, range: TimeRange): Micros {
  if ('at' in input) return input.at;
  if (range.from === null || range.to === null) return input.sinceMidnight;
  const offset = zoneOffset(input.zone);
  const local = range.from + offset(range.from + offset(range.from));
  const midnight = Math.floor(local / DAY) * DAY;
  const first = toUtc(midnight + input.sinceMidnight, input.zone);
  const next = toUtc(midnight + DAY + input.sinceMidnight, input.zone);
  return first < range.from && next <= range.to ? next : first;
}

function clockMicros(groups: Groups): Micros | null {
  const hour = Number(groups.hour);
  const minute = Number(groups.minute);
  const second = Number(groups.second ?? 0);
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null;
  const fraction = Number((groups.fraction ?? '').slice(0, 6).padEnd(6, '0'));
  return hour * HOUR + minute * MINUTE + second * SECOND + fraction;
}

function dateMicros(groups: Groups): Micros | null {
  const [year, month, day] = [Number(groups.year), Number(groups.month), Number(groups.day)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return daysFromCivil(year, month, day) * DAY;
}

function toUtc(local: Micros, zone: string): Micros {
  return local - zoneOffset(zone)(local);
}
