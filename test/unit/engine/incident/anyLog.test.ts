/** Whatever a log holds, the report comes, and it is the same each time. */
import { deepEqual, ok } from 'node:assert/strict';
import { array, assert, asyncProperty, constantFrom, integer, jsonValue, oneof, record, string } from 'fast-check';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import { memoryLog } from '../memoryLog.ts';

const KEY = oneof(
  constantFrom(
    'threshold',
    'max',
    'max_connections',
    'connections',
    'duration_ms',
    'upstream_service',
    'host',
    'source',
  ),
  constantFrom('error', 'status', 'constructor', 'order_id', '__proto__', ''),
  string({ maxLength: 8 }),
);
const VALUE = oneof(
  jsonValue(),
  constantFrom('12%', '5s', 'alpha', 'ledger-db', -1, 0, 1e308),
  string({ maxLength: 12 }),
);
const MESSAGE = oneof(
  constantFrom('Query started', 'Alpha service timeout', 'Database pool exhausted', 'constructor', '((('),
  string(),
);
const LINE = record({
  at: integer({ min: 0, max: 600 }),
  level: constantFrom('INFO', 'WARN', 'ERROR', 'FATAL', 'odd'),
  service: constantFrom('alpha', 'beta', 'db', 'service', '__proto__', null),
  trace: constantFrom('1', '2', '3', null),
  message: MESSAGE,
  fields: array(record({ key: KEY, value: VALUE }), { maxLength: 5 }),
});

describe('any log', () => {
  it('gets a report, the same one twice', () =>
    assert(
      asyncProperty(array(LINE, { maxLength: 40 }), async (lines) => {
        const text = lines.map(({ at, level, service, trace, message, fields }) =>
          JSON.stringify({
            timestamp: new Date(Date.UTC(2024, 0, 1) + at * 1000).toISOString(),
            level,
            service,
            trace_id: trace,
            message,
            ...Object.fromEntries(fields.map(({ key, value }) => [key, value])),
          }),
        );
        const files = { 'a.jsonl': text.join('\n') };
        const report = await analyse(memoryLog(files));
        deepEqual(await analyse(memoryLog(files)), report);
        const names = new Set(report.cascade.nodes.map(({ name }) => name));
        for (const { from, to } of report.cascade.edges) ok(names.has(from) && names.has(to) && from !== to);
        ok(report.rootCauses.every(({ score }) => score > 0 && score <= 1));
        for (const { args } of report.anomalies.map(({ message }) => message)) {
          for (const value of Object.values(args)) ok(typeof value === 'string' || Number.isFinite(value));
        }
      }),
      { numRuns: 300, seed: 7 },
    ));
});
