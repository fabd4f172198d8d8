/** A report written by hand: each part of the model at least once, log text that attacks included. */
import type { Anomaly, CascadeEdge, Evidence, Report } from '../../../src/incident.ts';
import type { Micros } from '../../../src/model.ts';
import { reportOf } from '../emptyReport.ts';

export const HOSTILE = 'x\u001b[2J|<img src=x onerror=alert(1)>`*_[link](command:evil)\r\nFORGED 12:00\u202e';

const time = (clock: string): Micros => Date.parse(`2023-08-15T${clock}Z`) * 1000;

export function line(file: string, number: number, clock: string, message: string): Evidence {
  return { file, line: number, column: 1, entry: number, timestamp: time(clock), message };
}

const SHOP_6 = line('shop.jsonl', 6, '11:17:41.321', 'Database query started');
const SHOP_12 = line('shop.jsonl', 12, '12:01:58.325', 'Database query timeout');
const SHOP_18 = line('shop.jsonl', 18, '13:00:56.789', 'Database connection pool exhausted');
const DOOR_5 = line('door.jsonl', 5, '11:17:43.129', 'Upstream shop timed out');
const EVIL = line('evil|name.jsonl', 1, '12:30:00.000', HOSTILE);

function anomaly(rule: string, at: Evidence, rest: Partial<Anomaly>): Anomaly {
  return {
    rule,
    severity: 'warning',
    service: 'shop',
    file: at.file,
    line: at.line,
    column: at.column,
    entry: at.entry,
    timestamp: at.timestamp,
    message: { key: 'timeout.message', args: { text: at.message } },
    count: 1,
    related: [],
    traceId: null,
    consequenceOf: null,
    ...rest,
  };
}

function edge(from: string, to: string, rest: Partial<CascadeEdge>): CascadeEdge {
  return {
    from,
    to,
    confidence: 'mention',
    order: 'undetermined',
    lagMs: 0,
    support: { count: 1, examples: [DOOR_5] },
    counterexamples: { count: 0, examples: [] },
    ...rest,
  };
}

const ODDITY = anomaly('time-oddity', DOOR_5, { severity: 'information', service: 'door', timestamp: null });

export const REPORT: Report = {
  files: [
    { path: 'door.jsonl', format: 'json', entries: 12, unrecognisedLines: 0, assumed: { zone: null, year: null } },
    { path: 'shop.jsonl', format: 'json', entries: 18, unrecognisedLines: 2, assumed: { zone: 'UTC', year: 2023 } },
    { path: 'evil|name.jsonl', format: 'json', entries: 1, unrecognisedLines: 0, assumed: { zone: null, year: null } },
  ],
  skipped: [{ path: 'photo.log', reason: 'no line of its first 64 KiB is recognised' }],
  entries: 31,
  timeRange: { from: time('10:15:03.231'), to: time('13:05:12.000') },
  services: [
    {
      name: 'shop',
      entries: 18,
      errors: 6,
      fatals: 1,
      firstSeen: time('10:30:14.987'),
      lastSeen: time('13:00:56.789'),
      firstAnomaly: time('11:17:43.129'),
    },
    { name: 'door', entries: 12, errors: 0, fatals: 0, firstSeen: null, lastSeen: null, firstAnomaly: null },
    { name: HOSTILE, entries: 1, errors: 1, fatals: 0, firstSeen: null, lastSeen: null, firstAnomaly: null },
  ],
  anomalies: [
    anomaly('fatal', SHOP_18, {
      severity: 'error',
      message: { key: 'fatal.entry', args: { text: SHOP_18.message } },
      related: [{ ...SHOP_12, why: 'first' }],
      traceId: '3d4e5f6a7b8c',
    }),
    anomaly('timeout', SHOP_12, { count: 23 }),
    anomaly('timeout', EVIL, { service: HOSTILE, severity: 'hint', related: [{ ...EVIL, why: 'worst' }] }),
    anomaly('timeout', DOOR_5, { service: 'door', severity: 'information', consequenceOf: 'shop' }),
    ODDITY,
  ],
  incidents: [{ from: time('11:17:41.321'), to: time('13:00:56.789'), anomalies: 4, services: ['shop', 'door'] }],
  cascade: {
    nodes: [
      { name: 'door', kind: 'service', onset: time('11:17:43.129'), onsetCertainty: 'recorded', evidence: [DOOR_5] },
      { name: 'shop', kind: 'service', onset: time('11:17:43.129'), onsetCertainty: 'recorded', evidence: [SHOP_12] },
      {
        name: 'shop db',
        kind: 'resource',
        onset: time('11:17:41.321'),
        onsetCertainty: 'inferred',
        evidence: [SHOP_6],
      },
      { name: HOSTILE, kind: 'resource', onset: null, onsetCertainty: 'recorded', evidence: [EVIL] },
    ],
    edges: [
      edge('shop', 'door', {}),
      edge('shop db', 'shop', {
        confidence: 'peer',
        order: 'timestamp',
        lagMs: 1808,
        support: { count: 9, examples: [SHOP_12, SHOP_18] },
        counterexamples: { count: 1, examples: [SHOP_6] },
      }),
      edge('shop db', 'door', { confidence: 'order', order: 'proven', lagMs: null }),
      edge(HOSTILE, 'door', { lagMs: 12 }),
    ],
  },
  rootCauses: [
    {
      name: 'shop db',
      kind: 'resource',
      service: 'shop',
      score: 0.62,
      why: [{ key: 'timeout.message', args: { text: 'why' } }],
      evidence: [SHOP_18, SHOP_12, SHOP_6],
    },
    { name: HOSTILE, kind: 'resource', service: null, score: 0.04, why: [], evidence: [EVIL] },
  ],
  verdict: 'ranked',
  alerts: [
    {
      name: 'ShopPoolNearLimit',
      message: {
        key: 'alert.near-limit',
        args: { service: HOSTILE, valueKey: 'used', limitKey: 'max', threshold: 0.8 },
      },
      expr: 'max_over_time({service_name="shop"} | json | unwrap used [10m]) > 0.8',
      forMs: 0,
      hindsight: true,
      state: 'fired',
      reason: null,
      meaning: [{ key: 'alert.sampled', args: { entries: 4, of: 9 } }],
      firings: [{ from: time('12:00:00.000'), to: null, service: 'shop', entry: null }],
      fired: 2,
      outside: 1,
      leadToIncidentMs: 60_000,
      leadToFatalMs: -1500,
      peak: 0.97,
      everyMs: 60_000,
    },
  ],
  advice: [
    {
      kind: 'units',
      message: { key: 'timeout.message', args: { text: 'advice' } },
      count: 3,
      examples: [SHOP_6, EVIL],
    },
  ],
  oddities: [ODDITY],
  missing: [
    {
      rule: 'stuck-entity',
      id: 'order_2',
      service: 'shop',
      step: `Order completed ${HOSTILE}`,
      after: SHOP_12,
      expected: time('12:02:00.000'),
      example: { ...SHOP_6, id: 'order_1' },
      like: 1,
      withStep: 1,
    },
  ],
  stuck: [
    {
      key: 'order_id',
      step: 'Order completed',
      service: null,
      like: 1,
      count: 2,
      amounts: [{ currency: 'USD', total: 402.47, entities: 1 }],
      entities: [
        { id: 'order_2', amount: 402.47, currency: 'USD', confirmed: SHOP_6, last: SHOP_12 },
        { id: HOSTILE, amount: null, currency: null, confirmed: EVIL, last: EVIL },
      ],
    },
  ],
  notRun: [{ rule: 'error-burst', reason: { key: 'timeout.message', args: { text: 'too few entries' } } }],
  muted: [
    { rule: 'timeout', template: 'waited <*>', anomalies: 2 },
    { rule: 'fatal', template: 'gone', anomalies: 0 },
  ],
};

export const NOTHING = reportOf({
  files: [{ path: 'quiet.log', format: 'json', entries: 0, unrecognisedLines: 0, assumed: { zone: null, year: null } }],
});
