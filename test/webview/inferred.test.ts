/** What is inferred, in a real browser: entries that join a trace, and calls that log lines imply. */
import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { EntryRow, Hop } from '../../src/model.ts';
import { reportOf } from '../unit/emptyReport.ts';
import { type CascadePage, launchBrowser, openCascadePage } from './cascadePage.ts';
import { type HostLine, type Inferred, logHost } from './logHost.ts';
import { frameDrawn, pictureOf, ROWS_TOP, settled, stageBox } from './observe.ts';
import { THEMES, type ThemeName } from './themes.ts';

const START = Date.UTC(2026, 7, 1, 10) / 1000;
const LINES: readonly HostLine[] = [
  { at: START, level: 'info', service: 'shop', trace: 't1', text: 'Calling stock' },
  { at: START + 4, level: 'info', service: 'stock', trace: 't1', text: 'Reserving' },
  { at: START + 5, level: 'warn', service: 'depot', text: 'Order 7 packed' },
  { at: START + 8, level: 'info', service: 'stock', trace: 't1', text: 'Reserved' },
  { at: START + 10, level: 'info', service: 'shop', trace: 't1', text: 'Answered' },
];
/** Of few rows on a large page. */
const ROW_HEIGHT = 76;
const row = (entry: number): EntryRow => {
  const { at, service = null } = LINES[entry];
  return {
    entry,
    file: 'app.log',
    line: entry + 1,
    column: 1,
    endLine: entry + 1,
    timestamp: (at ?? 0) * 1e6,
    level: 'info',
    service,
  };
};
const HOP: Hop = {
  caller: 'shop',
  callee: 'stock',
  joined: 'inferred',
  how: 'mention',
  from: row(0),
  to: row(1),
  lagMs: 4000,
};

describe('what is inferred of a trace', () => {
  let browser: Browser;
  let opened: CascadePage;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  async function open(inferred: Inferred, theme: ThemeName = 'dark'): Promise<CascadePage> {
    opened = await openCascadePage(browser, logHost(LINES, reportOf(), inferred), {
      scope: { kind: 'trace', id: 't1' },
      theme,
    });
    await settled(opened.page);
    return opened;
  }
  afterEach(async () => {
    deepEqual(opened.errors, [], 'the page has no errors');
    await opened.close();
  });

  it('is told in the table: calls, and entries that hold no id of the trace', async () => {
    const { page } = await open({ joined: [2], hops: [HOP] });
    await page.getByRole('button', { name: 'Table' }).click();
    const calls = page.getByRole('table', { name: 'Calls' });
    match(await calls.innerText(), /shop\s+stock\s+call inferred: a message names it, lag 4 s/);
    const entries = page.getByRole('table').last().getByRole('row');
    const depot = entries.filter({ hasText: 'depot' });
    match(await depot.innerText(), /inferred: it shares another id with the trace/);
    equal(await entries.filter({ hasText: 'inferred' }).count(), 1);
  });

  it('is told by the card at the pointer', async () => {
    const { page } = await open({ joined: [2], hops: [HOP] });
    const box = await stageBox(page);
    const card = page.locator('.tooltip');
    /** Moves along a line of the picture until the card says it. */
    const find = async (y: number, text: RegExp): Promise<string> => {
      for (let x = box.x + 150; x < box.x + box.width; x += 5) {
        await page.mouse.move(x, box.y + y);
        await frameDrawn(page);
        const said = (await card.textContent()) ?? '';
        if (text.test(said)) return said;
      }
      return 'not found';
    };
    match(await find(ROWS_TOP + ROW_HEIGHT, /shop → stock/), /call inferred: a message names it, lag 4 s/);
    match(await find(ROWS_TOP + 2.5 * ROW_HEIGHT, /depot/), /inferred: it shares another id with the trace/);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is drawn otherwise than what is recorded, in ${theme}`, async () => {
      const picture = async (inferred: Inferred): Promise<string> => {
        const { page } = await open(inferred, theme);
        const pixels = await pictureOf(page);
        await opened.close();
        return pixels;
      };
      const recorded = await picture({ joined: [2], hops: [{ ...HOP, joined: 'recorded', how: 'span' }] });
      const dotted = await picture({ joined: [2], hops: [HOP] });
      notEqual(recorded, dotted);
      await open({ joined: [2], hops: [] }, theme);
      notEqual(await pictureOf(opened.page), dotted);
    });
  }
});
