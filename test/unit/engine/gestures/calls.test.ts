import assert from 'node:assert/strict';
import type { TraceCalls } from '../../../../src/gestures.ts';
import { engineOn, jaeger, line, ROOT } from './gestureLog.ts';

const TRACE = 'feed0001feed';

function shown(trace: TraceCalls | null): string[] {
  return (trace?.calls ?? []).map(
    ({ from, to, count, medianLagMs, how }) => `${from} > ${to} ${count} ${medianLagMs} ${how}`,
  );
}

/** A shop that asks till and mail, and a till that asks a bank; a piece of work of each a second. */
const SPANS = ['a1', 'b2', 'c3', 'd4', 'e5'].map((id) => id.repeat(8));
const SPAN_FILES = {
  'spans.json': jaeger([
    [SPANS[0], null, 'shop', 1],
    [SPANS[1], SPANS[0], 'till', 2],
    [SPANS[2], SPANS[0], 'mail', 3],
    [SPANS[3], SPANS[0], 'till', 5],
    [SPANS[4], SPANS[3], 'bank', 6],
  ]),
};
const SPAN_TRACE = 'ab12cd34ef56ab12';
/** The same shop and till, but told by lines only. */
const TOLD =
  line(1, { trace: TRACE, service: 'shop', msg: 'order in' }) +
  line(2, { trace: TRACE, service: 'till', msg: 'paying' }) +
  line(3, { trace: TRACE, service: 'till', msg: 'paid', level: 'error' }) +
  line(4, { trace: TRACE, service: 'shop', msg: 'order out' });

describe('the calls of a trace', () => {
  it('are counted for each pair of services, with the median of the lags', async () => {
    const trace = await (await engineOn(SPAN_FILES)).calls(ROOT, SPAN_TRACE);
    assert.deepEqual(shown(trace), ['shop > till 2 4000 span', 'shop > mail 1 2000 span', 'till > bank 1 1000 span']);
    assert.deepEqual([trace?.calls[0].callers.length, trace?.calls[0].callees.length], [2, 2]);
  });

  it('say how they are known where nothing records them', async () => {
    const trace = await (await engineOn({ 'a.jsonl': TOLD })).calls(ROOT, TRACE);
    assert.deepEqual(shown(trace), ['shop > till 1 1000 order']);
  });

  it('have the services with their entries and errors', async () => {
    const trace = await (await engineOn({ 'a.jsonl': TOLD })).calls(ROOT, TRACE);
    assert.deepEqual(
      trace?.services.map(({ name, entries, errors, first }) => [name, entries, errors, first.line]),
      [
        ['shop', 2, 0, 1],
        ['till', 2, 1, 2],
      ],
    );
  });

  it('are none of an id that nobody knows', async () => {
    assert.equal(await (await engineOn({ 'a.jsonl': line(1) })).calls(ROOT, TRACE), null);
  });
});

describe('where a trace goes on', () => {
  it('is the begin of each call that an entry tells of, and of none further down', async () => {
    const engine = await engineOn(SPAN_FILES);
    const { order, service, services, time } = engine.log(ROOT);
    const callees = async (at: number) =>
      (await engine.callees(ROOT, SPAN_TRACE, order[at])).map(
        ({ entry }) => `${services[service[entry]]} ${order.indexOf(entry)}`,
      );
    assert.ok(time[order[0]] < time[order[1]]);
    assert.deepEqual(await callees(0), ['till 1', 'mail 2', 'till 3']);
    assert.deepEqual(await callees(3), ['bank 4']);
    assert.deepEqual(await callees(4), []);
  });

  it('is the next call of the service where the entry itself tells of none', async () => {
    const engine = await engineOn({ 'a.jsonl': line(0, { trace: TRACE, service: 'shop', msg: 'up' }) + TOLD });
    const callees = async (at: number) => {
      const entry = await engine.entryAt(ROOT, 'a.jsonl', at);
      return (await engine.callees(ROOT, TRACE, entry?.entry ?? -1)).map((row) => row.line);
    };
    assert.deepEqual(await callees(1), [3]);
    assert.deepEqual(await callees(4), []);
    assert.deepEqual(await callees(5), []);
    assert.deepEqual(await callees(9), []);
  });
});

describe('an id for other tools', () => {
  const hex = '4bf92f3577b34da6a3ce929d0e0e4736';
  const cases: [key: string, written: string, found: string | null][] = [
    ['trace_id', hex, hex],
    ['traceparent', `00-${hex}-00f067aa0ba902b7-01`, hex],
    ['trace_id', 'C9F1E0D2-3B4A-4C5D-8E6F-708192A3B4C5', 'C9F1E0D2-3B4A-4C5D-8E6F-708192A3B4C5'],
    ['trace_id', '1-5759e988-bd862e3fe1be46a994272793', '1-5759e988-bd862e3fe1be46a994272793'],
    ['trace', `projects/shop/traces/${hex}`, hex],
    ['order_id', 'order_4711', null],
  ];
  for (const [key, written, found] of cases) {
    it(`is ${found} for ${key} ${written}`, async () => {
      const trace = found === null ? { trace: TRACE } : {};
      const engine = await engineOn({ 'a.jsonl': line(1, { ...trace, [key]: written }) });
      assert.equal(await engine.outsideId(ROOT, written), found);
    });
  }
});
