/** Bursts of errors against what came before. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { type Line, story } from '../story.ts';

/** Two services with `usual` lines a second each, and errors of alpha at the given seconds. */
function log(
  seconds: number,
  errors: Record<number, number>,
  silentFrom = Number.POSITIVE_INFINITY,
  silence = 0,
): Line[] {
  const lines: Line[] = [];
  for (let second = 0; second < seconds; second++) {
    const at = second < silentFrom ? second : second + silence;
    for (const service of ['alpha', 'beta']) {
      for (let line = 0; line < 6; line++) lines.push([at + line / 10, service, 'INFO', 'served']);
    }
    for (let line = 0; line < (errors[second] ?? 0); line++)
      lines.push([at + 0.7 + line / 1000, 'alpha', 'ERROR', 'broken']);
  }
  return lines;
}

async function bursts(lines: Line[]): Promise<string[]> {
  const { findings, notRun } = await findAnomalies(story(lines));
  const told = notRun.filter(({ rule }) => rule === 'error-burst').map(({ reason }) => reason.key);
  const found = findings.filter(({ rule }) => rule === 'error-burst');
  const against = ({ usual, before }: Record<string, string | number>): string =>
    before === undefined ? `usual ${usual}` : `after ${before}`;
  return [...told, ...found.map(({ severity, count, message }) => `${severity} ${count} ${against(message.args)}`)];
}

const steady = (seconds: number, count: number): Record<number, number> =>
  Object.fromEntries(Array.from({ length: seconds }, (_, second) => [second, count]));

/** From the half on, alpha fails at every `every`-th second: too seldom for the buckets that the log as a whole can fill. */
function badDeploy(seconds: number, every: number): Line[] {
  return Array.from({ length: seconds }, (_, second): Line[] => [
    [second, 'alpha', 'INFO', 'served'],
    [second + 0.5, 'beta', 'INFO', 'served'],
    ...(second >= seconds / 2 && second % every === 0 ? [[second + 0.7, 'alpha', 'ERROR', 'broken'] as Line] : []),
  ]).flat();
}

const SPARSE = 'not-run.sparse';
const ONSET = 'warning 20 after 60';

/** A slow consumer that fails at every third entry from the given second on. */
function slowConsumer(seconds: number, from: number): Line[] {
  return Array.from({ length: seconds }, (_, at): Line => {
    const fails = at >= from && at % 3 === 0;
    return fails ? [at, 'alpha', 'ERROR', 'failed to process, requeueing'] : [at, 'alpha', 'INFO', 'processed'];
  });
}

describe('error-burst', () => {
  const cases: [title: string, lines: Line[], found: string[]][] = [
    ['tells a lone burst', log(40, { 30: 8 }), ['information 8 usual 0']],
    ['warns of a burst that lasts', log(40, { 30: 8, 31: 9, 32: 8 }), ['warning 25 usual 0']],
    ['is quiet about a few errors', log(40, { 30: 4 }), []],
    ['is quiet without a baseline', log(40, { 5: 20 }), []],
    ['is quiet about a steady rate', log(40, steady(40, 8)), []],
    ['is quiet below three times the usual', log(40, { ...steady(40, 8), 30: 23 }), []],
    ['tells three times the usual', log(40, { ...steady(40, 8), 30: 30 }), ['information 30 usual 8']],
    ['tells two bursts apart', log(60, { 30: 8, 50: 8 }), ['information 8 usual 0', 'information 8 usual 0']],
    ['does not take hours without any line for quiet ones', log(40, { 8: 30 }, 8, 7200), []],
    ['warns of what begins and stays, in wider buckets', badDeploy(4200, 7), ['warning 300 usual 0']],
    ['is quiet about what is rare in any bucket', badDeploy(4200, 100), []],
    ['warns of what a short log never said before and then goes on saying', slowConsumer(120, 60), [SPARSE, ONSET]],
    ['is quiet about what a short log said from the beginning', slowConsumer(120, 3), [SPARSE]],
    ['says so where the log is too short', log(20, { 15: 30 }), ['not-run.sparse']],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(await bursts(lines), found));
});
