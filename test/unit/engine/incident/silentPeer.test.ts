/** A service that is called and never logs: only its callers' spans tell of it. */
import { equal } from 'node:assert/strict';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import type { Report } from '../../../../src/incident.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const START = Date.UTC(2025, 2, 4, 8) * 1000;

/**
 * Requests of a shop that calls a stock service, which answers, and a basket service, of which nothing is ever heard, and
 * which may be gone from the middle on.
 */
function spans(requests: number, goes: boolean): string {
  const data = Array.from({ length: requests }, (_, request) => {
    const traceID = `5a${request}`.padEnd(32, 'c');
    const isDown = goes && request >= requests / 2;
    const at = START + request * 2e6;
    const span = (id: string, parent: string | null, process: string, name: string, ms: number, tags: object) => ({
      traceID,
      spanID: `${id}${request}`.padEnd(16, 'e'),
      operationName: name,
      references: parent ? [{ refType: 'CHILD_OF', traceID, spanID: `${parent}${request}`.padEnd(16, 'e') }] : [],
      startTime: at + (parent ? 1000 : 0),
      duration: ms * 1000,
      tags: Object.entries(tags).map(([key, value]) => ({ key, type: typeof value, value })),
      logs: [],
      processID: process,
    });
    const failed = isDown ? { error: true, 'otel.status_description': 'connection refused' } : {};
    return {
      traceID,
      processes: { p1: { serviceName: 'shop', tags: [] }, p2: { serviceName: 'stock', tags: [] } },
      spans: [
        span('a1', null, 'p1', 'GET cart', 20, isDown ? { error: true } : {}),
        span('b2', 'a1', 'p1', 'Basket Get', 8, { 'span.kind': 'client', 'peer.service': 'basket', ...failed }),
        span('c3', 'a1', 'p1', 'Stock Get', 8, { 'span.kind': 'client', 'peer.service': 'stock' }),
        span('d4', 'c3', 'p2', 'Stock Get', 4, { 'span.kind': 'server' }),
      ],
    };
  });
  return JSON.stringify({ data });
}

async function report(requests: number, goes: boolean): Promise<Report> {
  const { log } = await openMemoryLog({ 'spans.json': spans(requests, goes) });
  return analyse(log);
}

describe('a service that is called and never logs', () => {
  for (const requests of [12, 200]) {
    it(`is the first cause where its callers cannot reach it, in ${requests} requests`, async () => {
      equal((await report(requests, true)).rootCauses[0]?.name, 'basket');
    });

    it(`is none where it answers, in ${requests} requests`, async () => {
      equal((await report(requests, false)).rootCauses.length, 0);
    });
  }
});
