/** The instructions of compiled patterns: for both sides, so this file is TypeScript as well as AssemblyScript. */

/**
 * The instructions and their operands. An enum, because the bundler then writes numbers into the matcher's
 * switch, which the engine turns into a jump table; with constants it compares one by one, at twice the time.
 */
export enum Op {
  /** The end of the pattern or of a lookahead. */
  MATCH = 0,
  /** CHAR byte */
  CHAR = 1,
  /** TEXT offset length: bytes of the program's `text`. */
  TEXT = 2,
  /** SET table */
  SET = 3,
  /** SETS table count */
  SETS = 4,
  /** REST: all that is left of the text, where nothing but its end may follow. */
  REST = 5,
  /** RUN table min max: as many as there are; the matcher never gives any back. */
  RUN = 6,
  /** GREEDY table min max follow: as many as there are, given back one by one down to min. */
  GREEDY = 7,
  /** LAZY table min max follow: min, then one by one more. */
  LAZY = 8,
  /** SPLIT other first second: go on here, else at `other`; the tables tell which of the two can begin. */
  SPLIT = 9,
  /** JUMP target */
  JUMP = 10,
  /** SAVE slot: the position. */
  SAVE = 11,
  /** CLEAR from to: slots that an iteration before has filled. */
  CLEAR = 12,
  /** MOVED slot: fails where the position is still the one saved. */
  MOVED = 13,
  START = 14,
  END = 15,
  /** BOUNDARY wanted: 1 at the edge of a word, 0 anywhere else. */
  BOUNDARY = 16,
  /** AHEAD negative target from to: the program of the lookahead follows; slots [from, to) are its groups. */
  AHEAD = 17,
  /** TIME: a time in any form. */
  TIME = 18,
  /** FIELD slot table min max: a group that is a RUN, with its two slots. */
  FIELD = 19,
}

/** No limit, for `max` of the loops. */
export const UNLIMITED = 0x7fffffff;
