/** Numbers with their units, from the value or from the key. */
import { deepEqual } from 'node:assert/strict';
import { quantityOf } from '../../../../src/engine/anomalies/quantity.ts';
import { wordsOf } from '../../../../src/engine/anomalies/words.ts';
import type { Json } from '../../../../src/model.ts';

describe('quantityOf', () => {
  const cases: [key: string, value: Json, ...expected: (number | string)[]][] = [
    ['duration_ms', 1500, 1500, 'time'],
    ['durationMs', 1500, 1500, 'time'],
    ['lag_seconds', 25, 25_000, 'time'],
    ['latency', '10ms', 10, 'time'],
    ['latency', '1.5 s', 1500, 'time'],
    ['latency_ms', '2s', 2000, 'time'],
    ['heap_mb', 2, 2_000_000, 'size'],
    ['heap', '2MiB', 2 * 1024 ** 2, 'size'],
    ['error_rate', '3.8%', 3.8, 'percent'],
    ['cpu_percent', 45, 45, 'percent'],
    ['error_rate', 0.27, 0.27, 'none'],
    ['connections', '45', 45, 'none'],
    ['s', 5, 5, 'none'],
    ['requests_per_minutes', 178, 178, 'none'],
    ['a_constructor', 5, 5, 'none'],
    ['timeouts_5min', 23, 23, 'none'],
    ['state', 'open'],
    ['state', '5constructor'],
    ['state', ''],
    ['version', '1.2.3'],
    ['flag', true],
    ['list', [1]],
    ['nothing', null],
  ];
  for (const [key, value, ...expected] of cases) {
    it(`${key}: ${JSON.stringify(value)}`, () => {
      const quantity = quantityOf(value, wordsOf(key));
      deepEqual(quantity ? [quantity.amount, quantity.dimension] : [], expected);
    });
  }
});
