/** The throw-away user profile that a test or a look at the product runs with. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Settings = Record<string, unknown>;

/** What a fresh VS Code asks or shows and nobody in a test can answer: trust, chat, welcome pages, updates. */
export const quietSettings: Settings = {
  'security.workspace.trust.enabled': false,
  // Remotes put a placeholder before files above 10 MB; a suite that wants it sets its own limit.
  'workbench.editorLargeFileConfirmation': 100_000,
  // The web saves by itself: a stray key would change the logs on disk.
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

export interface Profile {
  userDataDir: string;
  extensionsDir: string;
  /** The web server's own logs and state. */
  serverDataDir: string;
  remove(): void;
}

export function createProfile(settings: Settings): Profile {
  const root = mkdtempSync(join(tmpdir(), 'causeway-'));
  const profile = {
    userDataDir: join(root, 'user'),
    extensionsDir: join(root, 'extensions'),
    serverDataDir: join(root, 'server'),
    // The server's children may still be writing their last log line.
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
  mkdirSync(join(profile.userDataDir, 'User'), { recursive: true });
  mkdirSync(profile.extensionsDir);
  writeFileSync(join(profile.userDataDir, 'User/settings.json'), JSON.stringify(settings, null, 2));
  return profile;
}
