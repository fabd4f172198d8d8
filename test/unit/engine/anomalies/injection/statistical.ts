/** Faults for the rules over counts, durations and silence. */
import { inTrace, type Line } from '../../story.ts';
import { type Injection, someMoment } from './measure.ts';

function within(line: Line, from: number, to: number): boolean {
  return line[0] >= from && line[0] < to;
}

function slower(times: number, seconds: number): Injection {
  return {
    rule: 'latency-shift',
    effect: `one operation ${times} × as slow for ${seconds / 60} min`,
    inject(lines, random) {
      const from = someMoment(random, seconds);
      for (const line of lines) {
        const fields = line[4];
        if (line[3] !== 'Stock query executed' || !within(line, from, from + seconds) || !fields) continue;
        const more = Number(fields.duration_ms) * (times - 1);
        fields.duration_ms = Math.round(Number(fields.duration_ms) + more);
        line[0] += more / 1000;
      }
      return { lines, truth: { service: 'stock', from, to: from + seconds } };
    },
  };
}

function slowCall(times: number): Injection {
  return {
    rule: 'latency-outlier',
    effect: `one call ${times} × as slow`,
    inject(lines, random) {
      const from = someMoment(random, 1);
      const line = lines.find(([at, , , message]) => at >= from && message === 'Payment confirmed');
      if (!line?.[4]) throw new Error('no payment after that');
      const before = line[0];
      line[0] += (Number(line[4].duration_ms) * (times - 1)) / 1000;
      line[4].duration_ms = Number(line[4].duration_ms) * times;
      return { lines, truth: { service: 'pay', from: before, to: line[0] } };
    },
  };
}

function errors(rate: number, seconds: number): Injection {
  return {
    rule: 'error-burst',
    effect: `${rate} errors of one kind a second for ${seconds} s`,
    inject(lines, random) {
      const from = someMoment(random, seconds);
      for (let number = 0; number < rate * seconds; number++) {
        const at = from + (number + random.next() / 2 ** 32) / rate;
        lines.push([at, 'stock', 'ERROR', 'Query failed: connection reset', inTrace(`e${number}`)]);
      }
      return { lines, truth: { service: 'stock', from, to: from + seconds } };
    },
  };
}

function silent(service: string, share: number, seconds: number): Injection {
  return {
    rule: 'silence',
    effect: `${share === 1 ? '' : `${100 * share} % of `}${service} silent for ${seconds} s`,
    inject(lines, random) {
      const from = someMoment(random, seconds);
      const kept = lines.filter(
        (line) => line[1] !== service || !within(line, from, from + seconds) || !random.chance(share),
      );
      return { lines: kept, truth: { service, from, to: from + seconds } };
    },
  };
}

/** In as many words as there are errors, lest one kind alone tells it. */
const KINDS =
  'Refused by upstream|Gave up on answer|Broken answer|No route|Bad gateway|Unknown fault|Lost answer'.split('|');

function failing(share: number, seconds: number): Injection {
  return {
    rule: 'error-rate',
    effect: `${100 * share} % of requests fail for ${seconds / 60} min, in ${KINDS.length} kinds of errors`,
    inject(lines, random) {
      const from = someMoment(random, seconds);
      for (const line of lines) {
        if (line[3] !== 'Response sent' || !within(line, from, from + seconds) || !random.chance(share)) continue;
        [line[2], line[3]] = ['ERROR', random.pick(KINDS)];
      }
      return { lines, truth: { service: 'edge', from, to: from + seconds } };
    },
  };
}

function unheardOf(count: number): Injection {
  return {
    rule: 'new-template',
    effect: `${count} ${count === 1 ? 'error' : 'errors'} of a new kind from the half of the log on`,
    inject(lines, random) {
      const from = someMoment(random, 300);
      for (let number = 0; number < count; number++) {
        const at = from + (number * 300) / count;
        lines.push([at, 'pay', 'ERROR', 'Ledger refused the posting as unbalanced', inTrace(`n${number}`)]);
      }
      return { lines, truth: { service: 'pay', from, to: from + 300 } };
    },
  };
}

function retries(share: number, seconds: number): Injection {
  return {
    rule: 'retry-storm',
    effect: `${share < 1 ? `${100 * share} % of lookups once more` : `lookups ${share} times more`} for ${seconds / 60} min`,
    inject(lines, random) {
      const from = someMoment(random, seconds);
      const more: Line[] = [];
      for (const line of lines) {
        if (line[3] !== 'Cart lookup started' || !within(line, from, from + seconds)) continue;
        for (let attempt = 1; attempt <= Math.max(1, share); attempt++) {
          if (share < 1 && !random.chance(share)) continue;
          more.push([line[0] + attempt / 100, 'cart', 'WARN', 'Retrying stock call, attempt 2 of 3', { ...line[4] }]);
        }
      }
      return { lines: [...lines, ...more], truth: { service: 'cart', from, to: from + seconds } };
    },
  };
}

function breaker(text: string): Injection {
  return {
    rule: 'circuit-breaker',
    effect: `one line: ${text}`,
    inject(lines, random) {
      const from = someMoment(random, 1);
      const level = random.pick(['INFO', 'WARN']);
      return { lines: [...lines, [from, 'cart', level, text]], truth: { service: 'cart', from, to: from + 1 } };
    },
  };
}

/** It climbs for a while from its usual level, and stays full. */
function filling(seconds: number): Injection {
  return {
    rule: 'threshold-trend',
    effect: `a pool fills up in ${seconds / 60} min`,
    inject(lines, random) {
      const from = someMoment(random, seconds);
      for (const line of lines) {
        if (line[3] !== 'Pool usage' || line[0] < from || !line[4]) continue;
        const share = Math.min(1, (line[0] - from) / seconds);
        line[4].pool_active = Math.min(20, Math.round(Number(line[4].pool_active) * (1 - share) + 20 * share));
      }
      return { lines, truth: { service: 'stats', from, to: from + seconds } };
    },
  };
}

/** A pool that is full for a while, of which nobody complains: only its own quiet lines tell. */
function saturated(seconds: number): Injection {
  return {
    rule: 'threshold-breach',
    effect: `a pool full for ${seconds / 60} min, told on INFO`,
    inject(lines, random) {
      const from = someMoment(random, seconds);
      for (const line of lines) {
        if (line[3] === 'Pool usage' && within(line, from, from + seconds) && line[4]) line[4].pool_active = 20;
      }
      return { lines, truth: { service: 'stats', from, to: from + seconds } };
    },
  };
}

export const statistical: readonly Injection[] = [
  slower(1.5, 300),
  slower(3, 300),
  slower(8, 60),
  slower(8, 300),
  slowCall(4),
  slowCall(10),
  errors(0.5, 60),
  errors(2, 30),
  errors(5, 30),
  failing(0.05, 120),
  failing(0.2, 120),
  failing(0.6, 120),
  silent('pay', 0.9, 180),
  silent('pay', 1, 20),
  silent('pay', 1, 60),
  silent('pay', 1, 180),
  unheardOf(1),
  unheardOf(5),
  unheardOf(20),
  retries(0.2, 120),
  retries(0.8, 120),
  retries(2, 120),
  saturated(30),
  saturated(120),
  saturated(300),
  filling(60),
  filling(180),
  filling(300),
  breaker("CircuitBreaker 'stock' changed state from CLOSED to OPEN"),
  breaker('circuit breaker for stock-service is open, failing fast'),
];
