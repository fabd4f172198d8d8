/**
 * AssemblyScript, compiled to WebAssembly: the innermost loops of reading JSON Lines, sixteen bytes a step.
 *
 * Everything here can also be done without it, line by line: what it meets for the first time it leaves to the
 * parser, which is the judge of what a line is, and is told from there what it may do itself the next time.
 */
import { follow } from './layouts';
import { FOUND_MAX, HASH_HIGH, HASH_LOW } from './memory';
import { followPairs } from './pairs';
import { found, hashShape, high, low } from './shape';

export { addSpelling, forgetIds, idNumber, numberSpelling, numbers, spellings } from './ids';
export { ids, numbering, oddEnd, oddStart, pairs, rows, take } from './lines';
export { takeText } from './textLines';
export { forget, learnMinute, learnName, learnShape } from './tables';

/** The number of fields of the record in [at, end), listed with positions from `base`; -1 where it is none learned. */
export function read(root: u32, base: u32, at: u32, end: u32): i32 {
  return follow(root, base, at, end, false);
}

/** As `read`, of a line of logfmt. */
export function readPairs(root: u32, base: u32, at: u32, end: u32): i32 {
  return followPairs(root, base, at, end);
}

/** Hashes the shape of the message in [at, end); false where it may hold an id, which is for others to find. */
export function hash(at: u32, end: u32): bool {
  if (!hashShape(at, end, 0)) return false;
  store<u32>(HASH_LOW, low);
  store<u32>(HASH_HIGH, high);
  return true;
}

/** How many words of the message in [at, end) may be ids, listed in FOUND; -1 where there are too many. */
export function find(at: u32, end: u32): i32 {
  return hashShape(at, end, FOUND_MAX) ? found : -1;
}
