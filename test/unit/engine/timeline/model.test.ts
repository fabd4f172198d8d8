import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Log } from '../../../../src/engine/index/log.ts';
import { HISTOGRAM_LEVELS } from '../../../../src/engine/timeline/histogram.ts';
import { modelOfRows } from '../../../../src/engine/timeline/model.ts';
import { timelineRows } from '../../../../src/engine/timeline/rows.ts';
import type { Message, Report } from '../../../../src/incident.ts';
import type { TimelineModel, TimelineScope } from '../../../../src/protocol.ts';
import { reportOf } from '../../emptyReport.ts';
import { anomaly, edge, evidence, type Line, logOfLines, node } from './logOfLines.ts';

const words = { sentence: ({ key }: Message) => `${key}!` };
const INCIDENT = { kind: 'incident' } as const;
const TRACE = { kind: 'trace', id: 't' } as const;

function modelOf(log: Log, scope: TimelineScope = INCIDENT, report: Report = reportOf()): TimelineModel {
  const rows = timelineRows(log, scope, report);
  ok(rows);
  return modelOfRows(log, rows, report, words);
}

describe('timeline model', () => {
  const lines: Line[] = [
    { at: 100, service: 'front', trace: 't', level: 'info' },
    { at: 110, service: 'back', trace: 't', level: 'info' },
    { at: 120, service: 'back', trace: 't', level: 'error', durationMs: 30_000, text: 'query timeout' },
    { at: 121, service: 'front', trace: 't', level: 'error' },
    { at: 400, service: 'front', level: 'warn' },
  ];
  const log = logOfLines(lines);
  const nodes = [node('back', 'service', 110), node('front', 'service', 100)];
  const support = { count: 9, examples: [evidence(3), evidence(4)] };
  const cascade = { nodes, edges: [edge('back', 'front', { support, lagMs: 77 })] };

  it('of an incident spans the log; of a trace, its entries and the work they tell of', () => {
    const whole = modelOf(log);
    deepEqual([whole.from, whole.to, whole.entries, whole.title], [100e6, 400e6, 5, '']);
    const trace = modelOf(log, TRACE);
    deepEqual([trace.from, trace.to, trace.entries, trace.title], [90e6, 121e6, 4, 't']);
  });

  it('has a bar for the work an entry tells of', () => {
    deepEqual(modelOf(log).bars, [
      { row: 1, from: 90e6, to: 120e6, name: 'query timeout', inferred: true, error: true, entry: 2 },
    ]);
  });

  it('has a bar for each service of a trace', () => {
    const bars = modelOf(log, TRACE).bars.map(({ row, from, to, name }) => [row, from / 1e6, to / 1e6, name]);
    deepEqual(bars, [
      [0, 100, 121, 'front'],
      [1, 110, 120, 'back'],
      [1, 90, 120, 'query timeout'],
    ]);
  });

  it('keeps the longest bar of each stretch where there are too many', () => {
    const busy = Array.from({ length: 20_000 }, (_, at) => ({ at, service: 'a', durationMs: at === 9_999 ? 900 : 5 }));
    const { bars } = modelOf(logOfLines(busy));
    ok(bars.length <= 4_000, `${bars.length} bars`);
    ok(bars.some(({ entry }) => entry === 9_999));
  });

  it('counts entries by level in even buckets, all of them', () => {
    const { histogram } = modelOf(log);
    const counts = [...histogram.counts];
    equal(histogram.bucket, 2e6);
    equal(histogram.from, 100e6);
    equal(
      counts.reduce((sum, count) => sum + count, 0),
      5,
    );
    const lastBucket = counts.slice(-HISTOGRAM_LEVELS);
    deepEqual(lastBucket, [0, 0, 0, 1, 0, 0, 0]);
  });

  it('flags anomalies in order of time, and an oddity as what it is, once', () => {
    const twice = anomaly('odd', 4);
    const report = reportOf({ anomalies: [twice, anomaly('slow', 2, { severity: 'error' })], oddities: [twice] });
    deepEqual(
      modelOf(log, INCIDENT, report).flags.map(({ rule, row, time, message, oddity, severity }) => [
        rule,
        row,
        time / 1e6,
        message,
        oddity,
        severity,
      ]),
      [
        ['slow', 1, 120, 'slow!', false, 'error'],
        ['odd', 0, 400, 'odd!', true, 'warning'],
      ],
    );
  });

  it('flags a trace through a related line, and leaves out what is not of the trace', () => {
    const related = [{ ...evidence(2), why: 'cause' as const }];
    const report = reportOf({ anomalies: [anomaly('burst', 4, { related }), anomaly('other', 4)] });
    deepEqual(
      modelOf(log, TRACE, report).flags.map(({ rule, entry }) => [rule, entry]),
      [['burst', 2]],
    );
  });

  it('draws edges between rows, with the figures of the scope', () => {
    const report = reportOf({ cascade });
    const [whole] = modelOf(log, INCIDENT, report).edges;
    deepEqual([whole.from, whole.to, whole.lagMs, whole.support.count], [0, 1, 77, 9]);
    const [trace] = modelOf(log, TRACE, report).edges;
    deepEqual([trace.from, trace.to, trace.lagMs, trace.order], [1, 0, 1000, 'timestamp']);
    deepEqual([trace.support.count, trace.support.examples.map(({ entry }) => entry)], [1, [3]]);
  });

  it('proves no order by equal times', () => {
    const tied = logOfLines([
      { at: 1, service: 'back', trace: 't', level: 'error' },
      { at: 1, service: 'front', trace: 't', level: 'error' },
    ]);
    const told = { nodes, edges: [edge('back', 'front', { support: { count: 1, examples: [evidence(1)] } })] };
    const [tie] = modelOf(tied, TRACE, reportOf({ cascade: told })).edges;
    deepEqual([tie.order, tie.lagMs], ['undetermined', null]);
  });

  it('draws no edge in a trace where one side had no trouble', () => {
    const calm = logOfLines([
      { at: 1, service: 'back', trace: 't' },
      { at: 2, service: 'front', trace: 't', level: 'error' },
    ]);
    const told = { nodes, edges: [edge('back', 'front', { support: { count: 1, examples: [evidence(1)] } })] };
    equal(modelOf(calm, TRACE, reportOf({ cascade: told })).edges.length, 0);
  });

  it('draws no edge in a trace that holds no line for it or against it', () => {
    const elsewhere = { count: 1, examples: [evidence(4)] };
    const edgesWith = (over: Partial<Report['cascade']['edges'][number]>) =>
      modelOf(log, TRACE, reportOf({ cascade: { nodes, edges: [edge('back', 'front', over)] } })).edges.length;
    equal(edgesWith({ support: elsewhere, counterexamples: elsewhere }), 0);
    equal(edgesWith({ support: elsewhere, counterexamples: { count: 1, examples: [evidence(3)] } }), 1);
  });

  it('words the causes and keeps the verdict', () => {
    const why = [
      { key: 'full', args: {} },
      { key: 'late', args: {} },
    ];
    const cause = { name: 'back', kind: 'service' as const, service: 'back', score: 0.8, why, evidence: [evidence(2)] };
    const model = modelOf(log, INCIDENT, reportOf({ rootCauses: [cause], verdict: 'ranked' }));
    deepEqual(model.causes, [
      { name: 'back', kind: 'service', score: 0.8, why: 'full!; late!', evidence: [evidence(2)] },
    ]);
    equal(model.verdict, 'ranked');
  });
});
