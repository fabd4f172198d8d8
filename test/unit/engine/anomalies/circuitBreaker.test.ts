/** Circuit breakers, in the words of several libraries. */
import { deepEqual, equal } from 'node:assert/strict';
import { breakerState } from '../../../../src/engine/anomalies/breakers.ts';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { plain } from '../../../../src/engine/anomalies/words.ts';
import { type Line, micros, story } from '../story.ts';

describe('circuit-breaker', () => {
  const says: [text: string, state: string | null][] = [
    ["CircuitBreaker 'payment' changed state from CLOSED to OPEN", 'open'],
    ["CircuitBreaker 'payment' changed state from OPEN to HALF_OPEN", 'half-open'],
    ["CircuitBreaker 'payment' changed state from HALF_OPEN to CLOSED", null],
    ['Circuit breaker is OPEN for payment-service, failing fast', 'open'],
    ['circuit breaker tripped after 5 failures', 'open'],
    ["CallNotPermittedException: CircuitBreaker 'payment' is OPEN and does not permit further calls", 'open'],
    ['Circuit opened for inventory', 'open'],
    ['Circuit breaker half-open, trying one request', 'half-open'],
    ['Circuit breaker closed again', null],
    ['Circuit breaker is no longer open', null],
    ['Circuit breaker configured: open after 5 failures', null],
    ['short circuit in panel 4', null],
    ['opened connection to the breaker database', null],
  ];
  for (const [text, state] of says)
    it(`takes "${text}" for ${state}`, () => equal(breakerState([plain(text)], []), state));

  it('reads the state of a field', () => {
    const state = (key: string, value: string) => breakerState(['request rejected'], [{ key, value }]);
    equal(state('circuit_breaker_state', 'OPEN'), 'open');
    equal(state('breaker.state', 'half_open'), 'half-open');
    equal(state('circuitBreaker', 'CLOSED'), null);
    equal(state('state', 'open'), null);
  });

  const told = async (lines: Line[]): Promise<unknown[]> => {
    const { findings } = await findAnomalies(story(lines));
    return findings
      .filter(({ rule }) => rule !== 'known-symptom')
      .map(({ rule, severity, shown }) => [rule, severity, ...(shown ?? []).map(({ entry }) => entry.timestamp)]);
  };

  it('is found at any level, with the first failure before it', async () => {
    const lines: Line[] = [
      [10, 'cart', 'ERROR', 'Call to stock failed'],
      [12, 'cart', 'ERROR', 'Call to stock failed'],
      [13, 'cart', 'INFO', "CircuitBreaker 'stock' changed state from CLOSED to OPEN"],
    ];
    deepEqual(await told(lines), [['circuit-breaker', 'warning', micros(10)]]);
  });

  it('is only a hint where it goes on all through the log', async () => {
    const lines = Array.from({ length: 100 }, (_, at): Line => [at, 'cart', 'WARN', 'circuit breaker is open for ads']);
    deepEqual([...new Set((await told(lines)).map((one) => (one as string[])[1]))], ['hint']);
  });
});
