import assert from 'node:assert/strict';
import { readingsOf } from '../../../src/host/pastedId.ts';

describe('a pasted id', () => {
  const cases: [pasted: string, readings: string[]][] = [
    ['', ['']],
    ['"', ['"']],
    [' 3d4e5f6a7b8c ', ['3d4e5f6a7b8c']],
    ['"3d4e5f6a7b8c",', ['"3d4e5f6a7b8c",', '3d4e5f6a7b8c']],
    ['[3d4e5f6a7b8c]', ['[3d4e5f6a7b8c]', '3d4e5f6a7b8c']],
    ['trace_id=3d4e5f6a7b8c', ['trace_id=3d4e5f6a7b8c', '3d4e5f6a7b8c']],
    ['"trace_id": "3d4e",', ['"trace_id": "3d4e",', 'trace_id": "3d4e', '3d4e']],
    ['order:123', ['order:123', '123']],
  ];
  for (const [pasted, readings] of cases) {
    it(`${JSON.stringify(pasted)} is read as ${readings.join(' or ')}`, () =>
      assert.deepEqual(readingsOf(pasted), readings));
  }
});
