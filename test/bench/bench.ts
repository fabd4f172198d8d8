/** `npm run bench`: how fast logs are read and ids are found, beside what people use otherwise. */
import { spawnSync } from 'node:child_process';
import { createReadStream, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { cache, repository } from '../host/paths.ts';
import type { Answer } from './children/answer.ts';
import { contestantsFor } from './contestants.ts';
import { benchEditor } from './editor.ts';
import { prepareInput } from './generate.ts';
import { disagreements, lookUpLines, ratiosOf, ratioTable, resultOf, tableOf } from './results.ts';

const USAGE =
  'npm run bench -- [--quick] [--size MB] [--runs N] [--only editor|NAME,...] [--data FOLDER] [--json FILE]';

const FULL_SIZE = 500;
/** Measured by itself: an editor beside the others would take their processors. */
const EDITOR = 'editor';

export async function bench(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (!options) {
    console.error(`Usage: ${USAGE}`);
    return 2;
  }
  const { size, runs, quick, only, data, json } = options;
  for (const kind of ['--production', '--bench']) {
    const { status } = spawnSync(process.execPath, ['scripts/build.mjs', kind], { cwd: repository, stdio: 'inherit' });
    if (status !== 0) return 1;
  }
  if (only.length === 1 && only[0] === EDITOR) return benchEditor({ entries: quick ? 100_000 : 2_000_000, data, json });
  const before = loadavg();
  const input = await prepareInput(data, size * 1e6);
  for (const set of Object.values(input)) for (const file of set.files) await readOnce(file);
  const { bytes, entries, traces } = input.one;
  const [{ model }] = cpus();
  console.log(
    `${(bytes / 1e6).toFixed(0)} MB, ${entries} entries, ${traces} traces; Node ${process.version}, ${model}`,
  );
  const all = contestantsFor(input, data).filter(({ name }) => only.length === 0 || only.includes(name));
  const contestants = all.filter(({ absent }) => absent === undefined);
  const answers = contestants.map((): Answer[] => []);
  for (let round = 1; round <= runs; round++) {
    for (const [i, { title, run }] of contestants.entries()) {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${round}/${runs} ${title}\r`);
      answers[i].push(run());
    }
  }
  const results = contestants.map((contestant, i) => resultOf(contestant, answers[i]));
  const ratios = ratiosOf(results);
  const wrong = disagreements(results);
  const load = { before, after: loadavg(), cores: cpus().length };
  if (size < FULL_SIZE)
    console.log('What must be is said of 500 MB; in less, the warming up of the compiler weighs more.');
  console.log(`\n${tableOf(results)}\n\n${ratioTable(ratios)}\n`);
  for (const result of results) if (result.name === 'lookups') console.log(`${lookUpLines(result)}\n`);
  for (const { title, absent } of all) if (absent) console.log(`not measured: ${title}, for ${absent}`);
  const shown = (loads: number[]): string => loads.map((value) => value.toFixed(2)).join(' ');
  console.log(`load of the machine (${load.cores} cores): before ${shown(before)}, after ${shown(load.after)}`);
  for (const line of wrong) console.error(`WRONG: ${line}`);
  const machine = { node: process.version, cpu: model, load };
  const report = { bytes, entries, traces, machine, ratios, results, wrong };
  if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  return wrong.length > 0 ? 1 : 0;
}

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        size: { type: 'string' },
        runs: { type: 'string' },
        only: { type: 'string', default: '' },
        data: { type: 'string', default: join(cache, 'bench') },
        json: { type: 'string' },
      },
    });
    const size = Number(values.size ?? (values.quick ? 64 : FULL_SIZE));
    const runs = Number(values.runs ?? (values.quick ? 3 : 5));
    if (!(size >= 1) || !(runs >= 1)) return null;
    const at = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);
    const only = values.only.split(',').filter(Boolean);
    const { quick } = values;
    return { size, runs, quick, only, data: at(values.data), json: values.json === undefined ? null : at(values.json) };
  } catch {
    return null;
  }
}

/** So that everybody finds the files in the system's memory, the first contestant too. */
async function readOnce(file: string): Promise<void> {
  for await (const _ of createReadStream(file, { highWaterMark: 1 << 20 }));
}
