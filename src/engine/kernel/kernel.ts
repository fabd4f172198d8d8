/**
 * AssemblyScript, compiled to WebAssembly: the innermost loops of reading JSON Lines, sixteen bytes a step.
 *
 * Everything here can also be done without it, line by line: what it meets for the first time it leaves to the
 * parser, which is the judge of what a line is, and is told from there what it may do itself the next time.
 */
import { follow } from './layouts';

export { ids, rows, take } from './lines';
export { forget, learnMinute, learnName, learnShape } from './tables';

/** The number of fields of the record in [at, end), listed with positions from `base`; -1 where it is none learned. */
export function read(root: u32, base: u32, at: u32, end: u32): i32 {
  return follow(root, base, at, end, false);
}
