import assert from 'node:assert/strict';
import fc from 'fast-check';
import { numberAt } from '../../../../src/engine/parse/jsonText.ts';

describe('JSON numbers', () => {
  it('have the value that JSON.parse gives them', () => {
    const digits = fc.stringMatching(/^[0-9]{0,18}$/);
    const exponent = fc.constantFrom('', 'e3', 'E-7', 'e+12');
    const written = fc
      .tuple(fc.constantFrom('', '-'), fc.nat(), digits, exponent)
      .map(([sign, whole, fraction, power]) => `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}${power}`);
    fc.assert(
      fc.property(
        fc.oneof(
          written,
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => JSON.stringify(n)),
        ),
        (text) => {
          const bytes = new TextEncoder().encode(text);
          assert.equal(numberAt(bytes, 0, bytes.length), JSON.parse(text));
        },
      ),
      { numRuns: 5000 },
    );
  });
});
