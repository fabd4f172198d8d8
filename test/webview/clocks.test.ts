/** Clock offsets applied to the picture of a trace, in a real browser: on request, said while it is so, and taken back. */
import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { ClockOffset } from '../../src/model.ts';
import { reportOf } from '../unit/emptyReport.ts';
import { type CascadePage, launchBrowser, openCascadePage } from './cascadePage.ts';
import { type HostLine, logHost } from './logHost.ts';
import { pictureOf, settled } from './observe.ts';

const START = Date.UTC(2026, 7, 1, 10) / 1000;
const LINES: readonly HostLine[] = [
  { at: START, level: 'info', service: 'stock', trace: 't1', text: 'Reserving' },
  { at: START + 4, level: 'info', service: 'shop', trace: 't1', text: 'Calling stock' },
  { at: START + 10, level: 'info', service: 'shop', trace: 't1', text: 'Answered' },
];
const BEHIND = {
  reference: 'shop',
  service: 'stock',
  lowMs: -5500,
  highMs: -4500,
  calls: 9,
  agreeing: 9,
} as ClockOffset;

describe('clock offsets in the picture of a trace', () => {
  let browser: Browser;
  let opened: CascadePage;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    deepEqual(opened.errors, [], 'the page has no errors');
    await opened.close();
  });

  async function open(kind: 'trace' | 'incident', offsets: readonly ClockOffset[]): Promise<CascadePage> {
    const host = logHost(LINES, reportOf(), { joined: [], hops: [], offsets });
    opened = await openCascadePage(browser, host, { scope: kind === 'trace' ? { kind, id: 't1' } : { kind } });
    await settled(opened.page);
    return opened;
  }

  it('are applied at the press of a button, which the line above says, and taken back at the next', async () => {
    const { page } = await open('trace', [BEHIND]);
    const button = page.getByRole('button', { name: 'Clock Offsets' });
    const summary = page.locator('.summary');
    equal(await button.getAttribute('aria-pressed'), 'false');
    const written = await pictureOf(page);
    const plain = (await summary.textContent()) ?? '';

    await button.click();
    await page.locator('.summary', { hasText: 'Clock offsets applied' }).waitFor();
    match((await summary.textContent()) ?? '', /^Clock offsets applied: stock \+5 s · /);
    equal(await button.getAttribute('aria-pressed'), 'true');
    await settled(page);
    notEqual(await pictureOf(page), written);

    await button.click();
    await page.locator('.summary', { hasNotText: 'Clock offsets' }).waitFor();
    equal(await summary.textContent(), plain);
    equal(await button.getAttribute('aria-pressed'), 'false');
  });

  it('are said to be none where calls tell of none', async () => {
    const { page } = await open('trace', []);
    await page.getByRole('button', { name: 'Clock Offsets' }).click();
    await page.locator('.summary', { hasText: 'No clock here is known to be off' }).waitFor();
  });

  it('are not offered for an incident', async () => {
    const { page } = await open('incident', [BEHIND]);
    equal(await page.getByRole('button', { name: 'Clock Offsets' }).isVisible(), false);
  });
});
