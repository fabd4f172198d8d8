/** Orders that were paid and went no further. */
import { deepEqual, equal } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { promiseOf } from '../../../../src/engine/anomalies/stuckEntity.ts';
import type { StuckEntities } from '../../../../src/incident.ts';
import { type Line, story } from '../story.ts';
import { inOrder, journeys } from './journeyLines.ts';

async function stuck(lines: Line[]): Promise<StuckEntities[]> {
  return (await findAnomalies(story(lines))).stuck;
}

const idsOf = (found: StuckEntities[]) => found.flatMap(({ entities }) => entities.map(({ id }) => id));

/** Ends order 1 behind its payment, with these lines for the rest. */
function ended(...rest: [level: string, message: string][]) {
  return (order: number, lines: Line[]): Line[] =>
    order === 1
      ? [
          ...lines.slice(0, 2),
          ...rest.map(([level, message], place): Line => [12 + place, 'shop', level, message, inOrder(1)]),
        ]
      : lines;
}

/** Later both say that they are still there: else the end could not have been said. */
const LATER: Line[] = ['shop', 'edge'].map((service): Line => [5000, service, 'INFO', 'Still here']);

describe('stuck-entity', () => {
  const cases: [title: string, lines: Line[], found: string[]][] = [
    ['is silent where all end well', journeys(40), []],
    ['tells the one that was paid and never ended', journeys(40, { change: ended() }), ['order-1']],
    [
      'takes one that ended for a model where trouble followed',
      [...journeys(2, { change: ended(['ERROR', 'Stock timeout']) }), ...LATER],
      ['order-1'],
    ],
    ['takes one for no model where nothing went wrong', [...journeys(2, { change: ended() }), ...LATER], []],
    ['does not hold against one what may still come', journeys(2, { change: ended(['ERROR', 'Stock timeout']) }), []],
    [
      'does not tell where whoever ends it is no longer heard',
      [...journeys(2, { change: ended(['ERROR', 'Stock timeout']) }), LATER[0]],
      [],
    ],
    ['takes money given back for an end', journeys(40, { change: ended(['WARN', 'Payment refunded']) }), []],
    [
      'needs a promise',
      journeys(40, {
        change: (order, lines) =>
          order === 1 ? lines.slice(0, 1).concat([[12, 'shop', 'ERROR', 'Odd', inOrder(1)]]) : lines,
      }),
      [],
    ],
    [
      'needs an id that names a thing',
      journeys(40, { ids: (order) => ({ user_id: `user-${order}` }), change: ended() }),
      [],
    ],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(idsOf(await stuck(lines)), found));

  it('adds up what they are worth, by currency, and says how many tell', async () => {
    const lines = journeys(100, {
      change: (order, all) => {
        if (![3, 4, 5, 6].includes(order)) return all;
        const paid = all.slice(0, 2);
        if (order === 5) paid[1] = [...paid[1].slice(0, 4), inOrder(5)] as unknown as Line;
        if (order === 6) paid[1] = [...paid[1].slice(0, 4), { ...inOrder(6), total_usd: '7.50' }] as unknown as Line;
        return paid;
      },
    });
    const [found] = await stuck(lines);
    deepEqual([found.key, found.count, found.step, found.service], ['order_id', 4, 'Answer written', 'edge']);
    deepEqual(found.amounts, [
      { currency: 'EUR', total: 20.5, entities: 2 },
      { currency: 'USD', total: 7.5, entities: 1 },
    ]);
  });

  it('warns where somebody paid or an amount is told, and informs of other promises', async () => {
    const severity = async (lines: Line[]): Promise<string[]> => {
      const { findings } = await findAnomalies(story(lines));
      return findings.filter(({ rule }) => rule === 'stuck-entity').map((finding) => finding.severity);
    };
    const renamed = (other: string, lines: Line[]): Line[] =>
      lines.map(
        ([second, service, level, message, fields]): Line => [
          second,
          service,
          level,
          message === 'Payment confirmed' ? other : message,
          fields ?? {},
        ],
      );
    deepEqual(await severity(journeys(40, { change: ended() })), ['warning']);
    const free = journeys(40, { change: ended() }).map(
      ([second, service, level, message, fields]): Line => [
        second,
        service,
        level,
        message,
        { order_id: fields?.order_id ?? '' },
      ],
    );
    deepEqual(await severity(free), ['information']);
    deepEqual(await severity(renamed('Seat booked', free)), ['information']);
    deepEqual(await severity(renamed('Seat paid', free)), ['warning']);
  });
});

describe('promiseOf', () => {
  const cases: [string, number][] = [
    ['Payment confirmed', 2],
    ['PaymentConfirmed', 2],
    ['Payment processed successfully', 1],
    ['Invoice paid', 3],
    ['Card charged', 3],
    ['Order confirmed', 2],
    ['Payment request accepted', 0],
    ['Payment failed', 0],
    ['Order not confirmed', 0],
    ['Invoice unpaid', 0],
    ['Waiting until the order is confirmed', 0],
    ['Connection accepted', 0],
    ['Order shipped', 0],
  ];
  for (const [text, expected] of cases) it(`${text}: ${expected}`, () => equal(promiseOf(text), expected));
});
