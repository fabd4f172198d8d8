import assert from 'node:assert/strict';
import { valueColumn } from '../../../src/host/jsonCursor.ts';

/** `|` marks the cursor, `^` where it is taken to be. */
function check(before: string, after = before.replace('|', '^')): void {
  const character = before.indexOf('|');
  assert.equal(valueColumn(before.replace('|', ''), character), after.indexOf('^'));
}

describe('the cursor in a JSON line', () => {
  it('on a key means the value', () => check('{"trace|_id": "abc"}', '{"trace_id": "^abc"}'));
  it('on a key means a number too', () => check('{"or|der":54321}', '{"order":^54321}'));
  it('on a key finds the value of a line cut short', () => check('{"tr|ace":"abc', '{"trace":"^abc'));
  it('stays on a value', () => check('{"trace_id":"a|bc"}'));
  it('stays in text that is no JSON', () => check('12:00 trace|_id=abc'));
  it('stays on a key without a value', () => check('{"trace|_id"'));
});
