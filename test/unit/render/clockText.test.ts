import { equal } from 'node:assert/strict';
import type { ClockOffset } from '../../../src/model.ts';
import { clocksText, clockWords } from '../../../src/render/clockText.ts';

const row = { entry: 0, file: 'a', line: 1, column: 1, endLine: 1, timestamp: 0, level: null, service: null };
const offset = (lowMs: number | null, highMs: number | null): ClockOffset => ({
  reference: 'door',
  service: 'lamp\u001b[31m',
  lowMs,
  highMs,
  calls: 1234,
  agreeing: 1200,
  example: [row, row],
});

describe('the offset of a clock', () => {
  it('is an interval, ahead or behind, and may be open or undetermined', () => {
    const said = (low: number | null, high: number | null): string =>
      clockWords(offset(low, high)).split(', by')[0] ?? '';
    equal(said(1200, 1400), 'lamp: 1.2 s to 1.4 s ahead of door');
    equal(said(-1400, -1200), 'lamp: 1.2 s to 1.4 s behind door');
    equal(said(1200, null), 'lamp: at least 1.2 s ahead of door');
    equal(said(null, -1200), 'lamp: at least 1.2 s behind door');
    equal(said(-3, 4), 'lamp: between 3 ms behind and 4 ms ahead of door');
    equal(said(null, 4), 'lamp: between any time behind and 4 ms ahead of door');
    equal(said(null, null), 'lamp: undetermined against door');
    equal(clockWords(offset(-3, 4)).split(', by')[1], ' 1,200 of 1,234 calls');
  });

  it('is left out where nothing is known, and cut where there are very many', () => {
    equal(clocksText([]), '');
    equal(
      clocksText(Array.from({ length: 15 }, () => offset(1, 2)))
        .trim()
        .split('\n')
        .at(-1),
      '  and 3 more',
    );
  });
});
