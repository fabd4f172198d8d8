import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findClockSkew } from '../../../../src/engine/anomalies/clockSkew.ts';
import { agreedOn, clockOffsets } from '../../../../src/engine/correlation/clockOffsets.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import type { ClockOffset } from '../../../../src/model.ts';
import { memorySource } from '../memorySource.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const START = Date.UTC(2026, 7, 1, 10);

interface Exchange {
  /** Milliseconds from sending to receiving, of the work, and from its end to the answer. */
  there: number;
  work: number;
  back: number;
}

function line(service: string, ms: number, message: string, trace: number, fields = {}): string {
  const time = new Date(START + ms).toISOString();
  const trace_id = `4bf92f3577b3${String(trace).padStart(4, '0')}`;
  return JSON.stringify({ time, level: 'info', service, message, trace_id, ...fields });
}

/** One trace an exchange; the clock of `stock` is `skew` ahead. */
function exchanges(all: readonly Exchange[], skew: number, answered = true): string {
  return all
    .flatMap(({ there, work, back }, trace) => {
      const sent = trace * 10_007 + 3;
      const received = sent + there + skew;
      return [
        line('shop', sent, 'Calling peer', trace, { upstream: 'stock' }),
        line('stock', received, 'Reserving', trace),
        line('stock', received + work, 'Booked', trace),
        ...(answered
          ? [line('shop', sent + there + work + back, 'Response of peer', trace, { upstream: 'stock' })]
          : []),
      ];
    })
    .join('\n');
}

async function offsets(text: string): Promise<ClockOffset[]> {
  const { log } = await openMemoryLog({ 'a.jsonl': text });
  return clockOffsets(log);
}

const like = (count: number, exchange: Exchange): Exchange[] => Array.from({ length: count }, () => exchange);

describe('clock offsets', () => {
  it('are bounded by what is sent before it is received, and answered before the answer is known', async () => {
    const [offset, ...more] = await offsets(exchanges(like(6, { there: 10, work: 40, back: 30 }), 400));
    assert.deepEqual(more, []);
    const { reference, service, lowMs, highMs, calls, agreeing } = offset;
    assert.deepEqual([reference, service, calls, agreeing], ['shop', 'stock', 6, 6]);
    assert.deepEqual([lowMs, highMs], [400 - 30 - 1, 400 + 10 + 1]);
  });

  it('hold the true offset whatever each way takes', async () => {
    const exchange = fc.record({ there: fc.nat(300), work: fc.nat(2000), back: fc.nat(300) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(exchange, { minLength: 5, maxLength: 9 }),
        fc.integer({ min: -4000, max: 4000 }),
        async (all, skew) => {
          const [{ lowMs, highMs, agreeing }] = await offsets(exchanges(all, skew));
          assert.equal(agreeing, all.length);
          assert.ok(lowMs !== null && lowMs <= skew, `${lowMs} ${skew}`);
          assert.ok(highMs !== null && highMs >= skew, `${skew} ${highMs}`);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('say nothing of fewer than five calls, and leave open the side that nobody answers', async () => {
    assert.deepEqual(await offsets(exchanges(like(4, { there: 10, work: 40, back: 30 }), 400)), []);
    const [{ lowMs, highMs }] = await offsets(exchanges(like(5, { there: 10, work: 40, back: 30 }), -400, false));
    assert.deepEqual([lowMs, highMs], [null, -389]);
  });

  it('are undetermined where calls disagree, as those do for which nobody waits', async () => {
    const waits = [100, 900, 2000, 4000, 5500, 7000];
    const text = waits.flatMap((wait, trace) => [
      line('shop', trace * 10_007, 'Calling peer', trace, { upstream: 'stock' }),
      line('stock', trace * 10_007 + wait, 'Reserving', trace),
      line('shop', trace * 10_007 + 50, 'Response of peer', trace, { upstream: 'stock' }),
    ]);
    const [{ lowMs, highMs, calls }] = await offsets(text.join('\n'));
    assert.deepEqual([lowMs, highMs, calls], [null, null, 6]);
  });

  it('come from recorded spans as well, but not from those of queues', async () => {
    const span = (trace: number, id: string, service: string, from: number, ms: number, kind: string) => ({
      traceId: `4bf92f3577b34da6${String(trace).padStart(16, '0')}`,
      id: `${id}${String(trace).padStart(15, '0')}`,
      ...(id === 'b' && { parentId: `a${String(trace).padStart(15, '0')}` }),
      name: 'get',
      kind,
      timestamp: (START + trace * 1000 + from) * 1000 + 1,
      duration: ms * 1000,
      localEndpoint: { serviceName: service },
    });
    const spans = (kind: string) =>
      Array.from({ length: 5 }, (_, trace) => [
        span(trace, 'a', 'shop', 0, 100, 'CLIENT'),
        span(trace, 'b', 'stock', 20 - 300, 50, kind),
      ]).flat();
    const of = async (kind: string) => {
      const { log } = await openMemoryLog({ 'zipkin.json': JSON.stringify(spans(kind)) });
      return clockOffsets(log);
    };
    const [{ reference, service, lowMs, highMs }] = await of('SERVER');
    assert.deepEqual([reference, service], ['shop', 'stock']);
    assert.ok(Math.abs((lowMs ?? 0) - -330) < 0.01 && Math.abs((highMs ?? 0) - -280) < 0.01, `${lowMs} ${highMs}`);
    assert.deepEqual(await of('CONSUMER'), []);
  });

  it('join intervals by what most agree on', () => {
    const of = (...all: [number, number][]) => agreedOn(all.map(([low, high]) => ({ low, high })));
    assert.deepEqual(of([8, 12], [11, 13], [14, 15]), { low: 11, high: 12, agreeing: 2 });
    assert.deepEqual(of([8, 12], [11, 13], [10, 12]), { low: 11, high: 12, agreeing: 3 });
    assert.deepEqual(of([0, 2], [1, 3], [7, 9], [8, 10]), { low: 1, high: 9, agreeing: 2 });
    assert.deepEqual(of([Number.NEGATIVE_INFINITY, 4], [3, Number.POSITIVE_INFINITY]), {
      low: 3,
      high: 4,
      agreeing: 2,
    });
    assert.deepEqual(of([4, 3]), { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, agreeing: 0 });
  });
});

describe('clock-skew', () => {
  const report = async (text: string) => {
    const engine = createEngine({ source: memorySource({ 'a.jsonl': text }), sentence: ({ key }) => key });
    await engine.open({ root: '/log' });
    return engine.report('/log');
  };

  it('tells of clocks that disagree, beside the anomalies and as no trouble of anybody', async () => {
    const { oddities, rootCauses, incidents } = await report(
      exchanges(like(6, { there: 10, work: 40, back: 30 }), 400),
    );
    assert.deepEqual(
      oddities.map(({ rule, severity, message }) => [rule, severity, message]),
      [
        [
          'clock-skew',
          'information',
          {
            key: 'clock-skew.between',
            args: { ahead: 'stock', behind: 'shop', leastMs: 369, mostMs: 411, calls: 6, agreeing: 6 },
          },
        ],
      ],
    );
    assert.deepEqual([rootCauses, incidents], [[], []]);
  });

  it('is silent where clocks may agree, and about a few milliseconds', async () => {
    for (const skew of [0, 20, -45]) {
      const { oddities } = await report(exchanges(like(6, { there: 10, work: 40, back: 30 }), skew));
      assert.deepEqual(oddities, []);
    }
  });

  it('tells who is ahead, at least, where only one side is bounded', async () => {
    const { log } = await openMemoryLog({
      'a.jsonl': exchanges(like(5, { there: 10, work: 40, back: 30 }), -400, false),
    });
    const [{ message }] = await findClockSkew(log, await clockOffsets(log));
    const args = { ahead: 'shop', behind: 'stock', leastMs: 389, calls: 5, agreeing: 5 };
    assert.deepEqual(message, { key: 'clock-skew.at-least', args });
  });
});
