/** Spans of a trace, and what can be odd about them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { traceOf } from '../../../../src/engine/correlation/lookup.ts';
import { IN_CYCLE, linkSpans, type SpanNode } from '../../../../src/engine/correlation/spanLinks.ts';
import type { Trace } from '../../../../src/model.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const START = 1785578400000000;

interface Given {
  id: string;
  parent?: string;
  /** Milliseconds. */
  from?: number;
  takes?: number;
  service?: string;
  shared?: boolean;
  trace?: string;
}

/** As Zipkin writes spans: the one format that has shared ones. */
function zipkin(...spans: Given[]): string {
  return JSON.stringify(
    spans.map(({ id, parent, from, takes, service = 'a', shared, trace = TRACE }) => ({
      traceId: trace,
      id: id.padStart(16, '0'),
      ...(parent !== undefined && { parentId: parent.padStart(16, '0') }),
      name: `op-${id}`,
      kind: 'SERVER',
      timestamp: from === undefined ? 0 : START + from * 1000,
      ...(takes !== undefined && { duration: takes * 1000 }),
      localEndpoint: { serviceName: service },
      ...(shared && { shared }),
    })),
  );
}

async function read(...spans: Given[]) {
  const { log } = await openMemoryLog({ 'spans.json': zipkin(...spans) });
  const id = log.ids.find(TRACE);
  const trace: Trace = await traceOf(log, id);
  return { trace, counts: log.files[0].spans };
}

const NONE = { orphans: 0, missingParents: 0, duplicates: 0, inCycles: 0, outsideParent: 0, withoutTime: 0 };

describe('the spans of a trace', () => {
  it('have parents, times, and the time in which no child was at work', async () => {
    const { trace, counts } = await read(
      { id: 'c1', parent: 'aa', from: 10, takes: 30, service: 'b' },
      { id: 'c2', parent: 'aa', from: 30, takes: 30, service: 'c' },
      { id: 'aa', from: 0, takes: 100 },
    );
    assert.deepEqual(
      trace.spans.map(({ id, parent, service, operation, durationMs, selfMs, line }) => [
        id.slice(-2),
        parent?.slice(-2) ?? null,
        service,
        operation,
        durationMs,
        selfMs,
        line,
      ]),
      [
        ['aa', null, 'a', 'op-aa', 100, 50, 3],
        ['c1', 'aa', 'b', 'op-c1', 30, 30, 1],
        ['c2', 'aa', 'c', 'op-c2', 30, 30, 2],
      ],
    );
    assert.deepEqual(trace.spans[0].start, START);
    assert.equal(trace.durationMs, 100);
    assert.deepEqual(counts, { spans: 3, ...NONE });
  });

  it('hold the trace up along the critical path', async () => {
    const { trace } = await read(
      { id: 'aa', from: 0, takes: 100 },
      { id: 'b1', parent: 'aa', from: 5, takes: 20 },
      { id: 'b2', parent: 'aa', from: 10, takes: 30 },
      { id: 'b3', parent: 'aa', from: 45, takes: 50 },
      { id: 'c3', parent: 'b3', from: 50, takes: 10 },
    );
    assert.deepEqual(
      trace.criticalPath.map((id) => id.slice(-2)),
      ['aa', 'b2', 'b3', 'c3'],
    );
  });

  it('that client and server share are two halves, and the work inside is the server’s', async () => {
    const { trace, counts } = await read(
      { id: 'aa', from: 0, takes: 100 },
      { id: 'bb', parent: 'aa', from: 10, takes: 50 },
      { id: 'bb', parent: 'aa', from: 15, takes: 40, service: 'b', shared: true },
      { id: 'cc', parent: 'bb', from: 20, takes: 10, service: 'b' },
    );
    assert.deepEqual(counts, { spans: 4, ...NONE });
    assert.deepEqual(
      trace.spans.map(({ service, selfMs }) => [service, selfMs]),
      [
        ['a', 50],
        ['a', 10],
        ['b', 30],
        ['b', 10],
      ],
    );
  });

  it('that are odd are read all the same, and counted', async () => {
    const { trace, counts } = await read(
      { id: 'aa', from: 0, takes: 100 },
      { id: 'b1', parent: 'ff', from: 5, takes: 20 },
      { id: 'b2', parent: 'ff', from: 5, takes: 20 },
      { id: 'c1', parent: 'c2', from: 5, takes: 20 },
      { id: 'c2', parent: 'c1', from: 5, takes: 20 },
      { id: 'd1', parent: 'd1', from: 5, takes: 20 },
      { id: 'e1', parent: 'aa', from: 90, takes: 20 },
      { id: 'e1', parent: 'aa', from: 90, takes: 5 },
      { id: 'e2', parent: 'aa' },
    );
    assert.equal(trace.spans.length, 9);
    assert.deepEqual(counts, {
      spans: 9,
      orphans: 2,
      missingParents: 1,
      duplicates: 1,
      inCycles: 3,
      outsideParent: 1,
      withoutTime: 1,
    });
    assert.equal(trace.spans.at(-1)?.start, null);
  });

  it('find a parent whose id is that of the trace', async () => {
    const short = { trace: '00000000000000aa' };
    const { log } = await openMemoryLog({
      'spans.json': zipkin(
        { id: 'aa', from: 0, takes: 9, ...short },
        { id: 'bb', parent: 'aa', from: 1, takes: 5, ...short },
      ),
    });
    assert.deepEqual(log.files[0].spans, { spans: 2, ...NONE });
  });

  it('find parents in other files', async () => {
    const { log } = await openMemoryLog({
      'a.json': zipkin({ id: 'aa', from: 0, takes: 9 }),
      'b.json': zipkin({ id: 'bb', parent: 'aa', from: 1, takes: 5 }),
      'c.log': '{"time":"2026-08-01T10:00:00Z","msg":"no span","name":"x","type":"span"}\n',
    });
    assert.deepEqual(
      log.files.map(({ spans }) => spans),
      [{ spans: 1, ...NONE }, { spans: 1, ...NONE }, null],
    );
  });
});

describe('linking spans', () => {
  it('comes to an end whatever names whatever as its parent', () => {
    const id = fc.integer({ min: 1, max: 6 });
    const span: fc.Arbitrary<SpanNode> = fc.record({
      id,
      parent: fc.option(id),
      shared: fc.boolean(),
      start: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(Number.NaN)),
      end: fc.integer({ min: 0, max: 100 }),
    });
    let cycles = 0;
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const { parent, odd } = linkSpans(spans);
        for (let from = 0; from < spans.length; from++) {
          let steps = 0;
          for (let at = parent[from]; at >= 0; at = parent[at]) assert.ok(++steps <= spans.length);
          if (odd[from] & IN_CYCLE) {
            cycles++;
            assert.equal(parent[from], -1);
          }
        }
      }),
      { numRuns: 2000 },
    );
    assert.ok(cycles > 0);
  });
});
