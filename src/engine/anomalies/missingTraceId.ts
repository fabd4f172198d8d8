/**
 * Lines without a trace's id in a service that writes one on others: they are lost to whoever follows a trace. A
 * service that never writes any is no finding; the advice lists it apart.
 */
import { type Log, NO_ID, NO_SERVICE } from '../index/log.ts';
import { stepsOf } from './steps.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import type { Survey } from './survey.ts';

/** The entries of one service and template that lack an id. */
export interface Idless {
  step: number;
  count: number;
  first: number;
}

export interface IdUse {
  service: number;
  entries: number;
  without: number;
  /** The most frequent first. */
  templates: Idless[];
}

const known = new WeakMap<Survey, IdUse[]>();

/** Of each service, how many of its lines have the id of a trace. Made once for a survey. */
export function idUseOf(survey: Survey): IdUse[] {
  let uses = known.get(survey);
  if (!uses) {
    uses = countIds(survey);
    known.set(survey, uses);
  }
  return uses;
}

function countIds({ log, includes, services }: Survey): IdUse[] {
  const steps = stepsOf(log);
  const counts = new Uint32Array(steps.all.length);
  const first = new Int32Array(steps.all.length).fill(-1);
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    if (log.trace[entry] !== NO_ID || log.service[entry] === NO_SERVICE || !includes(entry)) continue;
    const step = steps.of[entry];
    if (counts[step]++ === 0) first[step] = entry;
  }
  const uses = new Map<number, IdUse>();
  for (const [service, { entries }] of services) uses.set(service, { service, entries, without: 0, templates: [] });
  for (let step = 0; step < counts.length; step++) {
    if (counts[step] === 0) continue;
    const use = uses.get(steps.all[step].service);
    if (!use) continue;
    use.without += counts[step];
    use.templates.push({ step, count: counts[step], first: first[step] });
  }
  for (const { templates } of uses.values()) {
    templates.sort((one, other) => other.count - one.count || one.first - other.first);
  }
  return [...uses.values()].sort((one, other) => (log.services[one.service] < log.services[other.service] ? -1 : 1));
}

export const missingTraceId: LogRule = {
  name: 'missing-trace-id',
  async run(study: Study): Promise<LogVerdict> {
    const { log, survey } = study;
    const uses = idUseOf(survey).filter(({ entries, without }) => without > 0 && without < entries);
    const lines = await log.read(uses.map((use) => earliest(log, use)));
    const remarks = uses.map(
      (use, index): Finding => ({
        rule: missingTraceId.name,
        severity: 'hint',
        entry: lines[index],
        time: lines[index].timestamp,
        count: use.without,
        badness: use.without,
        effect: null,
        message: {
          key: 'missing-trace-id.lines',
          args: {
            service: log.services[use.service],
            lines: use.without,
            entries: use.entries,
            templates: use.templates.length,
            text: lines[index].message,
          },
        },
      }),
    );
    return { findings: [], remarks, notRun: null };
  },
};

function earliest({ time }: Log, { templates }: IdUse): number {
  return templates.reduce((found, { first }) => (time[first] < time[found] ? first : found), templates[0].first);
}
