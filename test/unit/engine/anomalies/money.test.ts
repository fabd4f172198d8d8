/** What is an amount of money, and in which currency. */
import { deepEqual } from 'node:assert/strict';
import { moneyOf } from '../../../../src/engine/anomalies/money.ts';
import type { Entry, Json } from '../../../../src/model.ts';

function entry(fields: Record<string, Json>): Entry {
  return { fields: Object.entries(fields).map(([key, value]) => ({ key, value })) } as Entry;
}

describe('moneyOf', () => {
  const cases: [fields: Record<string, Json>, amount: number | null, currency: string | null][] = [
    [{ amount: 312.5, currency: 'USD' }, 312.5, 'USD'],
    [{ amount: 312.5 }, 312.5, null],
    [{ total_eur: '89,97' }, 89.97, 'EUR'],
    [{ price: '$12.50' }, 12.5, 'USD'],
    [{ price: '12.50 gbp' }, 12.5, 'GBP'],
    [{ 'payment.amount': 3, 'refund.currency': 'EUR', 'payment.currency': 'USD' }, 3, 'USD'],
    [{ total: 9, amount: 5 }, 5, null],
    [{ total_items: 3 }, null, null],
    [{ amount_ms: 3 }, null, null],
    [{ amount: 'a lot' }, null, null],
    [{ amount: -3 }, null, null],
    [{ amount: '12 kg' }, null, null],
    [{ amount: '1'.repeat(40) }, null, null],
    [{ amount: { constructor: 1 } }, null, null],
  ];
  for (const [fields, amount, currency] of cases) {
    it(JSON.stringify(fields), () => deepEqual(moneyOf(entry(fields)), amount === null ? null : { amount, currency }));
  }
});
