/** What one writes without Causeway: readline, JSON.parse a line, and the same columns filled from the object. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Growable, growU32 } from '../../../src/base/growable.ts';
import { LEVELS } from '../../../src/model.ts';
import { perform, timed } from './answer.ts';
import { digestOf } from './digest.ts';

interface Line {
  timestamp: string;
  level: string;
  service: string;
  trace_id?: string;
  message: string;
  response_time_ms?: number;
  duration_ms?: number;
}

class Numbers {
  readonly names: string[] = [];
  readonly #byName = new Map<string, number>();

  of(name: string): number {
    let number = this.#byName.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.#byName.set(name, number);
    }
    return number;
  }
}

await perform(async ({ file }) => {
  const time = new Growable((n) => new Float64Array(n));
  const offset = new Growable((n) => new Float64Array(n));
  const durationMs = new Growable((n) => new Float32Array(n));
  const level = new Growable((n) => new Uint8Array(n));
  const service = new Growable((n) => new Uint16Array(n));
  const [line, trace, template] = [growU32(), growU32(), growU32()];
  const [services, traces, templates] = [new Numbers(), new Numbers(), new Numbers()];
  const levels = new Map<string, number>(LEVELS.map((name, number) => [name.toUpperCase(), number]));
  traces.of('');
  let bytes = 0;
  let lines = 0;
  const take = (text: string): void => {
    const record = JSON.parse(text) as Line;
    const { message } = record;
    time.push(Date.parse(record.timestamp) * 1000);
    offset.push(bytes);
    line.push(++lines);
    level.push(levels.get(record.level) ?? 255);
    service.push(services.of(record.service));
    trace.push(traces.of(record.trace_id ?? ''));
    template.push(templates.of(/\d/.test(message) ? message.replace(/\w*\d\w*/g, '<*>') : message));
    durationMs.push(record.response_time_ms ?? record.duration_ms ?? Number.NaN);
    bytes += Buffer.byteLength(text) + 1;
  };
  const measure = await timed(async () => {
    const input = createInterface({ input: createReadStream(file) });
    input.on('line', take);
    await new Promise((resolve) => input.once('close', resolve));
  });
  const found = digestOf({
    count: lines,
    time: time.array,
    line: line.array,
    level: level.array,
    service: service.array,
    services: services.names,
    trace: trace.array,
    durationMs: durationMs.array,
  });
  return { measure: { ...measure, templates: templates.names.length }, found };
});
