/**
 * `npm run eval:formats -- [DIR] [--wrong]`: how much of real logs is read rightly. DIR holds `loggers/`, one
 * folder a kind of log, and `format-samples.md`, one line a format; without it, CAUSEWAY_DATA names it, or a
 * folder `data/formats` beside the repository is taken. Prints the shares of entries with the right time,
 * level, message and id; exits 1 where one is below 99 %. `--wrong` also shows what was read wrongly.
 *
 * The command line reads the logs as it does for anyone; what is right, references.ts says.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { buildIfOutdated } from '../../scripts/outdated.mjs';
import { type Expected, FOLDERS, type Reference, SAMPLES } from './references.ts';

const ENOUGH = 0.99;
const MOST_SHOWN = 5;
const repository = join(import.meta.dirname, '../..');

/** A line of `merge --format json`, as far as it is looked at. */
interface Read {
  line: number;
  timestamp: string | null;
  level: string | null;
  message: string;
  ids: { value: string; normalised: string }[];
}

const ASPECTS = ['time', 'level', 'message', 'id'] as const;
type Aspect = (typeof ASPECTS)[number];

interface Result {
  name: string;
  entries: number;
  /** Entries that were read, but that the reference does not know. */
  extra: number;
  right: Record<Aspect | 'all', number>;
  wrong: string[];
}

function main(args: readonly string[]): number {
  const data = args.find((arg) => !arg.startsWith('--')) ?? process.env.CAUSEWAY_DATA ?? dataBesideRepository();
  if (data === undefined) return fail('usage: npm run eval:formats -- DIR [--wrong]');
  buildIfOutdated();
  const loggers = existsSync(join(data, 'loggers')) ? join(data, 'loggers') : data;
  const results = readdirSync(loggers, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => evaluate(name, readFolder(join(loggers, name)), FOLDERS[name]));
  const samples = [join(data, 'format-samples.md'), join(dirname(loggers), 'format-samples.md')].find(existsSync);
  if (samples !== undefined) results.push(...checkedSamples(samples));
  if (results.length === 0) return fail(`${data} holds no folders of logs`);
  print(results, args.includes('--wrong'));
  return results.every(isGood) ? 0 : 1;
}

function dataBesideRepository(): string | undefined {
  const around = dirname(repository);
  const folders = readdirSync(around).sort();
  return folders.map((name) => join(around, name, 'data/formats')).find((path) => existsSync(join(path, 'loggers')));
}

/** Text and entries of the logs of a folder. */
function readFolder(folder: string): { lines: string[]; read: Read[] }[] {
  const files = readdirSync(folder).map((name) => join(folder, name));
  return files.map((file) => ({ lines: readFileSync(file, 'utf8').split(/\r?\n/), read: merge(file) }));
}

function merge(file: string): Read[] {
  const command = [join(repository, 'dist/cli.js'), 'merge', file, '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (stderr !== '') console.error(`${basename(file)}: ${stderr.trim()}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Read);
}

/** The samples that are marked as checked (V) and hold nothing left out: each a log of its own. */
function checkedSamples(file: string): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-eval-'));
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((row) => {
        const [, name, sample] = /^(\S+) +V +(.*?)(?: {3,}\(.*\))?$/.exec(row) ?? [];
        const text = sample?.replaceAll('<TAB>', '\t');
        if (text === undefined || /\.\.(?!\w)|<[^>]*>/.test(text)) return [];
        const path = join(folder, `${name}.log`);
        writeFileSync(path, `${text}\n`);
        return [evaluate(`sample ${name}`, [{ lines: [text], read: merge(path) }], SAMPLES[name])];
      });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function evaluate(
  name: string,
  files: readonly { lines: string[]; read: Read[] }[],
  reference: Reference | undefined,
): Result {
  const result: Result = {
    name,
    entries: 0,
    extra: 0,
    right: { time: 0, level: 0, message: 0, id: 0, all: 0 },
    wrong: [],
  };
  if (reference === undefined) {
    result.wrong.push('no reference says what is right');
    return result;
  }
  for (const { lines, read } of files) {
    const byLine = new Map(read.map((entry) => [entry.line, entry]));
    for (const [i, line] of lines.entries()) {
      const expected = line.trim() === '' ? null : reference(line);
      const entry = byLine.get(i + 1);
      byLine.delete(i + 1);
      if (expected) count(result, expected, entry, line);
      else if (entry) result.extra++;
    }
    result.extra += byLine.size;
  }
  return result;
}

function count(result: Result, expected: Expected, entry: Read | undefined, line: string): void {
  result.entries++;
  const wrong = ASPECTS.filter((aspect) => !entry || !isRight[aspect](expected, entry));
  for (const aspect of ASPECTS) if (!wrong.includes(aspect)) result.right[aspect]++;
  if (wrong.length === 0) result.right.all++;
  else {
    const { timestamp, level, message, ids } = entry ?? {};
    const read = { timestamp, level, message, ids: ids?.map(({ value }) => value) };
    result.wrong.push(
      `${wrong.join(', ')}: ${line}\n      expected ${JSON.stringify(expected)}\n      read     ${JSON.stringify(read)}`,
    );
  }
}

const isRight: Record<Aspect, (expected: Expected, entry: Read) => boolean> = {
  time: ({ time }, { timestamp }) => {
    if (time === null || timestamp === null) return time === timestamp;
    const millis = new Date(timestamp).toISOString();
    return /^\d{4}-/.test(time) ? millis === time : millis.slice(5, -1) === time;
  },
  level: ({ level }, entry) => level === entry.level,
  message: ({ message }, entry) =>
    typeof message === 'string' ? entry.message === message : entry.message.startsWith(message.begins),
  id: ({ id }, { ids }) => id === null || ids.some(({ value }) => value === id),
};

/** Of what the reference knows and of what was read: an entry too many is as wrong as one that is missing. */
const share = ({ entries, extra }: Result, right: number): number => (entries === 0 ? 0 : right / (entries + extra));

const isGood = (result: Result): boolean => ASPECTS.every((aspect) => share(result, result.right[aspect]) >= ENOUGH);

function print(results: readonly Result[], withWrong: boolean): void {
  const columns = [...ASPECTS, 'all'] as const;
  console.log(['format'.padEnd(28), 'entries'.padStart(8), ...columns.map((name) => name.padStart(8))].join(''));
  for (const result of results) {
    const shares = columns.map((column) => `${(share(result, result.right[column]) * 100).toFixed(1)} %`.padStart(8));
    const mark = isGood(result) ? '' : '  ✖';
    console.log(`${result.name.padEnd(28)}${String(result.entries).padStart(8)}${shares.join('')}${mark}`);
    if (withWrong) for (const wrong of result.wrong.slice(0, MOST_SHOWN)) console.log(`    ${wrong}`);
  }
  const good = results.filter(isGood).length;
  console.log(`\n${good} of ${results.length} read rightly (each share at least ${ENOUGH * 100} %)`);
}

function fail(message: string): number {
  console.error(message);
  return 1;
}

process.exitCode = main(process.argv.slice(2));
