/**
 * Recorded spans whose parent is nowhere in the log. Where few are, spans were lost; where most are, the callers
 * report elsewhere, which is no news.
 */
import { SPAN_KEYS } from '../../model.ts';
import { NO_SERVICE } from '../index/log.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import type { Survey } from './survey.ts';

/** Above this share of a service's spans its callers are simply not in the log. */
const USUAL = 0.2;

interface Orphans {
  /** The first in order of time. */
  first: number;
  count: number;
}

export const orphanSpan: LogRule = {
  name: 'orphan-span',
  async run({ log, survey }: Study): Promise<LogVerdict> {
    const found = new Map<number, Orphans>();
    for (const entry of log.orphanSpans) {
      if (!survey.includes(entry)) continue;
      const known = found.get(log.service[entry]);
      if (!known) found.set(log.service[entry], { first: entry, count: 1 });
      else {
        known.count++;
        if (log.time[entry] < log.time[known.first]) known.first = entry;
      }
    }
    if (found.size === 0) return { findings: [], notRun: null };
    const spans = spansOf(survey);
    const all = [...found].sort(([one], [other]) => one - other);
    const lines = await log.read(all.map(([, { first }]) => first));
    const remarks = all.map(
      ([service, { count }], index): Finding => ({
        rule: orphanSpan.name,
        severity: count <= USUAL * spans[service] ? 'information' : 'hint',
        entry: lines[index],
        time: lines[index].timestamp,
        count,
        badness: count,
        effect: null,
        message: {
          key: 'orphan-span.parent',
          args: {
            orphans: count,
            spans: spans[service],
            service: lines[index].service ?? '',
            text: lines[index].message,
          },
        },
      }),
    );
    return { findings: [], remarks, notRun: null };
  },
};

/** By service. */
function spansOf({ log, includes }: Survey): Uint32Array {
  const spans = new Uint32Array(NO_SERVICE + 1);
  const isSpan = log.layouts.map((keys) => SPAN_KEYS.every((key) => keys.includes(key)));
  const holdsSpans = log.files.map((file) => file.spans !== null);
  for (let entry = 0; entry < log.count; entry++) {
    if (isSpan[log.layout[entry]] && holdsSpans[log.file[entry]] && includes(entry)) spans[log.service[entry]]++;
  }
  return spans;
}
