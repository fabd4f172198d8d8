import { equal } from 'node:assert/strict';
import { sparkline } from '../../../src/render/sparkline.ts';

describe('a sparkline', () => {
  it('has a block a number, the tallest for the largest', () => {
    equal(sparkline([0, 1, 50, 99, 100]), '▁▂▅██');
  });
  it('shows a single entry among thousands, and silence as silence', () => {
    equal(sparkline([100_000, 1, 0]), '█▂▁');
    equal(sparkline([0, 0]), '▁▁');
    equal(sparkline([]), '');
  });
});
