/**
 * The cascade timeline in the whole product: a real VS Code in a browser, driven by keyboard and mouse. What the
 * page does by itself is tested in test/webview; here it is the way from the log to the picture and back.
 */
import { equal, match, ok } from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FrameLocator, Page } from 'playwright-core';
import type { Workbench } from '../host/workbench.ts';

const TRACE = '3d4e5f6a7b8c';

describe('the cascade timeline in VS Code', () => {
  let scratch: string;
  let workbench: Workbench;
  let page: Page;
  let picture: FrameLocator;

  before(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'causeway-product-'));
    cpSync('samples/primomart', scratch, { recursive: true });
    // Not bundled with the test: the host finds its files by where it stands itself.
    const host = (await import(pathToFileURL(resolve('test/host/workbench.ts')).href)) as {
      openWorkbench(folder: string): Promise<Workbench>;
    };
    workbench = await host.openWorkbench(scratch);
    page = workbench.page;
    picture = page.frameLocator('iframe.webview').frameLocator('iframe');
  });
  after(async () => {
    await workbench?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const summary = () => picture.locator('.summary');
  const selected = () => picture.getByRole('region', { name: 'Selected' });
  const tab = (name: string) => page.locator('.tabs-container .tab', { hasText: name });
  const cursor = () => page.locator('[id="status.editor.selection"]');

  /** Types into the quick input; keys pressed while the focus still moves may be lost, and are then pressed again. */
  async function pick(key: string, text: string, row: string): Promise<void> {
    // Enter takes the row in focus; before the list is filtered that is another one.
    const found = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: row });
    for (let attempt = 0; ; attempt++) {
      try {
        await page.keyboard.press(key);
        const input = page.locator('.quick-input-widget .quick-input-box input').first();
        await input.waitFor({ timeout: 5_000 });
        await input.fill(text);
        await found.waitFor({ timeout: 5_000 });
        break;
      } catch (error) {
        if (attempt === 5) throw error;
        await page.keyboard.press('Escape');
      }
    }
    await page.keyboard.press('Enter');
  }
  const command = (title: string) => pick('F1', `>${title}`, title);

  async function open(file: string): Promise<void> {
    await pick('Control+P', file, file.replace(/:\d+$/, ''));
    await page.locator('.view-line').first().waitFor();
  }

  it('Alt+] goes to the next entry of the id, also where VS Code’s files are remote', async () => {
    await open('inventory-service.jsonl:12');
    await cursor().filter({ hasText: 'Ln 12,' }).waitFor();
    await page.keyboard.press('Alt+]');
    await cursor().filter({ hasText: 'Ln 13,' }).waitFor();
  });

  it('shows the trace of the line the cursor is on, beside the log', async () => {
    await open('inventory-service.jsonl:12');
    await command('Show Trace in Timeline');
    await summary().filter({ hasText: '14 entries · 4 services' }).waitFor();
    ok((await picture.locator('body').innerText()).includes(TRACE));
    equal(await tab('inventory-service.jsonl').count(), 1);
  });

  it('selecting an entry shows its fields and previews its line; Enter goes there', async () => {
    await picture.locator('.overlay').focus();
    await page.keyboard.press(']');
    await selected().getByText('Order checkout initiated', { exact: true }).waitFor();
    await tab('order-service.jsonl').waitFor();
    await page.keyboard.press('Enter');
    await cursor().filter({ hasText: 'Ln 13,' }).waitFor();
  });

  it('shows the incident: causes in rank order, and a line of evidence one click away', async () => {
    await command('Show Incident Timeline');
    await summary().filter({ hasText: '72 entries' }).waitFor();
    const causes = picture.getByRole('region', { name: 'Likely causes' });
    match(await causes.getByRole('listitem').first().innerText(), /^inventory-db-primary/);
    await causes.getByText('inventory-service:18').first().click();
    await selected().getByText('Database connection pool exhausted', { exact: true }).waitFor();
    await tab('inventory-service.jsonl').waitFor();
  });

  it('clicking a mark selects it, double click opens its line', async () => {
    const box = await picture.locator('.overlay').boundingBox();
    ok(box);
    // The last row's right end holds marks; the pointer walks until one answers.
    const before = await selected().innerText();
    let found = '';
    for (let x = box.x + box.width - 20; x > box.x + box.width / 2 && found === ''; x -= 4) {
      await page.mouse.click(x, box.y + box.height * 0.3);
      const text = await selected().innerText();
      if (text !== before) {
        found = text;
        await page.mouse.dblclick(x, box.y + box.height * 0.3);
      }
    }
    ok(found !== '', 'no mark was found under the pointer');
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  });

  it('says so where the line has no id, and shows the incident', async () => {
    await open('inventory-service.jsonl:14');
    await cursor().filter({ hasText: 'Ln 14,' }).waitFor();
    await command('Show Trace in Timeline');
    await page.locator('.statusbar-item', { hasText: 'No id on this line' }).waitFor();
    await summary().filter({ hasText: '72 entries' }).waitFor();
  });
});
