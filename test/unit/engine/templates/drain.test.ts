import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mineTemplates } from '../../../../src/engine/templates/drain.ts';
import { ShapeScanner } from '../../../../src/engine/templates/shape.ts';

const scanner = new ShapeScanner();

function shapeOf(message: string): string {
  const bytes = Buffer.from(message);
  return scanner.text(bytes, 0, bytes.length);
}

/** The templates of messages, in order of their first message. */
function templatesOf(messages: readonly string[]): string[] {
  return mineTemplates([...new Set(messages.map(shapeOf))]).texts;
}

const NAMES = ['ada', 'bert', 'cleo', 'dora', 'emil', 'fritz', 'gerda'];

describe('templates', () => {
  const cases: [what: string, messages: string[], templates: string[]][] = [
    ['of nothing', [], []],
    ['of an empty message', ['', 'door open'], ['', 'door open']],
    [
      'mask a word that takes many values',
      NAMES.map((name) => `letter written by clerk ${name} sent`),
      ['letter written by clerk <*> sent'],
    ],
    [
      'keep apart what differs in a word of few values',
      ['[lamp 7] bulb glows (morning round)', '[lamp 9] bulb fades (morning round)'],
      ['[lamp <*>] bulb glows (morning round)', '[lamp <*>] bulb fades (morning round)'],
    ],
    [
      'mask two names behind a word that announces them',
      ['rejected user ada from 10.0.0.1', 'rejected user bert from 10.0.0.9'],
      ['rejected user <*> from <*>'],
    ],
    [
      'mask two values behind a key',
      ['done shelf=upper,free=true', 'done shelf=lower,free=false'],
      ['done shelf=<*>,free=<*>'],
    ],
    [
      'keep states apart',
      ['parcel 1 went from PACKED to SENT', 'parcel 2 went from SENT to LOST'],
      ['parcel <*> went from PACKED to SENT', 'parcel <*> went from SENT to LOST'],
    ],
    [
      'keep the methods of requests apart',
      ['10.0.0.1 "GET /shelf/upper HTTP/1.1" 200', '10.0.0.1 "PUT /shelf/upper HTTP/1.1" 200'],
      ['<*> "GET <*>" <*>', '<*> "PUT <*>" <*>'],
    ],
    [
      'mask paths of any depth',
      ['cannot enter (/home/ada): closed', 'cannot enter (/home/bert/books/old/): closed'],
      ['cannot enter (<*>): closed'],
    ],
    ['mask paths of Windows', ['loaded C:\\shelf\\a.dll', 'loaded C:\\shelf\\old\\b.dll'], ['loaded <*>']],
    [
      'mask qualified names, first in the message too',
      ['shop.order.Total is deprecated', 'shop.cart.price.Sum is deprecated'],
      ['<*> is deprecated'],
    ],
    [
      'keep the names of faults',
      ['failed: java.io.net.NoRouteException at 1', 'failed: java.io.net.TimeoutException at 1'],
      ['failed: java.io.net.NoRouteException at <*>', 'failed: java.io.net.TimeoutException at <*>'],
    ],
    ['take a sign for a part of the number', ['offset = -4, left', 'offset = 12, left'], ['offset = <*>, left']],
    ['take a unit for a part of the number', ['sent 12.5 KB in 3 ms', 'sent 80 B in <1 sec'], ['sent <*> in <*>']],
    ['show the unit that all have', ['sent 12.5 KB by ada', 'sent 80 KB by a7'], ['sent <*> KB by <*>']],
    ['take hex words without a digit for numbers', ['mask ffffffff set', 'mask 000000ff set'], ['mask <*> set']],
    ['mask the names in a date', ['seen at Sat Jul 2 2005', 'seen at Mon Jun 11 2005'], ['seen at <*> <*> <*> <*>']],
    [
      'tell empty brackets from a value in them',
      ['call from 10.0.0.1 () ended', 'call from 10.0.0.2 (depot.north.example.org) ended'],
      ['call from <*> () ended', 'call from <*> (depot.north.example.org) ended'],
    ],
    ['take lists of any length as one variable', ['speeds ( 1 2 3 )', 'speeds ( 1 2 3 4 5 )'], ['speeds ( <*> <*> )']],
    [
      'leave single words alone',
      [...NAMES, ...NAMES.map((name) => `${name}s`)],
      [...NAMES, ...NAMES.map((name) => `${name}s`)],
    ],
    [
      'leave messages apart that have little in common',
      ['the lamp is lit', 'the door was shut', 'the shop opens early'],
      ['the lamp is lit', 'the door was shut', 'the shop opens early'],
    ],
  ];
  for (const [what, messages, templates] of cases) {
    it(what, () => assert.deepEqual(templatesOf(messages), templates));
  }

  it('hang on the set of shapes alone, whatever their order', () => {
    const word = fc.constantFrom('user', 'ada', 'bert', 'cleo', 'went', 'to', '<*>', 'a.b.C', 'GET', '(x', 'k=v,', '-');
    const shape = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
    const shapes = fc.uniqueArray(shape, { maxLength: 40 });
    const ordered = shapes.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(ordered, ([shapes, shuffled]) => {
        const of = (list: readonly string[]) => {
          const { template, texts } = mineTemplates(list);
          assert.equal(template.length, list.length);
          return new Map(list.map((shape, i) => [shape, texts[template[i]]]));
        };
        const [first, second] = [of(shapes), of(shuffled)];
        for (const shape of shapes) assert.equal(second.get(shape), first.get(shape));
      }),
      { numRuns: 300 },
    );
  });

  it('are the shapes themselves past the number that can be joined', () => {
    const name = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const shapes = Array.from({ length: 10_100 }, (_, n) => `letter written by clerk ${name(n)} sent`);
    const { template, texts } = mineTemplates(shapes);
    assert.equal(texts.length, 101);
    assert.equal(texts[template[9_999]], 'letter written by clerk <*> sent');
    assert.equal(texts[template[10_050]], shapes[10_050]);
  });

  it('are made of any text', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary' })), (shapes) => {
        const { template, texts } = mineTemplates(shapes);
        assert.equal(template.length, shapes.length);
        for (const number of template) assert.ok(number < texts.length);
      }),
    );
  });
});
