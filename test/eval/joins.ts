/**
 * `npm run eval:joins -- DIR [--seed N] [--wrong]`: how well entries without an id are joined to traces. Each folder of
 * logs at or below DIR is copied, and in the copy the ids of the trace and its spans are taken out of a random fifth of
 * the lines that have one. What they were is the truth: printed are the share of those lines that joined a wrong
 * trace, which must be at most 0.5 %, and the share that found its own. Ends with 1 where more joined wrongly.
 *
 * Only what is plain text on disk loses ids. `--wrong` lists what joined wrongly.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { idKeyRank, REQUEST_RANK, TRACE_RANK } from '../../src/engine/correlation/idKeys.ts';
import { joinsOf } from '../../src/engine/correlation/joins.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { type Log, NO_ID } from '../../src/engine/index/log.ts';
import type { Entry } from '../../src/model.ts';
import { sentence } from '../../src/render/sentence.ts';
import { createFileSource } from '../../src/worker/fileByteSource.ts';
import { Random } from '../bench/random.ts';

const SHARE = 0.2;
const MOST_FALSE = 0.005;
const MOST_SHOWN = 10;

interface Result {
  hidden: number;
  /** Of those, how many hold an id still. */
  holding: number;
  right: number;
  wrong: string[];
  things: Things;
}

/** Where no line has an id of a trace: entries that joined what a line tells of, and those of another trace than all it is in. */
interface Things {
  joined: number;
  wrong: string[];
}

async function main(args: readonly string[]): Promise<number> {
  const values = args.filter((arg) => !arg.startsWith('--'));
  const seedAt = args.indexOf('--seed');
  const seed = seedAt < 0 ? 1 : Number(args[seedAt + 1]);
  const folder = values.find((value) => seedAt < 0 || value !== args[seedAt + 1]);
  if (folder === undefined || !Number.isInteger(seed)) {
    console.error('usage: npm run eval:joins -- DIR [--seed N] [--wrong]');
    return 1;
  }
  const total: Result = { hidden: 0, holding: 0, right: 0, wrong: [], things: { joined: 0, wrong: [] } };
  for (const logs of foldersOfLogs(resolve(folder))) {
    const result = await evaluate(logs, new Random(seed));
    if (result.hidden === 0) continue;
    print(logs.slice(resolve(folder).length + 1) || logs, result);
    if (args.includes('--wrong'))
      for (const line of [...result.wrong, ...result.things.wrong].slice(0, MOST_SHOWN)) console.log(`    ${line}`);
    total.hidden += result.hidden;
    total.holding += result.holding;
    total.right += result.right;
    total.wrong.push(...result.wrong);
    total.things.joined += result.things.joined;
    total.things.wrong.push(...result.things.wrong);
  }
  if (total.hidden === 0) {
    console.error(`no line of ${folder} holds the id of a trace`);
    return 1;
  }
  print('all', total);
  return total.wrong.length <= MOST_FALSE * total.hidden ? 0 : 1;
}

/** The folders that hold files themselves: each is one log. */
function foldersOfLogs(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const below = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => foldersOfLogs(join(folder, name)));
  const own = entries.some((entry) => entry.isFile() && /\.(?:log|jsonl|ndjson)$/.test(entry.name));
  return own ? [folder, ...below] : below;
}

async function evaluate(folder: string, random: Random): Promise<Result> {
  const copy = mkdtempSync(join(tmpdir(), 'causeway-joins-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const some = await withLog(folder, (log) => hideIds(log, copy, random, SHARE));
    const result = await withLog(copy, async (log) => compare(log, some));
    const all = await withLog(folder, (log) => hideIds(log, copy, random, 1));
    return { ...result, things: await withLog(copy, async (log) => compareThings(log, all)) };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function withLog<T>(root: string, use: (log: Log) => Promise<T>): Promise<T> {
  const engine = createEngine({ source: createFileSource(), sentence });
  try {
    await engine.open({ root });
    return await use(engine.log(root));
  } finally {
    await engine.close(root);
  }
}

/** Writes the copy without the ids of some lines; the trace that each of those lines held, by file and line. */
async function hideIds(log: Log, copy: string, random: Random, share: number): Promise<Map<string, string>> {
  const plain = log.files.map(({ path, unpacked }) => !unpacked && /\.(?:log|jsonl|ndjson)$/.test(path));
  const chosen: number[] = [];
  for (let entry = 0; entry < log.count; entry++) {
    const id = log.trace[entry];
    if (id === NO_ID || !plain[log.file[entry]] || idKeyRank(log.ids.key(id)) < TRACE_RANK) continue;
    if (random.chance(share)) chosen.push(entry);
  }
  const truth = new Map<string, string>();
  const lines = new Map<string, string[]>();
  for (const entry of await log.read(chosen)) {
    const trace = log.ids.text(log.trace[entry.entry]);
    const text = lines.get(entry.file) ?? readFileSync(join(copy, entry.file), 'latin1').split('\n');
    lines.set(entry.file, text);
    for (let line = entry.line - 1; line < entry.endLine; line++) text[line] = withoutIds(text[line], entry, trace);
    truth.set(`${entry.file}:${entry.line}`, trace);
  }
  for (const [file, text] of lines) writeFileSync(join(copy, file), text.join('\n'), 'latin1');
  return truth;
}

/** Spans are ids of the same journey, and requests too: left in the line, they would tell all. */
function withoutIds(line: string, { ids }: Entry, trace: string): string {
  const hidden = ids.filter(({ key, value }) => {
    const rank = idKeyRank(key);
    return rank >= REQUEST_RANK || rank === 0 || value === trace;
  });
  return [trace, ...hidden.map(({ value }) => value)].reduce((left, value) => left.replaceAll(value, '-'), line);
}

function compare(log: Log, truth: ReadonlyMap<string, string>): Result {
  const result: Result = { hidden: truth.size, holding: 0, right: 0, wrong: [], things: { joined: 0, wrong: [] } };
  for (let entry = 0; entry < log.count; entry++) {
    const { file, line } = log.row(entry);
    if (truth.has(`${file}:${line}`) && log.ids.of(entry).length > 0) result.holding++;
  }
  for (let id = 1; id <= log.ids.count; id++) {
    if (!log.ids.isTrace(id)) continue;
    for (const { entry, via, traces } of joinsOf(log, id).joined) {
      const { file, line } = log.row(entry);
      const was = truth.get(`${file}:${line}`);
      if (was === undefined) continue;
      if (was === log.ids.text(id)) result.right++;
      else {
        const what = `${log.ids.key(via)} ${log.ids.text(via)}, ${traces} traces`;
        result.wrong.push(`${file}:${line} of ${was} joined ${log.ids.text(id)} through ${what}`);
      }
    }
  }
  return result;
}

function compareThings(log: Log, truth: ReadonlyMap<string, string>): Things {
  const things: Things = { joined: 0, wrong: [] };
  const was = (entry: number) => truth.get(`${log.row(entry).file}:${log.row(entry).line}`);
  for (let id = 1; id <= log.ids.count; id++) {
    if (log.ids.isTrace(id)) continue;
    const traces = new Set(Array.from(log.ids.entries(id), was));
    for (const { entry, via } of joinsOf(log, id).joined) {
      const trace = was(entry);
      if (trace === undefined) continue;
      things.joined++;
      const { file, line } = log.row(entry);
      if (!traces.has(trace))
        things.wrong.push(`${file}:${line} joined ${log.ids.text(id)} through ${log.ids.text(via)}`);
    }
  }
  return things;
}

function print(name: string, { hidden, holding, right, wrong, things }: Result): void {
  const percent = (count: number) => `${((100 * count) / hidden).toFixed(2)} %`;
  const recall = `joined rightly ${percent(right)} (${percent(holding)} hold another id)`;
  console.log(`${name}: ${hidden} lines, joined wrongly ${percent(wrong.length)}, ${recall}`);
  const ofOther = `${things.wrong.length} of them from another trace`;
  console.log(`    without any trace id, ${things.joined} entries join an order or the like, ${ofOther}`);
}

if (!statSync(process.argv[2] ?? '.', { throwIfNoEntry: false })?.isDirectory()) {
  console.error('usage: npm run eval:joins -- DIR [--seed N] [--wrong]');
  process.exitCode = 1;
} else process.exitCode = await main(process.argv.slice(2));
