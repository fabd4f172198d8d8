/** Steps in the wrong order: what proves one, and what proves none. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { inTrace, type Line, story } from '../story.ts';
import { journeys } from './journeyLines.ts';

async function reversed(lines: Line[]): Promise<string[]> {
  const { findings, notRun } = await findAnomalies(story(lines));
  const told = findings.filter(({ rule }) => rule === 'state-order');
  if (notRun.some(({ rule }) => rule === 'state-order')) return ['not run'];
  return told.map(
    ({ entry, effect, message }) =>
      `${entry.ids[0].value}: ${entry.message} before ${effect?.message}, ${message.args.step}`,
  );
}

/** The `from`-th line of some orders at the time of the `to`-th, `by` seconds before it. */
function moved(from: number, to: number, by: number, isMoved: (order: number) => boolean) {
  return (order: number, lines: Line[]): Line[] =>
    lines.map(
      (line, place): Line =>
        place === from && isMoved(order) ? [lines[to][0] - by, line[1], line[2], line[3], line[4] ?? {}] : line,
    );
}

const ids = (order: number) => inTrace(order);
const only = (wanted: number) => (order: number) => order === wanted;

describe('state-order', () => {
  const told = 'trace-7: Order completed before Payment confirmed, Payment confirmed';
  const cases: [title: string, lines: Line[], found: string[]][] = [
    ['is silent where all is in order', journeys(120, { ids }), []],
    ['tells two states in reverse', journeys(120, { ids, change: moved(3, 1, 0.002, only(7)) }), [told]],
    ['tells no order of equal times', journeys(120, { ids, change: moved(3, 2, 0, only(7)) }), []],
    ['leaves some time to the clocks of two services', journeys(120, { ids, change: moved(2, 1, 0.04, only(7)) }), []],
    [
      'tells of two services what clocks do not explain',
      journeys(120, { ids, change: moved(2, 1, 0.06, only(7)) }),
      ['trace-7: Items packed before Payment confirmed, Payment confirmed'],
    ],
    [
      'is silent of what comes both ways',
      journeys(120, { ids, change: moved(3, 1, 0.5, (order) => order % 20 === 7) }),
      [],
    ],
    ['needs thirty like ones', journeys(29, { ids, change: moved(3, 1, 0.5, only(7)) }), ['not run']],
    ['needs so many that one is the exception', journeys(60, { ids, change: moved(3, 1, 0.5, only(7)) }), []],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(await reversed(lines), found));
});
