import assert from 'node:assert/strict';
import { missingPackage } from '../../../scripts/ensure.mjs';

const root = { version: '0.1.0' };

/** What the lock file wants, what npm says is there, and what is missing. */
const cases: [string, Parameters<typeof missingPackage>, string | null][] = [
  [
    'all is there',
    [{ '': root, 'node_modules/a': { version: '1.0.0' } }, { 'node_modules/a': { version: '1.0.0' } }],
    null,
  ],
  ['a package is absent', [{ 'node_modules/a': { version: '1.0.0' } }, {}], 'a 1.0.0'],
  [
    'another version',
    [{ 'node_modules/a': { version: '2.0.0' } }, { 'node_modules/a': { version: '1.0.0' } }],
    'a 2.0.0',
  ],
  ['a nested one is absent', [{ 'node_modules/a/node_modules/@b/c': { version: '1.0.0' } }, {}], '@b/c 1.0.0'],
  ['one for another platform', [{ 'node_modules/a': { version: '1.0.0', optional: true } }, {}], null],
  [
    'an optional one in another version',
    [{ 'node_modules/a': { version: '2.0.0', optional: true } }, { 'node_modules/a': { version: '1.0.0' } }],
    'a 2.0.0',
  ],
];

describe('what the installation lacks', () => {
  for (const [what, [wanted, installed], expected] of cases) {
    it(what, () => assert.equal(missingPackage(wanted, installed), expected));
  }
});
