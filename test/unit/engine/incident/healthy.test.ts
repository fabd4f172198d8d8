/** Quiet where nothing is wrong: ten thousand lines of ordinary life. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import { inTrace, type Line, story } from '../story.ts';

/** A linear congruential generator: the same numbers on every machine and run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Requests through three services, with the odd retry, slow call, refused login and failed lookup of any real day. */
function healthy(requests: number, seed: number): Line[] {
  const next = numbers(seed);
  const lines: Line[] = [];
  for (let request = 0; request < requests; request++) {
    const at = request * 3 + next();
    const took = 20 + Math.floor(next() * 80);
    const trace = (fields = {}): Record<string, string | number> =>
      inTrace(`${seed}-${request}`, fields) as Record<string, string | number>;
    lines.push([at, 'edge', 'INFO', 'Request received', trace({ path: '/items' })]);
    lines.push([at + 0.01, 'shop', 'INFO', 'Lookup started', trace({ limit: 20, offset: request % 400 })]);
    lines.push([at + 0.015, 'stock', 'INFO', 'Query executed', trace({ duration_ms: took / 2, threshold_ms: 500 })]);
    lines.push([at + 0.02, 'stock', 'INFO', 'Pool', trace({ pool_active: 3 + Math.floor(next() * 5), pool_max: 20 })]);
    if (next() < 0.004)
      lines.push([at + 0.021, 'shop', 'WARN', 'Retrying call, attempt 2 of 3', trace({ attempt: 2, max_attempts: 3 })]);
    if (next() < 0.004) lines.push([at + 0.022, 'shop', 'WARN', 'Cache miss, using default timeout 30s', trace()]);
    if (next() < 0.003) lines.push([at + 0.023, 'edge', 'WARN', 'Invalid password', trace({ user: 'u' })]);
    if (next() < 0.002) lines.push([at + 0.024, 'shop', 'ERROR', 'Item not found', trace({ item: request })]);
    lines.push([at + 0.03, 'shop', 'INFO', 'Lookup finished', trace({ duration_ms: took })]);
    lines.push([
      at + 0.03 + took / 1000,
      'edge',
      'INFO',
      'Response sent',
      trace({ status: 200, response_time_ms: took }),
    ]);
  }
  return lines;
}

describe('a healthy log', () => {
  for (const seed of [1, 2, 3]) {
    it(`of 10,000 lines names no cause and warns at most once (seed ${seed})`, async () => {
      const log = story(healthy(1660, seed));
      ok(log.count > 9900, `${log.count} lines`);
      const found = await analyse(log);
      equal(found.verdict, 'insufficient-evidence');
      deepEqual(found.rootCauses, []);
      const loud = found.anomalies.filter(({ severity }) => severity === 'warning' || severity === 'error');
      ok(loud.length <= 1, loud.map(({ rule, file, line }) => `${rule} ${file}:${line}`).join());
      ok(!loud.some(({ severity }) => severity === 'error'));
      ok(found.anomalies.length < 20, `${found.anomalies.length} anomalies`);
      deepEqual(found.incidents.length, loud.length);
    });
  }

  it('turns loud when a pool fills up and calls time out', async () => {
    const lines = healthy(1660, 1);
    for (let second = 4000; second < 4300; second += 20) {
      lines.push([second, 'stock', 'ERROR', 'Database pool exhausted', { pool_active: 20, pool_max: 20 }]);
      lines.push([second + 1, 'shop', 'ERROR', 'Stock service timeout', { upstream_service: 'stock' }]);
    }
    const found = await analyse(story(lines));
    equal(found.rootCauses[0]?.name, 'stock/database');
    deepEqual(
      found.cascade.edges.map(({ from, to }) => `${from} → ${to}`),
      ['stock/database → stock', 'stock → shop'],
    );
  });
});
