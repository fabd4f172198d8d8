/**
 * Installs the web edition of VS Code out of the npm package code-server, pinned by the lock file beside
 * this file. It is kept apart from the project's own dependencies because it is 600 MB that only tests need.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { cache } from './paths.ts';

const manifests = ['package.json', 'package-lock.json'];

/** A VS Code server on this disk. */
export interface WebHost {
  /** The folder that holds `out/server-main.js`. */
  root: string;
  /** For people: `code-server 4.139.1`. */
  name: string;
}

/** Returns the installed host, after installing it where it is missing. */
export async function installWebHost(): Promise<WebHost> {
  const directory = join(cache, `host-${fingerprint()}`);
  if (!existsSync(directory)) await install(directory);
  const codeServer = join(directory, 'node_modules/code-server');
  const { version } = JSON.parse(readFileSync(join(codeServer, 'package.json'), 'utf8')) as { version: string };
  return { root: join(codeServer, 'lib/vscode'), name: `code-server ${version}` };
}

/** The folder's name holds what its content depends on, so a folder that exists is complete and current. */
function fingerprint(): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  for (const name of manifests) hash.update(readFileSync(join(import.meta.dirname, name)));
  return hash.digest('hex').slice(0, 12);
}

async function install(directory: string): Promise<void> {
  const started = performance.now();
  // An interrupted installation, or a second one at the same time, must never look like a finished one.
  const unfinished = `${directory}.${process.pid}.part`;
  console.log(`Installing VS Code's web host (600 MB, once for all clones) into ${directory} ...`);
  try {
    mkdirSync(unfinished, { recursive: true });
    for (const name of manifests) copyFileSync(join(import.meta.dirname, name), join(unfinished, name));
    // Its install scripts would compile modules that need system headers; prebuilt ones do for us.
    await npm(['ci', '--omit=dev', '--ignore-scripts'], unfinished);
    // VS Code's own shrinkwrap leaves peers out, which npm 11 would refuse as "not in sync".
    const server = join(unfinished, 'node_modules/code-server/lib/vscode');
    await npm(['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps'], server);
    if (!existsSync(directory)) renameSync(unfinished, directory);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  console.log(`Installed in ${Math.round((performance.now() - started) / 1000)} s.`);
}

function npm(args: string[], cwd: string): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32';
    const child = spawn('npm', [...args, ...quiet], { cwd, stdio: 'inherit', shell, env: cleanEnvironment() });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} in ${cwd} ended with ${code ?? signal}`));
    });
  });
}

/** Under `npm test` the outer npm's settings and manifest are in the environment; the inner one must not see them. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_/i.test(name)));
}
