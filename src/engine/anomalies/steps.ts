/** A step is a message template as one service says it. Numbered once for a log, so that rules compare numbers. */
import { type Log, NO_SERVICE } from '../index/log.ts';
import type { Survey } from './survey.ts';

export interface Step {
  service: number;
  template: number;
}

export interface Steps {
  /** By entry: the number of its step. */
  of: Uint32Array;
  all: readonly Step[];
}

const known = new WeakMap<Log, Steps>();

export function stepsOf(log: Log): Steps {
  let steps = known.get(log);
  if (!steps) {
    steps = numberSteps(log);
    known.set(log, steps);
  }
  return steps;
}

function numberSteps(log: Log): Steps {
  const of = new Uint32Array(log.count);
  const all: Step[] = [];
  const numbers = new Map<number, number>();
  for (let entry = 0; entry < log.count; entry++) {
    const [service, template] = [log.service[entry], log.template[entry]];
    const key = template * 0x10000 + service;
    let number = numbers.get(key);
    if (number === undefined) {
      number = all.push({ service, template }) - 1;
      numbers.set(key, number);
    }
    of[entry] = number;
  }
  return { of, all };
}

/** What a step says, its variables masked. */
export function stepText(log: Log, { template }: Step): string {
  return log.templates[template].text;
}

export function stepService(log: Log, { service }: Step): string | null {
  return service === NO_SERVICE ? null : log.services[service];
}

/** Whether the log holds a service from before one time until after another: else it could not have said anything. */
export function isHeard(survey: Survey, { service }: Step, from: number, to: number): boolean {
  const { log, services } = survey;
  if (to > (survey.to ?? Number.NEGATIVE_INFINITY)) return false;
  if (service === NO_SERVICE) return log.files.length < 2;
  const { first, last } = services.get(service) ?? { first: null, last: null };
  return first !== null && last !== null && first <= from && last >= to;
}
