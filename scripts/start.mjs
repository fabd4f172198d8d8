/**
 * `npm start [-- FOLDER] [--no-open]`: installs what is missing, builds, prints what Causeway finds in the folder (by
 * default the sample), then opens VS Code with the extension on it. `--no-open`, the default when CI is set, stops
 * after the report.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { ensure, fail, repository } from './ensure.mjs';
import { buildIfOutdated } from './outdated.mjs';

const samples = join(repository, 'samples');
const sample = join(samples, 'primomart');

const { folder, open } = readArguments(process.argv.slice(2));
await ensure(import.meta.url);
buildIfOutdated();
report();
if (open && !openDesktop()) await serve();

/** @param {string[]} args */
function readArguments(args) {
  const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--no-open');
  if (unknown) fail(`unknown option ${unknown}. Usage: npm start [-- FOLDER] [--no-open]`);
  const folders = args.filter((arg) => !arg.startsWith('-'));
  if (folders.length > 1) fail('give one folder. Usage: npm start [-- FOLDER] [--no-open]');
  // npm changes into the package's folder; what the user typed is relative to where they are.
  const folder = folders[0] ? resolve(process.env.INIT_CWD ?? process.cwd(), folders[0]) : sample;
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) fail(`${folder} is not a folder.`);
  // Without the two dashes before it, npm keeps --no-open for itself and passes it on as a setting.
  const closed = args.includes('--no-open') || process.env.npm_config_open === '' || process.env.CI;
  return { folder, open: !closed };
}

function report() {
  const args = [join(repository, 'dist/cli.js'), 'report', folder];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  // A folder without a readable log is still a folder one can open and look at.
  if (status !== 0 && !open) process.exit(status ?? 1);
}

/** Hands over to a desktop VS Code; false where there is none or it does not start. */
function openDesktop() {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!display) return false;
  const code = process.env.CODE_PATH ?? 'code';
  const options = { stdio: /** @type {const} */ ('ignore'), shell: process.platform === 'win32', timeout: 30_000 };
  if (spawnSync(code, ['--version'], options).status !== 0) return false;
  const args = ['--new-window', `--extensionDevelopmentPath=${repository}`, folder];
  if (spawnSync(code, args, options).status !== 0) return false;
  console.log(`\nOpened ${folder} in VS Code.`);
  return true;
}

async function serve() {
  const { serveWorkbench } = await import('../test/host/workbench.ts');
  // A folder from elsewhere may carry settings and tasks; only our own samples are trusted unasked.
  const settings = {
    'security.workspace.trust.enabled': dirname(folder) !== samples,
    'security.workspace.trust.startupPrompt': 'never',
  };
  console.log('\nStarting VS Code in the browser (there is no desktop VS Code that starts here) ...');
  const workbench = await serveWorkbench(folder, settings);
  console.log(`\n  Open ${workbench.url}\n\nThe address holds a key to this machine: keep it. Ctrl+C ends it.`);
  const stopped = new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stop('asked'));
  });
  const why = await Promise.race([stopped, workbench.ended.then(() => 'ended')]);
  await workbench.close();
  if (why === 'ended') fail('the web server of VS Code ended by itself.');
  process.exit(0);
}
