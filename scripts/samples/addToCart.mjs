/**
 * `node scripts/samples/addToCart.mjs [FOLDER]`: writes the sample of a cart service that has one trouble after the
 * other, by default to samples/add-to-cart: what `kubectl logs --prefix --timestamps` shows of its pods and of what they
 * call. The seven classes of trouble, their symptoms and the names of services are those of a troubleshooting guide; every
 * line is made up. Each trouble has twelve minutes, and most of an hour of quiet behind it.
 */
import { chance, logFiles, writeIfCalled } from './chance.mjs';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const START = Date.parse('2025-11-14T06:00:00Z');
const QUIET = 48 * MINUTE;
const TROUBLE = 12 * MINUTE;

export const TROUBLES = /** @type {const} */ ([
  'database',
  'redis',
  'memory',
  'performance',
  'authentication',
  'external',
  'balancing',
]);
const END = START + TROUBLES.length * (QUIET + TROUBLE) + QUIET;
const LEVEL = { info: 30, warn: 40, error: 50 };
const PODS = [
  'addtocart-service-7c9d8f6b54-2xkqp',
  'addtocart-service-7c9d8f6b54-8vn4d',
  'addtocart-service-7c9d8f6b54-tz6wm',
];
const POOL = 20;

/** From when to when each trouble lasts. */
export function windowOf(/** @type {number} */ index) {
  const from = START + QUIET + index * (QUIET + TROUBLE);
  return { from, to: from + TROUBLE };
}

/** @returns {Map<string, string>} The text of each file by its name. */
export function addToCartFiles() {
  const { between, hex, uuid, one } = chance(20251114);
  const files = logFiles();

  /** A line of a pod, as `kubectl logs --prefix --timestamps` writes it. */
  const put = (
    /** @type {string} */ pod,
    /** @type {string} */ container,
    /** @type {number} */ time,
    /** @type {string} */ text,
  ) => {
    const stamp = new Date(time).toISOString().replace('Z', `${between(100000, 999999)}Z`);
    files.add('kubectl.log', time, `[pod/${pod}/${container}] ${stamp} ${text}`);
  };
  /** Of a Node service that logs with Pino. */
  const say = (
    /** @type {string} */ pod,
    /** @type {number} */ time,
    /** @type {'info' | 'warn' | 'error'} */ level,
    /** @type {string} */ msg,
    /** @type {object} */ fields = {},
  ) => {
    const name = pod.replace(/-[0-9a-f]+-\w+$/, '');
    put(pod, name, time, JSON.stringify({ level: LEVEL[level], time, pid: 1, hostname: pod, name, ...fields, msg }));
  };

  const troubleAt = (/** @type {number} */ time) => {
    const index = TROUBLES.findIndex((_, each) => time >= windowOf(each).from && time < windowOf(each).to);
    return index < 0 ? null : TROUBLES[index];
  };

  /** One request to put something into a cart. */
  function request(/** @type {number} */ time) {
    const trouble = troubleAt(time);
    // Two pods answer no health check while the balancer's trouble lasts: the third has to do it all.
    const pod = trouble === 'balancing' ? (PODS[0] ?? '') : one(PODS);
    const ids = { requestId: uuid(), userId: `user-${between(1000, 1900)}` };
    const fields = { ...ids, method: 'POST', path: '/api/v1/cart/items' };
    const done = (/** @type {number} */ ms, /** @type {number} */ statusCode) =>
      say(pod, time + ms, statusCode >= 500 ? 'error' : statusCode >= 400 ? 'warn' : 'info', 'request completed', {
        ...fields,
        statusCode,
        responseTime: ms,
      });
    let now = time;
    const step = (/** @type {number} */ least, /** @type {number} */ most) => {
      now += between(least, most);
      return now;
    };
    if (trouble === 'authentication') {
      const why = one([
        'JWT validation failed: invalid signature',
        'JWT validation failed: token expired',
        '401 Unauthorized: auth-service is not available',
      ]);
      if (between(1, 10) > 3) {
        say(pod, step(2, 9), 'warn', why, { ...ids, peer: 'auth-service', statusCode: 401 });
        return done(now - time + 1, 401);
      }
    }
    say(pod, step(2, 6), 'info', 'token verified', { ...ids, peer: 'auth-service' });
    if (trouble === 'redis') {
      say(pod, step(2, 9), 'error', 'Redis connection failed: connect ECONNREFUSED 10.96.14.7:6379', {
        ...ids,
        peer: 'redis',
      });
      say(pod, step(1, 3), 'warn', 'cache miss, reading from the database', { ...ids, key: `cart:${ids.userId}` });
      say(pod, step(260, 620), 'info', 'cart read from the database', { ...ids, peer: 'postgres' });
    } else say(pod, step(1, 4), 'info', 'cache hit', { ...ids, key: `cart:${ids.userId}` });
    if (trouble === 'external') {
      if (between(1, 10) > 4) {
        say(pod, step(3000, 3020), 'error', 'product-service timed out after 3000ms', {
          ...ids,
          peer: 'product-service',
          timeout: 3000,
        });
        return done(now - time + 2, 504);
      }
      say(pod, step(1, 3), 'warn', 'circuit breaker for product-service is open', { ...ids, peer: 'product-service' });
      return done(now - time + 2, 503);
    }
    say(pod, step(12, 40), 'info', 'product found', {
      ...ids,
      peer: 'product-service',
      productId: `p-${between(100, 480)}`,
    });
    if (trouble === 'database') {
      if (between(1, 10) > 3) {
        const fill = { pool_used: POOL, pool_size: POOL };
        say(
          pod,
          step(20000, 20040),
          'error',
          'Database connection failed: Timed out fetching a new connection from the connection pool',
          {
            ...ids,
            peer: 'postgres',
            pool_timeout: 20,
            ...fill,
          },
        );
        return done(now - time + 2, 500);
      }
      step(2000, 9000);
    }
    const slow = trouble === 'performance' ? between(1600, 4800) : between(4, 18);
    step(slow, slow);
    if (slow > 1000) {
      say(pod, now, 'warn', `slow query: ${slow}ms`, {
        ...ids,
        peer: 'postgres',
        query: 'SELECT * FROM cart WHERE session_id = $1',
        duration_ms: slow,
        threshold_ms: 1000,
      });
    }
    say(pod, step(1, 4), 'info', 'item added to cart', { ...ids, cartId: `c-${hex(8)}`, quantity: between(1, 3) });
    done(now - time + 2, 201);
  }

  for (let time = START + 800; time < END; time += between(12, 34) * SECOND + between(0, 999)) request(time);

  for (const pod of PODS) {
    for (let time = START + between(0, 20_000); time < END; time += MINUTE + between(-40, 40)) {
      const trouble = troubleAt(time);
      if (trouble === 'balancing' && pod !== PODS[0]) {
        say(pod, time, 'warn', 'readiness probe failed: HTTP probe failed with statuscode: 503', {
          path: '/api/v1/health/ready',
        });
        continue;
      }
      const into = trouble === 'memory' ? (time - windowOf(TROUBLES.indexOf('memory')).from) / TROUBLE : 0;
      const isLeaking = trouble === 'memory' && pod === PODS[1];
      const heap_used_mb = isLeaking ? Math.round(260 + 740 * into) : between(210, 300);
      const cpu = trouble === 'performance' ? between(88, 97) : between(12, 35);
      say(pod, time, isLeaking && heap_used_mb > 900 ? 'warn' : 'info', 'metrics', {
        heap_used_mb,
        heap_limit_mb: 1024,
        cpu_percent: cpu,
      });
    }
  }
  const leak = windowOf(TROUBLES.indexOf('memory'));
  put(PODS[1] ?? '', 'addtocart-service', leak.to - 4000, '<--- Last few GCs --->');
  put(
    PODS[1] ?? '',
    'addtocart-service',
    leak.to - 3990,
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  );
  put(
    'kube-controller-events',
    'events',
    leak.to - 1000,
    `level=warn msg="Pod was evicted: The node was low on resource: memory" pod=${PODS[1]} reason=Evicted`,
  );
  say(PODS[1] ?? '', leak.to + 9000, 'info', 'listening on port 8000');

  for (const [pod, message] of [
    ['product-service-5f7b9c4d88-kk2lm', 'product lookup served'],
    ['auth-service-66d5c9f7b9-q4r7s', 'keys refreshed'],
  ]) {
    for (let time = START + between(0, 9000); time < END; time += MINUTE + between(-900, 900)) {
      const trouble = troubleAt(time);
      const isDown =
        (trouble === 'external' && pod?.startsWith('product')) ||
        (trouble === 'authentication' && pod?.startsWith('auth'));
      if (!isDown) say(pod ?? '', time, 'info', message ?? '', { duration_ms: between(2, 30) });
    }
  }
  return files.texts();
}

writeIfCalled(import.meta.url, 'add-to-cart', addToCartFiles);
