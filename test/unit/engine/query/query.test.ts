/** Whole queries: operators, the queries of other tools, what a log knows nothing of, and bad input. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { createEngine } from '../../../../src/engine/engine.ts';
import type { Log } from '../../../../src/engine/index/log.ts';
import { parseQuery } from '../../../../src/engine/query/parse.ts';
import type { QueryNode } from '../../../../src/engine/query/syntax.ts';
import { sentence } from '../../../../src/render/sentence.ts';
import { memorySource } from '../memorySource.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { bound, found } from './found.ts';

/** The query with every bracket written. */
function shown(node: QueryNode): string {
  if (node.kind === 'term') return node.text;
  if (node.kind === 'not') return `!${shown(node.node)}`;
  return `(${node.nodes.map(shown).join(node.kind === 'and' ? ' & ' : ' | ')})`;
}

function structure(text: string): string {
  const parsed = parseQuery(text);
  if ('message' in parsed) return sentence(parsed.message);
  return parsed.node === null ? '' : shown(parsed.node);
}

describe('operators', () => {
  for (const [text, expected] of [
    ['a b', '(a & b)'],
    ['a AND b OR c', '((a & b) | c)'],
    ['a OR b AND c', '(a | (b & c))'],
    ['a OR b c', '(a | (b & c))'],
    ['a && b || c', '((a & b) | c)'],
    ['NOT a b', '(!a & b)'],
    ['a NOT b', '(a & !b)'],
    ['a OR NOT b', '(a | !b)'],
    ['NOT NOT a', 'a'],
    ['-a !b', '(!a & !b)'],
    ['-(a OR b) c', '(!(a | b) & c)'],
    ['(a b) OR -(c d)', '((a & b) | !(c & d))'],
    ['NOT(a OR (b c))', '!(a | (b & c))'],
    ['((a))', 'a'],
    ['f:(a OR b) c', '((a | b) & c)'],
    ['-f:(a g:b)', '!(a & g:b)'],
    ['call(x, y)', 'a bracket is closed that was not opened; quote it to look for it'],
    ['call(x) b', '(call(x) & b)'],
    ['+a +b', '(a & b)'],
    ['and or not', '(and & or & not)'],
    ['-', '-'],
    ['  ', ''],
  ] as const) {
    it(text, () => equal(structure(text), expected));
  }

  it('give a field to all terms in its brackets that have none', () => {
    const parsed = parseQuery('f:(a OR g:b OR >3)');
    ok(!('message' in parsed) && parsed.node?.kind === 'or');
    deepEqual(
      parsed.node.nodes.map((node) => node.kind === 'term' && [node.key, node.test.kind]),
      [
        ['f', 'text'],
        ['g', 'text'],
        ['f', 'numbers'],
      ],
    );
  });
});

const at = (clock: string): string => `2024-03-05T${clock}Z`;
const line = (clock: string, level: string, service: string, message: string, more: object = {}): object => ({
  time: at(clock),
  level,
  service,
  message,
  ...more,
});
const ORDER = '5f3c20aae2c84800016ceb01';

describe('a query over several services', () => {
  let log: Log;
  before(async () => {
    const shop = [
      line('08:00:00', 'info', 'shop-orders', `Order ${ORDER} created`),
      line('08:24:46', 'info', 'shop-orders', `Sending payment request for order ${ORDER}`),
      line('08:24:47', 'error', 'shop-orders', `Payment failed for order ${ORDER}: Connection refused`, { took: 1200 }),
      line('08:24:48', 'warn', 'shop-orders', `Order ${ORDER} status updated to PAYMENT_FAILED`),
      line('08:20:00', 'info', 'shop-payment', 'payment authorised'),
    ];
    const other = [
      line('09:20:00', 'error', 'billing', 'Connection refused'),
      line('09:30:00', 'info', 'billing', 'ready', { took: 40 }),
    ];
    const text = (lines: object[]): string => lines.map((each) => `${JSON.stringify(each)}\n`).join('');
    ({ log } = await openMemoryLog({
      'weave-shop/orders.jsonl': text(shop.slice(0, 4)),
      'weave-shop/payment.jsonl': text(shop.slice(4)),
      'elsewhere/billing.jsonl': text(other),
    }));
  });

  const count = async (text: string): Promise<number> => (await found(log, text)).length;

  for (const [text, expected] of [
    ['kube_namespace:weave-shop service:shop-orders "status updated to PAYMENT_FAILED"', 1],
    ['kube_namespace:weave-shop service:shop-orders "Connection refused"', 1],
    [`kube_namespace:weave-shop "${ORDER}"`, 4],
    ['kube_namespace:weave-shop service:shop-payment', 1],
    ['kube_namespace:weave-shop service:shop-orders "ERROR"', 1],
    ['kube_namespace:weave-shop service:shop-orders "Sending payment request"', 1],
    ['kube_namespace:weave-shop service:shop-orders "payment successful"', 0],
    ['kube_namespace:weave-shop pod_name:orders*', 4],
    ['"Connection refused"', 2],
    ['"Connection refused" -service:billing', 1],
    ['took:>1000 OR ready', 2],
    ['service:shop-* after:"08:24" before:"08:30"', 3],
    ['level:error service:shop-orders "Connection refused" took:>1000 after:"08:00" before:"12:30"', 1],
    ['(service:billing OR service:shop-payment) -level:error', 2],
    ['-(service:billing OR service:shop-orders)', 1],
  ] as const) {
    it(`${text}: ${expected}`, async () => equal(await count(text), expected));
  }

  it('keeps the order of time over files', async () => {
    deepEqual(
      (await found(log, 'payment level:info')).map((message) => message.slice(0, 12)),
      ['payment auth', 'Sending paym'],
    );
  });

  it('ignores what the log knows nothing of, negated or not, and says so', async () => {
    for (const text of [
      'zone_tag:north ready',
      'ready -zone_tag:north',
      'ready OR zone_tag:north',
      'ready -(zone_tag:a)',
    ]) {
      equal(await count(text), 1, text);
      const [note] = bound(log, text).notes;
      ok(note !== undefined && sentence(note).startsWith('zone_tag:'), text);
    }
    deepEqual(bound(log, 'kube_namespace:weave-shop ready').notes, []);
  });

  const elastic = (query: object): string => JSON.stringify({ query });
  for (const [name, query, expected] of [
    [
      'bool with a range before now',
      { bool: { must: [{ match: { level: 'ERROR' } }], filter: { range: { '@timestamp': { gte: 'now-1h' } } } } },
      1,
    ],
    ['match, any word', { match: { message: 'refused authorised' } }, 3],
    ['match, every word', { match: { message: { query: 'connection payment', operator: 'and' } } }, 1],
    ['match_phrase', { match_phrase: { message: 'payment failed' } }, 1],
    ['match_phrase of half a word', { match_phrase: { message: 'payment fail' } }, 0],
    ['term', { term: { 'service.keyword': { value: 'billing' } } }, 2],
    ['terms', { terms: { service: ['billing', 'shop-payment'] } }, 3],
    ['must_not', { bool: { must_not: { term: { service: 'shop-orders' } } } }, 3],
    ['should alone', { bool: { should: [{ match: { service: 'billing' } }, { match: { level: 'warn' } }] } }, 3],
    ['should beside must', { bool: { must: { term: { level: 'warn' } }, should: { term: { level: 'info' } } } }, 1],
    ['range of numbers', { range: { took: { gt: 40, lte: 1200 } } }, 1],
    ['range of times', { range: { '@timestamp': { gte: at('08:24:00'), lt: at('08:24:48') } } }, 2],
    ['exists', { exists: { field: 'took' } }, 2],
    ['wildcard', { wildcard: { service: 'shop*' } }, 5],
    ['prefix', { prefix: { service: 'shop-o' } }, 4],
    ['query_string', { query_string: { query: 'level:error AND billing' } }, 1],
    ['match_all', { match_all: {} }, 7],
    ['must_not match_all', { bool: { must_not: { match_all: {} } } }, 0],
  ] as const) {
    it(`Elasticsearch: ${name}`, async () => equal(await count(elastic(query)), expected));
  }

  it('takes a request as the console of Kibana copies it, and names what has no meaning here', async () => {
    const text = `GET /logs/_search\n${JSON.stringify({ size: 5, query: { match: { level: 'warn' } } })}`;
    equal(await count(text), 1);
    deepEqual(bound(log, text).notes.map(sentence), ['size of the request is ignored']);
  });

  it('refuses what it cannot answer in full', () => {
    equal(structure('{"query": {"geo_distance": {"a": 1}}}'), 'geo_distance of Elasticsearch is not understood here');
    equal(structure('{"query": {"bool": {"must": [{}]}}}').startsWith('each clause'), true);
    equal(structure('{"query": ').startsWith('this begins like'), true);
  });

  it('reads no text where columns settle the query', async () => {
    const reads: number[] = [];
    const read: Log['read'] = (entries) => {
      reads.push(...Array.from(entries));
      return log.read(entries);
    };
    const watched: Log = { ...log, read };
    equal((await found(watched, 'level:error service:billing')).length, 1);
    equal(reads.length, 1);
  });
});

describe('a field', () => {
  const json = (second: number, more: object): string =>
    JSON.stringify({ time: `2024-03-05T08:00:0${second}Z`, level: 'info', message: 'm', ...more });

  it('is among the keys by which entries are passed over, in every kind of record', async () => {
    const { log } = await openMemoryLog({
      'a.jsonl': `${json(0, { a: { b: [1, { c: 2 }] }, d: {}, e: null })}\n${json(1, { f: '{"g": 1}' })}\n`,
      'b.log': 'ts=2024-03-05T08:00:02Z level=info msg="one two" user=ann\n'.repeat(3),
      'c.log': [
        '2024-03-05 08:00:03.000  INFO 1 --- [main] c.e.Shop : Order 7 took=3 {"deep": {"er": 1}}',
        '2024-03-05 08:00:04.000 ERROR 1 --- [main] c.e.Shop : failed',
        'java.io.IOException: x',
        '\tat c.e.Shop.run(Shop.java:7)',
      ].join('\n'),
      'd.log': '10.0.0.1 - - [05/Mar/2024:08:00:05 +0000] "GET /x HTTP/1.1" 200 12 "-" "curl"\n'.repeat(3),
    });
    const entries = await log.read(log.order);
    equal(entries.length, log.count);
    for (const entry of entries) {
      const keys = log.layouts[log.layout[entry.entry]];
      for (const { key } of entry.fields) {
        const isBehindMessage = entry.file === 'c.log' && key === 'deep.er';
        ok(keys.includes(key) || key === 'stack_trace' || isBehindMessage, `${entry.file}: ${key}`);
      }
    }
    equal((await found(log, 'stack_trace:*shop.java*')).length, 1);
  });

  it('behind the message of a text format is known by a sample', async () => {
    const entry = (second: number, tail: string): string =>
      `2024-03-05 08:00:0${second}.000  INFO 1 --- [main] c.e.Shop : Order ${tail}\n`;
    const source = memorySource({ 'c.log': entry(3, '{"took": 900}') + entry(4, '{"took": 20}') });
    const engine = createEngine({ source, sentence });
    await engine.open({ root: '/log' });
    const page = await engine.search('/log', 'took:>100', 0, 10);
    ok(!('problem' in page));
    deepEqual([page.notes, page.hits.map(({ line }) => line)], [[], [1]]);
  });

  it('is read from the text where a log has too many kinds of records to know their keys', async () => {
    const { log } = await openMemoryLog({
      'a.jsonl': `${json(0, { own: 1 })}\n${json(1, { own: 2 })}\n${json(2, {})}\n`,
    });
    const other = log.layout[log.order[0]];
    const crowded: Log = {
      ...log,
      layouts: log.layouts.map((keys, layout) => (layout === other ? [] : keys)),
      layout: log.layout,
    };
    equal(bound({ ...crowded, layouts: [...crowded.layouts, ['own']] }, 'own:2').mayMatch(log.order[0]), true);
    equal((await found({ ...crowded, layouts: [...crowded.layouts, ['own']] }, 'own:2')).length, 1);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    'a',
    'f:',
    '(',
    ')',
    '"',
    ' ',
    ' AND ',
    ' OR ',
    ' NOT ',
    '-',
    '>',
    '[1 TO 2]',
    '*',
    '\\',
    '{',
    '}',
    ':',
    '+',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
  );

  it('is a query, or a problem with its place', () => {
    fc.assert(
      fc.property(text, (query) => {
        const parsed = parseQuery(query);
        if (!('message' in parsed)) return;
        ok(parsed.start >= 0 && parsed.start <= parsed.end && parsed.end <= query.length);
        ok(!sentence(parsed.message).startsWith('query.'), 'has words');
      }),
      { numRuns: 2000 },
    );
  });

  it('that is JSON is a query, or a problem', () => {
    const names = fc.constantFrom(
      'bool',
      'must',
      'filter',
      'match',
      'term',
      'range',
      'query',
      'should',
      'gte',
      'terms',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(names, tie('tree'), { maxKeys: 2 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(names, tree, { maxKeys: 2 }), (query) => {
        const parsed = parseQuery(JSON.stringify(query));
        ok('message' in parsed || parsed.node === null || parsed.node.kind.length > 0);
      }),
    );
  });

  it('finds every entry or its opposite', async () => {
    const { log } = await openMemoryLog({ 'a.jsonl': `${JSON.stringify(line('08:00:00', 'info', 'x', 'a b f'))}\n` });
    await fc.assert(
      fc.asyncProperty(text, async (query) => {
        const parsed = parseQuery(query);
        if ('message' in parsed || parsed.node === null || bound(log, query).notes.length > 0) return;
        const opposite = `NOT (${query})`;
        if ('message' in parseQuery(opposite)) return;
        equal((await found(log, query)).length + (await found(log, opposite)).length, 1, query);
      }),
    );
  });

  it('of many brackets is refused, not followed', () => {
    equal(structure(`${'('.repeat(9000)}a${')'.repeat(9000)}`), 'the query has too many terms, or brackets too deep');
    equal(structure('a '.repeat(9000)), 'the query has too many terms, or brackets too deep');
    equal(
      structure(`${'{"bool":{"must":'.repeat(500)}1${'}}'.repeat(500)}`),
      'the query has too many terms, or brackets too deep',
    );
  });
});
