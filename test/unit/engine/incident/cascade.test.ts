/** Edges of the cascade: who is the cause, how it is known, how sure its order is, and what speaks against it. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import type { Report } from '../../../../src/incident.ts';
import { inTrace, type Line, story } from '../story.ts';

/** `cause → affected confidence order lag support/counter`. */
function edges({ cascade }: Report): string[] {
  return cascade.edges.map(
    ({ from, to, confidence, order, lagMs, support, counterexamples }) =>
      `${from} → ${to} ${confidence} ${order} ${lagMs} ${support.count}/${counterexamples.count}`,
  );
}

const OWN: Line = [0, 'beta', 'ERROR', 'Connection refused'];

describe('edges of the cascade', () => {
  const cases: [title: string, lines: Line[], found: string[]][] = [
    [
      'by a field, proven where the affected names the cause later',
      [OWN, [3, 'alpha', 'ERROR', 'Request timeout', { upstream_service: 'beta' }]],
      ['beta → alpha peer proven 3000 1/0'],
    ],
    [
      'from an error that no rule knows, where the peer it names is in trouble',
      [OWN, [3, 'alpha', 'ERROR', 'Basket failed', { upstream: 'beta' }]],
      ['beta → alpha peer proven 3000 1/0'],
    ],
    [
      'not from a warning that no rule knows, nor from an error before the trouble',
      [
        [0, 'gamma', 'ERROR', 'Basket failed', { upstream: 'beta' }],
        [5, 'beta', 'ERROR', 'Connection refused'],
        [8, 'alpha', 'WARN', 'Basket failed', { upstream: 'beta' }],
      ],
      [],
    ],
    [
      'undetermined within 50 ms',
      [OWN, [0.04, 'alpha', 'ERROR', 'Request timeout', { upstream_service: 'beta' }]],
      ['beta → alpha peer undetermined 40 1/0'],
    ],
    [
      'undetermined within the second where the log tells whole seconds only',
      [OWN, [1, 'alpha', 'ERROR', 'Request timeout', { upstream_service: 'beta' }]],
      ['beta → alpha peer undetermined 1000 1/0'],
    ],
    [
      'undetermined, with what came before as counterexample',
      [
        [0, 'alpha', 'ERROR', 'Disk error: no space left'],
        [9, 'beta', 'ERROR', 'Connection refused'],
        [12, 'alpha', 'ERROR', 'Request timeout', { upstream_service: 'beta' }],
      ],
      ['alpha/disk → alpha mention undetermined 0 1/0', 'beta → alpha peer undetermined null 1/1'],
    ],
    [
      'by a field, unproven where only a third tells that the cause came first',
      [
        [0, 'gamma', 'ERROR', 'Request timeout', { upstream_service: 'beta' }],
        [3, 'alpha', 'ERROR', 'Request timeout', { upstream_service: 'beta' }],
        [6, 'beta', 'ERROR', 'Connection refused'],
      ],
      ['beta → gamma peer undetermined 0 1/0', 'beta → alpha peer timestamp 3000 1/0'],
    ],
    [
      'by a sentence that names the service as one',
      [
        [0, 'billing-service', 'ERROR', 'Connection refused'],
        [3, 'alpha', 'ERROR', 'Billing service timeout'],
      ],
      ['billing-service → alpha mention proven 3000 1/0'],
    ],
    [
      'not by a bare word outside the trace',
      [
        [0, 'billing-service', 'ERROR', 'Connection refused', inTrace(1)],
        [3, 'alpha', 'ERROR', 'Timeout in billing', inTrace(2)],
      ],
      [],
    ],
    [
      'by a bare word where nobody is there',
      [
        [0, 'billing-service', 'ERROR', 'Out of memory', inTrace(1)],
        [3, 'alpha', 'ERROR', 'Billing failed: connection refused', inTrace(2)],
      ],
      ['billing-service → alpha mention proven 3000 1/0'],
    ],
    [
      'by a bare word where both share the trace',
      [
        [0, 'billing-service', 'ERROR', 'Connection refused', inTrace(1)],
        [3, 'alpha', 'ERROR', 'Timeout in billing', inTrace(1)],
      ],
      ['billing-service → alpha mention proven 3000 1/0'],
    ],
    [
      'to each of a list',
      [
        OWN,
        [0, 'gamma', 'ERROR', 'Deadlock'],
        [3, 'alpha', 'ERROR', 'High latency', { affected_services: ['beta', 'gamma'] }],
      ],
      [
        'beta → alpha peer proven 3000 1/0',
        'gamma/database → gamma mention undetermined 0 1/0',
        'gamma → alpha peer proven 3000 1/0',
      ],
    ],
    [
      'from a peer that never logs',
      [[3, 'alpha', 'ERROR', 'Connection refused', { upstream_service: 'ghost' }]],
      ['ghost → alpha peer undetermined 0 1/0'],
    ],
    [
      'from an address that could not be reached',
      [
        [0, 'alpha', 'ERROR', 'I/O error on POST request for "http://teller/pay": Connection refused'],
        [1, 'alpha', 'ERROR', 'call failed', { error: 'dial tcp ledger:5432: connection refused at Billing.java:120' }],
        [2, 'alpha', 'ERROR', 'redis://user:secret@hoard.internal:6379 timed out'],
        [3, 'alpha', 'ERROR', 'GET http://own/items: Connection refused by user', { upstream_service: 'own' }],
      ],
      [
        'teller → alpha mention undetermined 0 1/0',
        'ledger → alpha mention undetermined -1000 1/0',
        'hoard.internal → alpha mention undetermined null 1/1',
        'own → alpha peer undetermined null 1/2',
      ],
    ],
    [
      'once from a cache that two services name by its address, and by what it is',
      [
        [0, 'alpha', 'ERROR', 'redis connection refused: connect ECONNREFUSED hoard.internal:6379'],
        [3, 'beta', 'ERROR', 'redis connection refused: connect ECONNREFUSED hoard.internal:6379'],
        [4, 'beta', 'ERROR', 'cache read timeout'],
      ],
      ['hoard.internal → alpha mention undetermined 0 1/0', 'hoard.internal → beta mention timestamp 3000 2/0'],
    ],
    [
      'once from an address without a name, told by its port',
      [
        [0, 'alpha', 'ERROR', 'postgres: connect ECONNREFUSED 10.0.0.7:5432'],
        [3, 'beta', 'ERROR', 'postgres://user:secret@10.0.0.7:5432/ledger connection refused'],
        [4, 'beta', 'ERROR', 'connection refused', { db_host: '10.0.0.7:5432' }],
        [5, 'beta', 'ERROR', 'connect ECONNREFUSED 127.0.0.1:5432'],
        [6, 'beta', 'ERROR', 'connection reset by 10.0.0.7:51234'],
      ],
      ['10.0.0.7:5432 → alpha mention undetermined 0 1/0', '10.0.0.7:5432 → beta peer timestamp 3000 2/0'],
    ],
    [
      'not by a line that complains of nothing',
      [[0, 'alpha', 'INFO', 'cache status', { pool_active: 50, pool_max: 50 }]],
      [],
    ],
    [
      'once by a complaint, which a line that complains of nothing only dates',
      [
        [0, 'alpha', 'INFO', 'cache status', { pool_active: 50, pool_max: 50 }],
        [9, 'alpha', 'ERROR', 'cache read timeout'],
      ],
      ['alpha/cache → alpha mention undetermined 0 1/0'],
    ],
    ['not from an address alone', [[0, 'alpha', 'ERROR', 'GET http://teller/pay: unauthorized']], []],
    [
      'from a queue or database, not from the service it is named after',
      [
        [0, 'orders-service', 'INFO', 'up'],
        [9, 'alpha', 'ERROR', 'Publish timeout', { queue: 'orders' }],
        [9, 'alpha', 'ERROR', 'Write timeout', { database: 'orders-service' }],
      ],
      ['orders → alpha peer undetermined 0 1/0', 'orders-service/database → alpha peer undetermined 0 1/0'],
    ],
    [
      'from a service that a field names in short',
      [
        [0, 'orders-service', 'ERROR', 'Query timeout'],
        [9, 'alpha', 'ERROR', 'Read timeout', { upstream: 'orders' }],
      ],
      ['orders-service → alpha peer proven 9000 1/0'],
    ],
    ['not from its own host', [[3, 'alpha', 'ERROR', 'Connection refused', { host: 'node-seven' }]], []],
    [
      'not from paths, ids and addresses',
      [
        [3, 'alpha', 'ERROR', 'Connection refused', { target: '/var/run/x' }],
        [4, 'alpha', 'ERROR', 'Connection refused', { peer: '10.0.0.7' }],
        [4, 'alpha', 'ERROR', 'Connection refused', { peer: '10.0.0.7:51234' }],
        [4, 'alpha', 'ERROR', 'Connection refused', { peer: '127.0.0.1:80' }],
        [5, 'alpha', 'ERROR', 'Connection refused', { upstream: 'deadbeef0123' }],
      ],
      [],
    ],
    [
      'by nesting, in traces where both show trouble',
      [
        [0, 'alpha', 'INFO', 'in', inTrace(1)],
        [1, 'beta', 'ERROR', 'Connection refused', inTrace(1)],
        [3.5, 'alpha', 'ERROR', 'Request timeout', inTrace(1)],
      ],
      ['beta → alpha order timestamp 2500 1/0'],
    ],
    [
      'by nesting with the outermost container alone',
      [
        [0, 'alpha', 'INFO', 'in', inTrace(1)],
        [1, 'beta', 'INFO', 'in', inTrace(1)],
        [2, 'gamma', 'ERROR', 'Connection refused', inTrace(1)],
        [3, 'beta', 'INFO', 'out', inTrace(1)],
        [4, 'alpha', 'ERROR', 'Request timeout', inTrace(1)],
      ],
      ['gamma → alpha order timestamp 2000 1/0'],
    ],
    [
      'by nesting around an operation that never ended',
      [
        [0, 'alpha', 'INFO', 'in', inTrace(1)],
        [1, 'beta', 'INFO', 'Lookup started', inTrace(1)],
        [3.5, 'alpha', 'ERROR', 'Request timeout', inTrace(1)],
      ],
      ['beta → alpha order timestamp 2500 1/0'],
    ],
    [
      'not by nesting that begins at the same time',
      [
        [0, 'alpha', 'INFO', 'in', inTrace(1)],
        [0, 'beta', 'INFO', 'in', inTrace(1)],
        [1, 'beta', 'ERROR', 'Connection refused', inTrace(1)],
        [3.5, 'alpha', 'ERROR', 'Request timeout', inTrace(1)],
      ],
      [],
    ],
    [
      'not by nesting against a name',
      [
        [0, 'alpha', 'INFO', 'in', inTrace(1)],
        [1, 'beta', 'ERROR', 'Request timeout', inTrace(1, { upstream_service: 'alpha' })],
        [2, 'alpha', 'ERROR', 'Connection refused', inTrace(1)],
      ],
      ['alpha → beta peer undetermined 0 1/0'],
    ],
    [
      'not by equal times',
      [
        [1, 'alpha', 'ERROR', 'Connection refused', inTrace(1)],
        [1, 'beta', 'ERROR', 'Request timeout', inTrace(1)],
      ],
      [],
    ],
  ];
  for (const [title, lines, found] of cases)
    it(title, async () => deepEqual(edges(await analyse(story(lines))), found));

  it('by shared ids, from five pairs on', async () => {
    const pairs = (count: number): Line[] =>
      Array.from({ length: count }, (_, order): Line[] => [
        [order * 100, 'alpha', 'ERROR', 'Connection refused', { order_id: `order-${order}` }],
        [order * 100 + 5, 'beta', 'ERROR', 'Request timeout', { order_id: `order-${order}` }],
      ]).flat();
    deepEqual(edges(await analyse(story(pairs(4)))), []);
    deepEqual(edges(await analyse(story(pairs(5)))), ['alpha → beta shared-id timestamp 5000 5/0']);
  });

  it('not by shared ids whose order changes', async () => {
    const lines = Array.from({ length: 8 }, (_, order): Line[] => [
      [order * 100, order < 5 ? 'alpha' : 'beta', 'ERROR', 'Connection refused', { order_id: `order-${order}` }],
      [order * 100 + 5, order < 5 ? 'beta' : 'alpha', 'ERROR', 'Request timeout', { order_id: `order-${order}` }],
    ]);
    deepEqual(edges(await analyse(story(lines.flat()))), []);
  });

  it('counts traces in which the cause erred and the affected did not', async () => {
    const found = await analyse(
      story([
        [0, 'beta', 'ERROR', 'Connection refused', inTrace(1)],
        [3, 'alpha', 'ERROR', 'Request timeout', inTrace(1, { upstream_service: 'beta' })],
        [10, 'beta', 'ERROR', 'Connection refused', inTrace(2)],
        [13, 'alpha', 'INFO', 'Fine', inTrace(2)],
      ]),
    );
    equal(found.cascade.edges[0].counterexamples.count, 1);
    deepEqual(
      found.cascade.edges[0].counterexamples.examples.map(({ file, line }) => `${file}:${line}`),
      ['beta.jsonl:2'],
    );
  });

  it('counts blame in traces in which the blamed shows nothing wrong', async () => {
    const found = await analyse(
      story([
        OWN,
        [2, 'beta', 'INFO', 'Fine', inTrace(1)],
        [3, 'alpha', 'ERROR', 'Request timeout', inTrace(1, { upstream_service: 'beta' })],
      ]),
    );
    equal(found.cascade.edges[0].counterexamples.count, 1);
  });

  it('has no lines of an observer as its own', async () => {
    const found = await analyse(
      story([
        [0, 'watcher', 'ERROR', 'Connection count critical', { source: 'ledger-db' }],
        [9, 'alpha', 'ERROR', 'Database query timeout', { db_host: 'ledger-db' }],
        [10, 'alpha', 'INFO', 'Up'],
      ]),
    );
    deepEqual(edges(found), ['ledger-db → alpha peer proven 9000 1/0']);
    ok(!found.cascade.nodes.some(({ name }) => name === 'watcher'));
    equal(found.rootCauses[0]?.name, 'ledger-db');
  });
});
