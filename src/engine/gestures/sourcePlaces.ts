/**
 * Places of source files in text: `OrderService.java:42` in a frame of Java, `File "app.py", line 7` of Python,
 * `/src/Foo.cs:line 12` of .NET, `main.go:12` and `src/app.ts:10:5` anywhere. What is looked for is the end, a known
 * extension and a number; from there the path is read backwards, so that a long word costs no more than its length.
 */
import type { SourcePlace } from '../../gestures.ts';

const EXTENSIONS =
  'java|kt|kts|scala|groovy|clj|py|pyx|js|mjs|cjs|jsx|ts|mts|cts|tsx|vue|svelte|go|cs|vb|fs|fsx|rs|rb|php|cc|cpp|cxx|c|hpp|h|swift|mm|m|exs|ex|erl|lua|pl|pm|dart';
const PLACE = new RegExp(`\\.(?:${EXTENSIONS})(?::(?:line )?|\\\\?", line )(\\d{1,7})(?::(\\d{1,5}))?(?![\\w.])`, 'g');
const OF_PATH = /[\w@.+~$/\\-]/;
/** Of a Java frame, what stands before the bracket: `com.shop.Orders.create`. */
const OF_CLASS = /[\w.$<>/]/;
/** Longer paths there are none. */
const LONGEST = 400;
/** Longer lines are left alone, as their colours are. */
const LONGEST_LINE = 20_000;

export function sourcePlacesIn(line: string): SourcePlace[] {
  if (line.length > LONGEST_LINE) return [];
  let last = 0;
  return [...line.matchAll(PLACE)].flatMap((found) => {
    const extensionEnd = found.index + found[0].search(/:|\\?"/);
    const start = startOf(line, last, found.index);
    last = found.index + found[0].length;
    const written = line.slice(start, extensionEnd);
    const name = written.replace(/[\\/]+/g, '/').replace(/^(?:\.?\/)+/, '');
    // An extension alone is no name; what a browser loaded is a link already, and no file.
    if (/(?:^|\/)\.\w+$/.test(name) || isRemote(line, start)) return [];
    const place = { start, end: found.index + found[0].length, line: Number(found[1]) };
    if (place.line === 0) return [];
    return { ...place, path: `${packageOf(line, start)}${name}`, column: found[2] ? Number(found[2]) : null };
  });
}

/** Not before `least`, where the place before ends. */
function startOf(line: string, least: number, end: number): number {
  let start = end;
  while (start > least && end - start < LONGEST && OF_PATH.test(line[start - 1])) start--;
  // Of a text that is quoted in JSON, a line end or tab right before the path: its letter is none of the path's.
  const escaped = /^\\+[nrt](?=[\w@.~/])/.exec(line.slice(start, end));
  return escaped ? start + escaped[0].length : start;
}

/** Whether the path is part of an address: of the word that it stands in, what begins it is a scheme other than `file`. */
function isRemote(line: string, start: number): boolean {
  let from = start;
  while (from > 0 && start - from < LONGEST && !/[\s"'()<>]/.test(line[from - 1])) from--;
  const word = line.slice(from, start + 2);
  return /^(?!file:)[a-z][a-z+.-]+:(?:\/\/|$)/i.test(word);
}

/** `com/shop/` of the frame `at com.shop.Orders.create(Orders.java:42)`; empty elsewhere. */
function packageOf(line: string, start: number): string {
  if (line[start - 1] !== '(') return '';
  let from = start - 1;
  while (from > 0 && start - from < LONGEST && OF_CLASS.test(line[from - 1])) from--;
  const parts =
    line
      .slice(from, start - 1)
      .split('/')
      .at(-1)
      ?.split('.') ?? [];
  // The class and its method come last; a name without a package leaves nothing.
  const packages = parts.slice(0, -2);
  return packages.length === 0 || packages.includes('') ? '' : `${packages.join('/')}/`;
}
