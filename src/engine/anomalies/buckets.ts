/** The width of a time bucket that a log is dense enough for. */
import type { Survey } from './survey.ts';

const WIDTHS_S = [1, 10, 30, 60, 300];
const FEWEST_BUCKETS = 30;
/** Events a bucket and service that counting statistics need. */
const FEWEST_EVENTS = 5;

/** In microseconds; null where no width gives enough buckets with enough events. */
export function bucketWidth(survey: Survey): number | null {
  if (survey.from === null || survey.to === null) return null;
  const range = survey.to - survey.from;
  const entries = [...survey.services.values()].map((service) => service.entries).sort((a, b) => a - b);
  if (entries.length === 0) return null;
  const median = entries[Math.floor((entries.length - 1) / 2)];
  for (const seconds of WIDTHS_S) {
    const buckets = Math.floor(range / (seconds * 1e6)) + 1;
    if (buckets >= FEWEST_BUCKETS && median / buckets >= FEWEST_EVENTS) return seconds * 1e6;
  }
  return null;
}
