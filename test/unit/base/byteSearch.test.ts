import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { byteWord, nextWord } from '../../../src/base/byteSearch.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'A', '_', '\\', 'u', 'ü', '0'), maxLength: 60 });
const word = fc.string({ unit: fc.constantFrom('a', 'b', '_', '0', '\\', 'u'), minLength: 1, maxLength: 5 });

describe('words in bytes', () => {
  it('are found wherever the text holds them, in any case', () => {
    fc.assert(
      fc.property(text, word, (text, word) => {
        const bytes = Buffer.from(text);
        const there = Buffer.from(text.toLowerCase()).indexOf(word);
        equal(nextWord(bytes, 0, bytes.length, byteWord(word)), there);
      }),
      { numRuns: 2000 },
    );
  });

  it('are looked for in a part of the bytes only', () => {
    const bytes = Buffer.from('xxabcabxx');
    const at = (start: number, end: number): number => nextWord(bytes, start, end, byteWord('abc'));
    equal(at(0, 9), 2);
    equal(at(2, 5), 2);
    equal(at(3, 9), -1);
    equal(at(0, 4), -1);
    equal(at(9, 9), -1);
  });
});
