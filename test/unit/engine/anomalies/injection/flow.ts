/** Faults for the rules over what journeys pass: steps that never come, come too early, or come no more after a payment. */
import type { Random } from '../../../../bench/random.ts';
import type { Line } from '../../story.ts';
import { type Injected, type Injection, someMoment } from './measure.ts';

/** Traces that say this after `from`, the first `count` of them. */
function tracesWith(lines: readonly Line[], message: string, from: number, count: number): Set<unknown> {
  const traces = lines.filter(([at, , , said]) => at >= from && said === message).map((line) => line[4]?.trace_id);
  return new Set(traces.slice(0, count));
}

function changed(lines: Line[], traces: ReadonlySet<unknown>, keep: (line: Line) => boolean): Injected {
  const ofThem = lines.filter((line) => traces.has(line[4]?.trace_id));
  const times = ofThem.map(([at]) => at);
  return {
    lines: lines.filter((line) => !traces.has(line[4]?.trace_id) || keep(line)),
    truth: { service: '', from: Math.min(...times), to: Math.max(...times) },
  };
}

const of = (service: string, { lines, truth }: Injected): Injected => ({ lines, truth: { ...truth, service } });

function dropped(step: string, after: string, service: string, count: number): Injection {
  return {
    rule: 'missing-step',
    effect: `\`${step}\` dropped from ${count} ${count === 1 ? 'trace' : 'traces'}`,
    inject(lines, random) {
      const traces = tracesWith(lines, after, someMoment(random, 60), count);
      return of(
        service,
        changed(lines, traces, ([, , , said]) => said !== step),
      );
    },
  };
}

/** The order ends behind its payment, which is confirmed. */
function stuck(count: number): Injection {
  return {
    rule: 'stuck-entity',
    effect: `${count} ${count === 1 ? 'order' : 'orders'} without the step that follows the payment`,
    inject(lines, random) {
      const traces = tracesWith(lines, 'Payment confirmed', someMoment(random, 60), count);
      for (const [, , , message, fields] of lines) {
        if (message === 'Payment confirmed' && fields)
          fields.order_id = String(fields.trace_id).replace('trace', 'order');
      }
      return of(
        'pay',
        changed(lines, traces, ([, service]) => service !== 'mail'),
      );
    },
  };
}

function swapped(one: string, other: string, service: string, count: number): Injection {
  return {
    rule: 'state-order',
    effect: `two states of one service swapped in ${count} ${count === 1 ? 'trace' : 'traces'}`,
    inject(lines, random: Random) {
      const traces = tracesWith(lines, one, someMoment(random, 60), count);
      for (const trace of traces) {
        const [first, second] = [one, other].map((message) =>
          lines.find((line) => line[4]?.trace_id === trace && line[3] === message),
        );
        if (first && second) [first[0], second[0]] = [second[0], first[0]];
      }
      return of(
        service,
        changed(lines, traces, () => true),
      );
    },
  };
}

export const flow: readonly Injection[] = [
  dropped('Cart lookup finished', 'Cart lookup started', 'stock', 1),
  dropped('Cart lookup finished', 'Cart lookup started', 'stock', 5),
  dropped('Cart lookup finished', 'Cart lookup started', 'stock', 40),
  swapped('Cart lookup started', 'Cart lookup finished', 'cart', 1),
  swapped('Cart lookup started', 'Cart lookup finished', 'cart', 10),
  stuck(1),
  stuck(10),
];
