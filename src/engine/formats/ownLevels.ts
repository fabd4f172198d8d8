/** Level words of the user's own, which come before those that loggers commonly write. */
import { decodeUtf8 } from '../../base/utf8.ts';
import { LEVELS, type Level } from '../../model.ts';
import { NO_LEVEL } from '../index/log.ts';

export type LevelWords = Readonly<Record<string, Level>>;

const LONGEST = 64;

export class OwnLevels {
  readonly #levels: ReadonlyMap<string, number>;

  constructor(words: LevelWords) {
    this.#levels = new Map(Object.entries(words).map(([word, level]) => [word.toLowerCase(), LEVELS.indexOf(level)]));
  }

  has(word: string): boolean {
    return this.#levels.has(word.toLowerCase());
  }

  /** The index in LEVELS of the word in buffer[start, end), whatever its case; NO_LEVEL where it is none of them. */
  at(buffer: Uint8Array, start: number, end: number): number {
    if (end - start > LONGEST) return NO_LEVEL;
    return this.#levels.get(decodeUtf8(buffer, start, end).toLowerCase()) ?? NO_LEVEL;
  }
}

/** Null where there are none, so that the words of loggers cost no second look. */
export function ownLevels(...words: (LevelWords | undefined)[]): OwnLevels | null {
  const all: LevelWords = Object.assign({}, ...words);
  return Object.keys(all).length === 0 ? null : new OwnLevels(all);
}

/** A pattern whose groups for the level also take these words: most patterns list those they know. */
export function withLevelWords(pattern: string, words: LevelWords): string {
  const escaped = Object.keys(words).map((word) => word.replace(/[!-/:-@[-`{-~]/g, '\\$&'));
  if (escaped.length === 0) return pattern;
  // The longest first: the word must not be cut short by another that it begins with.
  escaped.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return pattern.replace(/\(\?<level\d*>/g, (group) => `${group}(?i:${escaped.join('|')})|`);
}
