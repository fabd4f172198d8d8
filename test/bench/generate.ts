/** Writes the input of the benchmark, once: what is there with the same parameters is used again. */

import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TrafficRecord, traffic } from './traffic.ts';
import { jsonLine, logfmtLine, springLine } from './written.ts';

/** To be raised with any change of what is written, or old input would be taken for new. */
const VERSION = 2;
const SEED = 20_260_801;
const FLUSH_AT = 1 << 20;
/** Of text formats less is enough to tell how fast they are read. */
const TEXT_SHARE = 0.25;

interface Manifest {
  names: string[];
  bytes: number;
  entries: number;
  traces: number;
  /** A trace in the middle. */
  trace: string;
}

/** `folder` is what is opened; `files` are all that is in it. */
export interface DataSet extends Manifest {
  folder: string;
  files: string[];
}

type Write = (record: TrafficRecord) => string;

/** One file with all services, the same lines in a file for each service, and two text formats, a file a service. */
export async function prepareInput(
  cache: string,
  bytes: number,
): Promise<Record<'one' | 'many' | 'spring' | 'logfmt', DataSet>> {
  const text = bytes * TEXT_SHARE;
  return {
    one: await prepare(cache, 'one', bytes, jsonLine, () => 'all-services.jsonl'),
    many: await prepare(cache, 'many', bytes, jsonLine, ({ service }) => `${service}.jsonl`),
    spring: await prepare(cache, 'spring', text, springLine, ({ service }) => `${service}.log`),
    logfmt: await prepare(cache, 'logfmt', text, logfmtLine, ({ service }) => `${service}.log`),
  };
}

/** An unfinished set never looks like a finished one: it gets its name when it is complete. */
async function prepare(cache: string, kind: string, size: number, line: Write, nameOf: Write): Promise<DataSet> {
  const place = join(cache, `${kind}-v${VERSION}-${SEED}-${Math.round(size)}`);
  if (!existsSync(place)) {
    const unfinished = `${place}.${process.pid}.part`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(join(unfinished, 'logs'), { recursive: true });
    const made = await write(join(unfinished, 'logs'), size, line, nameOf);
    writeFileSync(join(unfinished, 'set.json'), JSON.stringify(made));
    renameSync(unfinished, place);
  }
  const manifest = JSON.parse(readFileSync(join(place, 'set.json'), 'utf8')) as Manifest;
  const folder = join(place, 'logs');
  return { ...manifest, folder, files: manifest.names.map((name) => join(folder, name)) };
}

async function write(folder: string, size: number, line: Write, nameOf: Write): Promise<Manifest> {
  const files = new Map<string, { stream: WriteStream; waiting: string[] }>();
  const traces = new Set<string>();
  const made = { bytes: 0, entries: 0, trace: '' };
  for (const record of traffic(SEED)) {
    const name = nameOf(record);
    let file = files.get(name);
    if (!file) {
      file = { stream: createWriteStream(join(folder, name)), waiting: [] };
      files.set(name, file);
    }
    const text = line(record);
    file.waiting.push(text);
    if (file.waiting.length * text.length > FLUSH_AT) {
      if (!file.stream.write(file.waiting.join(''))) await once(file.stream, 'drain');
      file.waiting = [];
    }
    made.entries++;
    made.bytes += Buffer.byteLength(text);
    if (record.trace !== null) traces.add(record.trace);
    if (record.trace !== null && made.bytes < size / 2) made.trace = record.trace;
    if (made.bytes >= size) break;
  }
  for (const { stream, waiting } of files.values()) await once(stream.end(waiting.join('')), 'close');
  return { ...made, names: [...files.keys()].sort(), traces: traces.size };
}
