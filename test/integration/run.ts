/**
 * What VS Code calls to run a suite. The build puts a copy of it into each suite's folder, beside the suite's tests,
 * and it runs all that it finds there.
 */
import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import * as vscode from 'vscode';
import { runMocha, type Tally, testFiles } from '../host/mochaRun.ts';
import { variables, writeResults } from '../host/results.ts';

export async function run(): Promise<void> {
  const resultsPath = required(variables.results);
  const outputPath = required(variables.output);
  const window = vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop';
  const host = `${window}, VS Code ${vscode.version}`;
  const write = (tally: Tally, complete: boolean) => writeResults(resultsPath, { ...tally, complete, host });
  write({ passed: 0, failed: 0 }, false);
  // Through a file, because VS Code's own console messages share the extension host's output.
  const print = (...line: unknown[]) => appendFileSync(outputPath, `${format(...line)}\n`);
  print(`  host: ${host}`);
  let failed = 0;
  try {
    const tally = await runMocha({
      files: testFiles(__dirname, '.test.js'),
      print,
      onCount: (counted) => write(counted, false),
    });
    write(tally, true);
    failed = tally.failed;
  } catch (error) {
    // VS Code passes on that something was thrown, and not what.
    print(error instanceof Error ? error.stack : error);
    throw error;
  }
  if (failed > 0) throw new Error(`${failed} tests failed`);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not in the environment of the extension host.`);
  return value;
}
