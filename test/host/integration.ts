/** Runs the integration suites in a real VS Code: the desktop one where it starts, else the web host. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { Writable } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import { ensureChromium } from './chromium.ts';
import { desktopForTests } from './desktop.ts';
import { installWebHost } from './install.ts';
import type { Tally } from './mochaRun.ts';
import { repository } from './paths.ts';
import { createProfile, quietSettings } from './profile.ts';
import { colorEnvironment, type Results, readResults, settle, variables } from './results.ts';
import { type Suite, suites } from './suites.ts';

const webHost = join(import.meta.dirname, 'webHost.ts');

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

/** What takes long is fetched here, where its progress is seen, and not in a suite, whose host is silent. */
async function prepareWebHost(): Promise<void> {
  const { name } = await installWebHost();
  const browser = await ensureChromium();
  console.log(`No desktop VS Code that starts here: using the web host (${name}) in ${browser}.`);
}

async function runSuite(suite: Suite, executable: string): Promise<Results | null> {
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-suite-'));
  const folder = join(scratch, basename(suite.folder));
  const files = { results: join(scratch, 'results.json'), output: join(scratch, 'output.txt') };
  cpSync(join(repository, suite.folder), folder, { recursive: true });
  const profile = createProfile({ ...quietSettings, ...suite.settings });
  const hostOutput: string[] = [];
  const stopTail = tail(files.output);
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: repository,
      extensionTestsPath: join(repository, 'out/test/integration', suite.name, 'run.js'),
      launchArgs: [folder, `--user-data-dir=${profile.userDataDir}`, `--extensions-dir=${profile.extensionsDir}`],
      extensionTestsEnv: {
        [variables.results]: files.results,
        [variables.output]: files.output,
        ...colorEnvironment,
      },
      stdout: process.env.CAUSEWAY_HOST_LOG ? process.stdout : collector(hostOutput),
      stderr: process.env.CAUSEWAY_HOST_LOG ? process.stderr : collector(hostOutput),
    });
  } catch (error) {
    hostOutput.push(`\n${error instanceof Error ? error.message : error}`);
  } finally {
    stopTail();
    profile.remove();
  }
  const results = readResults(files.results);
  // Failed tests have printed why; a host that broke before or between them has not.
  if (!results?.complete) console.error(`The suite did not come to its end.\n${hostOutput.join('').slice(-4000)}`);
  rmSync(scratch, { recursive: true, force: true });
  return results;
}

function collector(chunks: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
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
