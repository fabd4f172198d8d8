/** Writes small logs for tests: one line a call, all times in seconds from a fixed start. */

import type { Log } from '../../../src/engine/index/log.ts';
import type { Json } from '../../../src/model.ts';
import { memoryLog } from './memoryLog.ts';

const START = Date.UTC(2024, 0, 1);

export type Line = [second: number, service: string, level: string, message: string, fields?: Record<string, Json>];

export function micros(second: number): number {
  return Math.round((START + second * 1000) * 1000);
}

/** One file for each service; lines in the order given. */
export function story(lines: readonly Line[]): Log {
  const files = new Map<string, string[]>();
  for (const [second, service, level, message, fields] of lines) {
    const timestamp = new Date(START + second * 1000).toISOString();
    const texts = files.get(service) ?? [];
    texts.push(JSON.stringify({ timestamp, level, service, message, ...fields }));
    files.set(service, texts);
  }
  return memoryLog(Object.fromEntries([...files].map(([name, texts]) => [`${name}.jsonl`, texts.join('\n')])));
}

/** The same fields with a trace id. */
export function inTrace(trace: string | number, fields: Record<string, Json> = {}): Record<string, Json> {
  return { trace_id: `trace-${trace}`, ...fields };
}
