import { deepEqual, equal, ok } from 'node:assert/strict';
import { testRules } from '../../../../src/engine/alerts/testRules.ts';
import type { RuleTest } from '../../../../src/incident.ts';
import { memoryLog } from '../memoryLog.ts';

const START = Date.parse('2024-05-01T10:00:00Z');
const AGAINST = { incident: (START + 20 * 60_000) * 1000, firstFatal: null, incidents: [] };

interface Line {
  /** Seconds after ten o'clock. */
  at: number;
  [key: string]: unknown;
}

function logOf(lines: readonly Line[], defaults: Record<string, unknown> = {}) {
  const text = lines
    .map(({ at, ...fields }) =>
      JSON.stringify({
        timestamp: new Date(START + at * 1000).toISOString(),
        level: 'INFO',
        message: 'm',
        ...defaults,
        ...fields,
      }),
    )
    .join('\n');
  return memoryLog({ 'a.jsonl': text });
}

async function test(
  lines: readonly Line[],
  expr: string,
  held = '0s',
  defaults: Record<string, unknown> = {},
): Promise<RuleTest> {
  const yaml = `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: ${JSON.stringify(expr)}\n        for: ${held}\n`;
  const log = logOf(lines, defaults);
  const range = { from: log.time[log.order[0]], to: log.time[log.order[log.count - 1]] };
  const [found] = await testRules(log, yaml, range, AGAINST);
  ok(found);
  return found;
}

/** Minutes after ten o'clock. */
function fires({ firings }: RuleTest): (number | null)[][] {
  const minutes = (micros: number | null) => (micros === null ? null : (micros / 1000 - START) / 60_000);
  return firings.map(({ from, to }) => [minutes(from), minutes(to)]);
}

const every = (seconds: number, count: number, fields: (index: number) => object = () => ({})): Line[] =>
  Array.from({ length: count }, (_, index) => ({ at: index * seconds, ...fields(index) }));

describe('rules tried on a log', () => {
  it('count entries of a window that is open at its beginning', async () => {
    // At 10:05:00 the window is (10:00:00, 10:05:00]: the entry at 10:00:00 is out of it.
    const lines = [{ at: 0 }, { at: 60 }, { at: 300 }, { at: 3600 }];
    const found = await test(lines, 'sum(count_over_time({app="shop"}[5m])) >= 2', '0s', { service: 'shop' });
    equal(found.state, 'fired');
    deepEqual(fires(found), [[1, 6]]);
    deepEqual(fires(await test(lines, 'sum(count_over_time({app="shop"}[5m])) >= 3', '0s', { service: 'shop' })), []);
  });

  it('never look ahead', async () => {
    const found = await test(
      [{ at: 0 }, { at: 601, level: 'ERROR' }, { at: 1800 }],
      'count_over_time({app=~".+"} | level="error" [1m]) > 0',
    );
    deepEqual(fires(found), [[11, 12]]);
  });

  it('hold for as long as they must', async () => {
    const lines = every(30, 60, (index) => ({ level: index >= 20 && index < 40 ? 'ERROR' : 'INFO' }));
    const found = await test(
      lines,
      'sum(rate({app=~".+"} | level=~"error|fatal" [1m])) / sum(rate({app=~".+"}[1m])) > 0.5',
      '5m',
    );
    // At 10:10 half of the window is errors, which is not more than half.
    deepEqual(fires(found), [[16, 20]]);
    equal(found.leadToIncidentMs, 4 * 60_000);
  });

  it('take a ratio over a single request for none', async () => {
    const found = await test(
      every(600, 6, () => ({ level: 'ERROR' })),
      'sum(rate({app=~".+"} | level="error" [5m])) / sum(rate({app=~".+"}[5m])) > 0.1',
    );
    equal(found.state, 'not-evaluable');
    equal(found.reason?.key, 'alert.no-values');
  });

  it('are not evaluable on a log that is shorter than their window', async () => {
    const found = await test(every(10, 6), 'sum(count_over_time({app=~".+"}[5m])) > 1');
    equal(found.reason?.key, 'alert.too-short');
  });

  it('measure quantiles of durations, in the unit of the metric', async () => {
    const lines = every(10, 120, (index) => ({ duration_ms: index < 60 ? 100 : 3000, status: 200 }));
    const found = await test(lines, 'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m])) > 2');
    equal(found.state, 'fired');
    deepEqual(fires(found)[0]?.[0], 11);
    equal(found.peak, 3);
  });

  it('measure a gauge as a share of its limit', async () => {
    const lines = every(60, 30, (index) => ({ connections_active: 20 + index, connections_max: 50 }));
    const found = await test(lines, 'db_connections_used / db_connections_total > 0.8', '5m');
    // Above 40 from 10:21 on.
    deepEqual(fires(found), [[26, null]]);
  });

  it('read percent as a share where the threshold is one', async () => {
    const lines = every(60, 30, (index) => ({ cpu_percent: index < 20 ? 40 : 85 }));
    deepEqual(fires(await test(lines, 'container_cpu_usage_seconds_total > 0.8', '5m')), [[25, null]]);
    deepEqual(fires(await test(lines, 'cpu_percent > 80')), [[20, null]]);
  });

  it('find requests by their status, and labels under other names', async () => {
    const lines = every(10, 180, (index) => ({
      statusCode: index >= 60 && index % 2 === 0 ? 503 : 200,
      path: '/checkout',
    }));
    const expr =
      'rate(http_requests_total{handler="/checkout",code=~"[45].."}[5m]) / rate(http_requests_total{handler="/checkout"}[5m]) > 0.05';
    const found = await test(lines, expr, '2m');
    equal(found.state, 'fired');
    ok(
      found.meaning.some(
        ({ key, args }) => key === 'alert.means-fields' && args.label === 'code' && args.keys === 'statusCode',
      ),
    );
    equal((await test(lines, expr.replaceAll('/checkout', '/other'), '2m')).state, 'not-evaluable');
  });

  it('take the noun of a counter for a service, and its requests for what has an id', async () => {
    // Two lines a request: one request in four fails, but one line in eight is an error.
    const lines = every(5, 400, (index) => ({
      service: 'order-service',
      trace_id: `t${index >> 1}abcdef0123456789`,
      level: index % 8 === 1 ? 'ERROR' : 'INFO',
    }));
    const found = await test(lines, 'rate(orders_total{status="error"}[5m]) / rate(orders_total[5m]) > 0.2', '5m');
    equal(found.state, 'fired');
    ok(found.peak !== null && found.peak > 0.2 && found.peak < 0.3, String(found.peak));
  });

  it('miss what is absent, but not behind the end of the log', async () => {
    const lines = [...every(30, 20, () => ({ service: 'payment' })), ...every(30, 80, () => ({ service: 'other' }))];
    const found = await test(lines, 'absent_over_time({app="payment"}[5m])', '0s');
    deepEqual(fires(found), [[15, null]]);
    const whole = every(30, 80, () => ({ service: 'payment' }));
    equal((await test(whole, 'absent_over_time({app="payment"}[5m])')).state, 'silent');
  });

  it('are one series a service, unless they add them up', async () => {
    const lines = every(1, 1200, (index) => ({
      service: index % 2 === 0 ? 'one' : 'two',
      status: index % 2 === 0 && index > 600 ? 500 : 200,
    }));
    const apart = await test(
      lines,
      'rate(http_requests_total{status=~"5.."}[1m]) / rate(http_requests_total[1m]) > 0.6',
    );
    deepEqual(
      apart.firings.map(({ service }) => service),
      ['one'],
    );
    const together = await test(
      lines,
      'sum(rate(http_requests_total{status=~"5.."}[1m])) / sum(rate(http_requests_total[1m])) > 0.6',
    );
    equal(together.state, 'silent');
  });

  const refused: [expr: string, key: string][] = [
    ['rate(', 'alert.syntax'],
    ['{job="x"} > 1', 'alert.nameless'],
    ['predict_linear(disk_free[1h], 3600) < 0', 'alert.unsupported'],
    ['rate(a[5m]) > 0 and rate(b[5m]) > 0', 'alert.unsupported'],
    ['rate(widgets_total[5m]) > 1', 'alert.no-metric'],
    ['rate(http_requests_total[5m]) > 1', 'alert.no-requests'],
    ['count_over_time({app="nobody"}[5m]) > 1', 'alert.no-service'],
    ['count_over_time({app=~".+"} | json | colour="red" [5m]) > 1', 'alert.no-field'],
  ];
  for (const [expr, key] of refused) {
    it(`say why not: ${expr}`, async () => {
      const found = await test(
        every(60, 30, () => ({ service: 'shop' })),
        expr,
      );
      deepEqual([found.state, found.reason?.key], ['not-evaluable', key]);
    });
  }

  it('run a pattern with a budget', async () => {
    const lines = every(60, 30, () => ({ service: 'shop', message: `${'a'.repeat(5000)}!` }));
    const found = await test(lines, 'count_over_time({app=~".+"} |~ "(a+)+$" [5m]) > 0');
    ok(['silent', 'not-evaluable', 'fired'].includes(found.state));
  });

  it('say of a pattern that takes too many steps that it was given up', async () => {
    const text = 'a'.repeat(5000);
    for (const op of ['|~', '!~']) {
      const found = await test(
        [{ at: 0, message: text }, { at: 3600 }],
        `sum(count_over_time({app="shop"} ${op} "(a|a)*b" [5m])) > 0`,
        '0s',
        {
          service: 'shop',
        },
      );
      deepEqual([found.state, found.reason?.key], ['not-evaluable', 'alert.pattern-slow']);
    }
  });

  it('let others be answered while long windows are evaluated', async () => {
    const lines = every(1, 12_000, () => ({ service: 'shop', duration_ms: 5 }));
    const rule = 'quantile_over_time(0.95, {app="shop"} | json | unwrap duration_ms [30m]) > 1';
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setTimeout(count, 0);
    };
    const tested = test(lines, rule);
    const before = turns;
    setTimeout(count, 0);
    const found = await tested;
    isDone = true;
    equal(found.state, 'fired');
    ok(turns - before > 2, String(turns));
  });
});
