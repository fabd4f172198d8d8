import { deepEqual, equal, ok } from 'node:assert/strict';
import { extentOf, impactOf } from '../../../../src/engine/explain/impact.ts';
import type { Impact } from '../../../../src/explanation.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const BEGIN = Date.parse('2024-05-01T10:00:00Z');

function json(second: number, level: string, message: string, fields: Record<string, unknown> = {}): string {
  const timestamp = new Date(BEGIN + second * 1000).toISOString();
  return JSON.stringify({ timestamp, level, service: 'shop', message, ...fields });
}

async function impact(lines: readonly string[], from?: number, to?: number): Promise<Impact> {
  const { log } = await openMemoryLog({ '/log/shop.jsonl': `${lines.join('\n')}\n` });
  const time = (second: number | undefined) => (second === undefined ? null : (BEGIN + second * 1000) * 1000);
  return impactOf(log, extentOf({ from: time(from), to: time(to) }, log));
}

/** An order in a trace of its own; it fails where `isFailed`. */
function order(at: number, number: number, isFailed: boolean, money: Record<string, unknown>): string[] {
  const trace_id = `aaaa${number}bbbb${number}cccc${number}0`;
  return [
    json(at, 'INFO', 'Order received', { trace_id, user_id: `u-${number % 2}7`, order_id: `o-100${number}`, ...money }),
    json(at + 1, isFailed ? 'ERROR' : 'INFO', isFailed ? 'Payment refused' : 'Payment made', { trace_id }),
  ];
}

describe('the impact of an incident', () => {
  const orders = [
    ...order(0, 1, false, { amount: 10, currency: 'EUR' }),
    ...order(10, 2, true, { amount: 20.5, currency: 'EUR' }),
    ...order(20, 3, true, { amount: 7, currency: 'USD' }),
    ...order(30, 4, true, {}),
    ...order(40, 5, true, { amount: 4.25, currency: 'EUR' }),
  ];

  it('counts entries, traces, orders and users, and sums by currency what failed', async () => {
    const { entries, errors, fatals, traces, entities, users } = await impact(orders);
    deepEqual(
      { entries, errors, fatals, traces },
      { entries: 10, errors: 4, fatals: 0, traces: { total: 5, failed: 4 } },
    );
    deepEqual(users, { kind: 'user', total: 2, affected: 2 });
    equal(entities.length, 1);
    const [{ kind, total, failed, looked, amounts, examples }] = entities;
    deepEqual({ kind, total, failed, looked }, { kind: 'order', total: 5, failed: 4, looked: 4 });
    deepEqual(amounts, [
      { currency: 'EUR', total: 24.75, entities: 2 },
      { currency: 'USD', total: 7, entities: 1 },
    ]);
    deepEqual(
      examples.map(({ id, amount, failure }) => [id, amount, failure.message, failure.line]),
      [
        ['o-1002', 20.5, 'Payment refused', 4],
        ['o-1003', 7, 'Payment refused', 6],
        ['o-1004', null, 'Payment refused', 8],
        ['o-1005', 4.25, 'Payment refused', 10],
      ],
    );
  });

  it('counts in a range what its traces touch, though the line with the order stands before it', async () => {
    const { entries, errors, traces, entities, users } = await impact(orders, 21, 31);
    deepEqual({ entries, errors, traces }, { entries: 3, errors: 2, traces: { total: 2, failed: 2 } });
    deepEqual(users, { kind: 'user', total: 2, affected: 2 });
    deepEqual([entities[0].total, entities[0].failed], [2, 2]);
  });

  it('says unknown, and not zero, where there are no ids', async () => {
    const { traces, entities, users, errors } = await impact([json(0, 'INFO', 'up'), json(1, 'ERROR', 'down')]);
    deepEqual({ traces, entities, users, errors }, { traces: null, entities: [], users: null, errors: 1 });
  });

  it('finds orders and amounts in words, without traces', async () => {
    const at = (second: number) => new Date(BEGIN + second * 1000).toISOString();
    const text = [7, 8, 9].flatMap((n) => [
      `${at(n * 10)} INFO orders - Order created with ID: 69032${n}cee2c84800016ceb4a and status: Created`,
      `${at(n * 10 + 1)} INFO orders - Sending payment request for order 69032${n}cee2c84800016ceb4a`,
      n === 7
        ? `${at(n * 10 + 2)} INFO orders - Order 69032${n}cee2c84800016ceb4a payment successful`
        : `${at(n * 10 + 2)} ERROR orders - Payment failed for order 69032${n}cee2c84800016ceb4a: Connection refused`,
    ]);
    const { log } = await openMemoryLog({ '/log/orders.log': `${text.join('\n')}\n` });
    const { entities, users, traces } = await impactOf(log, extentOf({ from: null, to: null }, log));
    deepEqual(
      entities.map(({ kind, total, failed, amounts }) => ({ kind, total, failed, amounts })),
      [{ kind: 'order', total: 3, failed: 2, amounts: [] }],
    );
    deepEqual({ users, traces }, { users: null, traces: null });
  });

  it('takes no product, tenant or session for something that failed', async () => {
    const lines = Array.from({ length: 40 }, (_, i) =>
      json(i, i % 2 ? 'ERROR' : 'INFO', 'Product shown', {
        trace_id: `dddd${i}eeee${i}ffff${i}`,
        product_id: `p-${i % 3}33`,
        tenant_id: 't-1',
        session_id: `s-${i}`,
      }),
    );
    const { entities, traces } = await impact(lines);
    deepEqual(entities, []);
    deepEqual(traces, { total: 40, failed: 20 });
  });

  it('leads from a user to the failure of an order by the line that names both', async () => {
    const { users } = await impact([
      json(0, 'INFO', 'Order placed', { user_id: 'u-15', order_id: 'o-501' }),
      json(1, 'INFO', 'Order placed', { user_id: 'u-16', order_id: 'o-502' }),
      json(2, 'ERROR', 'Payment refused', { order_id: 'o-501' }),
    ]);
    deepEqual(users, { kind: 'user', total: 2, affected: 1 });
  });

  it('counts what is outside of the range nowhere', async () => {
    const nothing = await impact(orders, 1000, 2000);
    ok(nothing.entries === 0 && nothing.errors === 0);
    deepEqual(nothing.traces, { total: 0, failed: 0 });
    deepEqual(nothing.entities, []);
  });
});
