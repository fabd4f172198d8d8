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

export const statistical: readonly Injection[] = [
  slower(1.5, 300),
  slower(3, 300),
  slower(8, 300),
  slower(8, 60),
  slowCall(4),
  slowCall(10),
  errors(0.5, 60),
  errors(2, 30),
  errors(5, 30),
];
