import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isNormalised, normaliseId } from '../../../../src/engine/correlation/normalise.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('ids are compared', () => {
  const cases: [string, string | null][] = [
    [TRACE.toUpperCase(), TRACE],
    [` ${TRACE} `, TRACE],
    [`00-${TRACE}-00f067aa0ba902b7-01`, TRACE],
    [`${TRACE}-00f067aa0ba902b7-1`, TRACE],
    [`${TRACE}-00f067aa0ba902b7-d-05e3ac9a4f6e3b90`, TRACE],
    ['a3ce929d0e0e4736-00f067aa0ba902b7', 'a3ce929d0e0e4736'],
    [`${TRACE}:00f067aa0ba902b7:0:1`, TRACE],
    ['1-58406520-a006649127e371903a2de979', '58406520a006649127e371903a2de979'],
    ['Root=1-58406520-a006649127e371903a2de979;Parent=53995c3f42cd8ad8;Sampled=1', '58406520a006649127e371903a2de979'],
    ['Self=1-5840-x;Root=1-58406520-a006649127e371903a2de979', '58406520a006649127e371903a2de979'],
    [`projects/p/traces/${TRACE}`, TRACE],
    [`0x${TRACE}`, TRACE],
    // Zeros in front: left away by some, put there by others.
    ['0af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
    ['af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
    ['3ce929d0e0e4736', '03ce929d0e0e4736'],
    ['0000000000000000a3ce929d0e0e4736', 'a3ce929d0e0e4736'],
    [`0:1:2`, '0:1:2'],
    // What an application chose stays what it is.
    ['efgh5678901', 'efgh5678901'],
    ['order_17', 'order_17'],
    ['0017', '0017'],
    ['123456789012345', '123456789012345'],
    ['507f1f77bcf86cd799439011', '507f1f77bcf86cd799439011'],
    ['4bf92f35-77b3-4da6-a3ce-929d0e0e4736', '4bf92f35-77b3-4da6-a3ce-929d0e0e4736'],
    ['11803532876627986230', '11803532876627986230'],
    // Nothing.
    ['0'.repeat(32), null],
    ['00-00000000000000000000000000000000-0000000000000000-00', null],
    ['-', null],
    ['null', null],
    ['', null],
    ['x'.repeat(300), null],
  ];
  for (const [text, normalised] of cases)
    it(`${text || 'nothing'} as ${normalised}`, () => assert.equal(normaliseId(text), normalised));

  it('as 64 bits where a key of Datadog’s holds a decimal number', () => {
    for (const key of ['dd.trace_id', 'dd_trace_id', 'mdc.dd.trace_id', 'datadog.trace_id']) {
      assert.equal(normaliseId('11803532876627986230', key), 'a3ce929d0e0e4736', key);
      assert.equal(normaliseId(TRACE, key), TRACE, key);
    }
    for (const key of ['trace_id', 'add.trace_id', 'odd_id']) {
      assert.equal(normaliseId('11803532876627986230', key), '11803532876627986230', key);
    }
    assert.equal(normaliseId('18446744073709551616', 'dd.trace_id'), '18446744073709551616');
  });

  it('in a form that is its own compared form, and that the quick look never mistakes', () => {
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef-'), maxLength: 60 });
    const header = fc.constantFrom(...cases.map(([text]) => text));
    fc.assert(
      fc.property(fc.oneof(hex, header, fc.string(), fc.string({ unit: fc.constantFrom(...'01a') })), (text) => {
        const normalised = normaliseId(text);
        if (normalised !== null) assert.equal(normaliseId(normalised), normalised);
        const bytes = new TextEncoder().encode(text);
        if (isNormalised(bytes, 0, bytes.length)) assert.equal(normalised, text);
      }),
      { numRuns: 3000 },
    );
  });
});
