/** `npm run bench -- --only editor`: how fast a real VS Code answers gestures over a large log, and whether it stutters. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { desktopForTests } from '../host/desktop.ts';
import { prepareWebHost, runInHost, webHost } from '../host/inHost.ts';
import { repository } from '../host/paths.ts';
import { ANSWER_VARIABLE, type EditorAnswer, TASK_VARIABLE, type Task, type Timing } from './editor/answer.ts';
import { prepareShops } from './generate.ts';
import { aligned } from './results.ts';

const RUNS = 30;
/** By so much the editor's timers may come later than usual while a log is indexed. */
const MOST_LATER_MS = 10;

export async function benchEditor(options: { entries: number; data: string; json: string | null }): Promise<number> {
  const set = await prepareShops(options.data, options.entries);
  const desktop = await desktopForTests();
  if (desktop === null) await prepareWebHost();
  console.log(`${(set.bytes / 1e6).toFixed(0)} MB, ${set.entries} entries, ${set.names.length} services, a file each`);
  const before = loadavg();
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const path = join(scratch, 'answer.json');
  const task: Task = { runs: RUNS };
  const output = await runInHost(desktop ?? webHost, {
    folder: set.folder,
    script: join(repository, 'out/bench/editor/run.js'),
    settings: {},
    environment: { [ANSWER_VARIABLE]: path, [TASK_VARIABLE]: JSON.stringify(task) },
  });
  const answer = answerIn(path);
  rmSync(scratch, { recursive: true, force: true });
  const load = { before, after: loadavg(), cores: cpus().length };
  if (answer !== null) print(answer);
  const shown = (loads: number[]): string => loads.map((value) => value.toFixed(2)).join(' ');
  console.log(`\nload of the machine (${load.cores} cores): before ${shown(before)}, after ${shown(load.after)}`);
  const wrong =
    answer === null ? [`the editor did not come so far\n${output.slice(-4000)}`] : wrongIn(answer, set.entries);
  for (const line of wrong) console.error(`WRONG: ${line}`);
  const { bytes, entries } = set;
  if (options.json)
    writeFileSync(options.json, `${JSON.stringify({ bytes, entries, load, ...answer, wrong }, null, 2)}\n`);
  return wrong.length > 0 ? 1 : 0;
}

function answerIn(path: string): EditorAnswer | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as EditorAnswer;
  } catch {
    return null;
  }
}

/** Whoever answers nothing is fast for nothing. */
function wrongIn({ failures, entries, gestures }: EditorAnswer, expected: number): string[] {
  const silent = gestures.filter(({ answered, runs, isAlwaysAnswered }) => isAlwaysAnswered && answered < runs);
  return [
    ...failures,
    ...(entries !== expected ? [`${entries} entries instead of ${expected}`] : []),
    ...silent.map(({ name, answered, runs }) => `${name}: ${runs - answered} of ${runs} without an answer`),
  ];
}

function print({ host, loop, memory, gestures }: EditorAnswer): void {
  console.log(`${host}; milliseconds\n`);
  const rows = gestures.map((timing) => [
    timing.name,
    ...[timing.firstMs, timing.leastMs, timing.p50Ms, timing.p99Ms, timing.busyMs].map((ms) => ms.toFixed(1)),
    String(timing.runs),
    ...verdict(timing),
  ]);
  console.log(aligned([['', 'first', 'least', 'p50', 'p99', 'busy', 'runs', 'must be', ''], ...rows]));
  if (loop !== null) {
    const { idle, indexing, seconds } = loop;
    const delays = [idle, indexing].map(({ p50Ms, p99Ms, maxMs }) => [p50Ms, p99Ms, maxMs].map((ms) => ms.toFixed(1)));
    const later = indexing.p99Ms - idle.p99Ms;
    console.log(
      `\n${aligned([
        ['timers of the extension host', 'p50', 'p99', 'most'],
        ['  idle', ...delays[0]],
        ['  while indexing', ...delays[1]],
      ])}`,
    );
    console.log(
      `  p99 later by ${later.toFixed(1)} ms, must be ≤ ${MOST_LATER_MS} ${later <= MOST_LATER_MS ? '✔' : '✖'}`,
    );
    console.log(`\nindexed in ${seconds.toFixed(1)} s`);
  }
  if (memory !== null) {
    const [before, peak, after] = [memory.beforeMb, memory.peakMb, memory.afterMb].map((mb) => mb.toFixed(0));
    console.log(
      `memory of the extension host with the engine: ${before} MB before, ${after} MB after, ${peak} MB at most`,
    );
  }
}

function verdict({ mostMs, p50Ms }: Timing): [string, string] {
  return mostMs === null ? ['', ''] : [`< ${mostMs}`, p50Ms < mostMs ? '✔' : '✖'];
}
