/** What the report says around the cascade: range, services, groups, incidents, abstentions. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import { inTrace, type Line, micros, story } from '../story.ts';

const BREACH = { used_percent: 90, threshold_percent: 70 };

describe('the report', () => {
  it('of an empty log is empty', async () => {
    const found = await analyse(story([]));
    deepEqual(found.timeRange, { from: null, to: null });
    deepEqual([found.anomalies, found.services, found.rootCauses, found.incidents], [[], [], [], []]);
    equal(found.verdict, 'insufficient-evidence');
  });

  it('keeps to its range, both ends included', async () => {
    const lines: Line[] = [0, 10, 20, 30].map((second) => [second, 'alpha', 'FATAL', `over ${'!'.repeat(second)}`]);
    const found = await analyse(story(lines), { from: micros(10), to: micros(20) });
    deepEqual(found.timeRange, { from: micros(10), to: micros(20) });
    deepEqual(
      found.anomalies.map(({ line }) => line),
      [2, 3],
    );
    deepEqual(
      found.services.map(({ entries, fatals }) => [entries, fatals]),
      [[2, 2]],
    );
  });

  it('counts services and dates their first anomaly', async () => {
    const found = await analyse(
      story([
        [0, 'beta', 'INFO', 'up'],
        [1, 'alpha', 'ERROR', 'odd'],
        [2, 'alpha', 'WARN', 'pool', BREACH],
      ]),
    );
    deepEqual(found.services, [
      {
        name: 'alpha',
        entries: 2,
        errors: 1,
        fatals: 0,
        firstSeen: micros(1),
        lastSeen: micros(2),
        firstAnomaly: micros(2),
      },
      { name: 'beta', entries: 1, errors: 0, fatals: 0, firstSeen: micros(0), lastSeen: micros(0), firstAnomaly: null },
    ]);
  });

  it('groups like findings on the worst line, with the first and the last beside it', async () => {
    const lines: Line[] = [80, 95, 85].map((used, index) => [
      index,
      'alpha',
      'WARN',
      'pool',
      { ...BREACH, used_percent: used },
    ]);
    const { anomalies } = await analyse(story(lines));
    equal(anomalies.length, 1);
    deepEqual([anomalies[0].line, anomalies[0].count], [2, 3]);
    deepEqual(
      anomalies[0].related.map(({ why, line }) => [why, line]),
      [
        ['first', 1],
        ['last', 3],
      ],
    );
  });

  it('names no cause without an incident', async () => {
    const lines: Line[] = Array.from({ length: 5 }, (_, n): Line[] => [
      [n * 7, 'beta', 'ERROR', 'Unable to acquire JDBC Connection', inTrace(n)],
      [n * 7 + 1, 'alpha', 'ERROR', 'Basket failed', inTrace(n, { upstream_service: 'beta' })],
    ]).flat();
    const { rootCauses, incidents, anomalies } = await analyse(story(lines));
    deepEqual(
      [...new Set(anomalies.map(({ rule, severity }) => `${rule} ${severity}`))],
      ['known-symptom information'],
    );
    ok(rootCauses.length > 0);
    deepEqual(
      incidents.map(({ services }) => services),
      [['beta']],
    );
  });

  it('parts incidents by half an hour of quiet', async () => {
    const at = (minute: number): Line => [minute * 60, 'alpha', 'WARN', 'pool', BREACH];
    const together = await analyse(story([at(0), at(29)]));
    equal(together.incidents.length, 1);
    equal(together.anomalies.length, 1);
    const apart = await analyse(story([at(0), at(31)]));
    equal(apart.incidents.length, 2);
    equal(apart.anomalies.length, 2);
  });

  it('joins services to one incident only by an edge or a trace', async () => {
    const strangers = await analyse(
      story([
        [0, 'alpha', 'WARN', 'pool', BREACH],
        [1, 'beta', 'WARN', 'pool', BREACH],
      ]),
    );
    equal(strangers.incidents.length, 2);
    const fellows = await analyse(
      story([
        [0, 'alpha', 'WARN', 'pool', inTrace(1, BREACH)],
        [1, 'beta', 'WARN', 'pool', inTrace(1, BREACH)],
      ]),
    );
    deepEqual(
      fellows.incidents.map(({ services }) => services),
      [['alpha', 'beta']],
    );
  });

  const abstentions: [title: string, lines: Line[]][] = [
    ['nothing is anomalous at ERROR', [[0, 'alpha', 'WARN', 'pool', { used: 99, max_used: 100 }]]],
    ['bare errors tell nothing more', [0, 1, 2].map((second): Line => [second, 'alpha', 'ERROR', 'odd'])],
    [
      'a service has but its own words against it',
      [0, 1, 2, 3].map((second): Line => [second, 'alpha', 'ERROR', 'Connection refused']),
    ],
    ['one error is all there is', [[0, 'alpha', 'ERROR', 'Connection refused']]],
    [
      'two are equally suspect',
      [
        ...[0, 1, 2].map((second): Line => [second, 'alpha', 'ERROR', 'Request timed out']),
        ...[0, 1, 2].map((second): Line => [second, 'beta', 'ERROR', 'Request timed out']),
      ],
    ],
  ];
  for (const [title, lines] of abstentions) {
    it(`names no cause where ${title}`, async () => {
      const found = await analyse(story(lines));
      equal(found.verdict, 'insufficient-evidence');
      deepEqual(found.rootCauses, []);
    });
  }

  it('ranks a service below the one that explains its trouble', async () => {
    const kinds = ['one', 'two', 'three', 'four', 'five', 'six'];
    const lines = kinds.flatMap((kind, index): Line[] => [
      [index * 10, 'beta', 'ERROR', 'Commit timed out'],
      [index * 10 + 1, 'alpha', 'ERROR', `Step ${kind} timed out`],
      [index * 10 + 2, 'alpha', 'ERROR', `Stage ${kind} timed out`],
    ]);
    const strangers = await analyse(story(lines));
    equal(strangers.rootCauses[0]?.name, 'alpha');
    const fellows = await analyse(
      story([...lines, [90, 'alpha', 'ERROR', 'Call timed out', { upstream_service: 'beta' }]]),
    );
    equal(fellows.rootCauses[0]?.name, 'beta');
    deepEqual(
      fellows.rootCauses
        .find(({ name }) => name === 'alpha')
        ?.why.map(({ key, args }) => [key, args.cause])
        .at(-1),
      ['why.explained', 'beta'],
    );
  });

  it('finds the service that is called and never logs', async () => {
    const lines = ['alpha', 'beta', 'gamma'].flatMap((service, index): Line[] => [
      [index, service, 'INFO', 'up'],
      [index + 10, service, 'ERROR', 'Connection refused', { upstream_service: 'ghost' }],
    ]);
    const found = await analyse(story(lines));
    equal(found.rootCauses[0].name, 'ghost');
    equal(found.rootCauses[0].kind, 'service');
  });

  it('stops when told to', async () => {
    const log = story([[0, 'alpha', 'ERROR', 'odd']]);
    const stop = new AbortController();
    stop.abort();
    await rejects(analyse(log, undefined, stop.signal));
  });

  it('lets log text be text', async () => {
    const text = '<img src=x onerror=alert(1)> [a](command:x) \u001b[31m {{ __proto__ }} timeout (((((';
    const found = await analyse(
      story([[0, '__proto__', 'ERROR', text, { upstream_service: 'constructor', a_constructor: 5 }]]),
    );
    equal(found.anomalies[0].message.args.text, text);
    ok(found.cascade.nodes.some(({ name }) => name === 'constructor'));
  });
});

describe('the report over very many names', () => {
  /** Letters, for a number would be masked, and lines that differ in it alike. */
  const word = (number: number): string => String(number).replace(/\d/g, (digit) => 'klmnopqrst'[Number(digit)]);

  it('takes many hosts that could not be reached for customers, and the one among them that stands out for a peer', async () => {
    const lines = Array.from({ length: 30 }, (_, index): Line[] => [
      [index, 'alpha', 'ERROR', `connection refused: tcp://${word(index)}.shop:8080`],
      [index, 'alpha', 'ERROR', `${word(index)} connection refused: tcp://ledger:5432`],
    ]);
    const { cascade } = await analyse(story(lines.flat()));
    deepEqual(
      cascade.nodes.map(({ name }) => name),
      ['ledger', 'alpha'],
    );
  });

  it('shows the fifty against whom most is said', async () => {
    const often = (index: number): number => (index === 7 ? 1 : 2);
    const lines = Array.from({ length: 70 }, (_, index): Line[] =>
      Array.from(
        { length: 4 * often(index) },
        (_, time): Line => [
          index + time / 10,
          `front-${word(index)}`,
          'ERROR',
          'Request timed out',
          { upstream_peer: `back-${word(index)}` },
        ],
      ),
    );
    const { cascade } = await analyse(story(lines.flat()));
    const names = cascade.nodes.map(({ name }) => name);
    equal(names.length, 50);
    ok(
      names.every((name) => name.startsWith('back-')),
      names.join(),
    );
    ok(!names.includes(`back-${word(7)}`));
  });
});
