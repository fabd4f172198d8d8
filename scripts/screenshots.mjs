/**
 * `npm run screenshots`: drives the real product in a real VS Code through the sample incident and writes
 * what it looks like to docs/images/, once for each kind of theme.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { ensure, repository } from './ensure.mjs';
import { buildIfOutdated } from './outdated.mjs';
import { toPalettePng } from './palettePng.mjs';

/** @import { Page } from 'playwright-core' */

const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  hc: 'Default High Contrast',
};

/** The file and the trace the pictures tell the story of. */
const file = 'inventory-service.jsonl';
const trace = '3d4e5f6a7b8c';

/** In this order: a later picture may build on an earlier one's editor. */
const shots = {
  editor: async (/** @type {Page} */ page) => {
    await openFile(page, file);
    await page.locator('.codelens-decoration a').first().waitFor();
  },
  hover: async (/** @type {Page} */ page) => {
    await idOnScreen(page).hover();
    await page.locator('.monaco-hover:visible').getByText('entries').first().waitFor();
  },
  peek: async (/** @type {Page} */ page) => {
    await page.mouse.move(700, 890);
    await idOnScreen(page).click();
    await page.keyboard.press('Shift+F12');
    await page.locator('.peekview-widget .monaco-tl-row').first().waitFor();
  },
  'find-trace': async (/** @type {Page} */ page) => {
    await page.keyboard.press('Escape');
    await runCommand(page, 'Causeway: Find Trace');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'entries' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
  },
  problems: async (/** @type {Page} */ page) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+M');
    await page.locator('.markers-panel .monaco-tl-row').first().waitFor();
  },
  views: async (/** @type {Page} */ page) => {
    if (await page.locator('.markers-panel').isVisible()) await runCommand(page, 'View: Hide Panel');
    await showViews(page, ['Services', 'Traces', 'Anomalies']);
    await page
      .locator('.split-view-view', { hasText: 'Traces' })
      .locator('.monaco-tl-twistie.collapsible')
      .first()
      .click();
  },
  'views-ids': async (/** @type {Page} */ page) => {
    await showViews(page, ['Ids', 'Files']);
    await page.locator('.split-view-view', { hasText: 'Ids' }).locator('.monaco-list-row').first().click();
  },
  compare: async (/** @type {Page} */ page) => {
    await runCommand(page, 'View: Close All Editors');
    await openFile(page, file);
    await idOnScreen(page).click();
    await hideSideBar(page);
    await runCommand(page, 'Causeway: Compare with Healthy Trace');
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'missing' }).first().waitFor();
    await page.locator('.tab', { hasText: '↔' }).first().waitFor();
  },
  timeline: async (/** @type {Page} */ page) => {
    await runCommand(page, 'View: Close All Editors');
    await hideSideBar(page);
    await runCommand(page, 'Causeway: Show Incident Timeline');
    await page.frameLocator('iframe.webview').frameLocator('iframe').locator('canvas').first().waitFor();
  },
  explain: async (/** @type {Page} */ page) => {
    await runCommand(page, 'View: Close All Editors');
    await openFile(page, file);
    await hideSideBar(page);
    await runCommand(page, 'Causeway: Explain Incident');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'for engineers' }).first().waitFor();
    await page.keyboard.press('Enter');
    const preview = page.frameLocator('iframe.webview').frameLocator('iframe');
    await preview.locator('h1', { hasText: 'What happened' }).waitFor();
    await preview.locator('h2', { hasText: 'Cascade' }).scrollIntoViewIfNeeded();
  },
  readable: async (/** @type {Page} */ page) => {
    await runCommand(page, 'View: Close All Editors');
    await openFile(page, file);
    await runCommand(page, 'Causeway: Open as Readable Text');
    await page.locator('.tab.active', { hasText: 'readable' }).waitFor();
  },
  merged: async (/** @type {Page} */ page) => {
    await idOnScreen(page).click();
    await runCommand(page, 'Causeway: Open Trace as a Document');
    await page.locator('.tab.active', { hasText: `trace ${trace}` }).waitFor();
  },
};

/** `npm run screenshots -- NAME...` takes these only; they may look otherwise where an earlier one sets them up. */
const wanted = process.argv.slice(2);

await ensure(import.meta.url);
buildIfOutdated();
const { openWorkbench } = await import('../test/host/workbench.ts');
const images = join(repository, 'docs/images');
mkdirSync(images, { recursive: true });
// A copy, because paths are in the pictures, and where this clone is says nothing about the product.
const scratch = mkdtempSync(join(tmpdir(), 'incident-'));
const folder = join(scratch, 'primomart');
cpSync(join(repository, 'samples/primomart'), folder, { recursive: true });
try {
  for (const [name, theme] of Object.entries(themes)) await takeAll(name, theme);
} finally {
  rmSync(scratch, { recursive: true });
}
process.exit(0);

/**
 * @param {string} name
 * @param {string} theme
 */
async function takeAll(name, theme) {
  const workbench = await openWorkbench(folder, {
    'workbench.colorTheme': theme,
    'editor.minimap.enabled': false,
    'workbench.layoutControl.enabled': false,
  });
  try {
    for (const [shot, prepare] of Object.entries(shots)) {
      if (wanted.length > 0 && !wanted.includes(shot)) continue;
      await prepare(workbench.page);
      // Animations, late decorations and the blinking cursor come to rest; there is no event for that.
      await workbench.page.waitForTimeout(1500);
      const path = join(images, `${shot}-${name}.png`);
      writeFileSync(path, toPalettePng(await workbench.page.screenshot({ caret: 'hide', animations: 'disabled' })));
      console.log(path);
    }
  } finally {
    await workbench.close();
  }
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function openFile(page, name) {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.view-line').first().waitFor();
}

/**
 * @param {Page} page
 * @param {string} title
 */
async function runCommand(page, title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: title.replace(/^.*: /, '') })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
}

/**
 * Opens these views of the activity bar, and closes the others.
 * @param {Page} page
 * @param {string[]} names
 */
async function showViews(page, names) {
  if (!(await page.locator('.pane-header', { hasText: 'Services' }).isVisible())) {
    await page.locator('.activitybar .action-label[aria-label^="Causeway"]').first().click();
    await page.locator('.pane-header', { hasText: 'Services' }).waitFor();
  }
  for (const name of ['Services', 'Traces', 'Anomalies', 'Ids', 'Files']) {
    const header = page.locator('.pane-header', { hasText: name });
    const isOpen = (await header.getAttribute('aria-expanded')) === 'true';
    if (isOpen !== names.includes(name)) await header.locator('.title').click();
  }
  for (const name of names)
    await page.locator('.pane', { hasText: name }).locator('.monaco-list-row').first().waitFor();
}

/**
 * Its room goes to the picture.
 * @param {Page} page
 */
async function hideSideBar(page) {
  if (await page.locator('.part.sidebar').isVisible()) await page.keyboard.press('Control+B');
}

/** @param {Page} page */
function idOnScreen(page) {
  return page.locator('.view-line span', { hasText: trace }).last();
}
