/** Who runs, on what. Each run is a fresh process; a round goes through all, so that a busy machine hits all alike. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { repository } from '../host/paths.ts';
import type { Answer, Task } from './children/answer.ts';
import { lnavEntries, lnavSettings, measureCommand, versionOf } from './commands.ts';
import type { DataSet, prepareInput } from './generate.ts';

export interface Contestant {
  name: string;
  title: string;
  set: DataSet;
  /** Why it cannot take part. */
  absent?: string;
  run(): Answer;
}

const LOOK_UPS = 5000;

export function contestantsFor(input: Awaited<ReturnType<typeof prepareInput>>, cache: string): Contestant[] {
  const { one, many, spring, logfmt } = input;
  const task = { workerScript: join(repository, 'dist/worker.js'), threads: 1, lookUps: LOOK_UPS };
  const node = (name: string, title: string, set: DataSet, child: string, more: Partial<Task> = {}): Contestant => {
    const run = () => answerOf(child, { ...task, folder: set.folder, file: set.files[0], ...more });
    return { name, title, set, run };
  };
  const command = (name: string, title: string, versionFlag: string, args: readonly string[]): Contestant => {
    const version = versionOf(name, versionFlag);
    const run = () => ({ measure: measureCommand(name, args) });
    const contestant = { name, title: `${title} (${version})`, set: one, run };
    return version === null ? { ...contestant, absent: 'it is not installed' } : contestant;
  };
  const [file] = one.files;
  return [
    node('one', 'Causeway, one worker', one, 'indexing'),
    node('readline', 'readline + JSON.parse, same columns', one, 'readlineLoop'),
    node('bare', 'JSON.parse a line, nothing kept', one, 'bareLoop'),
    node('two', 'Causeway, two workers', one, 'indexing', { threads: 2 }),
    reopen(node('reopen', 'Causeway, opened again', one, 'indexing', { cache: join(cache, 'index') })),
    node('many', 'Causeway as shipped, a file a service', many, 'product'),
    lnav(command('lnav', 'lnav -n -q', '-V', ['-n', '-q', '-I', lnavSettings(cache), file])),
    command('wc', 'wc -l', '--version', ['-l', file]),
    command('rg', 'rg -c ID', '--version', ['-c', one.trace, file]),
    node('lookups', 'Causeway in the same process, look-ups', one, 'lookUps'),
    node('spring', 'Causeway, one worker, Spring Boot 3 text', spring, 'indexing'),
    node('logfmt', 'Causeway, one worker, logfmt', logfmt, 'indexing'),
  ];

  /** The first run writes what the others are measured with; an index of before may be another program's. */
  function reopen(contestant: Contestant): Contestant {
    let written = false;
    const run = () => {
      if (!written) {
        rmSync(join(cache, 'index'), { recursive: true, force: true });
        contestant.run();
        written = true;
      }
      return contestant.run();
    };
    return { ...contestant, run };
  }

  /** One that did not understand the file would be fast for nothing. */
  function lnav(contestant: Contestant): Contestant {
    if (contestant.absent) return contestant;
    const entries = lnavEntries(lnavSettings(cache), file);
    return entries === one.entries
      ? contestant
      : { ...contestant, absent: `it sees ${entries} of ${one.entries} entries` };
  }
}

function answerOf(child: string, task: Task): Answer {
  const args = ['--expose-gc', join(repository, `out/bench/${child}.mjs`), JSON.stringify(task)];
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${child} ended with ${status}`);
  return JSON.parse(stdout) as Answer;
}
