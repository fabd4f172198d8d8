/** Steps that like journeys pass: when the lack of one is news, and what is said of it. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { inTrace, type Line, micros, story } from '../story.ts';
import { inOrder, journeys, STEPS, without } from './journeyLines.ts';

async function missing(lines: Line[]): Promise<string[]> {
  const found = await findAnomalies(story(lines));
  const told = found.missing.filter(({ rule }) => rule === 'missing-step');
  return told.map(({ id, step }) => `${id} ${step}`);
}

const traces = (order: number) => inTrace(order);

describe('missing-step', () => {
  const cases: [title: string, lines: Line[], found: string[]][] = [
    ['is silent where nothing is missing', journeys(40, { ids: traces }), []],
    [
      'tells the one that is missing',
      journeys(40, { ids: traces, change: without('Items packed', 7) }),
      ['trace-7 Items packed'],
    ],
    ['needs no traces', journeys(40, { ids: inOrder, change: without('Items packed', 7) }), ['order-7 Items packed']],
    [
      'tells all that would have come',
      journeys(40, { ids: traces, change: (order, lines) => (order === 7 ? lines.slice(0, 3) : lines) }),
      ['trace-7 Order completed', 'trace-7 Answer written'],
    ],
    ['needs twenty like ones', journeys(19, { ids: traces, change: without('Items packed', 7) }), []],
    [
      'is silent of a step that is often missing',
      journeys(40, { ids: traces, change: without('Items packed', 7, 17, 27) }),
      [],
    ],
    [
      'is silent where the step may still come',
      journeys(40, { ids: traces, change: without('Answer written', 39) }),
      [],
    ],
    [
      'lets failed journeys not say what is usual',
      journeys(40, {
        ids: traces,
        change: (order, lines) =>
          order % 4 === 0 && order > 0 && order < 13
            ? [...lines.slice(0, 2), [order * 10 + 2, 'shop', 'ERROR', 'Odd', traces(order)]]
            : lines,
      }),
      [4, 8, 12].flatMap((order) =>
        ['Items packed', 'Order completed', 'Answer written'].map((step) => `trace-${order} ${step}`),
      ),
    ],
    [
      'takes the word of the service that failed for the step',
      journeys(40, {
        ids: traces,
        change: (order, lines) =>
          lines.map(
            (line): Line =>
              order === 7 && line[3] === 'Items packed'
                ? [line[0], line[1], 'ERROR', 'Shelf empty', line[4] ?? {}]
                : line,
          ),
      }),
      [],
    ],
    [
      'is silent of a service that was not heard yet',
      journeys(40, { ids: traces, change: without('Items packed', 0) }),
      [],
    ],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(await missing(lines), found));

  it('is silent of what goes on all the time', async () => {
    const steady = journeys(600, {
      ids: traces,
      change: (order, lines) => (order % 25 === 3 ? without('Items packed', order)(order, lines) : lines),
    });
    deepEqual(await missing(steady), []);
  });

  it('says what would have come, when, and where a like one has it', async () => {
    const found = await findAnomalies(story(journeys(40, { ids: traces, change: without('Items packed', 7) })));
    const [step] = found.missing;
    equal(step.service, 'stock');
    equal(step.expected, micros(72));
    equal(step.after.message, 'Payment confirmed');
    deepEqual([step.example.id, step.example.message], ['trace-0', 'Items packed']);
    deepEqual([step.like, step.withStep], [40, 39]);
    const finding = found.findings.find(({ rule }) => rule === 'missing-step');
    deepEqual(
      [finding?.entry.message, finding?.severity, finding?.message.args.share],
      ['Payment confirmed', 'information', 39 / 40],
    );
  });

  it('warns of many at once that failed, and informs of others', async () => {
    const severities = async (level: string): Promise<string[]> => {
      const many = journeys(300, {
        ids: traces,
        change: (order, lines) =>
          order >= 200 && order < 206
            ? [...lines.slice(0, 2), [order * 10 + 2, 'shop', level, 'No answer', traces(order)]]
            : lines,
      });
      const { findings } = await findAnomalies(story(many));
      return findings.filter(({ rule }) => rule === 'missing-step').map(({ severity }) => severity);
    };
    deepEqual(await severities('ERROR'), new Array(6).fill('warning'));
    deepEqual(await severities('INFO'), new Array(6).fill('information'));
  });

  it('waits as long as any has taken', async () => {
    const slow = (order: number, lines: Line[]): Line[] => [
      ...lines.slice(0, 4),
      ...lines.slice(4).map(([second, ...rest]): Line => [second + (order === 5 ? 90 : 0), ...rest]),
    ];
    const ending = (order: number, lines: Line[]): Line[] => (order === 33 ? lines.slice(0, 4) : lines);
    deepEqual(await missing(journeys(40, { ids: traces, change: ending })), ['trace-33 Answer written']);
    const change = (order: number, lines: Line[]): Line[] => ending(order, slow(order, lines));
    deepEqual(await missing(journeys(40, { ids: traces, change })), []);
  });

  it('waits as long as one that fails has taken to end', async () => {
    const failing = (order: number, lines: Line[]): Line[] =>
      order === 5
        ? [...lines.slice(0, 2), [order * 10 + 90, 'stock', 'ERROR', 'No answer', traces(5)], ...lines.slice(3)]
        : lines;
    const ending = (order: number, lines: Line[]): Line[] => (order === 33 ? lines.slice(0, 2) : lines);
    const change = (order: number, lines: Line[]): Line[] => ending(order, failing(order, lines));
    ok((await missing(journeys(40, { ids: traces, change: ending }))).includes('trace-33 Items packed'));
    deepEqual(await missing(journeys(40, { ids: traces, change })), []);
  });

  it('finds whichever step of whichever journey is taken away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 35 }), fc.integer({ min: 1, max: 4 }), async (order, step) => {
        const [, message] = STEPS[step];
        const lines = journeys(40, { ids: traces, change: without(message, order) });
        deepEqual(await missing(lines), [`trace-${order} ${message}`]);
      }),
      { numRuns: 20 },
    );
  });
});
