import assert from 'node:assert/strict';
import { RefreshPace } from '../../../src/host/refreshPace.ts';

describe('the pace of refreshes', () => {
  it('waits for a pause, but not for ever', () => {
    const pace = new RefreshPace();
    assert.equal(pace.wait(1000, true), 300);
    assert.equal(pace.wait(1250, false), 300);
    assert.equal(pace.wait(2900, false), 100);
    assert.equal(pace.wait(3500, false), 0);
  });

  it('rests ten times as long as the last refresh took', () => {
    const pace = new RefreshPace();
    pace.refreshed(1000, 1800);
    assert.equal(pace.wait(2000, true), 7800);
    assert.equal(pace.wait(9750, false), 50);
    assert.equal(pace.wait(9900, false), 0);
    pace.refreshed(9900, 9910);
    assert.equal(pace.wait(9950, true), 300);
  });
});
