import assert from 'node:assert/strict';
import { type Results, settle } from '../../host/results.ts';

/** What `npm test` counts, by what a stage's process left behind. */
const cases: [string, Results | null, { passed: number; failed: number }][] = [
  ['a stage that came to its end', { passed: 3, failed: 2, complete: true }, { passed: 3, failed: 2 }],
  ['a process that never reached a test', null, { passed: 0, failed: 1 }],
  ['a process that died between two tests', { passed: 3, failed: 0, complete: false }, { passed: 3, failed: 1 }],
  ['a process that died after a failure', { passed: 3, failed: 1, complete: false }, { passed: 3, failed: 2 }],
  ['a stage that found no tests', { passed: 0, failed: 0, complete: true }, { passed: 0, failed: 1 }],
];

describe('the sum of npm test', () => {
  for (const [what, results, expected] of cases) {
    it(`counts ${what}`, () => assert.deepEqual(settle(results), expected));
  }
});
