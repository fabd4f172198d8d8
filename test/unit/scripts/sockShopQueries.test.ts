/** The ten queries that the description of the sock shop's test gives, run over the sample as they stand. */
import assert from 'node:assert/strict';
import { run } from '../cli/engine.ts';

const FOLDER = 'samples/sock-shop';

interface Line {
  timestamp: string;
  service: string;
  level: string;
  message: string;
}

async function found(query: string, ...range: string[]): Promise<Line[]> {
  const read = await run('merge', FOLDER, '--query', query, ...range, '--format', 'json');
  return read
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('the ten queries over the sock shop', () => {
  /** By number in the description: how many entries it says they find, and their level where it tells that. */
  const counted: [number, string, number, string?][] = [
    [1, 'kube_namespace:sock-shop service:sock-shop-orders "status updated to PAYMENT_FAILED"', 6, 'warn'],
    [2, 'kube_namespace:sock-shop service:sock-shop-orders "Connection refused"', 6, 'error'],
    [3, 'kube_namespace:sock-shop "690320cee2c84800016ceb4a"', 5],
    [4, 'kube_namespace:sock-shop "69032142e2c84800016ceb4c"', 5],
    [5, 'kube_namespace:sock-shop "690321a3e2c84800016ceb4d"', 5],
    [6, 'kube_namespace:sock-shop "690321b0e2c84800016ceb4e"', 5],
    [9, 'kube_namespace:sock-shop service:sock-shop-orders "Sending payment request"', 6, 'info'],
    [10, 'kube_namespace:sock-shop service:sock-shop-orders "Payment failed"', 6, 'error'],
  ];
  for (const [number, query, count, level] of counted) {
    it(`${number}: ${query}`, async () => {
      const lines = await found(query);
      assert.equal(lines.length, count);
      if (level) assert.deepEqual([...new Set(lines.map((line) => line.level))], [level]);
    });
  }

  it('3 gives the five steps in order', async () => {
    const id = '690320cee2c84800016ceb4a';
    assert.deepEqual(
      (await found(`kube_namespace:sock-shop "${id}"`)).map(({ message }) => message.replace(id, 'X').split('\n')[0]),
      [
        'Order created with ID: X and status: Created',
        'Order X status updated to PENDING',
        'Sending payment request for order X',
        'Payment failed for order X: Connection refused',
        'Order X status updated to PAYMENT_FAILED',
      ],
    );
  });

  it('7 finds the payment service before and after, and nothing of it between 08:24 and 08:35', async () => {
    const query = 'kube_namespace:sock-shop service:sock-shop-payment';
    const lines = await found(query);
    assert.deepEqual([...new Set(lines.map(({ service }) => service))], ['sock-shop-payment']);
    assert.ok(lines.some(({ timestamp }) => timestamp < '2025-10-30T08:24'));
    assert.ok(lines.some(({ timestamp }) => timestamp > '2025-10-30T08:35'));
    assert.deepEqual(await found(query, '--from', '08:24', '--to', '08:35'), []);
    assert.deepEqual(await found(`${query} after:"08:24" before:"08:35"`), []);
  });

  it('8 finds the errors by the word of their level, the payments that failed among them', async () => {
    const lines = await found('kube_namespace:sock-shop service:sock-shop-orders "ERROR"');
    assert.ok(lines.length > 1);
    assert.ok(lines.every(({ level }) => level === 'error'));
    assert.equal(lines.filter(({ message }) => message.startsWith('Payment failed')).length, 6);
  });

  it('10 finds what the payments that succeeded say instead', async () => {
    const lines = await found('kube_namespace:sock-shop service:sock-shop-orders "payment successful"');
    assert.ok(lines.length > 2);
    assert.ok(lines.every(({ message }) => message.endsWith('payment successful')));
  });
});
