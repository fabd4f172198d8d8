import { deepEqual, equal, ok } from 'node:assert/strict';
import { around, explain, overlapping } from '../../../../src/engine/explain/explain.ts';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import type { ExplainScope, Explanation } from '../../../../src/explanation.ts';
import type { Incident } from '../../../../src/incident.ts';
import type { TimeRange } from '../../../../src/model.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const BEGIN = Date.parse('2024-05-01T06:00:00Z');

const incident = (from: number, to: number, service = 'a', anomalies = 1): Incident => ({
  from,
  to,
  anomalies,
  services: [service],
});

function line(minute: number, service: string, level: string, message: string, fields = {}): string {
  const timestamp = new Date(BEGIN + minute * 60_000).toISOString();
  return JSON.stringify({ timestamp, level, service, message, ...fields });
}

/** Two troubles that have nothing to do with each other, two hours apart. */
const TWO = Array.from({ length: 40 }, (_, i) => {
  const minute = i * 4;
  const trace_id = `web${i}aa${i}`;
  const isWeb = i >= 5 && i < 9;
  const isMail = i >= 35 && i < 39;
  return [
    line(minute, 'web', 'INFO', 'Request served', { trace_id }),
    line(minute, 'mail', 'INFO', 'Mail sent'),
    ...(isWeb
      ? [
          line(minute, 'web', 'ERROR', 'Connection refused', {
            host: 'web-db',
            trace_id,
            connections_active: 50,
            connections_max: 50,
          }),
        ]
      : []),
    ...(isMail
      ? [
          line(minute, 'mail', 'ERROR', 'Connection refused', {
            host: 'relay',
            connections_active: 20,
            connections_max: 20,
          }),
        ]
      : []),
  ];
}).flat();

async function explained(lines: readonly string[], scope: ExplainScope): Promise<Explanation | null> {
  const { log } = await openMemoryLog({ '/log/all.jsonl': `${lines.join('\n')}\n` });
  return explain(log, scope, (range?: TimeRange) => analyse(log, range));
}

describe('explaining', () => {
  it('keeps incidents apart that have nothing to do with each other, and ranks in each', async () => {
    const found = await explained(TWO, { kind: 'log' });
    ok(found);
    equal(found.report.incidents.length, 2);
    deepEqual(
      found.incidents.map(({ incidents, report }) => [incidents[0].services, report.rootCauses[0]?.name]),
      [
        [['web'], 'web-db'],
        [['mail'], 'relay'],
      ],
    );
    for (const { report } of found.incidents) ok(report.entries < found.report.entries);
    deepEqual(
      found.incidents.map(({ impact }) => [impact.errors, impact.traces?.failed]),
      [
        [4, 4],
        [4, 0],
      ],
    );
  });

  it('explains a range by itself', async () => {
    const from = (BEGIN + 100 * 60_000) * 1000;
    const found = await explained(TWO, { kind: 'range', from, to: null });
    equal(found?.incidents.length, 1);
    deepEqual(found?.incidents[0].incidents[0].services, ['mail']);
    equal(found?.impact.errors, 4);
  });

  it('explains one trace, and nothing for an id that the log does not hold', async () => {
    const found = await explained(TWO, { kind: 'trace', id: 'web6aa6' });
    ok(found?.trace);
    deepEqual(
      found.trace.events.map(({ message }) => message),
      ['Request served', 'Connection refused'],
    );
    deepEqual([found.impact.entries, found.impact.errors], [2, 1]);
    equal(await explained(TWO, { kind: 'trace', id: 'no-such-id' }), null);
    equal(await explained(TWO, { kind: 'trace', id: '' }), null);
  });

  it('finds no incident where nothing is wrong', async () => {
    const quiet = TWO.filter((each) => !each.includes('ERROR'));
    const found = await explained(quiet, { kind: 'log' });
    deepEqual([found?.incidents, found?.more, found?.impact.errors], [[], [], 0]);
  });

  it('joins what overlaps, and parts what does not', () => {
    const [a, b, c, d] = [incident(0, 10), incident(5, 6, 'b'), incident(8, 20, 'c'), incident(21, 22)];
    deepEqual(overlapping([d, c, b, a]), [[a, b, c], [d]]);
    deepEqual(overlapping([]), []);
  });

  it('looks around an incident up to half-way to its neighbours, and never beyond the log', () => {
    const minutes = (n: number) => n * 60e6;
    const one = incident(minutes(10), minutes(20));
    const near = incident(minutes(21), minutes(22));
    const far = incident(minutes(300), minutes(320));
    const groups = [[one], [near], [far]];
    const whole = { from: minutes(9.5), to: minutes(320) };
    deepEqual(around(groups, 0, whole), { from: minutes(9.5), to: minutes(20.5) });
    deepEqual(around(groups, 1, whole), { from: minutes(20.5), to: minutes(23) });
    deepEqual(around(groups, 2, whole), { from: minutes(299), to: minutes(320) });
  });
});
