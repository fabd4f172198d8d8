/**
 * Tries a pattern on lines that are hard on patterns: long runs of the same, and an end that does not fit. It
 * proves nothing where it finds nothing; the matcher's budget holds all the same.
 */
import { encodeUtf8 } from '../../../base/utf8.ts';
import { Matcher } from './matcher.ts';
import type { Program } from './program.ts';

const RUNS = ['a', '0', ' ', '-', '.', '[', ']', '"', 'a ', 'a=', 'a.', '0.', 'a:', '{', ',', '\t'];
const LENGTH = 400;
const NO_FIT = '\u0001';
/** Any eight characters pass for a time: what stands behind one is what is tried. */
const SOME_TIME = { matchAt: (_: Uint8Array, at: number, limit: number) => (at + 8 <= limit ? at + 8 : -1) };

/** What repeated makes the pattern give up, alone or behind one of the lines; null where nothing does. */
export function wildRun(program: Program, lines: readonly string[]): string | null {
  const matcher = new Matcher(program, SOME_TIME);
  for (const run of RUNS) {
    const tail = run.repeat(LENGTH / run.length) + NO_FIT;
    for (const line of ['', '00:00:00 ', ...lines]) {
      const bytes = encodeUtf8(line + tail);
      matcher.match(bytes, 0, bytes.length);
      if (matcher.overrun) return run;
    }
  }
  return null;
}
