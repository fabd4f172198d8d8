/** The integration suites: which tests, on a copy of which folder, under which settings. */
import type { Settings } from './profile.ts';

export interface Suite {
  /** Also the folder below `test/integration` that holds its tests. */
  name: string;
  /** Relative to the repository. The suite gets a temporary copy of it, so its tests may write. */
  folder: string;
  /** On top of the quiet settings. */
  settings: Settings;
  /** `@vscode/test-electron` always tells the desktop to trust everything, so some suites can only run in the web. */
  webOnly?: boolean;
}

export const suites: Suite[] = [
  { name: 'main', folder: 'samples/primomart', settings: {} },
  {
    name: 'restricted',
    folder: 'samples/primomart',
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    webOnly: true,
  },
  { name: 'largeFiles', folder: 'samples/primomart', settings: { 'workbench.editorLargeFileConfirmation': 10 } },
];
