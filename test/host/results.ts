/** The file through which tests in another process say how many passed; its path travels in the environment. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Tally } from './mochaRun.ts';

/** The names of the variables that a test process is started with. */
export const variables = {
  results: 'CAUSEWAY_TEST_RESULTS',
  output: 'CAUSEWAY_TEST_OUTPUT',
} as const;

/** For tests in other processes, which see a pipe and yet print to this terminal, if it is one. */
export const colorEnvironment: NodeJS.ProcessEnv = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

export interface Results extends Tally {
  /** False until the last test ended: a process that died on the way is a failure, whatever it counted. */
  complete: boolean;
  /** `web, VS Code 1.139.1`; absent in plain Node. */
  host?: string;
}

export function writeResults(path: string, results: Results): void {
  writeFileSync(path, JSON.stringify(results));
}

/** Null where the process never came as far as its first test. */
export function readResults(path: string): Results | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : null;
}

/** What a stage counts. Running nothing is a failure too: a suite that lost its files must not look fine. */
export function settle(results: Results | null): Tally {
  if (results?.complete && results.passed + results.failed > 0)
    return { passed: results.passed, failed: results.failed };
  return { passed: results?.passed ?? 0, failed: (results?.failed ?? 0) + 1 };
}
