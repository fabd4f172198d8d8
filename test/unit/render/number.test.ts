import { equal } from 'node:assert/strict';
import { formatCount, formatNumber, formatPercent } from '../../../src/render/number.ts';

describe('numbers', () => {
  it('are grouped and rounded', () => {
    equal(formatNumber(41_208), '41,208');
    equal(formatNumber(0.27), '0.27');
    equal(formatNumber(5.5555), '5.56');
    equal(formatNumber(0.00012345), '0.00012');
  });

  it('are shares in percent', () => {
    equal(formatPercent(0.98), '98 %');
    equal(formatPercent(0.0042), '0.4 %');
    equal(formatPercent(1), '100 %');
  });

  it('count their noun', () => {
    equal(formatCount(1, ['entry', 'entries']), '1 entry');
    equal(formatCount(14, ['entry', 'entries']), '14 entries');
    equal(formatCount(0, ['entry', 'entries']), '0 entries');
  });
});
