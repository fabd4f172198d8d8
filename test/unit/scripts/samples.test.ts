/** The samples that scripts write: they are what the scripts write, and each is explained rightly. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addToCartFiles, TROUBLES, windowOf } from '../../../scripts/samples/addToCart.mjs';
import { orderProcessingFiles } from '../../../scripts/samples/orderProcessing.mjs';
import { recordsStoreFiles } from '../../../scripts/samples/recordsStore.mjs';
import { run } from '../cli/engine.ts';

interface Report {
  rootCauses: { name: string; score: number }[];
  verdict: string;
  anomalies: { rule: string; severity: string; message: string; timestamp: string; service: string }[];
  cascade: { edges: { from: string; to: string }[] };
  services: { name: string; firstAnomaly: string | null }[];
}

const report = async (folder: string, ...more: string[]): Promise<Report> =>
  JSON.parse(await run('report', folder, ...more, '--format', 'json'));

function isWhatIsWritten(name: string, made: Map<string, string>): void {
  it('is what its script writes', () => {
    for (const [file, text] of made) {
      // Git may have checked the file out with the line ends of the machine.
      const written = readFileSync(join('samples', name, file), 'utf8').replaceAll('\r\n', '\n');
      assert.ok(written === text, `${name}/${file} differs from what its script writes`);
    }
  });
}

describe('the sample of order processing', () => {
  isWhatIsWritten('order-processing', orderProcessingFiles());

  it('names the database whose connections run out, and the way of the failure', async () => {
    const { rootCauses, cascade } = await report('samples/order-processing');
    assert.equal(rootCauses[0]?.name, 'payments-db');
    const edges = cascade.edges.map(({ from, to }) => `${from} ${to}`);
    assert.ok(edges.includes('payments-db payment-service'), edges.join());
    assert.ok(edges.includes('payment-service order-service'), edges.join());
  });

  it('has the alert fire when the guide says that it did', async () => {
    const folder = 'samples/order-processing';
    const found = JSON.parse(
      await run('alerts', folder, '--rules', join(folder, 'alert-rules.yaml'), '--format', 'json'),
    );
    const first = (name: string) => found.rules.find((rule: { name: string }) => rule.name === name);
    const at = first('HighErrorRate').firings[0].from;
    assert.ok(at >= '2025-11-07T15:28' && at <= '2025-11-07T15:31', at);
    const pool = first('ConnectionPoolNearLimit').firings[0].from;
    assert.ok(pool < at, 'the pool warns before orders fail');
    assert.equal(first('HighCPUUsage').state, 'silent');
  });
});

describe('the sample of the records store', () => {
  isWhatIsWritten('records-store', recordsStoreFiles());

  it('follows a purchase from the gateway into the worker by its correlation id', async () => {
    const lines = (
      await run(
        'merge',
        'samples/records-store',
        '--query',
        '"Purchase initiated"',
        '--to',
        '10:24',
        '--format',
        'json',
      )
    )
      .trim()
      .split('\n');
    const { correlation_id } = JSON.parse(lines[3] ?? '').fields;
    const { services, spans } = JSON.parse(
      await run('trace', correlation_id, 'samples/records-store', '--format', 'json'),
    );
    for (const name of ['gateway', 'api', 'worker'])
      assert.ok(services.includes(`kodekloud-record-store-${name}`), name);
    assert.ok(spans.length >= 8);
  });

  it('names the database that was stopped', async () => {
    const { rootCauses, cascade } = await report('samples/records-store');
    assert.equal(rootCauses[0]?.name, 'kodekloud-record-store-db');
    assert.ok(cascade.edges.some(({ from, to }) => from.endsWith('-db') && to.endsWith('-api')));
  });
});

describe('the sample of seven troubles', () => {
  isWhatIsWritten('add-to-cart', addToCartFiles());

  /** What the report of each window must say, and whom it must name. */
  const expected: Record<(typeof TROUBLES)[number], { says: RegExp; names: string }> = {
    database: { says: /pool_used 20 of 20/, names: 'postgres' },
    redis: { says: /Redis connection failed/, names: 'redis' },
    memory: { says: /out of memory/, names: 'addtocart-service' },
    performance: { says: /duration_ms [\d,]+ above threshold_ms/, names: 'postgres' },
    authentication: { says: /authentication or permission/, names: 'auth-service' },
    external: { says: /circuit breaker/, names: 'product-service' },
    balancing: { says: /health check failing/, names: 'addtocart-service' },
  };
  for (const [index, trouble] of TROUBLES.entries()) {
    it(`tells ${trouble} in its window`, async () => {
      const { from, to } = windowOf(index);
      const window = [new Date(from - 600_000), new Date(to + 300_000)].map((time) => time.toISOString());
      const { anomalies, rootCauses } = await report('samples/add-to-cart', '--from', window[0], '--to', window[1]);
      const { says, names } = expected[trouble];
      assert.ok(
        anomalies.some(({ message }) => says.test(message)),
        anomalies.map(({ message }) => message).join('\n'),
      );
      // Where the evidence is thin, nobody is named.
      const first = rootCauses.slice(0, 2).map(({ name }) => name);
      if (first.length > 0) assert.ok(first.includes(names), first.join());
      for (const { timestamp, rule } of anomalies) {
        // Lines without an id are a habit, and no trouble.
        if (rule === 'missing-trace-id') continue;
        assert.ok(Date.parse(timestamp) >= from - 1000 && Date.parse(timestamp) <= to + 60_000, timestamp);
      }
    });
  }

  it('finds nothing in the quiet before', async () => {
    const { anomalies, verdict } = await report('samples/add-to-cart', '--to', '2025-11-14T06:45:00Z');
    assert.deepEqual(
      anomalies.filter(({ severity }) => severity === 'error' || severity === 'warning'),
      [],
    );
    assert.equal(verdict, 'insufficient-evidence');
  });
});
