/** Operations that begin and never end: when that is news, and when it is how things are. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { isBegin } from '../../../../src/engine/anomalies/unendedOperation.ts';
import { inTrace, type Line, micros, story } from '../story.ts';

/** The traces with an unended operation, and the second at which each became visible. */
async function unended(lines: Line[]): Promise<[trace: string, second: number][]> {
  const { findings } = await findAnomalies(story(lines));
  return findings
    .filter(({ rule }) => rule === 'unended-operation')
    .map(({ entry, time }) => [entry.ids[0].value, ((time ?? 0) - micros(0)) / 1e6]);
}

/** Traces `from` to `to` in which alpha begins, ends where `ends` says so, and beta closes at `level`. */
function traces(from: number, to: number, ends: boolean, level = 'INFO'): Line[] {
  const lines: Line[] = [];
  for (let trace = from; trace < to; trace++) {
    lines.push([trace * 10, 'alpha', 'INFO', 'Lookup started', inTrace(trace)]);
    if (ends) lines.push([trace * 10 + 1, 'alpha', 'INFO', 'Lookup finished', inTrace(trace)]);
    lines.push([trace * 10 + 2, 'beta', level, 'Answer written', inTrace(trace)]);
  }
  return lines;
}

describe('unended-operation', () => {
  const cases: [title: string, lines: Line[], found: [string, number][]][] = [
    ['is told when trouble follows', traces(0, 1, false, 'WARN'), [['trace-0', 2]]],
    ['is not told of few traces without trouble', traces(0, 3, false), []],
    ['is not told where the end came', traces(0, 3, true, 'ERROR'), []],
    [
      'is told without trouble where the end nearly always comes',
      [...traces(0, 40, true), ...traces(40, 41, false)],
      [['trace-40', 402]],
    ],
    ['is not told where the end often fails to come', [...traces(0, 30, true), ...traces(30, 45, false)], []],
    [
      'is told where the end often comes and trouble follows',
      [...traces(0, 30, true), ...traces(30, 40, false), ...traces(40, 41, false, 'ERROR')],
      [['trace-40', 402]],
    ],
    ['is not told where it never ends at all', traces(0, 30, false, 'WARN'), []],
    [
      'is not told where nobody goes on',
      [
        [0, 'beta', 'WARN', 'Slow', inTrace(0)],
        [1, 'alpha', 'INFO', 'Lookup started', inTrace(0)],
      ],
      [],
    ],
    [
      'is seen at the first trouble, not at the first line that follows',
      [
        [0, 'alpha', 'INFO', 'Lookup started', inTrace(0)],
        [1, 'beta', 'INFO', 'Still here', inTrace(0)],
        [2, 'gamma', 'ERROR', 'No answer', inTrace(0)],
      ],
      [['trace-0', 2]],
    ],
    [
      'is not told of a line at WARN, which tells of itself',
      [
        [0, 'alpha', 'WARN', 'Retry started', inTrace(0)],
        [2, 'gamma', 'ERROR', 'No answer', inTrace(0)],
      ],
      [],
    ],
    [
      'is not told of a service that only ever says it begins',
      Array.from({ length: 30 }, (_, trace): Line[] => [
        [trace * 10, 'alpha', 'INFO', 'Request received', inTrace(trace)],
        [trace * 10 + 1, 'alpha', 'INFO', 'Request received', inTrace(trace)],
        [trace * 10 + 2, 'beta', 'INFO', 'Request received', inTrace(trace)],
      ]).flat(),
      [],
    ],
    [
      'needs a trace',
      [
        [0, 'alpha', 'INFO', 'Lookup started'],
        [2, 'gamma', 'ERROR', 'No answer'],
      ],
      [],
    ],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(await unended(lines), found));
});

describe('isBegin', () => {
  const cases: [string, boolean][] = [
    ['Database query started', true],
    ['Inventory reservation requested', true],
    ['Payment request received', true],
    ['Reservation request', true],
    ['Calling <*>', true],
    ['Acquiring connection', true],
    ['waitingForLock', true],
    ['Query finished, started <*> ago', false],
    ['Request completed', false],
    ['Payment confirmed', false],
    ['Restarted', false],
  ];
  for (const [text, expected] of cases) it(`${text}: ${expected}`, () => deepEqual(isBegin(text), expected));
});
