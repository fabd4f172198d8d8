/** The rules that judge single lines, each on a table of lines. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import type { Json } from '../../../../src/model.ts';
import { memoryLog } from '../memoryLog.ts';

type Fields = Record<string, Json>;

/** What is found at one line of service `alpha`: `rule severity`. */
async function foundAt(level: string, message: string, fields: Fields = {}): Promise<string[]> {
  const line = JSON.stringify({ timestamp: '2024-01-01T00:00:00.000Z', level, service: 'alpha', message, ...fields });
  const { findings } = await findAnomalies(memoryLog({ 'a.jsonl': line }));
  return findings.map(({ rule, severity }) => `${rule} ${severity}`);
}

function check(title: string, cases: [level: string, message: string, fields: Fields, ...expected: string[]][]): void {
  describe(title, () => {
    for (const [level, message, fields, ...expected] of cases) {
      it(`${level} ${message} ${JSON.stringify(fields)}`, async () => {
        deepEqual(await foundAt(level, message, fields), expected);
      });
    }
  });
}

check('threshold-breach', [
  ['WARN', 'slow', { duration_ms: 1500, threshold_ms: 1000 }, 'threshold-breach warning'],
  ['INFO', 'slow', { duration_ms: 1500, threshold_ms: 1000 }, 'threshold-breach warning'],
  ['WARN', 'fine', { duration_ms: 1000, threshold_ms: 1000 }],
  ['INFO', 'pool', { active: 79, max_active: 100 }],
  ['INFO', 'pool', { pool_active: 80, pool_max: 100 }, 'threshold-breach information'],
  ['WARN', 'pool', { pool_active: 80, pool_max: 100 }, 'threshold-breach warning'],
  ['INFO', 'pool', { pool_active: 45, pool_max: 50 }, 'threshold-breach warning'],
  ['INFO', 'pool', { pool_active: 49, pool_max: 50 }, 'threshold-breach error'],
  ['INFO', 'page', { count: 100, limit: 20 }],
  ['INFO', 'page', { items: 50, max_items: 50 }],
  ['INFO', 'page', { current_page: 10, max_page: 10 }],
  ['INFO', 'found', { results: 20, max_results: 20 }],
  ['INFO', 'written', { batch_size: 500, max_batch_size: 500 }],
  ['WARN', 'written', { batch_size: 500, max_batch_size: 500 }],
  ['WARN', 'written', { batch_size: 501, max_batch_size: 500 }, 'threshold-breach warning'],
  ['INFO', 'stored', { file_size_mb: 10, max_file_size_mb: 10 }],
  ['INFO', 'served', { latency: 120, max_latency: 120 }],
  ['WARN', 'served', { latency: 120, max_latency: 120 }],
  ['INFO', 'started', { workers: 8, max_workers: 8 }],
  ['WARN', 'started', { workers: 8, max_workers: 8 }, 'threshold-breach error'],
  ['INFO', 'started', { pool_size: 10, max_pool_size: 10 }],
  ['INFO', 'served', { workers: 9, max_workers: 8 }, 'threshold-breach information'],
  ['INFO', 'pool', { active_workers: 8, max_workers: 8 }, 'threshold-breach error'],
  ['INFO', 'pool', { connections: 50, max_connections: 50 }, 'threshold-breach error'],
  ['INFO', 'memory', { memory_used: 110, memory_limit: 100 }, 'threshold-breach error'],
  ['INFO', 'memory', { memory_mb: 110, memory_limit_mb: 100 }, 'threshold-breach information'],
  ['WARN', 'clients', { count: 100, limit: 20 }, 'threshold-breach warning'],
]);

check('fatal', [
  ['FATAL', 'giving up', {}, 'fatal error'],
  ['ERROR', 'giving up', {}],
  ['FATAL', 'pool full', { pool_active: 50, pool_max: 50 }, 'fatal error', 'threshold-breach error'],
]);

check('timeout', [
  ['ERROR', 'Billing service timeout', {}, 'timeout warning'],
  ['WARN', 'request timed out', {}, 'timeout warning'],
  ['ERROR', 'call failed', { error: 'java.net.SocketTimeoutException: Read timed out' }, 'timeout warning'],
  ['ERROR', 'call failed', { reason: 'context deadline exceeded' }, 'timeout warning'],
  ['ERROR', 'call failed', { query: 'select timeout from t' }],
  ['ERROR', 'bad answer', { status_code: 504 }, 'timeout warning'],
  ['ERROR', 'bad answer', { 'http.status': '408' }, 'timeout warning'],
  ['ERROR', 'bad answer', { amount: 504 }],
  ['ERROR', 'cut off', { duration_ms: 2950, timeout_ms: 3000 }, 'timeout warning'],
  ['ERROR', 'cut off', { duration_ms: 2900, timeout_ms: 3000 }],
  ['WARN', 'using default timeout 30s', {}],
  ['WARN', 'connection timeout is set to 30s', {}],
  ['WARN', 'read timeout was changed from 10s to 30s', {}],
  ['WARN', 'timeout of 30s configured', {}],
  ['WARN', 'request timeout: 30s', {}],
  ['WARN', 'retry succeeded after timeout', {}],
  ['WARN', 'timeout recovered, all good', {}],
  ['WARN', 'second attempt succeeded', { error: 'Read timed out' }],
  ['WARN', 'increasing the read timeout', {}],
  ['WARN', 'timeout to 30s from now on', {}],
  ['ERROR', 'recovery failed: request timed out', {}, 'timeout warning'],
  ['ERROR', 'not recovered after timeout', {}, 'timeout warning'],
  ['ERROR', 'three retries, none succeeded: timeout', {}, 'timeout warning'],
  ['ERROR', 'has not yet recovered from the timeout', {}, 'timeout warning'],
  ['ERROR', 'request failed with timeout', {}, 'timeout warning'],
  ['ERROR', 'connection timeout to 10.0.0.7', {}, 'timeout warning'],
  ['ERROR', 'request timeout: no answer from billing', {}, 'timeout warning'],
  ['ERROR', 'timeout was reached while connecting', {}, 'timeout warning'],
  ['ERROR', 'query exceeded timeout of 30s', {}, 'timeout warning'],
  ['ERROR', 'set timed out', {}, 'timeout warning'],
  ['WARN', 'session timeouts_total exported', { timeouted: true }, 'timeout warning'],
  ['INFO', 'request timed out', {}],
]);

check('known-symptom', [
  ['ERROR', 'Connection refused', {}, 'known-symptom information'],
  ['WARN', 'Connection refused', {}, 'known-symptom hint'],
  ['INFO', 'Connection refused', {}],
  ['ERROR', 'write failed', { error: 'ENOSPC: no space left on device' }, 'known-symptom information'],
  ['ERROR', 'write failed', { path: '/no space left' }],
  ['WARN', 'failover finished, span 3f2db open', {}],
]);

check('the most specific rule of a line', [
  ['ERROR', 'query timeout', { duration_ms: 30_000, threshold_ms: 5000 }, 'threshold-breach warning'],
  ['ERROR', 'slow query timeout', {}, 'timeout warning'],
  ['FATAL', 'too many connections', {}, 'fatal error', 'known-symptom information'],
]);

describe('counts of many alike lines', () => {
  const lines = (count: number, over: (index: number) => boolean): string =>
    Array.from({ length: count }, (_, index) =>
      JSON.stringify({
        timestamp: new Date(Date.UTC(2024, 0, 1) + index * 1000).toISOString(),
        level: 'WARN',
        service: 'alpha',
        message: 'pool',
        used_percent: over(index) ? 90 : 10,
        threshold_percent: 70,
      }),
    ).join('\n');
  const sum = async (text: string): Promise<number> => {
    const { findings } = await findAnomalies(memoryLog({ 'a.jsonl': text }));
    return findings.reduce((total, { count }) => total + count, 0);
  };

  it('count the lines that were not read, where all that were read are alike', async () => {
    deepEqual(await sum(lines(1000, () => true)), 1000);
  });

  it('count only what was seen, where they differ', async () => {
    const seen = await sum(lines(1000, (index) => index % 2 === 0 || index > 990));
    deepEqual(seen > 0 && seen <= 505, true);
  });
});
