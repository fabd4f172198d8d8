/** Runs mocha on built test files and counts, the same way in Node and inside VS Code. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Tally {
  passed: number;
  failed: number;
}

/** Ends a test that hangs. Not a measure of anything: on a busy machine a good test may take many times its usual. */
const hangLimitMs = 120_000;

export interface MochaRun {
  files: string[];
  print?: (...line: unknown[]) => void;
  /** Called after each test, so that a crash in the next one does not lose what was counted. */
  onCount?: (tally: Tally) => void;
}

/** The built tests below a folder, in an order that does not depend on the disk; none where it was not even built. */
export function testFiles(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

export async function runMocha(run: MochaRun): Promise<Tally> {
  // No static import: inside VS Code this file is a CommonJS bundle, and mocha is an ES module.
  const { default: Mocha } = await import('mocha');
  if (run.print) Mocha.reporters.Base.consoleLog = run.print;
  const mocha = new Mocha({ ui: 'bdd', timeout: hangLimitMs, forbidOnly: 'CI' in process.env });
  for (const file of run.files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const tally: Tally = { passed: 0, failed: 0 };
  const count = (outcome: keyof Tally) => () => {
    tally[outcome]++;
    run.onCount?.(tally);
  };
  return new Promise((resolve) => {
    // A failing hook is an event of its own and counts too.
    mocha
      .run(() => resolve(tally))
      .on('pass', count('passed'))
      .on('fail', count('failed'));
  });
}
