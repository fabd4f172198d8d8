/** All rules. Adding one means writing its file and naming it here. */
import { circuitBreaker } from './circuitBreaker.ts';
import { errorBurst } from './errorBurst.ts';
import { errorRate } from './errorRate.ts';
import { fatal } from './fatal.ts';
import { knownSymptom } from './knownSymptom.ts';
import { latencyOutlier } from './latencyOutlier.ts';
import { latencyShift } from './latencyShift.ts';
import { missingStep } from './missingStep.ts';
import { missingTraceId } from './missingTraceId.ts';
import { newTemplate } from './newTemplate.ts';
import { orphanSpan } from './orphanSpan.ts';
import { retryStorm } from './retryStorm.ts';
import { silence } from './silence.ts';
import { stateOrder } from './stateOrder.ts';
import { stuckEntity } from './stuckEntity.ts';
import type { LineRule, LogRule } from './study.ts';
import { thresholdBreach } from './thresholdBreach.ts';
import { thresholdTrend } from './thresholdTrend.ts';
import { timeout } from './timeout.ts';
import { unendedOperation } from './unendedOperation.ts';

/** A FATAL line is always told, whatever else it says. */
export const STANDALONE_RULES: readonly LineRule[] = [fatal];

/** The first of these that finds something speaks for a line: the specific before the general. */
export const LINE_RULES: readonly LineRule[] = [thresholdBreach, circuitBreaker, timeout, knownSymptom];

/** `time-oddity` is not among them: it runs first, and what it flags is kept from all of these. Nor is `clock-skew`, which judges clocks, not services. */
export const LOG_RULES: readonly LogRule[] = [
  errorBurst,
  errorRate,
  newTemplate,
  latencyShift,
  latencyOutlier,
  silence,
  retryStorm,
  thresholdTrend,
  unendedOperation,
  missingStep,
  stateOrder,
  stuckEntity,
  orphanSpan,
  missingTraceId,
];
