/** The sample of a shop whose logs are only text: it is what its script writes, and its orders can be followed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sockShopFiles } from '../../../scripts/samples/sockShop.mjs';
import { run } from '../cli/engine.ts';

const FOLDER = 'samples/sock-shop';
/** Failed orders and when, as the description of the test gives them. */
const FAILED = {
  '6902f430e2c84800016ceb47': '2025-10-30T05:14:24',
  '690320cee2c84800016ceb4a': '2025-10-30T08:24:46',
  '690320eae2c84800016ceb4b': '2025-10-30T08:25:14',
  '69032142e2c84800016ceb4c': '2025-10-30T08:26:40',
  '690321a3e2c84800016ceb4d': '2025-10-30T08:28:19',
  '690321b0e2c84800016ceb4e': '2025-10-30T08:28:32',
};

interface Line {
  timestamp: string;
  service: string;
  level: string;
  message: string;
  joined: string;
}

const traced = async (id: string): Promise<Line[]> =>
  JSON.parse(await run('trace', id, FOLDER, '--format', 'json')).entries;

describe('the sock shop', () => {
  it('is what its script writes', () => {
    const written = readdirSync(FOLDER).filter((name) => name.endsWith('.log'));
    const made = sockShopFiles();
    assert.deepEqual(written.sort(), [...made.keys()].sort());
    for (const [name, text] of made) {
      // Git may have checked the file out with the line ends of the machine.
      assert.equal(readFileSync(join(FOLDER, name), 'utf8').replaceAll('\r\n', '\n'), text, name);
    }
  });

  for (const [id, time] of Object.entries(FAILED)) {
    it(`has the five steps of the failed order ${id} in order`, async () => {
      const lines = await traced(id);
      assert.deepEqual(
        lines.map(({ level, message }) => `${level} ${message.replace(id, 'X')}`),
        [
          'info Order created with ID: X and status: Created',
          'info Order X status updated to PENDING',
          'info Sending payment request for order X',
          'error Payment failed for order X: Connection refused',
          'warn Order X status updated to PAYMENT_FAILED',
        ],
      );
      for (const line of lines) assert.equal(line.timestamp.slice(0, 19), time);
    });
  }

  it('joins to a healthy order what the payment service says of its payment only', async () => {
    const lines = await traced('6902dc29e2c84800016ceb21');
    assert.equal(lines.length, 10);
    const inferred = lines.filter(({ joined }) => joined === 'inferred');
    assert.deepEqual(
      inferred.map(({ service, message }) => [service, message.slice(0, 16)]),
      [['sock-shop-payment', 'Captured payment']],
    );
  });

  it('compares each failed order with one that went well', async () => {
    for (const id of Object.keys(FAILED)) {
      const lines = (await run('compare', id, FOLDER)).split('\n');
      assert.match(lines[0], new RegExp(`^${id} .*: 5 entries in 1 service, .*worst level ERROR$`));
      assert.match(lines[1], /^beside [0-9a-f]{24} .*: 10 entries in 4 services, .*worst level INFO$/);
      const steps = (sign: string) =>
        lines.filter((line) => line.startsWith(`${sign} `)).map((line) => line.slice(2, 26));
      assert.deepEqual(steps('+'), [
        'INFO  Sending payment re',
        'ERROR Payment failed for',
        `WARN  Order ${id.slice(0, 12)}`,
      ]);
      assert.equal(steps('-').length, 8);
      assert.ok(lines.includes('  INFO  Order created with ID: <*> and status: Created'));
    }
  });

  it('has some sixty orders that went well, and no line of the payment service while it was away', async () => {
    const read = await run('merge', FOLDER, '--format', 'json');
    const lines: Line[] = read
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(lines.filter(({ message }) => message.endsWith('payment successful')).length, 62);
    const away = ({ timestamp }: Line) => timestamp > '2025-10-30T08:24:00' && timestamp < '2025-10-30T08:35:00';
    const others = lines.filter(away).map(({ service }) => service);
    assert.ok(others.length > 50);
    assert.ok(!others.includes('sock-shop-payment'));
    assert.ok(
      lines.some(({ service, timestamp }) => service === 'sock-shop-payment' && timestamp < '2025-10-30T08:24'),
    );
  });

  it('has the payment service for its likely cause, which falls silent and is refused', async () => {
    const report = JSON.parse(await run('report', FOLDER, '--format', 'json'));
    const [first] = report.rootCauses as { name: string; why: string }[];
    assert.equal(first?.name, 'sock-shop-payment');
    assert.ok(first.why.includes('silent'));
    const edges = (report.cascade.edges as { from: string; to: string }[]).map(({ from, to }) => `${from} → ${to}`);
    assert.ok(edges.includes('sock-shop-payment → sock-shop-orders'));
  });
});
