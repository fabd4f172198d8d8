/** The catalogue of known symptoms: sound as data, and right about real sentences. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readCatalogue, symptomIn } from '../../../../src/engine/anomalies/symptoms.ts';
import { plain } from '../../../../src/engine/anomalies/words.ts';

const LINES: [line: string, symptom: string | null][] = [
  ['HikariPool-1 - Connection is not available, request timed out after 30000ms', 'pool-exhausted'],
  ['Unable to acquire JDBC Connection', 'pool-exhausted'],
  ['connection pool exhausted', 'pool-exhausted'],
  ['Database connection pool usage high', 'pool-pressure'],
  ['FATAL: sorry, too many clients already', 'too-many-connections'],
  ['Too many connections', 'too-many-connections'],
  ['Deadlock found when trying to get lock', 'deadlock'],
  ['Slow database query detected', 'slow-query'],
  ['Slow queries increasing', 'slow-query'],
  ['Read replicas lag increasing', 'replication-lag'],
  ['Database server not responding to health checks', 'database-errors'],
  ['RedisConnectionException: unable to connect', 'redis-unavailable'],
  ['java.lang.OutOfMemoryError: Java heap space', 'out-of-memory'],
  ['Container OOMKilled', 'out-of-memory'],
  ['The node was low on memory; pod evicted', 'evicted'],
  ['Back-off restarting failed container', 'evicted'],
  ['CrashLoopBackOff', 'evicted'],
  ['write /data/x: no space left on device', 'disk-full'],
  ['accept4: too many open files', 'file-descriptors'],
  ['thread pool exhausted', 'threads-exhausted'],
  ['RejectedExecutionException', 'threads-exhausted'],
  ['Circuit breaker triggered for service', 'circuit-open'],
  ["CircuitBreaker 'billing' is OPEN", 'circuit-open'],
  ['Rate limit approaching for client', 'rate-limited'],
  ['HTTP 429 Too Many Requests', 'rate-limited'],
  ['Max retries exceeded with url', 'retries-exhausted'],
  ['dial tcp 10.0.0.7:5432: connect: connection refused', 'connection-refused'],
  ['read ECONNRESET', 'connection-refused'],
  ['UnknownHostException: billing.internal', 'dns'],
  ['dns lookup failed', 'dns'],
  ['x509: certificate has expired', 'tls'],
  ['SSL handshake failed', 'tls'],
  ['401 Unauthorized', 'unauthorized'],
  ['AccessDeniedException', 'unauthorized'],
  ['Suspicious login from new country', 'suspicious-access'],
  ['Readiness probe failed', 'health-check'],
  ['no healthy upstream', 'no-upstream'],
  ['503 Service Unavailable', 'no-upstream'],
  ['Upstream service error', 'upstream-error'],
  ['Internal Server Error', 'upstream-error'],
  ['Slow response detected', 'high-latency'],
  ['experiencing high latency', 'high-latency'],
  ['CPU usage high', 'high-cpu'],
  ['consumer lag growing', 'queue-backlog'],
  ['Memory usage is high', 'memory-pressure'],
  ['Database timeout error', 'database-errors'],
  ['Can not start: cannot connect to the database', 'database-errors'],
  ['Cache operations failing', 'redis-unavailable'],
  ['Redis connection failed', 'redis-unavailable'],
  ['Cache miss rate increasing', 'cache-misses'],
  ['cache_hit_ratio dropped to 0.41', 'cache-misses'],
  ['Service failed to start', 'start-failed'],
  ['listen EADDRINUSE: address already in use :::8000', 'start-failed'],
  ['JWT token validation failed', 'unauthorized'],
  ['Token validation failure for user', 'unauthorized'],
  ['Authentication service unavailable', 'auth-unavailable'],
  ['Authentication bypass attempt blocked', 'suspicious-access'],
  ['Rate limiting bypass detected', 'suspicious-access'],
  ['SQL injection attempt', 'suspicious-access'],
  ['External service timeout', 'upstream-error'],
  ['Error rate above threshold', 'high-error-rate'],
  ['High error rate on checkout', 'high-error-rate'],
  ['Uneven traffic distribution across pods', 'uneven-load'],
  ['pod 3 is receiving more traffic than others', 'uneven-load'],
  ['Session affinity lost for client', 'uneven-load'],
  ['Load balancer health check failed', 'health-check'],
  ['Memory leak suspected', 'memory-pressure'],
  ['High memory usage', 'memory-pressure'],
  ['cache miss, reading from the database', null],
  ['error rate back to normal', null],
  ['session affinity enabled', null],
  ['startup complete', null],
  ['Order completed', null],
  ['breaker closed after open house', null],
  ['failover test passed', null],
  ['opened 3 files', null],
  ['token bucket refilled', null],
];

describe('the catalogue of known symptoms', () => {
  for (const [line, symptom] of LINES) {
    it(`${symptom ?? 'nothing'}: ${line}`, () => equal(symptomIn([plain(line)])?.id ?? null, symptom));
  }

  it('has every part of every symptom', () => {
    const catalogue = readCatalogue();
    ok(catalogue.length > 20);
    for (const { id, title, category, causes, command, saturates, patterns } of catalogue) {
      match(id, /^[a-z-]+$/);
      for (const text of [title, category, command, ...causes, ...patterns]) ok(text.length > 2, id);
      ok(causes.length > 0 && patterns.length > 0, id);
      equal(typeof saturates, 'boolean', id);
    }
  });

  it('names each symptom once', () => {
    const ids = readCatalogue().map(({ id }) => id);
    deepEqual([...new Set(ids)], ids);
  });

  it('is shown by the table above in all its symptoms', () => {
    const shown = new Set(LINES.map(([, symptom]) => symptom));
    deepEqual(
      readCatalogue()
        .map(({ id }) => id)
        .filter((id) => !shown.has(id)),
      [],
    );
  });

  it('keeps to patterns without capturing groups or nested repeats', () => {
    for (const { id, patterns } of readCatalogue()) {
      for (const pattern of patterns) {
        ok(!/(?<!\\)\((?!\?)/.test(pattern), `${id}: ${pattern}`);
        ok(!/[+*]\)[+*{]/.test(pattern), `${id}: ${pattern}`);
      }
    }
  });
});
