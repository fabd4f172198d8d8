/** Runs VS Code's own web server, the part of code-server that is VS Code and nothing else. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import type { WebHost } from './install.ts';

export interface WebServerOptions {
  host: WebHost;
  userDataDir: string;
  extensionsDir: string;
  serverDataDir: string;
  /** Null serves everybody on this machine, which is a shell for any local process: tests only. */
  token: string | null;
  /** Lets a page start extension tests and report their end. */
  testDriver: boolean;
}

export interface WebServer {
  /** `127.0.0.1:43210`: what the browser connects to, and the authority of remote URIs. */
  authority: string;
  /** The last lines the server printed, for when something goes wrong. */
  lastOutput(): string;
  /** Resolves when the server ends by itself. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const child = spawn(process.execPath, serverArguments(options), {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: the extension host and the terminals end together with the server.
    detached: process.platform !== 'win32',
    env: serverEnvironment(),
  });
  const output = collectOutput(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => killGroup(child);
  process.once('exit', kill);
  const stop = async () => {
    kill();
    await ended;
    process.off('exit', kill);
  };
  try {
    const port = await output.waitFor(/Extension host agent listening on (\d+)/, startLimitMs);
    return { authority: `127.0.0.1:${port}`, lastOutput: output.last, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(options: WebServerOptions): string[] {
  return [
    join(options.host.root, 'out/server-main.js'),
    '--host=127.0.0.1',
    '--port=0',
    options.token === null ? '--without-connection-token' : `--connection-token=${options.token}`,
    '--accept-server-license-terms',
    '--telemetry-level=off',
    `--user-data-dir=${options.userDataDir}`,
    `--server-data-dir=${options.serverDataDir}`,
    `--extensions-dir=${options.extensionsDir}`,
    // Without it the built workbench ignores the payload that names the tests.
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
}

/** A VS Code that started us (its integrated terminal) must not steer the one we start. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name)));
}

function collectOutput(child: ChildProcess) {
  let text = '';
  const listeners = new Set<() => void>();
  const add = (data: Buffer) => {
    text = (text + data.toString()).slice(-20_000);
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  const last = () => text.trimEnd();
  const waitFor = (pattern: RegExp, limitMs: number) =>
    new Promise<string>((resolve, reject) => {
      const fail = (why: string) => settle(() => reject(new Error(`VS Code's web server ${why}\n${last()}`)));
      const timer = setTimeout(() => fail(`did not start within ${limitMs / 1000} s`), limitMs);
      const ended = () => fail('ended before it listened');
      const failed = (error: Error) => fail(`cannot be run: ${error.message}`);
      const look = () => {
        const found = pattern.exec(text)?.[1];
        if (found) settle(() => resolve(found));
      };
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        listeners.delete(look);
        child.off('exit', ended).off('error', failed);
        finish();
      };
      listeners.add(look);
      child.once('exit', ended).once('error', failed);
      look();
    });
  return { last, waitFor };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}
