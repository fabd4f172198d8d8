/** Logs of every kind: none, one entry, very many, and text that means harm. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Report } from '../../src/incident.ts';
import { LEVELS } from '../../src/model.ts';
import { reportOf } from '../unit/emptyReport.ts';
import { anomaly, edge, evidence, node } from '../unit/engine/timeline/logOfLines.ts';
import { type CascadePage, launchBrowser, openCascadePage, type PageOptions } from './cascadePage.ts';
import { type HostLine, type LogHost, logHost } from './logHost.ts';
import { inkOf, settled, stageBox } from './observe.ts';

describe('cascade timeline of any log', () => {
  let browser: Browser;
  let opened: CascadePage;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  async function open(
    lines: readonly HostLine[],
    report: Report = reportOf(),
    options: PageOptions = {},
  ): Promise<LogHost> {
    const host = logHost(lines, report);
    opened = await openCascadePage(browser, host, options);
    page = opened.page;
    await settled(page);
    return host;
  }
  afterEach(async () => {
    deepEqual(opened.errors, [], 'the page has no errors');
    await opened.close();
  });

  it('says what to do where there is nothing', async () => {
    await open([]);
    match(await page.getByRole('status').innerText(), /No entry here has a time.*Open Logs/);
    await page.keyboard.press(']');
    await page.keyboard.press('w');
  });

  it('leads back from an id that nothing has', async () => {
    await open([{ at: 1, service: 'a' }], reportOf(), { scope: { kind: 'trace', id: '<b>gone</b>' } });
    match(await page.getByRole('status').innerText(), /No entry with a time has the id <b>gone<\/b>/);
    await page.getByRole('button', { name: 'Show the incident' }).click();
    await page.getByRole('heading', { name: 'Incident' }).waitFor();
  });

  it('shows a single entry, and says that causes cannot be told', async () => {
    const host = await open([{ at: 1_700_000_000, service: 'only', level: 'error', text: 'Alone' }]);
    match(await page.getByRole('region', { name: 'Likely causes' }).innerText(), /insufficient evidence/);
    await page.keyboard.press('e');
    await page.getByRole('region', { name: 'Selected' }).getByText('Alone').waitFor();
    for (const key of ['w', 's', 'd', 'f', 'e', ']', '[']) await page.keyboard.press(key);
    deepEqual(host.calls, ['preview 0']);
  });

  it('shows each field once, and a repeated key as often as it stands there', async () => {
    const fields = [
      { key: 'timestamp', value: '1970-01-01T00:00:01.500Z' },
      { key: 'level', value: 'ERROR' },
      { key: 'service', value: 'shop' },
      { key: 'message', value: 'First' },
      { key: 'message', value: 'Second' },
      { key: 'caller', value: 'shop' },
    ];
    await open([{ at: 1.5, level: 'error', service: 'shop', text: 'First', fields }]);
    await page.keyboard.press('e');
    await settled(page);
    deepEqual(await page.locator('dt').allInnerTexts(), ['time', 'level', 'service', 'message', 'caller']);
    deepEqual((await page.locator('dd').allInnerTexts()).slice(3), ['Second', 'shop']);
  });

  it('says what went wrong, and tries again', async () => {
    let broken = true;
    const host = logHost([{ at: 1, service: 'a' }], reportOf());
    opened = await openCascadePage(browser, {
      ...host,
      model: async (scope) => {
        if (broken) throw new Error('The folder <i>is</i> gone.');
        return host.model(scope);
      },
    });
    page = opened.page;
    await page.getByText('The folder <i>is</i> gone.').waitFor();
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/1 entry · 1 service/).waitFor();
  });

  it('keeps the picture when a line cannot be opened', async () => {
    const host = logHost([{ at: 1, service: 'a', level: 'error' }], reportOf());
    opened = await openCascadePage(browser, { ...host, open: () => Promise.reject(new Error('No such file: a.log')) });
    page = opened.page;
    await settled(page);
    await page.keyboard.press('e');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('No such file: a.log').waitFor();
    ok((await inkOf(page)) > 500);
  });

  it('shows the whole of a cause that names a long id', async () => {
    const why = [{ key: `The connection ${'0123456789abcdef'.repeat(6)} was never given back.`, args: {} }];
    const cause: Report['rootCauses'][number] = {
      name: 'a',
      kind: 'service',
      service: 'a',
      score: 1,
      why,
      evidence: [evidence(0)],
    };
    await open([{ at: 1, service: 'a' }], reportOf({ verdict: 'ranked', rootCauses: [cause] }));
    const causes = page.getByRole('region', { name: 'Likely causes' });
    await causes.getByText('was never given back').waitFor();
    ok(await causes.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
  });

  it('shows 100,000 entries in 30 rows, and scrolls, zooms and steps in them', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => ({
      at: 1_700_000_000 + index * 0.1,
      service: `service-${String((index * 17) % 30).padStart(2, '0')}`,
      level: LEVELS[index % 5_000 === 77 ? 4 : index % 400 === 7 ? 3 : 2],
      text: `Entry ${index}`,
    }));
    const host = await open(lines);
    match(await page.locator('.summary').innerText(), /100,000 entries · 30 services/);
    ok((await inkOf(page)) > 20_000);
    await page.keyboard.press('e');
    await page.getByRole('region', { name: 'Selected' }).getByText('Entry 77').waitFor();
    const box = await stageBox(page);
    await page.mouse.move(box.x + 40, box.y + 300);
    await page.mouse.wheel(0, 10_000);
    await page.mouse.move(box.x + 700, box.y + 300);
    for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, -500);
    await settled(page);
    await page.getByRole('button', { name: 'Table' }).click();
    await page
      .getByRole('table', { name: /zoom in to see each|entries/ })
      .first()
      .waitFor();
    ok(host.markRequests < 20, `${host.markRequests} requests`);
  });

  it('caps the table of a full range, and says so', async () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => ({ at: index, service: 'a', text: `Entry ${index}` }));
    await open(lines);
    await page.getByRole('button', { name: 'Table' }).click();
    const table = page.getByRole('table', { name: /^3,000 entries .*\(500 rows for them; zoom in to see each\)$/ });
    await table.waitFor();
    equal(await table.locator('tbody tr').count(), 500);
  });

  for (const [name, text] of [
    ['markup', '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>'],
    ['markup of an attribute', '" onmouseover="document.title=\'owned\'" x="'],
    ['marks that turn the direction', 'abc\u202egnp.exe\u2066'],
    ['right-to-left script', 'שירות הזמנות'],
    ['a very long name', 'x'.repeat(5_000)],
    ['line breaks and escapes', 'a\n\r\u001b[31mb\u0000'],
  ] as const) {
    it(`shows ${name} as text`, async () => {
      const line = { service: text, trace: text, text, fields: [{ key: text, value: text }], file: text };
      const proof = { ...evidence(0), file: text, message: text };
      const support = { count: 1, examples: [proof] };
      await open(
        [
          { ...line, at: 1, level: 'error' },
          { ...line, at: 2, level: 'fatal' },
        ],
        reportOf({
          verdict: 'ranked',
          rootCauses: [
            { name: text, kind: 'service', service: text, score: 1, why: [{ key: text, args: {} }], evidence: [proof] },
          ],
          cascade: {
            nodes: [node(text, 'service', 1), node(`${text} db`, 'resource', 1, [0])],
            edges: [edge(`${text} db`, text, { support })],
          },
          anomalies: [anomaly(text, 0, { message: { key: text, args: {} } })],
        }),
        { name: text },
      );
      await page.keyboard.press('e');
      await settled(page);
      const box = await stageBox(page);
      for (let x = 240; x < 1000; x += 30) await page.mouse.move(box.x + x, box.y + 200);
      await page.getByRole('button', { name: /^Show trace/ }).click();
      await page.getByRole('heading', { name: /^Trace/ }).waitFor();
      await page.getByRole('button', { name: 'Table' }).click();
      await settled(page);
      equal(await page.locator('img, body script:not([src]), [onmouseover]').count(), 0);
      equal(await page.title(), 'Cascade');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      equal(wide, false, 'nothing pushes the page wider');
    });
  }
});
