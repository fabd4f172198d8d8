import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recordMemory } from '../../../../src/engine/parse/recordMemory.ts';
import { isIdText } from '../../../../src/engine/templates/idText.ts';
import { ShapeScanner } from '../../../../src/engine/templates/shape.ts';

const encoder = new TextEncoder();
/** One scanner for all: what it remembers of one message must not show in another. */
const scanner = new ShapeScanner();

function shape(message: string): { text: string; hash: number; ids: string[] } {
  const bytes = encoder.encode(`>${message}<`);
  const [start, end] = [1, bytes.length - 1];
  const text = scanner.text(bytes, start, end);
  const hash = scanner.hash(bytes, start, end);
  const ids = Array.from({ length: scanner.idCount }, (_, i) => {
    const part = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
    return `${part(scanner.idKeyStart[i], scanner.idKeyEnd[i])}=${part(scanner.idStart[i], scanner.idEnd[i])}`;
  });
  return { text, hash, ids };
}

describe('shape of a message', () => {
  const cases: [string, string, string[]?][] = [
    ['Request received', 'Request received'],
    ['took 17ms at 10.0.0.1:8080', 'took <*> at <*>'],
    ['cannot open "a b" or \'c\'', 'cannot open "<*>" or \'<*>\''],
    ['"GET /a/1 HTTP/1.1" 200', '"GET <*>" <*>'],
    ['"GET lost" "GETTINGS /a" "GE /a"', '"<*>" "<*>" "<*>"'],
    ["the shop's door isn't open", "the shop's door isn't open"],
    ['an open " quote', 'an open " quote'],
    ['order_17 is paid: 4024', '<*> is paid: <*>'],
    ['orderId=ab17 done', 'orderId=<*> done', ['orderId=ab17']],
    ['trace 4bf92f3577b34da6a3ce929d0e0e4736', 'trace <*>', ['trace=4bf92f3577b34da6a3ce929d0e0e4736']],
    ['job "123e4567-e89b-12d3-a456-426614174000"', 'job "<*>"', ['job=123e4567-e89b-12d3-a456-426614174000']],
    [
      'sent traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      'sent traceparent: <*>',
      ['traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    ],
    ['b3: 80f198ee56343ba8-e457b5a2e4d86bd1-1', '<*>: <*>', ['b3=80f198ee56343ba8-e457b5a2e4d86bd1-1']],
    [
      'X-Amzn-Trace-Id: Root=1-58406520-a006649127e371903a2de979;Sampled=1',
      'X-Amzn-Trace-Id: Root=<*>;Sampled=<*>',
      ['Root=1-58406520-a006649127e371903a2de979'],
    ],
    ['at 00007ffff7a2d830 and ffffffff81a0b2c3', 'at <*> and <*>'],
    ['trace_id=00007ffff7a2d830', 'trace_id=<*>', ['trace_id=00007ffff7a2d830']],
    ['at 4bf92f35-77b34da6-a3ce929d0e0e4736', 'at <*>'],
    ['done {"request_id":"req-1","n":7}', 'done {"<*>":"<*>","<*>":<*>}', ['request_id=req-1']],
    [
      "done {'order_id': 'abcd', \"user_id\": 4711}",
      `done {'<*>': '<*>', "<*>": <*>}`,
      ['order_id=abcd', 'user_id=4711'],
    ],
    ['said: "valid": "abcde"', 'said: "<*>": "<*>"'],
    // A quote is missing at the beginning, so those that follow open where they should close.
    ['thread":{"id":17},"time', 'thread"<*>"id"<*>"time'],
    ['', ''],
    ['x', 'x'],
    ['7', '<*>'],
  ];
  for (const [message, text, ids = []] of cases) {
    it(`${JSON.stringify(message)} is ${JSON.stringify(text)}`, () => {
      // Twice: the second time from memory.
      for (let i = 0; i < 2; i++) {
        const found = shape(message);
        assert.deepEqual({ text: found.text, ids: found.ids }, { text, ids });
      }
    });
  }

  it('has the same hash exactly where it has the same text', () => {
    const word = fc.oneof(fc.constantFrom('order', 'is', 'paid', ' ', '"', '=', 'é'), fc.nat(99).map(String));
    const messages = fc.array(
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
      { maxLength: 60 },
    );
    const texts = new Map<number, string>();
    const hashes = new Map<string, number>();
    fc.assert(
      fc.property(messages, (all) => {
        for (const message of all) {
          const { text, hash } = shape(message);
          assert.equal(text, texts.get(hash) ?? text);
          assert.equal(hash, hashes.get(text) ?? hash);
          texts.set(hash, text);
          hashes.set(text, hash);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has the same hash in the kernel', () => {
    const chunk = recordMemory().takeChunk();
    const word = fc.constantFrom(
      'order',
      'is',
      '17',
      "'a b'",
      '"',
      "it's",
      'x-5',
      '10.0.0.1:80',
      '"GET /a 7"',
      'é',
      '--3',
      'a.b:c',
    );
    try {
      fc.assert(
        fc.property(
          fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 8 }),
          fc.constantFrom(' ', '', '='),
          (words, between) => {
            const bytes = encoder.encode(words.join(between));
            chunk.set(bytes, 3);
            assert.equal(scanner.hash(chunk, 3, 3 + bytes.length), new ShapeScanner().hash(bytes, 0, bytes.length));
          },
        ),
        { numRuns: 2000 },
      );
    } finally {
      recordMemory().giveBack(chunk);
    }
  });

  it('finds the same ids by their look in the kernel', () => {
    const memory = recordMemory();
    const chunk = memory.takeChunk();
    const group = fc
      .tuple(fc.constantFrom(1, 2, 4, 7, 8, 12, 16, 24, 32, 33, 72), fc.constantFrom('1', 'c', '0a'))
      .map(([length, digits]) => digits.repeat(length).slice(0, length));
    const standard = fc.constantFrom([8, 4, 4, 4, 12], [2, 32, 16, 2], [32, 16, 1, 16], [16, 16, 1], [1, 8, 24]);
    const groups = fc.oneof(
      fc.array(group, { maxLength: 7 }),
      standard.map((lengths) => lengths.map((length) => '4'.repeat(length))),
    );
    const prefix = fc.constantFrom('', '', 'req-', 'cafe-', '-', 'x1-', 'averylongprefix-', 'g');
    let [ids, others] = [0, 0];
    try {
      fc.assert(
        fc.property(prefix, groups, (before, parts) => {
          const bytes = encoder.encode(`"${before}${parts.join('-')}"`);
          fc.pre(bytes.length < 190);
          chunk.set(bytes, 3);
          const isId = isIdText(bytes, 1, bytes.length - 1);
          const place = memory.placeOf(chunk) + 3;
          assert.equal(memory.find(place, place + bytes.length), isId ? 1 : 0);
          if (isId) ids++;
          else others++;
        }),
        { numRuns: 2000 },
      );
    } finally {
      memory.giveBack(chunk);
    }
    assert.ok(ids > 0 && others > 0);
  });
});
