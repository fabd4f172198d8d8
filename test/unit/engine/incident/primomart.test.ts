/** The incident of the sample: what happened is known, and the report must say it. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Report } from '../../../../src/incident.ts';
import { report, sampleFiles } from './sample.ts';

const DATABASE = 'inventory-db-primary';

function micros(clock: string): number {
  return Date.parse(`2023-08-15T${clock}Z`) * 1000;
}

describe('the sample incident', () => {
  let found: Report;
  before(async () => {
    found = await report(sampleFiles());
  });

  const rulesAt = (file: string, line: number): string[] => {
    const isThere = (place: { file: string; line: number }): boolean =>
      place.file === `${file}.jsonl` && place.line === line;
    return found.anomalies.filter((one) => isThere(one) || one.related.some(isThere)).map(({ rule }) => rule);
  };
  const edge = (from: string, to: string): Report['cascade']['edges'][number] | undefined =>
    found.cascade.edges.find((one) => one.from === from && one.to === to);

  const flagged: [file: string, line: number, rule: string][] = [
    ['inventory-service', 6, 'unended-operation'],
    ['inventory-service', 7, 'threshold-breach'],
    ['inventory-service', 8, 'threshold-breach'],
    ['inventory-service', 12, 'threshold-breach'],
    ['inventory-service', 14, 'threshold-breach'],
    ['inventory-service', 15, 'threshold-breach'],
    ['inventory-service', 16, 'threshold-breach'],
    ['inventory-service', 17, 'timeout'],
    ['inventory-service', 18, 'threshold-breach'],
    ['inventory-service', 18, 'fatal'],
    ['order-service', 11, 'timeout'],
    ['order-service', 19, 'threshold-breach'],
    ['order-service', 20, 'timeout'],
    ['order-service', 21, 'threshold-breach'],
    ['order-service', 22, 'fatal'],
    ['payment-service', 10, 'threshold-breach'],
    ['payment-service', 11, 'timeout'],
    ['db-monitor', 4, 'threshold-breach'],
    ['db-monitor', 6, 'threshold-breach'],
    ['db-monitor', 7, 'fatal'],
    ['db-monitor', 8, 'fatal'],
    ['api-gateway', 3, 'time-oddity'],
    ['api-gateway', 5, 'timeout'],
    ['api-gateway', 10, 'threshold-breach'],
  ];
  for (const [file, line, rule] of flagged) {
    it(`flags ${file} ${line} as ${rule}`, () => ok(rulesAt(file, line).includes(rule), String(rulesAt(file, line))));
  }

  it('says nothing about lines that are as they should be', () => {
    for (const line of [1, 2, 3, 4, 5, 11]) deepEqual(rulesAt('inventory-service', line), []);
    for (const line of [1, 2, 4, 9]) deepEqual(rulesAt('api-gateway', line), []);
  });

  it('tells the two values of a breach as they are written', () => {
    const breach = found.anomalies.find(
      ({ rule, file, line }) => rule === 'threshold-breach' && file === 'payment-service.jsonl' && line === 10,
    );
    deepEqual([breach?.message.args.value, breach?.message.args.limit], ['3.8%', '2%']);
  });

  it('keeps the late gateway line out of everything else', () => {
    deepEqual(
      found.oddities.map(({ file, line }) => `${file}:${line}`),
      ['api-gateway.jsonl:3'],
    );
    deepEqual(rulesAt('api-gateway', 3), ['time-oddity']);
    const evidence = [...found.cascade.nodes, ...found.rootCauses].flatMap((one) => one.evidence);
    ok(evidence.length > 10);
    ok(!evidence.some(({ file, line }) => file === 'api-gateway.jsonl' && line === 3));
  });

  it('sees the first anomaly when three services fail, and the first explicit breach later', () => {
    const usual = found.anomalies.filter(({ rule }) => rule !== 'time-oddity');
    equal(Math.min(...usual.map(({ timestamp }) => timestamp ?? 0)), micros('11:17:43.129'));
    const breaches = usual.filter(({ rule }) => rule === 'threshold-breach');
    equal(Math.min(...breaches.map(({ timestamp }) => timestamp ?? 0)), micros('11:30:23.456'));
  });

  it('shows what the gateway says of others as consequences', () => {
    const consequences = found.anomalies.filter(({ consequenceOf }) => consequenceOf !== null);
    deepEqual(
      consequences
        .map(({ file, line, consequenceOf, severity }) => `${file}:${line} ${consequenceOf} ${severity}`)
        .sort(),
      [
        'api-gateway.jsonl:10 inventory-service information',
        'api-gateway.jsonl:5 order-service information',
        'api-gateway.jsonl:7 inventory-service information',
        'api-gateway.jsonl:8 inventory-service information',
        'order-service.jsonl:11 inventory-service information',
        'order-service.jsonl:17 inventory-service information',
      ],
    );
  });

  it('never shows a cause that came after its effect', () => {
    for (const { timestamp, related } of found.anomalies) {
      for (const line of related.filter(({ why }) => why === 'cause')) ok((line.timestamp ?? 0) <= (timestamp ?? 0));
    }
  });

  it('has the chain from the database to the gateway, in order of dependency', () => {
    const chain = [DATABASE, 'inventory-service', 'order-service', 'api-gateway'];
    const place = (name: string): number => found.cascade.nodes.findIndex((node) => node.name === name);
    for (let index = 1; index < chain.length; index++) {
      const step = edge(chain[index - 1], chain[index]);
      ok(step, `${chain[index - 1]} → ${chain[index]}`);
      ok(step.support.count > 0 && step.support.examples.length > 0);
      ok(place(chain[index - 1]) < place(chain[index]));
    }
    ok(!edge('api-gateway', 'order-service'));
    ok(!edge('order-service', 'inventory-service'));
  });

  it('marks ties as undetermined and the database as earlier by timestamp only', () => {
    equal(edge(DATABASE, 'inventory-service')?.order, 'timestamp');
    equal(edge(DATABASE, 'inventory-service')?.lagMs, 1808);
    equal(edge('inventory-service', 'order-service')?.order, 'undetermined');
    equal(edge('order-service', 'api-gateway')?.order, 'undetermined');
  });

  it('dates the database by the query that never ended, and the services by what they say', () => {
    const onsets = Object.fromEntries(
      found.cascade.nodes.map(({ name, onset, onsetCertainty }) => [name, [onset, onsetCertainty]]),
    );
    deepEqual(onsets[DATABASE], [micros('11:17:41.321'), 'inferred']);
    for (const service of ['inventory-service', 'order-service', 'api-gateway']) {
      deepEqual(onsets[service], [micros('11:17:43.129'), 'recorded']);
    }
  });

  it('knows resources from services, and an observer from both', () => {
    const kinds = Object.fromEntries(found.cascade.nodes.map(({ name, kind }) => [name, kind]));
    deepEqual(kinds, {
      'inventory-db-primary': 'resource',
      'orders-db-primary': 'resource',
      stripe: 'resource',
      'inventory-service': 'service',
      'order-service': 'service',
      'payment-service': 'service',
      'api-gateway': 'service',
    });
  });

  it('names what speaks against an edge', () => {
    const against = edge('orders-db-primary', 'order-service')?.counterexamples;
    deepEqual(
      against?.examples.map(({ file, line }) => `${file}:${line}`),
      ['order-service.jsonl:11', 'order-service.jsonl:17'],
    );
    equal(edge(DATABASE, 'inventory-service')?.counterexamples.count, 0);
  });

  it('ranks the inventory database first, the orders database second, and Stripe as another candidate', () => {
    equal(found.verdict, 'ranked');
    const names = found.rootCauses.map(({ name }) => name);
    deepEqual(names.slice(0, 2), [DATABASE, 'orders-db-primary']);
    ok(names.includes('stripe'));
    ok(names.length <= 5);
    equal(found.rootCauses[0].service, 'inventory-service');
  });

  it('gives each candidate up to three different lines and a share of all evidence', () => {
    for (const { evidence, score } of found.rootCauses) {
      const lines = evidence.map(({ file, line }) => `${file}:${line}`);
      ok(lines.length >= 1 && lines.length <= 3);
      equal(new Set(lines).size, lines.length);
      ok(score > 0 && score < 1);
    }
    ok(new Set(found.rootCauses[0].evidence.map(({ file }) => file)).size > 1);
    ok(found.rootCauses.reduce((sum, { score }) => sum + score, 0) <= 1);
  });

  it('joins it all to one incident', () => {
    deepEqual(
      found.incidents.map(({ from, to }) => [from, to]),
      [[micros('11:17:43.129'), micros('13:11:28.921')]],
    );
  });

  it('says which rules lacked the numbers', () => {
    deepEqual(
      found.notRun.map(({ rule }) => rule),
      [
        'error-burst',
        'error-rate',
        'new-template',
        'latency-shift',
        'latency-outlier',
        'silence',
        'retry-storm',
        'threshold-trend',
        'unended-operation',
        'missing-step',
        'state-order',
      ],
    );
  });

  it('finds the two orders that were paid and stay pending, by the one that ended', () => {
    deepEqual(
      found.stuck.map(({ key, step, like, count, amounts }) => ({ key, step, like, count, amounts })),
      [
        {
          key: 'order_id',
          step: 'Order completed',
          like: 1,
          count: 2,
          amounts: [{ currency: 'USD', total: 402.47, entities: 2 }],
        },
      ],
    );
    deepEqual(
      found.stuck[0].entities.map(({ id, confirmed, last }) => [id, confirmed.line, last.line]),
      [
        ['order_65432', 9, 12],
        ['order_76543', 15, 18],
      ],
    );
    const [anomaly, ...others] = found.anomalies.filter(({ rule }) => rule === 'stuck-entity');
    deepEqual([anomaly.severity, anomaly.count, anomaly.message.args.like, others.length], ['warning', 2, 1, 0]);
  });

  it('says what would have come next for them, and when', () => {
    deepEqual(
      found.missing.map(({ id, step, example }) => `${id} ${step} ${example.id}`),
      ['order_65432', 'order_76543'].flatMap((id) =>
        ['Inventory reserved successfully', 'Inventory confirmed', 'Order completed'].map(
          (step) => `${id} ${step} order_54321`,
        ),
      ),
    );
    // As long after the payment as for the order that ended.
    equal(found.missing[2].expected, micros('11:17:41.661'));
  });

  it('counts lines without a trace id in the services that have them', () => {
    deepEqual(
      found.anomalies.filter(({ rule }) => rule === 'missing-trace-id').map(({ service, count }) => [service, count]),
      [
        ['inventory-service', 7],
        ['order-service', 4],
        ['payment-service', 3],
      ],
    );
  });
});
