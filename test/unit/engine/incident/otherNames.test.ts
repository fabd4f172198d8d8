/** The sample under other names must give the same picture: nothing may hang on a name. */
import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import { type Files, firstCause, inFields, picture, report, rewrite, sampleFiles } from './sample.ts';

const KEYS: [string, string][] = [
  ['"trace_id":', '"correlationId":'],
  ['"service":', '"svc":'],
  ['"level":', '"lvl":'],
  ['"timestamp":', '"ts":'],
  ['"message":', '"msg":'],
];

/** Words, in text and fields alike; each is no part of another's result. */
const WORDS: [RegExp, string][] = [
  [/api-gateway/g, 'front-door'],
  [/inventory/g, 'warehouse'],
  [/Inventory/g, 'Warehouse'],
  [/orders?(?=[-_/ ]|")/g, 'bookings'],
  [/Order(?= )/g, 'Bookings'],
  [/payment/g, 'wallet'],
  [/Payment/g, 'Wallet'],
  [/db-monitor/g, 'storage-watch'],
  [/stripe/g, 'paywell'],
];

const BACK: Record<string, string> = {
  'front-door': 'api-gateway',
  'warehouse-service': 'inventory-service',
  'warehouse-db-primary': 'inventory-db-primary',
  'bookings-service': 'order-service',
  'bookings-db-primary': 'orders-db-primary',
  'wallet-service': 'payment-service',
  'storage-watch': 'db-monitor',
  paywell: 'stripe',
};

function everywhere(line: string): string {
  let text = line;
  for (const [key, other] of KEYS) text = text.replaceAll(key, other);
  for (const [word, other] of WORDS) text = text.replace(word, other);
  text = text.replace(
    /2023-08-15T(\d\d)/g,
    (_, hour: string) => `2024-02-28T${String(Number(hour) + 8).padStart(2, '0')}`,
  );
  return text.replace(
    /"correlationId":"([^"]+)"/g,
    (_, id: string) => `"correlationId":"q${[...id].reverse().join('')}"`,
  );
}

const FIELD_NAMES: Record<string, string> = {
  'api-gateway': 'alpha',
  'order-service': 'bravo',
  'inventory-service': 'charlie',
  'payment-service': 'delta',
  'db-monitor': 'echo',
  'inventory-db-primary': 'pg-seven',
  'orders-db-primary': 'pg-nine',
  stripe: 'foxtrot',
};

/** The chain from the database to the gateway, by the file that each service's lines stand in. */
async function chainOf(files: Files, chain: string[]): Promise<boolean> {
  const { cascade } = await report(files);
  return chain.every(
    (name, index) => index === 0 || cascade.edges.some(({ from, to }) => from === chain[index - 1] && to === name),
  );
}

describe('the sample under other names', () => {
  it('gives the same picture with services, keys, ids, days and files renamed everywhere', async () => {
    const names = Object.keys(sampleFiles()).sort();
    const fileName = (name: string): string => `part-${names.indexOf(name)}.ndjson`;
    const files = rewrite(sampleFiles(), fileName, everywhere);
    ok(!/inventory|stripe|api-gateway|trace_id|2023/i.test(Object.values(files).join()));
    const renamed = picture(
      await report(files),
      (name) => BACK[name] ?? name,
      (file) => names[Number(/\d+/.exec(file)?.[0])],
    );
    deepEqual(renamed, picture(await report(sampleFiles())));
  });

  it('finds the same cause and chain with names changed in fields only', async () => {
    const files = rewrite(sampleFiles(), (name) => name, inFields(FIELD_NAMES));
    const found = await report(files);
    equal(firstCause(found), 'pg-seven');
    ok(await chainOf(files, ['pg-seven', 'charlie', 'bravo', 'alpha']));
    ok(found.rootCauses.some(({ name }) => name === 'foxtrot'));
  });

  it('finds the same cause and chain with only the names of services changed', async () => {
    const { 'inventory-db-primary': _, 'orders-db-primary': __, stripe: ___, ...services } = FIELD_NAMES;
    const files = rewrite(sampleFiles(), (name) => name, inFields(services));
    equal(firstCause(await report(files)), 'inventory-db-primary');
    ok(await chainOf(files, ['inventory-db-primary', 'charlie', 'bravo', 'alpha']));
  });

  it('gives the same report whatever order the files are named in', async () => {
    const files = sampleFiles();
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    deepEqual(await report(reversed), await report(files));
  });

  it('would notice a difference', async () => {
    const files = sampleFiles();
    const { 'db-monitor.jsonl': _, ...fewer } = files;
    notDeepEqual(picture(await report(fewer)), picture(await report(files)));
  });
});
