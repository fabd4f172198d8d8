/** The share of requests that fail, and messages that were never there before. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { inTrace, type Line, micros, story } from '../story.ts';

/** Thirty requests a second of three lines each; those fail for which `fails` says so, each in words of its own. */
function requests(seconds: number, fails: (second: number, request: number) => boolean): Line[] {
  const lines: Line[] = [];
  for (let second = 0; second < seconds; second++) {
    for (let request = 0; request < 30; request++) {
      const [at, trace] = [second + request / 30, inTrace(`${second}-${request}`)];
      lines.push([at, 'shop', 'INFO', 'asked', trace], [at + 0.001, 'shop', 'INFO', 'working', trace]);
      if (fails(second, request)) lines.push([at + 0.002, 'shop', 'ERROR', `broken ${'abcdefgh'[request % 8]}`, trace]);
    }
  }
  return lines;
}

async function told(rule: string, lines: Line[]): Promise<string[]> {
  const { findings } = await findAnomalies(story(lines));
  return findings
    .filter((finding) => finding.rule === rule)
    .map(
      ({ severity, time, message: { args } }) =>
        `${severity} ${((time ?? 0) - micros(0)) / 1e6} ${args.failed}/${args.requests}`,
    );
}

describe('error-rate', () => {
  const within = (from: number, to: number, every: number) => (second: number, request: number) =>
    second >= from && second < to && request % every === 0;
  const cases: [title: string, lines: Line[], found: string[]][] = [
    ['warns of a share that rises and stays', requests(60, within(40, 44, 3)), ['warning 40.002 40/120']],
    ['tells one bucket', requests(60, within(40, 41, 3)), ['information 40.002 10/30']],
    ['is quiet about a steady share', requests(60, within(0, 60, 4)), []],
    ['is quiet below five failures', requests(60, within(40, 41, 8)), []],
    ['is quiet without a baseline', requests(60, within(2, 8, 3)), []],
    ['counts a request once, however often it fails', requests(60, () => false).concat(oneThatFails(40)), []],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(await told('error-rate', lines), found));
});

function oneThatFails(second: number): Line[] {
  return Array.from(
    { length: 25 },
    (_, at): Line => [second + at / 100, 'shop', 'ERROR', 'broken again', inTrace('one')],
  );
}

describe('new-template', () => {
  const life = (seconds: number, more: Line[]): Line[] =>
    Array.from({ length: seconds }, (_, second): Line => [second, 'shop', 'INFO', 'served']).concat(more);
  const late = (count: number, level: string, from = 1200): Line[] =>
    Array.from({ length: count }, (_, at): Line => [from + at * 3, 'shop', level, 'never seen']);

  const severities = async (lines: Line[]): Promise<string[]> => {
    const { findings } = await findAnomalies(story(lines));
    return findings.filter(({ rule }) => rule === 'new-template').map(({ severity, count }) => `${severity} ${count}`);
  };
  const cases: [title: string, lines: Line[], found: string[]][] = [
    ['warns of an error that was never there and keeps coming', life(1800, late(12, 'ERROR')), ['warning 12']],
    ['only tells of a lone one, which may be rare', life(1800, late(1, 'ERROR')), ['information 1']],
    ['hints at what is no error', life(1800, late(40, 'INFO')), ['hint 40']],
    ['is quiet about what is rare and no error', life(1800, late(2, 'INFO')), []],
    ['is quiet in the first fifth', life(9000, late(12, 'ERROR')), []],
    ['is quiet in the first ten minutes', life(1200, late(12, 'ERROR', 500)), []],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(await severities(lines), found));

  it('takes what never repeats for masked too little', async () => {
    const each = Array.from(
      { length: 26 },
      (_, at): Line => [900 + at, 'shop', 'ERROR', `no ${'abcdefghijklmnopqrstuvwxyz'[at]}`],
    );
    deepEqual(await severities(life(1800, each)), []);
  });

  it('says so where the log is short', async () => {
    const { notRun } = await findAnomalies(story(life(60, [])));
    deepEqual(
      notRun.filter(({ rule }) => rule === 'new-template').map(({ reason }) => reason.key),
      ['not-run.short'],
    );
  });
});
