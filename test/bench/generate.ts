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

/** How much is written. */
interface Extent {
  unit: 'bytes' | 'entries';
  most: number;
}

/** Seven services of a request times so many, and two databases, make thirty. */
const SHOPS = 4;

/** What the editor is measured on: thirty services of four shops, a file a service. A trace stays in its shop. */
export async function prepareShops(cache: string, entries: number): Promise<DataSet> {
  const write: Write = (record) => jsonLine({ ...record, service: serviceOfShop(record) });
  const nameOf: Write = (record) => `${serviceOfShop(record)}.jsonl`;
  return prepare(cache, 'shops', { unit: 'entries', most: entries }, write, nameOf);
}

function serviceOfShop({ service, trace, fields }: TrafficRecord): string {
  if (trace === null) return String(fields.source ?? service);
  return `shop${Number.parseInt(trace.slice(-1), 16) % SHOPS}-${service}`;
}

/** One file with all services, the same lines in a file for each service, and two text formats, a file a service. */
export async function prepareInput(
  cache: string,
  bytes: number,
): Promise<Record<'one' | 'many' | 'spring' | 'logfmt', DataSet>> {
  const all: Extent = { unit: 'bytes', most: bytes };
  const text: Extent = { unit: 'bytes', most: bytes * TEXT_SHARE };
  return {
    one: await prepare(cache, 'one', all, jsonLine, () => 'all-services.jsonl'),
    many: await prepare(cache, 'many', all, jsonLine, ({ service }) => `${service}.jsonl`),
    spring: await prepare(cache, 'spring', text, springLine, ({ service }) => `${service}.log`),
    logfmt: await prepare(cache, 'logfmt', text, logfmtLine, ({ service }) => `${service}.log`),
  };
}

/** An unfinished set never looks like a finished one: it gets its name when it is complete. */
async function prepare(cache: string, kind: string, extent: Extent, line: Write, nameOf: Write): Promise<DataSet> {
  const place = join(cache, `${kind}-v${VERSION}-${SEED}-${Math.round(extent.most)}`);
  if (!existsSync(place)) {
    const unfinished = `${place}.${process.pid}.part`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(join(unfinished, 'logs'), { recursive: true });
    const made = await write(join(unfinished, 'logs'), extent, line, nameOf);
    writeFileSync(join(unfinished, 'set.json'), JSON.stringify(made));
    renameSync(unfinished, place);
  }
  const manifest = JSON.parse(readFileSync(join(place, 'set.json'), 'utf8')) as Manifest;
  const folder = join(place, 'logs');
  return { ...manifest, folder, files: manifest.names.map((name) => join(folder, name)) };
}

async function write(folder: string, { unit, most }: Extent, line: Write, nameOf: Write): Promise<Manifest> {
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
    if (record.trace !== null && made[unit] < most / 2) made.trace = record.trace;
    if (made[unit] >= most) break;
  }
  for (const { stream, waiting } of files.values()) await once(stream.end(waiting.join('')), 'close');
  return { ...made, names: [...files.keys()].sort(), traces: traces.size };
}
