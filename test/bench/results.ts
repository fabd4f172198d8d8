/** Medians, ratios, and how they are told. */
import type { Answer, Measure } from './children/answer.ts';
import type { Contestant } from './contestants.ts';

export interface Result {
  name: string;
  title: string;
  bytes: number;
  /** How many entries were written, and what was found of them. */
  entries: number;
  found: Record<string, number>;
  median: Measure;
  runs: Measure[];
}

export interface Ratio {
  title: string;
  value: number;
  /** What must hold on a quiet machine; null where the figure is only of interest. */
  least: number | null;
}

export function resultOf({ name, title, set }: Contestant, answers: readonly Answer[]): Result {
  const runs = answers.map(({ measure }) => measure);
  const median = Object.fromEntries(Object.keys(runs[0]).map((key) => [key, medianOf(runs.map((run) => run[key]))]));
  return { name, title, bytes: set.bytes, entries: set.entries, found: answers[0].found ?? {}, median, runs };
}

function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function ratiosOf(results: readonly Result[]): Ratio[] {
  const median = (name: string, key: string) =>
    results.find((result) => result.name === name)?.median[key] ?? Number.NaN;
  const seconds = (name: string) => median(name, 'seconds');
  const speed = (name: string) => {
    const { bytes, entries, found } = results.find((result) => result.name === name) ?? { bytes: 0 };
    return found?.entries === entries ? bytes / 1e6 / seconds(name) : 0;
  };
  const rgMs = 1000 * seconds('rg');
  const all: [title: string, value: number, least: number | null][] = [
    ['one worker : readline loop', seconds('readline') / seconds('one'), 3],
    ['one worker : bare JSON.parse loop', seconds('bare') / seconds('one'), 1.5],
    ['one worker : lnav', seconds('lnav') / seconds('one'), 3],
    ['two workers : one worker', seconds('one') / seconds('two'), 1.4],
    ['re-open from cache : one worker', seconds('one') / seconds('reopen'), 4],
    ['look-up, p99 : rg', rgMs / median('lookups', 'findP99Ms'), 20],
    ['look-up with lines read back, p99 : rg', rgMs / median('lookups', 'showP99Ms'), null],
    ['1 ms : look-up, p99', 1 / median('lookups', 'findP99Ms'), 1],
    ['40 bytes : columns of an entry', 40 / median('lookups', 'columnBytes'), 1],
    ['250 MB : peak memory', 250 / median('one', 'peakMb'), 1],
    ['Spring Boot text : 150 MB/s', speed('spring') / 150, 1],
    ['logfmt : 150 MB/s', speed('logfmt') / 150, 1],
  ];
  return all.flatMap(([title, value, least]) => (Number.isNaN(value) ? [] : [{ title, value, least }]));
}

/** What does not agree: speed counts for nothing where the answer is another one. */
export function disagreements(results: readonly Result[]): string[] {
  const loop = results.find(({ name }) => name === 'readline');
  return results.flatMap(({ name, title, entries, found }) => {
    const expected: Record<string, number> = { ...(name === 'lookups' ? loop?.found : {}), entries };
    const keys = Object.keys(found).length === 0 ? [] : Object.keys(expected);
    const differing = keys.filter((key) => found[key] !== expected[key]);
    return differing.map((key) => `${title}: ${key} ${found[key]} instead of ${expected[key]}`);
  });
}

export function tableOf(results: readonly Result[]): string {
  const rows = results.map(({ title, bytes, entries, median, runs }) => {
    const seconds = runs.map((run) => run.seconds);
    const range = `${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)}`;
    const speeds = [(bytes / 1e6 / median.seconds).toFixed(0), (entries / 1e6 / median.seconds).toFixed(2)];
    return [title, `${median.seconds.toFixed(3)} s`, range, ...speeds, median.peakMb?.toFixed(0) ?? ''];
  });
  return aligned([['', 'median', 'range', 'MB/s', 'M entries/s', 'peak MB'], ...rows]);
}

export function lookUpLines({ median }: Result): string {
  const number = (key: string, digits = 1): string => median[key].toFixed(digits);
  const columns = Object.keys(median).filter((key) => key.startsWith('column '));
  return `look-up of a trace: p50 ${number('findP50Ms', 4)} ms, p99 ${number('findP99Ms', 4)} ms
  with its lines read back: p50 ${number('showP50Ms', 3)} ms, p99 ${number('showP99Ms', 3)} ms
bytes an entry: columns ${number('columnBytes')}, all arrays ${number('arrayBytes')}, objects ${number('heapBytes')}
  ${columns.map((key) => `${key.slice('column '.length)} ${number(key)}`).join(', ')}
ids ${number('ids', 0)}, templates ${number('templates', 0)}`;
}

export function ratioTable(ratios: readonly Ratio[]): string {
  return aligned(
    ratios.map(({ title, value, least }) => {
      const goal = least === null ? ['', ''] : [`≥ ${least}`, value >= least ? '✔' : '✖'];
      return [title, `${value.toFixed(2)} ×`, ...goal];
    }),
  );
}

/** The first column flush left, the others flush right. */
function aligned(rows: string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: string[]) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
  return rows.map((row) => line(row).join('  ')).join('\n');
}
