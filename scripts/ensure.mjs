/**
 * Makes a bare clone ready: installs the dependencies where they are missing or outdated, and hands over to the
 * Node version the project pins. Runs on the system's Node 20 before anything is installed: built-ins only.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const repository = resolve(import.meta.dirname, '..');
const binaries = join(repository, 'node_modules/.bin');
const windows = process.platform === 'win32';
const projectNode = windows ? join(repository, 'node_modules/node/bin/node.exe') : join(binaries, 'node');

/**
 * Installs what is missing, then makes sure that the calling script runs under the project's Node: returns there,
 * and never returns in an older one, which only waits for its successor.
 *
 * @param {string} script The calling script's `import.meta.url`.
 */
export async function ensure(script) {
  if (process.env.CAUSEWAY_READY === repository) return;
  ensureDependencies();
  process.exit(await runUnderProjectNode([fileURLToPath(script), ...process.argv.slice(2)]));
}

function ensureDependencies() {
  const missing = whatIsMissing();
  if (!missing) return;
  const started = performance.now();
  console.log(`Installing the development dependencies (440 MB; ${missing}) ...`);
  // The warnings are about packages that want the newer Node, which this very installation brings.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', args, { cwd: repository, stdio: 'inherit', shell: windows });
  if (status !== 0) fail(`npm ${args.join(' ')} failed${error ? `: ${error.message}` : ''}; see the lines above.`);
  const still = whatIsMissing();
  if (still) fail(`npm ci ended well, and yet ${still}. Does an npm setting omit dev dependencies or install scripts?`);
  console.log(`Installed in ${Math.round((performance.now() - started) / 1000)} s.\n`);
}

function whatIsMissing() {
  // npm writes this record of what it installed last. So a half-finished installation counts as none, and one made by
  // hand is good enough.
  const record = join(repository, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return 'none are there yet';
  const missing = missingPackage(packagesOf(join(repository, 'package-lock.json')), packagesOf(record));
  if (missing) return `${missing} is missing`;
  return spawnSync(projectNode, ['--version']).status === 0 ? null : 'its Node does not run';
}

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages As in a lock file, by their folder. */

/**
 * The first package that is wanted and not installed in its version, or null.
 *
 * @param {Packages} wanted
 * @param {Packages} installed
 */
export function missingPackage(wanted, installed) {
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    // Optional ones are for other platforms too, and absent there.
    if (path === '' || (optional && !installed[path])) continue;
    if (installed[path]?.version !== version) return `${path.replace(/^.*node_modules\//, '')} ${version}`;
  }
  return null;
}

/**
 * @param {string} file
 * @returns {Packages}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** @param {string[]} args */
function runUnderProjectNode(args) {
  const env = { ...process.env, CAUSEWAY_READY: repository, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(projectNode, args, { stdio: 'inherit', env });
  // Ctrl+C reaches the child by itself, which then cleans up; ending before it would hide that from the shell.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', (error) => fail(`${projectNode} cannot be run: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
  });
}

/** @param {string} message */
export function fail(message) {
  console.error(`causeway: ${message}`);
  process.exit(1);
}
