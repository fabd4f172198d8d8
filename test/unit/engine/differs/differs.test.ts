/** What is more frequent in a part of a log than in the rest. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { differences } from '../../../../src/engine/differs/differs.ts';
import { bindQuery } from '../../../../src/engine/query/bind.ts';
import { parseQuery } from '../../../../src/engine/query/parse.ts';
import type { Differences } from '../../../../src/protocol.ts';
import { type Line, micros, story } from '../story.ts';

const WHOLE = { from: null, to: null };

async function differs(
  lines: Line[],
  query: string | null,
  range: { from: number | null; to: number | null } = WHOLE,
): Promise<Differences> {
  const log = story(lines);
  if (query === null) return differences(log, null, range);
  const parsed = parseQuery(query);
  if ('message' in parsed) throw new Error(parsed.message.key);
  return differences(log, bindQuery(parsed, log, '/log'), range);
}

const names = ({ found }: Differences): string[] =>
  found.map(({ kind, key, value }) => `${kind} ${key ?? ''} ${value}`);

/** Calls of which every tenth fails, nearly always those of one region. */
const calls: Line[] = Array.from({ length: 400 }, (_, n): Line => {
  const failed = n % 10 === 0;
  const region = failed && n % 100 !== 0 ? 'west' : ['north', 'south', 'east', 'west'][n % 4];
  return [n, 'shop', failed ? 'ERROR' : 'INFO', failed ? 'Call failed' : 'Call done', { region, build: 7 }];
});

describe('what differs', () => {
  it('tells the message and the value of a field that go with a level', async () => {
    const found = await differs(calls, 'level:error');
    deepEqual([found.selected, found.rest], [40, 360]);
    deepEqual(names(found), ['message shop Call failed', 'field region west']);
    const [, west] = found.found;
    deepEqual([west.inside, west.ofInside, west.outside, west.ofOutside], [36, 40, 100, 360]);
    ok(Math.abs(west.lift - 36 / 40 / (100 / 360)) < 1e-9);
    ok(!west.isSampled);
  });

  it('tells what is new in a range of time', async () => {
    const lines: Line[] = [
      ...Array.from({ length: 50 }, (_, n): Line => [n, 'shop', 'INFO', 'Hello']),
      ...Array.from({ length: 10 }, (_, n): Line => [20 + n / 10, 'stock', 'WARN', 'Shelf empty']),
    ];
    const found = await differs(lines, null, { from: micros(20), to: micros(21) });
    deepEqual(names(found), ['service  stock', 'level  warn', 'message stock Shelf empty']);
    equal(found.found[0].example.message, 'Shelf empty');
  });

  it('is nothing where nothing, or all, is selected, or all is alike', async () => {
    deepEqual(names(await differs(calls, 'level:fatal')), []);
    deepEqual(names(await differs(calls, null)), []);
    const alike = Array.from({ length: 100 }, (_, n): Line => [n, 'shop', 'INFO', 'Hello', { build: 7 }]);
    deepEqual(names(await differs(alike, null, { from: micros(0), to: micros(20) })), []);
  });

  it('tells a customer, and no trace', async () => {
    const lines = Array.from({ length: 60 }, (_, n): Line => {
      const one = n < 20;
      return [
        n,
        'shop',
        one ? 'ERROR' : 'INFO',
        'Call',
        { trace_id: one ? 'trace-1' : `t${n}`, user_id: one ? 'user-1' : `u${n}` },
      ];
    });
    deepEqual(names(await differs([...lines, [70, 'shop', 'INFO', 'Call', { user_id: 'user-1' }]], 'level:error')), [
      'field user_id user-1',
    ]);
  });

  it('does not tell what is rare', async () => {
    const lines: Line[] = [...calls, ...[1, 2, 3, 4].map((n): Line => [n, 'shop', 'ERROR', 'Odd one'])];
    ok(!names(await differs(lines, 'level:error')).includes('message shop Odd one'));
  });

  it('takes no more than it has, and never more than five', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            level: fc.constantFrom('INFO', 'ERROR'),
            word: fc.constantFrom('a', 'b', 'c'),
            tag: fc.constantFrom('x', 'y', '__proto__', 'constructor'),
          }),
          { minLength: 1, maxLength: 200 },
        ),
        async (rows) => {
          const lines = rows.map(({ level, word, tag }, n): Line => [n, 'shop', level, `Said ${word}`, { tag }]);
          const { selected, rest, found } = await differs(lines, 'level:error');
          equal(selected + rest, rows.length);
          ok(found.length <= 5);
          for (const { inside, ofInside, outside, ofOutside, lift } of found) {
            ok(inside >= 5 && inside <= ofInside && outside <= ofOutside && lift >= 1.5);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
