/** Opens the product in the web host: for `npm start`, for screenshots, and for anybody who wants to look. */
import { randomUUID } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { installWebHost } from './install.ts';
import { repository } from './paths.ts';
import { createProfile, quietSettings, type Settings } from './profile.ts';
import { startWebServer } from './webServer.ts';

export interface ServedWorkbench {
  /** With the connection token: whoever has it has a shell on this machine. */
  url: string;
  /** For people: `code-server 4.139.1`. */
  host: string;
  /** Resolves when the server ends by itself. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Serves VS Code with the extension on a folder, on 127.0.0.1. */
export async function serveWorkbench(folder: string, settings: Settings = {}): Promise<ServedWorkbench> {
  const host = await installWebHost();
  const profile = createProfile({ ...quietSettings, ...settings });
  installExtension(profile.extensionsDir);
  const token = randomUUID();
  const server = await startWebServer({ host, ...profile, token, testDriver: false });
  const query = new URLSearchParams({ tkn: token, folder: resolve(folder) });
  return {
    url: `http://${server.authority}/?${query}`,
    host: host.name,
    ended: server.ended,
    close: async () => {
      await server.stop();
      profile.remove();
    },
  };
}

/** A link instead of a copy: a rebuild shows after reloading the window. */
function installExtension(extensionsDir: string): void {
  const manifest: unknown = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  const { publisher, name, version } = manifest as Record<'publisher' | 'name' | 'version', string>;
  symlinkSync(repository, join(extensionsDir, `${publisher}.${name}-${version}`), 'junction');
}

export interface Workbench extends ServedWorkbench {
  page: Page;
}

/** The same in a browser of its own, ready to be driven. */
export async function openWorkbench(folder: string, settings: Settings = {}, scale = 1): Promise<Workbench> {
  const served = await serveWorkbench(folder, settings);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: scale });
  await page.goto(served.url);
  await page.locator('.monaco-workbench').waitFor();
  return {
    ...served,
    page,
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
}
