/** What is injected into healthy logs is found, and nothing is found in them where nothing is. */
import { deepEqual, ok } from 'node:assert/strict';
import { analyse } from '../../../../../src/engine/incident/analyse.ts';
import { story } from '../../story.ts';
import { healthyLog } from './healthyLog.ts';
import { INJECTIONS } from './injections.ts';
import { tryInjection } from './measure.ts';

/** Seeds of their own: the figures in docs/accuracy.md are of others. */
const SEEDS = [901, 902, 903];

describe('injected faults', () => {
  const strongest = new Map(INJECTIONS.map((injection) => [injection.rule, injection]));
  for (const injection of strongest.values()) {
    it(`are found by ${injection.rule}: ${injection.effect}`, async () => {
      const outcomes = [];
      for (const seed of SEEDS) outcomes.push(await tryInjection(injection, seed));
      const found = outcomes.filter((outcome) => outcome.found).length;
      ok(found >= SEEDS.length - 1, `${found} of ${SEEDS.length}`);
    });
  }

  for (const seed of SEEDS) {
    it(`are none in a healthy log (seed ${seed})`, async () => {
      const { anomalies, rootCauses } = await analyse(story(healthyLog(seed)));
      const loud = anomalies.filter(({ severity }) => severity === 'warning' || severity === 'error');
      deepEqual(
        loud.map(({ rule, message }) => `${rule} ${message.args.text}`),
        [],
      );
      deepEqual(rootCauses, []);
    });
  }
});
