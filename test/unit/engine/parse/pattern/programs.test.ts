import assert from 'node:assert/strict';
import { programOf } from '../../../../../src/engine/parse/pattern/programs.ts';

describe('compiled patterns', () => {
  it('are shared, and forgotten when many others came after them', () => {
    const kept = programOf('kept (?<message>.*)');
    const old = programOf('old (?<message>.*)');
    for (let n = 0; n < 1000; n++) {
      programOf(`typed ${n}(?<message>.*)`);
      assert.equal(programOf('kept (?<message>.*)'), kept);
    }
    assert.notEqual(programOf('old (?<message>.*)'), old);
  });
});
