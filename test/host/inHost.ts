/** Runs a script in the extension host of a real VS Code that has a folder open. */
import { join } from 'node:path';
import process from 'node:process';
import { Writable } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import { ensureChromium } from './chromium.ts';
import { installWebHost } from './install.ts';
import { repository } from './paths.ts';
import { createProfile, quietSettings, type Settings } from './profile.ts';

export interface HostRun {
  folder: string;
  /** Built for CommonJS; exports `run`. */
  script: string;
  /** On top of the quiet ones. */
  settings: Settings;
  /** How the script is told what it is to do, and where to leave what came of it. */
  environment: NodeJS.ProcessEnv;
}

/** What to run where there is no desktop. */
export const webHost = join(import.meta.dirname, 'webHost.ts');

/** What takes long is fetched here, where its progress is seen, and not in a run, whose host is silent. */
export async function prepareWebHost(): Promise<void> {
  const { name } = await installWebHost();
  const browser = await ensureChromium();
  console.log(`No desktop VS Code that starts here: using the web host (${name}) in ${browser}.`);
}

/** Ends when the host has; returns what it printed, and why it failed. The script itself speaks through files. */
export async function runInHost(
  executable: string,
  { folder, script, settings, environment }: HostRun,
): Promise<string> {
  const profile = createProfile({ ...quietSettings, ...settings });
  const output: string[] = [];
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: repository,
      extensionTestsPath: script,
      launchArgs: [folder, `--user-data-dir=${profile.userDataDir}`, `--extensions-dir=${profile.extensionsDir}`],
      extensionTestsEnv: environment,
      stdout: process.env.CAUSEWAY_HOST_LOG ? process.stdout : collector(output),
      stderr: process.env.CAUSEWAY_HOST_LOG ? process.stderr : collector(output),
    });
  } catch (error) {
    output.push(`\n${error instanceof Error ? error.message : error}`);
  } finally {
    profile.remove();
  }
  return output.join('');
}

function collector(chunks: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
}
