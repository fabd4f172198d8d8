/** The cascade timeline in a real browser: what pointer and keys do, and what the host is asked. */
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { type CascadePage, launchBrowser, openCascadePage, type PageOptions } from './cascadePage.ts';
import type { LogHost } from './logHost.ts';
import {
  called,
  clickInk,
  findMark,
  inkOf,
  lastCall,
  pixelsOf,
  previewed,
  rangeOf,
  settled,
  stageBox,
} from './observe.ts';
import { sampleHost, sampleLines } from './sampleHost.ts';
import { THEMES, type ThemeName } from './themes.ts';

const TRACE = '3d4e5f6a7b8c';

describe('cascade timeline', () => {
  let browser: Browser;
  let host: LogHost;
  let opened: CascadePage;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  async function open(options: PageOptions = {}): Promise<void> {
    host = sampleHost();
    opened = await openCascadePage(browser, host, options);
    page = opened.page;
    await settled(page);
  }
  afterEach(async () => {
    deepEqual(opened.errors, [], 'the page has no errors');
    await opened.close();
  });

  const selected = (): Locator => page.getByRole('region', { name: 'Selected' });

  it('shows what the log holds, and the causes with their lines', async () => {
    await open();
    match(await page.locator('.summary').innerText(), /72 entries · 5 services · 2023-08-15 10:15:03 – 13:11:28 UTC/);
    const causes = page.getByRole('region', { name: 'Likely causes' });
    equal(await causes.getByRole('listitem').count(), 3);
    match(await causes.innerText(), /ranked, not proven/);
    match(
      (await page.locator('.overlay').getAttribute('aria-label')) ?? '',
      /8 rows: inventory-db-primary, inventory-service/,
    );
  });

  it('draws', async () => {
    await open();
    ok((await inkOf(page)) > 2_000, 'the canvas has pixels of many colours');
  });

  it('selects and previews the entry of a cause, and opens it at a double click', async () => {
    await open();
    const link = page.getByRole('button', { name: 'db-monitor:7' });
    const entry = sampleLines().findIndex(({ file, line }) => file === 'db-monitor.jsonl' && line === 7);
    await link.click();
    await selected().getByText('System stats').waitFor();
    match(await selected().innerText(), /connections\s+248/);
    deepEqual(host.calls, [`preview ${entry}`]);
    await link.dblclick();
    await lastCall(host, `open ${entry}`);
  });

  it('steps to the next error, opens it with Enter, and beside with Alt', async () => {
    await open();
    await page.keyboard.press('e');
    await selected().getByText('ERROR').waitFor();
    const first = previewed(host);
    equal(sampleLines()[first].level, 'error');
    await page.keyboard.press('Enter');
    await lastCall(host, `open ${first}`);
    await page.keyboard.press('Alt+Enter');
    await lastCall(host, `open ${first} beside`);
    await page.keyboard.press('e');
    await called(host, 4);
    notEqual(previewed(host), first);
  });

  it('walks through every entry of a trace with the brackets, once each and back', async () => {
    await open({ scope: { kind: 'trace', id: TRACE } });
    const lines = sampleLines();
    const walked: number[] = [];
    for (let step = 0; step < 14; step++) {
      await page.keyboard.press(']');
      await called(host, step + 1);
      walked.push(previewed(host));
    }
    await page.keyboard.press(']');
    await settled(page);
    equal(host.calls.length, 14, 'behind the last there is none');
    const seen = [...new Set(walked)];
    equal(seen.length, 14);
    deepEqual(
      seen,
      seen.filter((entry) => lines[entry].trace === TRACE),
    );
    deepEqual(
      seen.map((entry) => lines[entry].at),
      seen.map((entry) => lines[entry].at).sort((a, b) => Number(a) - Number(b)),
    );
    await page.keyboard.press('[');
    await called(host, 15);
    equal(previewed(host), seen.at(-2));
  });

  it('zooms and pans with keys, fits with F, and keeps the range', async () => {
    await open();
    const whole = await rangeOf(opened);
    await page.keyboard.press('w');
    await page.keyboard.press('w');
    const near = await rangeOf(opened);
    ok(near.to - near.from < (whole.to - whole.from) * 0.6, 'nearer');
    await page.keyboard.press('d');
    const right = await rangeOf(opened);
    ok(right.from > near.from && Math.abs(right.to - right.from - (near.to - near.from)) < 2, 'moved right');
    await page.keyboard.press('a');
    await page.keyboard.press('s');
    await page.keyboard.press('ArrowUp');
    ok((await rangeOf(opened)).to > 0);
    await page.keyboard.press('f');
    deepEqual(await rangeOf(opened), whole);
  });

  it('zooms at the pointer with the wheel, pans by dragging', async () => {
    await open();
    const box = await stageBox(page);
    const whole = await rangeOf(opened);
    const x = box.x + box.width * 0.75;
    await page.mouse.move(x, box.y + box.height / 2);
    await page.mouse.wheel(0, -400);
    const near = await rangeOf(opened);
    ok(near.from > whole.from && near.to < whole.to);
    ok(near.from - whole.from > whole.to - near.to, 'what is right of the middle stays in sight');
    await page.mouse.down();
    await page.mouse.move(x - 100, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    const moved = await rangeOf(opened);
    ok(moved.from > near.from && Math.abs(moved.to - moved.from - (near.to - near.from)) < 2);
  });

  it('selects the mark that is clicked, and shows it in the card at the pointer', async () => {
    await open({ scope: { kind: 'trace', id: TRACE } });
    const { x, y } = await findMark(page, 0.5, 2);
    await page.locator('.tooltip').getByText('Database query timeout').waitFor();
    match(await page.locator('.tooltip').innerText(), /12:01:58\.325 ERROR inventory-service/);
    await page.mouse.click(x, y);
    await selected().getByText('Database query timeout').waitFor();
    equal(sampleLines()[previewed(host)].text, 'Database query timeout');
    await page.mouse.dblclick(x, y);
    await lastCall(host, `open ${previewed(host)}`);
    await page.keyboard.down('Alt');
    await page.mouse.click(x, y);
    await page.keyboard.up('Alt');
    await lastCall(host, `open ${previewed(host)} beside`);
  });

  it('opens what the first click of a double click met, though the picture is laid out anew between them', async () => {
    await open({ scope: { kind: 'trace', id: TRACE } });
    const { x, y } = await findMark(page, 0.5, 2);
    await page.mouse.down({ clickCount: 1 });
    await page.mouse.up({ clickCount: 1 });
    await selected().getByText('Database query timeout').waitFor();
    const entry = previewed(host);
    await page.setViewportSize({ width: 1150, height: 720 });
    await settled(page);
    ok(!(await page.locator('.tooltip').isVisible()), 'the card of what was there is gone');
    await page.mouse.move(x, y);
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await lastCall(host, `open ${entry}`);
    deepEqual(host.calls, [`preview ${entry}`, `open ${entry}`]);
  });

  it('measures with Shift and takes it back with Escape', async () => {
    await open();
    const box = await stageBox(page);
    const before = await inkOf(page, '.overlay');
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + 500, box.y + 400);
    await page.mouse.down();
    await page.mouse.move(box.x + 700, box.y + 400, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const range = await rangeOf(opened);
    ok((await inkOf(page, '.overlay')) > before + 10_000, 'a band is drawn');
    await page.keyboard.press('Escape');
    await settled(page);
    ok((await inkOf(page, '.overlay')) < before + 10_000, 'the band is gone');
    deepEqual(await rangeOf(opened), range, 'the view has not moved');
  });

  it('brushes a range in the strip above', async () => {
    await open();
    const box = await stageBox(page);
    const whole = await rangeOf(opened);
    await page.mouse.move(box.x + 500, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + 600, box.y + 30, { steps: 3 });
    await page.mouse.up();
    const range = await rangeOf(opened);
    ok(range.to - range.from < (whole.to - whole.from) / 4);
  });

  it('goes to the trace of the selected entry and back to the incident', async () => {
    await open();
    await page.getByRole('button', { name: 'payment-service:6' }).click();
    await page.getByRole('button', { name: 'Show trace bcdefa123456' }).click();
    await page.getByRole('heading', { name: 'Trace bcdefa123456' }).waitFor();
    match(await page.locator('.summary').innerText(), /3 entries · 1 service · 2\.\d+ s/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Incident' }).waitFor();
    await page.getByRole('button', { name: 'Trace bcdefa123456' }).click();
    await page.getByRole('heading', { name: 'Trace bcdefa123456' }).waitFor();
  });

  it('tells what speaks for an edge and against it', async () => {
    await open();
    await clickInk(page, 'order undetermined', selected());
    match(
      await selected().innerText(),
      /inventory-db-primary → inventory-service[\s\S]*For it: 9 entries[\s\S]*Against it: nothing/,
    );
  });

  it('reads the selected entry out', async () => {
    await open();
    await page.getByRole('button', { name: 'payment-service:6' }).click();
    await page
      .locator('[aria-live]')
      .getByText('WARN, payment-service, Payment gateway slow response')
      .waitFor({ state: 'attached' });
  });

  it('reaches its controls with Tab, in order', async () => {
    await open();
    const names: string[] = [];
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => document.activeElement?.textContent || document.activeElement?.className || ''),
      );
    }
    deepEqual(names, ['Incident', 'Table', 'overlay', 'db-monitor:7', 'inventory-service:6']);
  });

  it('holds the same data as a table', async () => {
    await open();
    await page.getByRole('button', { name: 'Table' }).click();
    const entries = page.getByRole('table', { name: /^72 entries/ });
    equal(await entries.locator('tbody tr').count(), 72);
    await entries.getByText('Request received').first().waitFor();
    equal(await page.getByRole('table', { name: 'Services and resources' }).locator('tbody tr').count(), 8);
    match(
      await page.getByRole('table', { name: 'Cascade' }).innerText(),
      /inventory-service\s+order-service\s+lag 1\.81 s/,
    );
    await entries.locator('tbody button').first().click();
    await lastCall(host, 'preview 0');
    equal(await entries.locator('tr[aria-selected="true"]').count(), 1);
  });

  it('breaks no word of a table beside an editor, and scrolls sideways instead', async () => {
    await open({ width: 600 });
    await page.getByRole('button', { name: 'Table' }).click();
    await settled(page);
    const broken = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('th, td:not(.sentence)')]
        .filter((cell) => {
          const text = document.createRange();
          text.selectNodeContents(cell.querySelector('button') ?? cell);
          const tops = new Set([...text.getClientRects()].map(({ top }) => Math.round(top)));
          return tops.size > 1 || cell.scrollWidth > cell.clientWidth;
        })
        .map(({ innerText }) => innerText),
    );
    deepEqual(broken, []);
    ok(await page.locator('.tables').evaluate((tables) => tables.scrollWidth > tables.clientWidth));
  });

  it('says beside a trace that the causes are those of the incident', async () => {
    await open({ scope: { kind: 'trace', id: TRACE } });
    await page.getByRole('heading', { name: 'Likely causes of the incident', exact: true }).waitFor();
    await opened.view.show({ kind: 'incident' });
    await page.getByRole('heading', { name: 'Likely causes', exact: true }).waitFor();
  });

  it('comes back as it was', async () => {
    await open();
    await page.getByRole('button', { name: 'payment-service:6' }).click();
    await page.getByRole('button', { name: 'Show trace' }).click();
    await page.getByRole('heading', { name: 'Trace bcdefa123456' }).waitFor();
    await page.keyboard.press('w');
    const range = await rangeOf(opened);
    const state = await opened.state();
    await opened.close();
    await open({ state });
    await page.getByRole('heading', { name: 'Trace bcdefa123456' }).waitFor();
    await selected().getByText('Payment gateway slow response').waitFor();
    deepEqual(await rangeOf(opened), range);
    deepEqual(host.calls, [], 'nothing is previewed unasked');
  });

  it('forgets a selection whose entry has become another', async () => {
    const selectedBefore = { entry: 3, file: 'gone.log', line: 4 };
    await open({
      state: { root: '/logs', scope: { kind: 'incident' }, range: null, selected: selectedBefore, table: false },
    });
    match(await selected().innerText(), /Click an entry/);
  });

  it('does what its host tells: another scope, a changed log, a cursor', async () => {
    await open();
    await opened.view.show({ kind: 'trace', id: TRACE });
    await page.getByRole('heading', { name: `Trace ${TRACE}` }).waitFor();
    const asked = host.markRequests;
    await opened.view.changed();
    await settled(page);
    ok(host.markRequests > asked, 'marks are asked for again');
    const before = await inkOf(page, '.overlay');
    await opened.view.cursor(29);
    await settled(page);
    ok((await inkOf(page, '.overlay')) > before + 50, 'a line stands at the cursor');
  });

  it('asks for marks once while panning near', async () => {
    await open();
    await page.keyboard.press('w');
    await settled(page);
    const asked = host.markRequests;
    for (const key of ['d', 'a', 'd', 'a']) await page.keyboard.press(key);
    await settled(page);
    equal(host.markRequests, asked);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`draws every level and arrow so that it is seen in ${theme}`, async () => {
      await open({ theme });
      const { variables } = THEMES[theme];
      const arrows = theme.startsWith('high') ? variables.foreground : variables['symbolIcon-eventForeground'];
      const colors = [
        variables['charts-blue'],
        variables['charts-yellow'],
        variables['charts-red'],
        variables['charts-purple'],
      ];
      for (const color of [...colors, arrows]) ok((await pixelsOf(page, color)) > 40, `${color} is drawn`);
    });
  }

  it('takes new colours when the theme changes', async () => {
    await open();
    const corner = () =>
      page.evaluate(() => [
        ...(document.querySelector('canvas')?.getContext('2d')?.getImageData(2, 2, 1, 1).data ?? []),
      ]);
    deepEqual(await corner(), [31, 31, 31, 255]);
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-editor-background', '#fefefe');
      document.body.className = 'vscode-light';
    });
    await settled(page);
    deepEqual(await corner(), [254, 254, 254, 255]);
  });
});
