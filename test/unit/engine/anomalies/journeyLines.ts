/** Orders through three services, for tests of rules about how journeys go. Times are seconds. */
import type { Json } from '../../../../src/model.ts';
import type { Line } from '../story.ts';

export interface JourneyOptions {
  /** Seconds between two orders. */
  every?: number;
  /** The ids that lines hold. */
  ids?(order: number): Record<string, Json>;
  /** The lines of one order, of which those that a test wants otherwise are changed. */
  change?(order: number, lines: Line[]): Line[];
}

export const STEPS = [
  ['edge', 'Checkout received'],
  ['shop', 'Payment confirmed'],
  ['stock', 'Items packed'],
  ['shop', 'Order completed'],
  ['edge', 'Answer written'],
] as const;

export function inOrder(order: number): Record<string, Json> {
  return { order_id: `order-${order}` };
}

export function journeys(count: number, { every = 10, ids = inOrder, change }: JourneyOptions = {}): Line[] {
  return Array.from({ length: count }, (_, order) => {
    const lines = STEPS.map(
      ([service, message], step): Line => [
        order * every + step,
        service,
        'INFO',
        message,
        { ...ids(order), ...(step === 1 ? { amount: 10.25, currency: 'EUR' } : {}) },
      ],
    );
    return change ? change(order, lines) : lines;
  }).flat();
}

/** Leaves out the lines that say this, of the orders named. */
export function without(message: string, ...orders: number[]): NonNullable<JourneyOptions['change']> {
  return (order, lines) => (orders.includes(order) ? lines.filter(([, , , said]) => said !== message) : lines);
}
