/** What journeys lack, as the report tells it: what would have come next, when, and where a like one has it. */
import type { MissingStep } from '../../incident.ts';
import type { Entry } from '../../model.ts';
import { evidence } from '../incident/evidence.ts';
import type { Journeys } from './journeys.ts';
import { stepService, stepText } from './steps.ts';

/** Steps that one journey is said to lack. */
export const MOST_LACKS = 8;

export interface Lack {
  step: number;
  expected: number;
  /** How many like journeys have it. */
  passed: number;
}

export interface Gap {
  id: number;
  /** The last line before what is lacking. */
  after: Entry;
  lacks: readonly Lack[];
}

/** `example` is a journey that has it all; `like`, how many tell what is usual. */
export async function missingSteps(
  { log, steps, entriesOf }: Journeys,
  rule: MissingStep['rule'],
  gaps: readonly Gap[],
  example: number,
  like: number,
): Promise<MissingStep[]> {
  const told = [...new Set(gaps.flatMap(({ lacks }) => lacks.map(({ step }) => step)))];
  const entries = entriesOf(example);
  const lines = await log.read(told.map((step) => entries.find((entry) => steps.of[entry] === step) ?? entries[0]));
  return gaps.flatMap(({ id, after, lacks }) =>
    lacks.map(({ step, expected, passed }) => ({
      rule,
      id: log.ids.text(id),
      service: stepService(log, steps.all[step]),
      step: stepText(log, steps.all[step]),
      after: evidence(after),
      expected,
      example: { ...evidence(lines[told.indexOf(step)]), id: log.ids.text(example) },
      like,
      withStep: passed,
    })),
  );
}
