/** Values and their limits: which fields pair, how, and how far the limit is used up. */
import { deepEqual, equal } from 'node:assert/strict';
import { limitPairs, mayHoldLimit } from '../../../../src/engine/anomalies/pairing.ts';
import type { Json } from '../../../../src/model.ts';

type Fields = Record<string, Json>;

/** `value/limit sort ratio`, one for each pair. */
function pairs(object: Fields): string[] {
  const fields = Object.entries(object).map(([key, value]) => ({ key, value }));
  return limitPairs(fields).map(
    ({ value, limit, sort, ratio }) => `${value.key}/${limit.key} ${sort} ${Number(ratio.toFixed(3))}`,
  );
}

function check(title: string, cases: [Fields, ...string[]][]): void {
  describe(title, () => {
    for (const [fields, ...expected] of cases) {
      it(JSON.stringify(fields), () => deepEqual(pairs(fields), expected));
    }
  });
}

check('a limit with a stem', [
  [{ connections_active: 45, connections_max: 50 }, 'connections_active/connections_max capacity 0.9'],
  [{ active_connections: 50, max_connections: 50, wait_queue: 25 }, 'active_connections/max_connections capacity 1'],
  [{ connections: 230, max_connections: 250 }, 'connections/max_connections capacity 0.92'],
  [{ max_connections: 250, connections: 230 }, 'connections/max_connections capacity 0.92'],
  [{ maxConnections: 10, activeConnections: 9 }, 'activeConnections/maxConnections capacity 0.9'],
  [{ connection_used: 9, max_connections: 10 }, 'connection_used/max_connections capacity 0.9'],
  [{ connections_idle: 45, connections_max: 50 }],
  [
    { connections_idle: 45, connections_active: 5, connections_max: 50 },
    'connections_active/connections_max capacity 0.1',
  ],
  [{ 'pool.active': 9, 'pool.max': 10 }, 'pool.active/pool.max capacity 0.9'],
  [{ 'db.connections': 9, 'http.max_connections': 10 }],
  [{ heap_used_mb: 480, heap_max_mb: 512 }, 'heap_used_mb/heap_max_mb capacity 0.938'],
  [{ heap_used_mb: 480, heap_max_gb: 1 }, 'heap_used_mb/heap_max_gb capacity 0.48'],
  [{ memory_used: 90, memory_limit: 100 }, 'memory_used/memory_limit capacity 0.9'],
  [{ memory_mb: 90, memory_limit_mb: 80 }, 'memory_mb/memory_limit_mb ceiling 1.125'],
  [{ cpu_percent: 85, cpu_limit: 80 }, 'cpu_percent/cpu_limit ceiling 1.063'],
  [{ queue_depth: 900, queue_capacity: 1000 }, 'queue_depth/queue_capacity capacity 0.9'],
  [{ lag_seconds: 25, lag_threshold_ms: 10_000 }, 'lag_seconds/lag_threshold_ms ceiling 2.5'],
  [{ cpu_warn_threshold: 70, cpu: 75 }, 'cpu/cpu_warn_threshold ceiling 1.071'],
  [{ attempt: 5, max_attempts: 5 }, 'attempt/max_attempts ceiling 1'],
]);

check('a bare limit and the nearest preceding field of its dimension', [
  [{ duration_ms: 1500, threshold_ms: 1000 }, 'duration_ms/threshold_ms ceiling 1.5'],
  [{ usage_percent: 75, threshold_percent: 70 }, 'usage_percent/threshold_percent ceiling 1.071'],
  [{ slow_queries_1min: 12, threshold: 5 }, 'slow_queries_1min/threshold ceiling 2.4'],
  [{ current: 85, max: 100, latency_ms: 250 }, 'current/max capacity 0.85'],
  [{ latency_ms: 250, max: 100 }],
  [{ latency_ms: 250, current: 85, max: 100 }, 'current/max capacity 0.85'],
  [{ max: 100, current: 85 }],
  [{ requests_per_minute: 178, limit: 200 }, 'requests_per_minute/limit ceiling 0.89'],
  [{ queue_size: 1200, threshold: 1000 }, 'queue_size/threshold ceiling 1.2'],
  [{ response_time_ms: 2350, threshold_ms: 1000 }, 'response_time_ms/threshold_ms ceiling 2.35'],
  [{ status_code: 504, limit: 200 }],
  [{ order_id: 81_233, threshold: 5 }],
  [{ port: 8080, max: 100 }],
  [{ offset: 400, limit: 20 }],
  [{ timeout_ms: 3000, threshold_ms: 1000 }],
]);

check('shares, written in many ways', [
  [{ error_rate: '3.8%', threshold: '2%' }, 'error_rate/threshold ceiling 1.9'],
  [{ error_rate: 0.27, threshold: 0.25 }, 'error_rate/threshold ceiling 1.08'],
  [{ error_rate: 0.27, threshold: '25%' }, 'error_rate/threshold ceiling 1.08'],
  [{ error_rate: 12, threshold: '5%' }, 'error_rate/threshold ceiling 2.4'],
  [{ error_rate: '12%', threshold: 0.05 }, 'error_rate/threshold ceiling 2.4'],
  [{ latency: '2s', threshold: '500ms' }, 'latency/threshold ceiling 4'],
  [{ latency: '10ms', threshold: '5%' }],
  [{ error_rate: 'high', threshold: '5%' }],
]);

check('what is better when it is high', [
  [{ free_mb: 120, min_free_mb: 500 }, 'free_mb/min_free_mb floor 4.167'],
  [{ free_mb: 3, capacity_mb: 100 }, 'free_mb/capacity_mb capacity 0.97'],
  [{ available_connections: 2, max_connections: 100 }, 'available_connections/max_connections capacity 0.98'],
  [{ replicas: 2, min_replicas: 3 }, 'replicas/min_replicas floor 1.5'],
  [{ success_rate: '82%', threshold: '95%' }, 'success_rate/threshold floor 1.159'],
  [{ available_gb: 3, threshold_gb: 5 }, 'available_gb/threshold_gb floor 1.667'],
]);

check('a size counts as a limit only beside what is used of it', [
  [
    { timeouts_1min: 12, connection_pool_size: 100, connection_pool_used: 98 },
    'connection_pool_used/connection_pool_size capacity 0.98',
  ],
  [{ connection_pool_size: 100, batch_used: 98 }],
  [{ connection_pool_size: 100, connections: 98 }],
  [{ pool_active: 7, pool_size: 10 }, 'pool_active/pool_size capacity 0.7'],
  [{ db_connections_used: 19, db_connections_total: 20 }, 'db_connections_used/db_connections_total capacity 0.95'],
  [{ memory_used_mb: 800, memory_total_mb: 1000 }, 'memory_used_mb/memory_total_mb capacity 0.8'],
  [{ users_active: 20, users_total: 20 }],
  [{ active: 3, total: 3 }],
]);

check('statistics, settings and unlimited things', [
  [{ count: 9, min: 1, avg: 5, max: 9 }],
  [{ latency: 8, latency_min: 1, latency_max: 9 }],
  [{ p95: 80, max: 90 }],
  [{ connections: 40, max_connections: -1 }],
  [{ connections: 40, max_connections: 0 }],
  [{ limit_remaining: 3, limit: 200 }, 'limit_remaining/limit floor 66.667'],
  [{ connections: -1, max_connections: 50 }],
]);

describe('mayHoldLimit', () => {
  const cases: [string[], boolean][] = [
    [['level', 'message', 'max_connections'], true],
    [['level', 'message', 'pool_size'], true],
    [['threshold'], false],
    [['level', 'message', 'maximal', 'climax', 'limited'], false],
  ];
  for (const [keys, expected] of cases) it(keys.join(', '), () => equal(mayHoldLimit(keys), expected));
});
