/** Which file imports which: read from the text, so that a file that does not compile is judged too. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface Import {
  from: string;
  line: number;
  /** A path from the repository's root, or the name of a package or of a Node module. */
  to: string;
  /** Erased by the compiler: `import type`, or nothing but `type` names between the braces. */
  typeOnly: boolean;
}

const STATEMENT = /^[ \t]*(?:import|export)\b(?<clause>[^;'"]*?)\bfrom\s*['"](?<path>[^'"]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"](?<path>[^'"]+)['"]/gm;
const CALLED = /\b(?<how>import|require)\(\s*['"](?<path>[^'"]+)['"]\s*\)/g;

/** Comments become blanks, so that lines keep their numbers and an example in a comment is no import. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|[\s;,{(])\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}

/** Single quotes are the style, so quotes inside double quotes are code in a test's table, and no import. */
function withoutExamples(code: string): string {
  return code.replace(/"[^"\n]*'[^"\n]*"/g, (example) => ' '.repeat(example.length));
}

export function importsOf(file: string, text: string = readFileSync(file, 'utf8')): Import[] {
  const code = withoutExamples(withoutComments(text));
  const found: Import[] = [];
  const add = (match: RegExpExecArray, path: string, typeOnly: boolean): void => {
    const start = match.index + (match[0].length - match[0].trimStart().length);
    found.push({ from: file, line: code.slice(0, start).split('\n').length, to: resolve(file, path), typeOnly });
  };
  for (const match of code.matchAll(STATEMENT)) {
    add(match, match.groups?.path ?? '', isTypeOnly(match.groups?.clause ?? ''));
  }
  for (const match of code.matchAll(BARE)) add(match, match.groups?.path ?? '', false);
  for (const match of code.matchAll(CALLED)) add(match, match.groups?.path ?? '', isTypeQuery(code, match));
  return found.sort((a, b) => a.line - b.line);
}

function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b(?!\s*,)/.test(clause)) return true;
  const braces = /^\s*\{(?<names>[^}]*)\}\s*$/.exec(clause);
  const names = (braces?.groups?.names ?? '').split(',').filter((name) => name.trim() !== '');
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

/** `typeof import('x')` and `import('x').Name` in a type's place are erased; `await import('x')` is not. */
function isTypeQuery(code: string, match: RegExpExecArray): boolean {
  const before = code.slice(Math.max(0, match.index - 40), match.index);
  return match.groups?.how === 'import' && /(?:\btypeof|[:<|]|\bas)\s*$/.test(before);
}

function resolve(file: string, path: string): string {
  return path.startsWith('.') ? posix.join(posix.dirname(file), path) : path;
}

/** Each cycle once, as its files in order, beginning with the first by name. */
export function cyclesOf(imports: readonly Import[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const cycles = new Map<string, string[]>();
  const visit = (file: string, path: string[]): void => {
    const at = path.indexOf(file);
    if (at !== -1) {
      const cycle = rotate(path.slice(at));
      cycles.set(cycle.join(' → '), cycle);
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of [...next.keys()].sort()) visit(file, []);
  return [...cycles.values()];
}

function rotate(cycle: string[]): string[] {
  const first = cycle.indexOf([...cycle].sort()[0] ?? '');
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
