/**
 * The log of a healthy system by seed: requests through a few services whose load rises and falls, with the
 * odd slow call, retry and error of any real day. Faults are injected into it afterwards.
 */
import { Random } from '../../../../bench/random.ts';
import { inTrace, type Line } from '../../story.ts';

export const SECONDS = 1500;

/** Requests a second, at its ebb and at its flood. */
const [EBB, FLOOD] = [1.2, 2.4];
/** Seconds from one flood to the next. */
const TIDE = 900;

export const SERVICES = ['edge', 'cart', 'stock', 'pay', 'mail', 'stats'] as const;

/** Milliseconds around `middle`: mostly near, seldom far, never below nothing. */
export function took(random: Random, middle: number, spread = 0.4): number {
  const [one, other] = [random.next() / 2 ** 32 || 1e-9, random.next() / 2 ** 32];
  const normal = Math.sqrt(-2 * Math.log(one)) * Math.cos(2 * Math.PI * other);
  return Math.max(1, Math.round(middle * Math.exp(spread * normal)));
}

export function healthyLog(seed: number, seconds = SECONDS): Line[] {
  const random = new Random(seed * 7919);
  const lines: Line[] = [];
  let at = 0;
  for (let request = 0; ; request++) {
    const flood = (1 + Math.sin((2 * Math.PI * at) / TIDE)) / 2;
    at += -Math.log(1 - random.next() / 2 ** 32) / (EBB + (FLOOD - EBB) * flood);
    if (at >= seconds) break;
    lines.push(...requestAt(at, `${seed}-${request}`, random));
  }
  for (let second = 0; second < seconds; second += 5) {
    lines.push([second, 'stats', 'INFO', 'Pool usage', { pool_active: random.between(4, 9), pool_max: 20 }]);
    lines.push([
      second + 0.1,
      'stats',
      'INFO',
      'Memory',
      { memory_used_mb: random.between(400, 520), memory_max_mb: 1024 },
    ]);
  }
  return lines;
}

function requestAt(start: number, id: string, random: Random): Line[] {
  const lines: Line[] = [];
  let at = start;
  const say = (service: string, level: string, message: string, fields: Record<string, string | number> = {}): void => {
    lines.push([at, service, level, message, inTrace(id, fields)]);
  };
  const work = (service: string, message: string, middle: number): number => {
    const duration = took(random, middle);
    at += duration / 1000;
    say(service, 'INFO', message, { duration_ms: duration });
    return duration;
  };
  say('edge', 'INFO', 'Request received', { path: random.pick(['/cart', '/pay', '/items']) });
  at += 0.002;
  say('cart', 'INFO', 'Cart lookup started');
  work('stock', 'Stock query executed', 12);
  if (random.chance(0.01)) {
    say('cart', 'WARN', 'Retrying stock call, attempt 2 of 3');
    work('stock', 'Stock query executed', 14);
  }
  if (random.chance(0.003)) say('stock', 'ERROR', 'Item not found', { item: random.between(1, 900) });
  work('cart', 'Cart lookup finished', 25);
  const pays = random.chance(0.6);
  if (pays) {
    say('pay', 'INFO', 'Payment requested', { order_id: `order-${id}` });
    work('pay', 'Payment confirmed', 140);
    if (random.chance(0.01)) say('pay', 'ERROR', 'Card declined by issuer', { order_id: `order-${id}` });
    at += 0.004;
    say('mail', 'INFO', 'Receipt queued', { order_id: `order-${id}` });
  }
  at += 0.003;
  const failed = random.chance(0.004);
  say('edge', failed ? 'ERROR' : 'INFO', failed ? 'Request failed' : 'Response sent', {
    status: failed ? 500 : 200,
    response_time_ms: Math.round((at - start) * 1000),
  });
  return lines;
}
