/** An engine on files in memory, for questions that come in through its door. */
import { createEngine, type Engine } from '../../../../src/engine/engine.ts';
import { sentence } from '../../../../src/render/sentence.ts';
import { type MemoryFile, memorySource } from '../memorySource.ts';

export const ROOT = '/log';

export async function engineOn(files: Record<string, MemoryFile>): Promise<Engine> {
  const engine = createEngine({ source: memorySource(files), sentence });
  await engine.open({ root: ROOT });
  return engine;
}

export interface LineOptions {
  level?: string;
  service?: string;
  trace?: string;
  msg?: string;
  [key: string]: unknown;
}

/** A JSON line at a second of the first of August 2026. */
export function line(second: number, { trace, ...more }: LineOptions = {}): string {
  const time = new Date(Date.UTC(2026, 7, 1, 10) + second * 1000).toISOString();
  return `${JSON.stringify({ time, level: 'info', service: 'till', msg: 'done', ...(trace && { trace_id: trace }), ...more })}\n`;
}

/** Recorded spans as Jaeger exports them: id, parent, service, start in seconds. */
export function jaeger(spans: [id: string, parent: string | null, service: string, second: number][]): string {
  const start = Date.UTC(2026, 7, 1, 10) * 1000;
  const processes = Object.fromEntries(spans.map(([, , service]) => [service, { serviceName: service }]));
  return JSON.stringify({
    data: [
      {
        traceID: 'ab12cd34ef56ab12',
        processes,
        spans: spans.map(([spanID, parent, service, second]) => ({
          traceID: 'ab12cd34ef56ab12',
          spanID,
          operationName: `${service} work`,
          references: parent === null ? [] : [{ refType: 'CHILD_OF', traceID: 'ab12cd34ef56ab12', spanID: parent }],
          startTime: start + second * 1e6,
          duration: 1e6,
          processID: service,
          tags: [],
          logs: [],
        })),
      },
    ],
  });
}
