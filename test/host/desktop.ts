/** Looks for a desktop VS Code that has a chance to start. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { canReach } from './chromium.ts';
import { cache } from './paths.ts';

/** The desktop's windows need a display, which servers and containers lack. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The binary for tests: the given one, else a downloaded one; null where only the web host can serve. */
export async function desktopForTests(): Promise<string | null> {
  const given = process.env.CODE_PATH;
  if (given && !existsSync(given)) throw new Error(`CODE_PATH names ${given}, which does not exist.`);
  if (given) return given;
  if (!hasDisplay() || !(await canReach('https://update.code.visualstudio.com'))) return null;
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath: join(cache, 'desktop') });
  } catch (error) {
    console.log(`Desktop VS Code cannot be downloaded (${error instanceof Error ? error.message : error}).`);
    return null;
  }
}
