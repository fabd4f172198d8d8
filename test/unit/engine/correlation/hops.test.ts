import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hopsOf } from '../../../../src/engine/correlation/hops.ts';
import { findId } from '../../../../src/engine/correlation/lookup.ts';
import type { Log } from '../../../../src/engine/index/log.ts';
import type { Hop } from '../../../../src/model.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

type Fields = Record<string, string | number>;

/** A line of a service `ms` milliseconds into the trace. */
function line(service: string, ms: number, message: string, fields: Fields = {}): string {
  const time = new Date(Date.UTC(2026, 7, 1, 10) + ms).toISOString();
  return JSON.stringify({ time, level: 'info', service, message, trace_id: '4bf92f3577b34da6', ...fields });
}

async function logOf(...lines: string[]): Promise<Log> {
  const { log } = await openMemoryLog({ 'a.jsonl': lines.join('\n') });
  return log;
}

async function hops(...lines: string[]): Promise<Hop[]> {
  const log = await logOf(...lines);
  return hopsOf(log, findId(log, '4bf92f3577b34da6'));
}

const told = (all: readonly Hop[]): string[] =>
  all.map(({ caller, callee, how, from, to, lagMs }) => {
    return `${caller} → ${callee} ${how} ${from?.line ?? '-'} → ${to?.line ?? '-'} ${lagMs ?? '-'}`;
  });

describe('hops of a trace', () => {
  it('are told by a field that names the peer, and each sending is one', async () => {
    const found = await hops(
      line('shop', 0, 'Calling peer', { upstream: 'stock-service' }),
      line('stock-service', 12, 'Reserving'),
      line('shop', 30, 'Response of peer', { upstream: 'stock-service' }),
      line('shop', 40, 'Calling peer', { upstream: 'stock-service' }),
      line('stock-service', 55, 'Booking'),
    );
    assert.deepEqual(told(found), ['shop → stock-service peer 1 → 2 12', 'shop → stock-service peer 4 → 5 15']);
    assert.deepEqual(
      found.map(({ joined }) => joined),
      ['inferred', 'inferred'],
    );
  });

  it('are told by the host of a URL, in a field or in the message', async () => {
    const found = await hops(
      line('shop', 0, 'out', { url: 'http://stock-service:8080/reserve?to=http://shop/' }),
      line('stock-service', 5, 'in'),
      line('shop', 20, 'sending POST http://billing/pay'),
      line('billing', 29, 'paying'),
    );
    assert.deepEqual(told(found), ['shop → stock-service peer 1 → 2 5', 'shop → billing mention 3 → 4 9']);
  });

  it('are told by a sentence, by a bare word only where it is asked', async () => {
    const found = await hops(
      line('orders', 0, 'Sending payment request for 12 EUR'),
      line('payment', 8, 'Authorising'),
      line('orders', 30, 'Sending shipping confirmation'),
      line('shipping', -5, 'tick'),
    );
    assert.deepEqual(told(found), ['orders → payment mention 1 → 2 8']);
  });

  it('take who is named as the sender of what was received for the caller', async () => {
    const found = await hops(
      line('web-shop', 0, 'tick'),
      line('stock', 9, 'Received request from the web shop'),
      line('web-shop', 20, 'tock'),
    );
    assert.deepEqual(told(found), ['web-shop → stock mention 1 → 2 9']);
  });

  it('begin as long before the line as its work took', async () => {
    const found = await hops(
      line('stock-service', 120, 'Reserving'),
      line('gateway', 5000, 'Upstream timeout', { upstream_service: 'stock-service', duration_ms: 4950 }),
    );
    assert.deepEqual(told(found), ['gateway → stock-service peer 2 → 1 70']);
  });

  it('lead to a peer that never logs where a key says who is called, and to no host that may be anyone’s', async () => {
    const found = await hops(
      line('shop', 0, 'Calling peer', { upstream: 'ledger', host: 'node-a' }),
      line('shop', 5, 'done', { host: 'node-b' }),
    );
    assert.deepEqual(told(found), ['shop → ledger peer 1 → - -']);
  });

  it('follow from what is sent without a name, and from whose lines enclose whose', async () => {
    const found = await hops(
      line('edge', 0, 'Request sent'),
      line('orders', 10, 'one'),
      line('stock', 20, 'two'),
      line('orders', 30, 'three'),
      line('edge', 40, 'Answered'),
    );
    assert.deepEqual(told(found), ['edge → orders order 1 → 2 10', 'orders → stock order 2 → 3 10']);
  });

  it('begin with the line that asked, where only what came of it names the callee', async () => {
    const found = await hops(
      line('orders', 0, 'Reservation requested'),
      line('stock-service', 7, 'Reservation request'),
      line('orders', 90, 'Stock service timeout'),
      line('edge', 95, 'Request failed'),
      line('orders', 99, 'Order cancelled'),
    );
    assert.deepEqual(told(found), ['orders → stock-service mention 1 → 2 7']);
  });

  it('are not guessed from equal times, nor where either of two may have asked', async () => {
    assert.deepEqual(told(await hops(line('a', 0, 'x'), line('b', 0, 'y'), line('a', 0, 'z'))), []);
    const either = [line('a', 0, 'x'), line('b', 1, 'x'), line('c', 2, 'x'), line('a', 3, 'x'), line('b', 4, 'x')];
    assert.deepEqual(told(await hops(...either)), []);
  });

  it('take lines of one span for one piece of work', async () => {
    const spans = (span: string): Fields => ({ span_id: `00000000000000${span}` });
    const found = await hops(
      line('shop', 0, 'begin', spans('a1')),
      line('stock', 1, 'check', spans('b1')),
      line('user', 5, 'look', spans('c1')),
      line('stock', 9, 'book', spans('b2')),
      line('shop', 10, 'end', spans('a1')),
    );
    assert.deepEqual(told(found), ['shop → stock order 1 → 2 1', 'shop → user order 1 → 3 5']);
  });

  it('are credited to the first that tells of an error, not to those who tell it on', async () => {
    const found = await hops(
      line('edge', 0, 'begin'),
      line('orders', 1, 'begin'),
      line('orders', 20, 'Request to http://stock/ failed'),
      line('edge', 30, 'Order failed: request to http://stock/ failed'),
      line('stock', 40, 'tick'),
    );
    const toStock = found.filter(({ callee }) => callee === 'stock');
    assert.deepEqual(told(toStock), ['orders → stock mention 3 → 5 -']);
  });

  it('are those that spans record, where there are spans', async () => {
    const span = (id: string, parent: string, service: string, start: number) => ({
      traceId: '4bf92f3577b34da6',
      id,
      ...(parent && { parentId: parent }),
      name: 'get',
      timestamp: Date.UTC(2026, 7, 1, 10) * 1000 + start,
      duration: 50_000 - start,
      localEndpoint: { serviceName: service },
    });
    const spans = [
      span('00000000000000a1', '', 'shop', 0),
      span('00000000000000b1', '00000000000000a1', 'stock', 4000),
    ];
    const text = [
      line('shop', 1, 'Calling peer', { upstream: 'stock' }),
      line('stock', 6, 'Calling peer', { upstream: 'shop' }),
      line('stock', 7, 'Calling peer', { upstream: 'ledger' }),
    ];
    const { log } = await openMemoryLog({ 'a.jsonl': text.join('\n'), 'zipkin.json': JSON.stringify(spans) });
    const found = await hopsOf(log, findId(log, '4bf92f3577b34da6'));
    assert.deepEqual(
      found.map(({ caller, callee, joined, how, lagMs }) => [caller, callee, joined, how, lagMs]),
      [
        ['shop', 'stock', 'recorded', 'span', 4],
        ['stock', 'ledger', 'inferred', 'peer', null],
      ],
    );
  });

  it('never lead a service to itself, whatever is said, and name only lines of the two', async () => {
    const service = fc.constantFrom('shop', 'stock', 'billing-service', 'user');
    const message = fc.constantFrom(
      'Calling stock',
      'Received from billing service',
      'Request to http://user:80/ failed',
      'done',
      'Request sent',
      'x',
    );
    const fields = fc.constantFrom<Fields>(
      {},
      { upstream: 'shop' },
      { caller: 'user' },
      { upstream: 'ledger', duration_ms: 7 },
    );
    const lines = fc.array(fc.tuple(service, fc.nat(50), message, fields), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        for (const hop of await hops(...all.map((each) => line(...each)))) {
          assert.notEqual(hop.caller, hop.callee);
          if (hop.from) assert.equal(hop.from.service, hop.caller);
          if (hop.to) assert.equal(hop.to.service, hop.callee);
          assert.equal(hop.joined, 'inferred');
        }
      }),
      { numRuns: 60 },
    );
  });
});
