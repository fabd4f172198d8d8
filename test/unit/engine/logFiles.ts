/** Files as property tests need them: lines of every built-in format, in envelopes or not, one after the other. */
import fc from 'fast-check';
import { sniffPacking } from '../../../src/engine/content/sniff.ts';
import { builtinFormats } from '../../../src/engine/formats/builtin.ts';
import { damage, damaged } from './damage.ts';

const formats = builtinFormats();
const samples = formats.flatMap((format) => format.samples.map(({ line }) => line));
const records = formats.flatMap(({ kind, samples: own }) => (kind === 'envelope' ? [] : own.map(({ line }) => line)));
const rest = [
  '',
  '  ',
  '\tat com.example.Pool(Pool.java:12)',
  'Caused by: java.io.IOException: x',
  '}',
  'some prose',
  '{"time":"2026',
  '\ufeff',
  '\u001b[31mred',
];

const enveloped = fc
  .tuple(fc.constantFrom(...records, ...rest), fc.constantFrom('stdout', 'stderr'), fc.boolean(), fc.nat(2))
  .map(([record, stream, whole, kind]) => {
    if (kind === 0) return `api-1   | ${record}`;
    if (kind === 1) return `[pod/api-1/app] ${record}`;
    return JSON.stringify({ log: `${record}${whole ? '\n' : ''}`, stream, time: '2026-08-01T10:00:00.123456789Z' });
  });

const line = fc.oneof(fc.constantFrom(...samples), fc.constantFrom(...rest), enveloped);
const lineEnd = fc.oneof({ weight: 8, arbitrary: fc.constant('\n') }, fc.constantFrom('\r\n', '\r'));

/** Whole lines, mostly of one file's format, as they are. */
export const logText = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 3 }), fc.array(fc.tuple(fc.nat(), line, lineEnd), { maxLength: 12 }))
  .map(([own, lines]) =>
    lines.map(([which, other, end]) => (which % 4 === 0 ? other : own[which % own.length]) + end).join(''),
  );

/** The same, damaged here and there. Packed files have lines of their own. */
export const logBytes = fc
  .tuple(logText, fc.array(damage, { maxLength: 6 }))
  .map(([text, damages]) => damages.reduce<Uint8Array>(damaged, Buffer.from(text)))
  .filter((bytes) => sniffPacking(bytes) === null);

/** Lines as VS Code numbers them: its text buffer ends a line at \r\n, \n and \r, and at nothing else. */
export function editorLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 10 && bytes[at] !== 13) continue;
    lines.push(bytes.subarray(start, at));
    if (bytes[at] === 13 && bytes[at + 1] === 10) at++;
    start = at + 1;
  }
  // After a line end at the end an editor shows one more line, which is empty and is none of the log's.
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}
