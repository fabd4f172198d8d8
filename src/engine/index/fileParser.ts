/** The parser of a file, the same for indexing and for reading entries back. */
import { DAY, daysFromCivil, daysInMonth, LAST_YEAR } from '../../base/time.ts';
import type { Micros } from '../../model.ts';
import { Clock } from '../parse/clock.ts';
import { LineParser } from '../parse/lineParser.ts';
import type { FileProfile, FormatSet } from '../parse/profile.ts';
import { ShapeScanner } from '../templates/shape.ts';

export interface ParseOptions {
  zone: string;
  year: number | null;
}

/** What else tells the day of a time that names none. */
export interface FileDates {
  /** A time of other files of the log; null where none is known. */
  near: Micros | null;
  /** When the file was last written; null where that is not known. */
  modified: Micros | null;
}

/** `path` is relative to the log's root. A clock that other segments of the file have set goes on. */
export function createFileParser(
  path: string,
  profile: FileProfile,
  formats: FormatSet,
  options: ParseOptions & Partial<FileDates>,
  clock = new Clock(options.zone, firstDay(path, options.year)),
) {
  const shape = new ShapeScanner();
  return { parser: new LineParser(profile, formats, clock, shape), shape, clock };
}

/** The day that bare times of day begin on: a date in the file's name, else the first day of the year. */
function firstDay(path: string, year: number | null): number {
  const date = /(\d{4})-?(\d\d)-?(\d\d)/.exec(path.split('/').at(-1) ?? '');
  const [y, m, d] = date ? date.slice(1).map(Number) : [0, 0, 0];
  const isDate = y >= 1970 && y <= LAST_YEAR && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m);
  return (isDate ? daysFromCivil(y, m, d) : daysFromCivil(year ?? 1970, 1, 1)) * DAY;
}
