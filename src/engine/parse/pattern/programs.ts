/** Programs by their pattern: each file has a parser of its own, and all share what was compiled once. */
import { compilePattern } from './compile.ts';
import type { Program } from './program.ts';

/** Far more than there are formats; a pattern that is being typed is another one at each key. */
const MOST_PROGRAMS = 512;

/** In order of use. */
const compiled = new Map<string, Program>();

/** Throws PatternError where the pattern is none. */
export function programOf(pattern: string): Program {
  const program = compiled.get(pattern) ?? compilePattern(pattern);
  compiled.delete(pattern);
  compiled.set(pattern, program);
  const [oldest] = compiled.keys();
  if (compiled.size > MOST_PROGRAMS) compiled.delete(oldest);
  return program;
}
