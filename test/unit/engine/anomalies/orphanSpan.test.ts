/** Spans whose parent never arrived: one finding a service. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const START = 1785578400000000;

/** Zipkin's spans of one trace: `parent` is the number of another, given or not. */
function spans(...given: [service: string, id: number, parent: number | null][]): string {
  const hex = (id: number): string => (0xabc000 + id).toString(16).padStart(16, '0');
  return JSON.stringify(
    given.map(([service, id, parent]) => ({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      id: hex(id),
      ...(parent !== null && { parentId: hex(parent) }),
      name: `op-${id}`,
      timestamp: START + id * 1000,
      duration: 1000,
      localEndpoint: { serviceName: service },
    })),
  );
}

async function orphans(content: string): Promise<unknown[]> {
  const { log } = await openMemoryLog({ 'traces.json': content });
  const { remarks } = await findAnomalies(log);
  return remarks
    .filter(({ rule }) => rule === 'orphan-span')
    .map(({ severity, count, message: { args } }) => [args.service, count, args.spans, args.text, severity]);
}

describe('orphan-span', () => {
  it('is silent where every parent is there', async () => {
    deepEqual(await orphans(spans(['a', 1, null], ['b', 2, 1])), []);
  });

  it('tells the first of each service, with the count', async () => {
    deepEqual(await orphans(spans(['a', 1, null], ['b', 2, 91], ['b', 3, 92], ['c', 4, 93])), [
      ['b', 2, 2, 'op-2', 'hint'],
      ['c', 1, 1, 'op-4', 'hint'],
    ]);
  });

  it('takes few among many for lost', async () => {
    const whole = Array.from({ length: 9 }, (_, i): [string, number, number] => ['b', i + 2, 1]);
    deepEqual(await orphans(spans(['a', 1, null], ...whole, ['b', 20, 91])), [['b', 1, 10, 'op-20', 'information']]);
  });
});
