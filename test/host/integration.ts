/** Runs the integration suites in a real VS Code: the desktop one where it starts, else the web host. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { desktopForTests } from './desktop.ts';
import { prepareWebHost, runInHost, webHost } from './inHost.ts';
import type { Tally } from './mochaRun.ts';
import { repository } from './paths.ts';
import { colorEnvironment, type Results, readResults, settle, variables } from './results.ts';
import { type Suite, suites } from './suites.ts';

export async function runIntegration(names: string[]): Promise<Tally> {
  const unknown = names.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown) throw new Error(`There is no suite ${unknown}; there are ${suites.map(({ name }) => name).join(', ')}.`);
  const total: Tally = { passed: 0, failed: 0 };
  let desktop = await desktopForTests();
  if (!desktop) await prepareWebHost();
  for (const suite of suites.filter(({ name }) => names.length === 0 || names.includes(name))) {
    console.log(`\n  ── suite ${suite.name}`);
    if (desktop && suite.webOnly) {
      console.log('  skipped: the desktop host cannot run it');
      continue;
    }
    let results = await runSuite(suite, desktop ?? webHost);
    if (!results && desktop) {
      console.log(`${desktop} did not come as far as a first test.`);
      desktop = null;
      await prepareWebHost();
      results = await runSuite(suite, webHost);
    }
    const { passed, failed } = settle(results);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

async function runSuite(suite: Suite, executable: string): Promise<Results | null> {
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-suite-'));
  const folder = join(scratch, basename(suite.folder));
  const files = { results: join(scratch, 'results.json'), output: join(scratch, 'output.txt') };
  cpSync(join(repository, suite.folder), folder, { recursive: true });
  const stopTail = tail(files.output);
  const hostOutput = await runInHost(executable, {
    folder,
    script: join(repository, 'out/test/integration', suite.name, 'run.js'),
    settings: suite.settings,
    environment: { [variables.results]: files.results, [variables.output]: files.output, ...colorEnvironment },
  });
  stopTail();
  const results = readResults(files.results);
  // Failed tests have printed why; a host that broke before or between them has not.
  if (!results?.complete) console.error(`The suite did not come to its end.\n${hostOutput.slice(-4000)}`);
  rmSync(scratch, { recursive: true, force: true });
  return results;
}

/** Prints what is appended to a file. Polled: file watchers report late or never on some file systems. */
function tail(path: string): () => void {
  let printed = 0;
  const look = () => {
    let text: Buffer;
    try {
      text = readFileSync(path);
    } catch {
      return; // Not written yet.
    }
    process.stdout.write(text.subarray(printed));
    printed = text.length;
  };
  const timer = setInterval(look, 200);
  return () => {
    clearInterval(timer);
    look();
  };
}
