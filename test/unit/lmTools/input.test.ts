import { deepEqual, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { checkedInput, InputFault } from '../../../src/lmTools/input.ts';
import { TOOLS, type ToolName } from '../../../src/lmTools/table.ts';

const refusal = (tool: ToolName, given: unknown, message: RegExp) =>
  throws(() => checkedInput(tool, given), { name: 'InputFault', message });

describe('the input of tools', () => {
  it('is taken as it is where it fits', () => {
    deepEqual(checkedInput('causeway_findEntries', { query: 'level:error', limit: 5 }), {
      query: 'level:error',
      limit: 5,
    });
    deepEqual(checkedInput('causeway_listAnomalies', {}), {});
    deepEqual(checkedInput('causeway_explainIncident', undefined), {});
  });

  it('may name what is left out', () => {
    deepEqual(checkedInput('causeway_listAnomalies', { severity: null, service: 'till' }), { service: 'till' });
  });

  it('is refused with what to hand over instead', () => {
    refusal('causeway_findEntries', {}, /^The parameter "query" is missing\.$/);
    refusal('causeway_findEntries', { query: null }, /"query" is missing/);
    refusal('causeway_findEntries', { query: '  ' }, /^"query" must be text of 1 to 1000 characters, not " {2}"\.$/);
    refusal('causeway_findEntries', { query: 'x'.repeat(1001) }, /^"query" must be text of 1 to 1000 characters/);
    for (const limit of ['5', 0, 101, 1.5, Number.NaN, true]) {
      refusal('causeway_findEntries', { query: 'a', limit }, /^"limit" must be a whole number from 1 to 100, not /);
    }
    refusal('causeway_listAnomalies', { severity: 'fatal' }, /one of error, warning, information, hint, not "fatal"/);
    refusal('causeway_getTrace', { id: { $ne: '' } }, /"id" must be text .*, not a value of the type object\.$/);
    refusal('causeway_getTrace', ['a'], /^The input must be an object with "id"\.$/);
    refusal('causeway_getTrace', 'a', /must be an object/);
  });

  it('names no parameter that is not there', () => {
    refusal('causeway_getTrace', { id: 'a', service: 'till' }, /^There is no parameter "service", only "id"\.$/);
    refusal('causeway_getTrace', { id: 'a', toString: 1 }, /no parameter "toString"/);
    refusal('causeway_getTrace', JSON.parse('{"id":"a","__proto__":1}'), /no parameter "__proto__"/);
  });

  it('is taken or refused, whatever it is, in one short line', () => {
    const names = fc.constantFrom(...(Object.keys(TOOLS) as ToolName[]));
    const keys = fc.constantFrom('query', 'limit', 'id', 'severity', 'service', 'audience', 'other');
    fc.assert(
      fc.property(names, fc.oneof(fc.anything(), fc.dictionary(keys, fc.anything())), (tool, given) => {
        try {
          checkedInput(tool, given);
        } catch (error) {
          if (!(error instanceof InputFault)) throw error;
          // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
          return error.message.length < 600 && !/[\u0000-\u001f\u202e]/.test(error.message);
        }
        return true;
      }),
    );
  });
});
