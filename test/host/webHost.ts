#!/usr/bin/env node
/**
 * Stands in for the desktop binary that `@vscode/test-electron` starts: takes the same arguments, runs the same
 * test suite in the extension host of VS Code's web server, with headless Chromium as its window, and exits with
 * the suite's code.
 */
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { launchChromium } from './chromium.ts';
import { installWebHost } from './install.ts';
import { startWebServer, type WebServer } from './webServer.ts';

const exitCodes = { interrupted: 130, noTests: 70 };
/** Far above any suite, and below the patience of a continuous integration that kills without saying why. */
const limitMs = 15 * 60_000;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
  const required = (name: string): string => {
    const value = values[name];
    if (typeof value !== 'string') throw new Error(`The web host needs --${name}=PATH.`);
    return resolve(value);
  };
  const folder = resolve(positionals[0] ?? '.');
  const extension = required('extensionDevelopmentPath');
  const tests = required('extensionTestsPath');
  const profile = {
    userDataDir: required('user-data-dir'),
    extensionsDir: required('extensions-dir'),
    serverDataDir: resolve(required('user-data-dir'), '../server'),
  };
  const server = await startWebServer({ host: await installWebHost(), ...profile, token: null, testDriver: true });
  try {
    return await runInBrowser(server, folder, extension, tests);
  } finally {
    await server.stop();
  }
}

async function runInBrowser(server: WebServer, folder: string, extension: string, tests: string): Promise<number> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const consoleLines: string[] = [];
    page.on('console', (message) => consoleLines.push(message.text()));
    const ended = new Promise<number>((finish) => {
      // The workbench's test driver calls these two by name.
      const finished = page.exposeFunction('codeAutomationExit', (code: number) => finish(code));
      const logged = page.exposeFunction('codeAutomationLog', () => {});
      const broken = (why: string) => {
        console.error(`The web host stopped: ${why}.\n${server.lastOutput()}`);
        finish(exitCodes.noTests);
      };
      page.on('crash', () => broken('the page crashed'));
      void server.ended.then(() => broken('its server ended'));
      setTimeout(() => broken(`the suite did not end within ${limitMs / 60_000} minutes`), limitMs).unref();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => finish(exitCodes.interrupted));
      void Promise.all([finished, logged]).then(() => page.goto(address(server.authority, folder, extension, tests)));
    });
    const code = await ended;
    if (code !== 0 && process.env.CAUSEWAY_HOST_LOG) {
      console.error(`${consoleLines.join('\n')}\n${server.lastOutput()}`);
    }
    return code;
  } finally {
    await browser.close();
  }
}

function address(authority: string, folder: string, extension: string, tests: string): string {
  const remote = (path: string) => `vscode-remote://${authority}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
  ];
  return `http://${authority}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) })}`;
}

process.exit(await main());
