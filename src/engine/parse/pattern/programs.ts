/** Programs by their pattern: each file has a parser of its own, and all share what was compiled once. */
import { compilePattern } from './compile.ts';
import type { Program } from './program.ts';

const compiled = new Map<string, Program>();

/** Throws PatternError where the pattern is none. */
export function programOf(pattern: string): Program {
  let program = compiled.get(pattern);
  if (!program) {
    program = compilePattern(pattern);
    compiled.set(pattern, program);
  }
  return program;
}
