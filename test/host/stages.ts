/** The stages of `npm test`, what each one runs, and the sum over them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { ensureChromium } from './chromium.ts';
import { runIntegration } from './integration.ts';
import type { Tally } from './mochaRun.ts';
import { repository } from './paths.ts';
import { colorEnvironment, readResults, settle, variables } from './results.ts';

interface Stage {
  title: string;
  /** `parts` narrow the stage down: suites by name, test files by a part of their path. */
  run(parts: string[]): Promise<Tally>;
}

const stages: Record<string, Stage> = {
  static: { title: 'Static checks', run: staticChecks },
  package: { title: 'The package', run: packageTests },
  unit: { title: 'Unit tests', run: unitTests },
  integration: { title: 'Integration tests in VS Code', run: integrationTests },
  webview: { title: 'Webview tests in a browser', run: webviewTests },
  product: { title: 'The product, driven in VS Code', run: productTests },
};

/**
 * Runs the named stages, or all, and returns the exit code. `STAGE:PART` runs a part of one:
 * `integration:main`, `unit:engine/parse`.
 */
export async function runStages(args: string[]): Promise<number> {
  const unknown = args.find((arg) => !Object.hasOwn(stages, stageOf(arg)));
  if (unknown) {
    console.error(`There is no stage ${stageOf(unknown)}; there are ${Object.keys(stages).join(', ')}.`);
    return 2;
  }
  const total: Tally = { passed: 0, failed: 0 };
  for (const [name, stage] of Object.entries(stages)) {
    const asked = args.filter((arg) => stageOf(arg) === name);
    if (args.length > 0 && asked.length === 0) continue;
    const { passed, failed } = await runStage(stage, asked.flatMap(partOf));
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

const stageOf = (arg: string): string => arg.replace(/:.*$/, '');
const partOf = (arg: string): string[] => (arg.includes(':') ? [arg.slice(arg.indexOf(':') + 1)] : []);

/** A stage that breaks before it could count is one failure, and the stages after it still run. */
async function runStage(stage: Stage, parts: string[]): Promise<Tally> {
  const started = performance.now();
  console.log(`\n━━ ${stage.title}`);
  let tally: Tally;
  try {
    tally = await stage.run(parts);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    tally = { passed: 0, failed: 1 };
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`   ${stage.title}: ${tally.passed} passed, ${tally.failed} failed in ${seconds} s`);
  return tally;
}

async function staticChecks(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0 };
  const check = async (title: string, command: string, ...args: string[]) => {
    const passed = (await run(command, args)) === 0;
    console.log(`  ${passed ? '✔' : '✖'} ${title}`);
    tally[passed ? 'passed' : 'failed']++;
  };
  await check('types of the extension and the tests', 'tsc', '--noEmit', '-p', '.');
  await check('types of the webview and its tests', 'tsc', '--noEmit', '-p', 'media');
  await check('lint and format', 'biome', 'check', '--error-on-warnings', '.');
  return tally;
}

async function packageTests(parts: string[]): Promise<Tally> {
  await build('--tests=package');
  return mochaTests('package', parts);
}

async function unitTests(parts: string[]): Promise<Tally> {
  await build('--tests=unit');
  return mochaTests('unit', parts);
}

async function integrationTests(parts: string[]): Promise<Tally> {
  await buildProduct();
  await build('--tests=integration');
  return runIntegration(parts);
}

async function webviewTests(parts: string[]): Promise<Tally> {
  await buildProduct();
  await build('--tests=webview');
  return mochaTests('webview', parts, { CHROME_PATH: await ensureChromium() });
}

async function productTests(parts: string[]): Promise<Tally> {
  await buildProduct();
  await build('--tests=product');
  return mochaTests('product', parts, { CHROME_PATH: await ensureChromium() });
}

let product: Promise<void> | undefined;

/** Once for all stages, and minified: what is tested is what users get. */
function buildProduct(): Promise<void> {
  product ??= build('--production');
  return product;
}

async function build(kind: string): Promise<void> {
  if ((await run(process.execPath, ['scripts/build.mjs', kind])) !== 0) throw new Error(`build.mjs ${kind} failed.`);
}

/** Mocha in a process of its own, so that tests which hang, crash or leave things open harm no other stage. */
async function mochaTests(name: string, parts: string[], env: NodeJS.ProcessEnv = {}): Promise<Tally> {
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-tests-'));
  const results = join(scratch, 'results.json');
  try {
    await run(process.execPath, [join(import.meta.dirname, 'mochaProcess.ts'), `out/test/${name}`, ...parts], {
      [variables.results]: results,
      ...colorEnvironment,
      ...env,
    });
    return settle(readResults(results));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs a command in the repository, its output shown, and returns its exit code. */
function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { cwd: repository, env: { ...process.env, ...env }, stdio: 'inherit' as const };
    spawn(command, args, { ...options, shell: process.platform === 'win32' })
      .once('error', reject)
      .once('exit', (code) => resolve(code ?? 1));
  });
}
