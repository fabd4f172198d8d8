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
  /** The same of the seconds that processors were busy. */
  cpu: number | null;
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
  const against = (name: string, other: string) =>
    [seconds(other) / seconds(name), median(other, 'cpuSeconds') / median(name, 'cpuSeconds')] as const;
  const speed = (name: string) => {
    const { bytes, entries, found } = results.find((result) => result.name === name) ?? { bytes: 0 };
    return found?.entries === entries ? bytes / 1e6 / seconds(name) : 0;
  };
  const rgMs = 1000 * seconds('rg');
  const all: [title: string, least: number | null, value: number, cpu?: number][] = [
    ['one worker : readline loop', 3, ...against('one', 'readline')],
    ['one worker : bare JSON.parse loop', 1.5, ...against('one', 'bare')],
    ['one worker : lnav', 3, ...against('one', 'lnav')],
    ['two workers : one worker', 1.4, ...against('two', 'one')],
    ['re-open from cache : one worker', 4, ...against('reopen', 'one')],
    ['look-up, p99 : rg', 20, rgMs / median('lookups', 'findP99Ms')],
    ['look-up with lines read back, p99 : rg', null, rgMs / median('lookups', 'showP99Ms')],
    ['1 ms : look-up, p99', 1, 1 / median('lookups', 'findP99Ms')],
    ['40 bytes : columns of an entry', 1, 40 / median('lookups', 'columnBytes')],
    ['250 MB : peak memory', 1, 250 / median('one', 'peakMb')],
    ['Spring Boot text : 150 MB/s', 1, speed('spring') / 150],
    ['logfmt : 150 MB/s', 1, speed('logfmt') / 150],
  ];
  return all.flatMap(([title, least, value, cpu]) =>
    Number.isNaN(value) ? [] : [{ title, value, cpu: cpu ?? null, least }],
  );
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
    return [
      title,
      `${median.seconds.toFixed(3)} s`,
      range,
      `${median.cpuSeconds.toFixed(3)} s`,
      ...speeds,
      median.peakMb?.toFixed(0) ?? '',
    ];
  });
  return aligned([['', 'median', 'range', 'busy', 'MB/s', 'M entries/s', 'peak MB'], ...rows]);
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
  const rows = ratios.map(({ title, value, cpu, least }) => {
    const goal = least === null ? ['', ''] : [`≥ ${least}`, value >= least ? '✔' : '✖'];
    return [title, `${value.toFixed(2)} ×`, cpu === null ? '' : `${cpu.toFixed(2)} ×`, ...goal];
  });
  return aligned([['', 'by the clock', 'busy', 'must be', ''], ...rows]);
}

/** The first column flush left, the others flush right. */
export function aligned(rows: string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: string[]) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
  return rows.map((row) => line(row).join('  ')).join('\n');
}
