/** The parser of a file, the same for indexing and for reading entries back. */
import type { Micros } from '../../model.ts';
import { globToRegExp } from '../globs.ts';
import { Clock } from '../parse/clock.ts';
import { LineParser } from '../parse/lineParser.ts';
import type { FileProfile, FormatSet } from '../parse/profile.ts';
import { ShapeScanner } from '../templates/shape.ts';

export interface ParseOptions {
  zone: string;
  year: number | null;
  /** Zones of some files, by glob; the first that matches counts. */
  zones?: Readonly<Record<string, string>>;
}

/** What else tells the day of a time that names none. */
export interface FileDates {
  /** A time of other files of the log; null where none is known. */
  near: Micros | null;
  /** A time of the file itself, before the lines to be read. */
  own?: Micros | null;
  /** When the file was last written; null where that is not known. */
  modified: Micros | null;
}

/** `path` is relative to the log's root. A clock that other segments of the file have set goes on. */
export function createFileParser(
  path: string,
  profile: FileProfile,
  formats: FormatSet,
  options: ParseOptions & Partial<FileDates>,
  clock = new Clock({ ...options, path, zone: zoneOf(path, options) }),
) {
  const shape = new ShapeScanner(formats.idKeys);
  return { parser: new LineParser(profile, formats, clock, shape), shape, clock };
}

function zoneOf(path: string, { zone, zones = {} }: ParseOptions): string {
  return Object.entries(zones).find(([glob]) => globToRegExp(glob).test(path))?.[1] ?? zone;
}
