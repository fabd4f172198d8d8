/** The parser of a file, the same for indexing and for reading entries back. */
import type { Micros } from '../../model.ts';
import { globToRegExp } from '../globs.ts';
import { Clock, type ClockOptions } from '../parse/clock.ts';
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

/** `path` is relative to the log's root. */
export function createFileParser(
  path: string,
  profile: FileProfile,
  formats: FormatSet,
  options: ParseOptions & Partial<FileDates>,
): LineParser {
  return new LineParser(profile, formats, new Clock(clockOptions(path, options)), new ShapeScanner(formats.idKeys));
}

/** What a parser remembers grows with the lines that it parses: past so many a new one begins. */
const MOST_PARSED = 1 << 17;

/**
 * Lends the parsers of one thread. What a parser has learned of records holds for every file with the same profile, so
 * the one that was given back last goes on where it fits.
 */
export class FileParsers {
  readonly #formats: FormatSet;
  readonly #options: ParseOptions;
  #spare: { parser: LineParser; profile: string } | null = null;

  constructor({ formats, options }: { formats: FormatSet; options: ParseOptions }) {
    this.#formats = formats;
    this.#options = options;
  }

  /** A parser that knows nothing of other lines, to be given back. */
  borrow(path: string, profile: FileProfile, dates?: FileDates): LineParser {
    const options = { ...this.#options, ...dates };
    const spare = this.#spare;
    if (spare?.profile !== JSON.stringify(profile)) return createFileParser(path, profile, this.#formats, options);
    this.#spare = null;
    spare.parser.clock.restart(clockOptions(path, options));
    spare.parser.restart();
    return spare.parser;
  }

  giveBack(parser: LineParser, profile: FileProfile): void {
    this.#spare = parser.parsed > MOST_PARSED ? null : { parser, profile: JSON.stringify(profile) };
  }
}

function clockOptions(path: string, options: ParseOptions & Partial<FileDates>): ClockOptions {
  return { ...options, path, zone: zoneOf(path, options) };
}

function zoneOf(path: string, { zone, zones = {} }: ParseOptions): string {
  return Object.entries(zones).find(([glob]) => globToRegExp(glob).test(path))?.[1] ?? zone;
}
