/** Injects faults into healthy logs and counts what the report says of them. */
import { analyse } from '../../../../../src/engine/incident/analyse.ts';
import type { Anomaly } from '../../../../../src/incident.ts';
import { Random } from '../../../../bench/random.ts';
import { type Line, micros, story } from '../../story.ts';
import { healthyLog, SECONDS } from './healthyLog.ts';

/** Where the fault is: the service whose lines tell it, and from when to when, in seconds. */
export interface Truth {
  service: string;
  from: number;
  to: number;
}

export interface Injected {
  lines: Line[];
  truth: Truth;
}

/** One kind of fault of one size, and the rule that is to find it. */
export interface Injection {
  rule: string;
  /** What was done, with its size: `3 × as slow`. */
  effect: string;
  /** Changes the lines of a healthy log, which are its own to change. */
  inject(healthy: Line[], random: Random): Injected;
}

export interface Outcome {
  found: boolean;
  /** As a warning or an error. */
  loud: boolean;
  /** Seconds from the fault's begin to the anomaly's time; null where it was missed. */
  onsetError: number | null;
  /** Anomalies of the rule, hints aside, that are not of the fault. */
  false: number;
}

/** An anomaly so near to the fault, in seconds, is of it. */
const NEAR = 60;

export async function tryInjection({ rule, effect, inject }: Injection, seed: number): Promise<Outcome> {
  const random = new Random(seed * 31 + effect.length * 7 + rule.length);
  const { lines, truth } = inject(healthyLog(seed), random);
  const { anomalies } = await analyse(story(lines));
  const told = anomalies.filter((anomaly) => anomaly.rule === rule && anomaly.severity !== 'hint');
  const hits = told.filter((anomaly) => isOf(anomaly, truth));
  const first = hits.reduce((least, { timestamp }) => Math.min(least, timestamp ?? least), Number.POSITIVE_INFINITY);
  return {
    found: hits.length > 0,
    loud: hits.some(({ severity }) => severity === 'warning' || severity === 'error'),
    onsetError: hits.length === 0 ? null : (first - micros(truth.from)) / 1e6,
    false: told.length - hits.length,
  };
}

function isOf({ service, timestamp }: Anomaly, truth: Truth): boolean {
  const at = timestamp ?? Number.NaN;
  return service === truth.service && at >= micros(truth.from - NEAR) && at <= micros(truth.to + NEAR);
}

/** A moment in the middle of the log from which a fault of `length` seconds has room before and behind it. */
export function someMoment(random: Random, length: number): number {
  return random.between(Math.ceil(SECONDS * 0.5), Math.floor(SECONDS * 0.9 - length));
}
