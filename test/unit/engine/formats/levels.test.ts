import assert from 'node:assert/strict';
import { levelAt } from '../../../../src/engine/formats/levels.ts';
import { LEVELS } from '../../../../src/model.ts';

describe('levels', () => {
  const cases: [string, string | undefined][] = [
    ['ERROR', 'error'],
    ['Warning', 'warn'],
    ['information', 'info'],
    ['emerg', 'fatal'],
    ['ERROR+2', 'error'],
    ['30', 'info'],
    ['60', 'fatal'],
    ['35', undefined],
    ['3x', undefined],
    ['70', undefined],
    ['errors', undefined],
    ['', undefined],
    ['informational-message', undefined],
  ];
  for (const [text, level] of cases) {
    it(`${text} is ${level}`, () =>
      assert.equal(LEVELS[levelAt(new TextEncoder().encode(text), 0, text.length)], level));
  }
});
