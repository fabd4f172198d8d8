/**
 * A line of any format that a log store gave back, with what the store knew of it. A line of JSON or logfmt
 * takes the labels in; any other stays as it was, in an envelope that is peeled like those of collectors
 * (formats/builtin/exported.jsonc).
 */
import type { Json } from '../../../model.ts';
import { isObject, type JsonObject, parseJson, present, text } from './json.ts';
import { timeText } from './nanos.ts';

export interface ExportedLine {
  line: string;
  /** Nanoseconds since 1970. */
  time: bigint | null;
  /** What all lines of the stream share. */
  labels: JsonObject;
  /** What the store knew of this line. */
  metadata: JsonObject;
}

const TIME_KEYS = /^(?:@timestamp|timestamp|time|ts|@t|t|datetime|date|eventtime|instant|timeunixnano)$/i;
const LEVEL_KEYS = /^(?:level|severity|lvl|loglevel|log_level|log\.level|log|@l|@m|@mt|detected_level)$/i;
const SERVICE_KEYS = /^(?:service|service\.name|service_name|servicename|svc|app|application|_service_name)$/i;
/** The label that names the service, best first: Loki's own, then what people call it. */
const SERVICE_LABELS = [
  'service_name',
  'service',
  'app',
  'app_kubernetes_io_name',
  'application',
  'container',
  'container_name',
  'job',
];
const LEVEL_LABELS = ['level', 'detected_level', 'severity'];

export function exportedLine({ line, time, labels, metadata }: ExportedLine): JsonObject {
  const inner = line.trimStart().startsWith('{') ? parseJson(line) : logfmt(line);
  const known = { ...labels, ...metadata };
  const service = nameOf(first(known, SERVICE_LABELS));
  const level = first(known, LEVEL_LABELS);
  if (isObject(inner)) {
    const keys = Object.keys(inner);
    const lacks = (pattern: RegExp) => !keys.some((key) => pattern.test(key));
    return {
      ...present({
        timestamp: lacks(TIME_KEYS) ? timeText(time) : undefined,
        level: lacks(LEVEL_KEYS) ? level : undefined,
        service: lacks(SERVICE_KEYS) ? service : undefined,
      }),
      ...inner,
      ...present({ labels: free(inner, 'labels', labels), metadata: free(inner, 'metadata', metadata) }),
    };
  }
  const stated = statedIds(line, metadata);
  if (!isStructured(line)) {
    return present({ timestamp: timeText(time), level, service, message: line, labels, metadata });
  }
  return present({
    line: `${service === null ? '' : `${service} | `}${line.trimEnd()}${stated}\n`,
    time: timeText(time),
    stream: Object.keys(labels).length > 0 ? labelText(labels) : undefined,
  });
}

/** A member is not overwritten by what the store knew. */
function free(inner: JsonObject, key: string, value: JsonObject): JsonObject | undefined {
  return Object.hasOwn(inner, key) ? undefined : value;
}

function first(known: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = text(known[key]);
    if (value !== null && !/^unknown/.test(value)) return value;
  }
  return null;
}

/** The last part of a path such as `namespace/service`, in the letters that names are made of. */
function nameOf(label: string | null): string | null {
  const name = label
    ?.split('/')
    .at(-1)
    ?.replace(/[^A-Za-z0-9_.-]/g, '-');
  return name === undefined || name === '' ? null : name;
}

/** Whether the line tells its own time or level in front, so that one of the text formats may read it. */
function isStructured(line: string): boolean {
  const front = line.slice(0, 80);
  return /\d\d:\d\d:\d\d|\b(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL|PANIC)\b|^[IWEF]\d{4} /.test(front);
}

/** Ids that the store kept beside the line are part of what the line says. */
function statedIds(line: string, metadata: JsonObject): string {
  return Object.entries(metadata)
    .flatMap(([key, value]) => {
      const id = /(?:trace|span|request|correlation)_?id$/i.test(key) ? text(value) : null;
      return id === null || line.includes(id) ? [] : [` ${key}=${id}`];
    })
    .join('');
}

/** As Loki writes it: `{app="inv", pod="inv-1"}`. */
function labelText(labels: JsonObject): string {
  return `{${Object.entries(labels)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(', ')}}`;
}

const PAIR = /(?:^|\s)([A-Za-z_][\w.@-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)/g;

/** The pairs of a line that consists of them; undefined for any other line. */
function logfmt(line: string): JsonObject | undefined {
  const pairs: [string, Json][] = [];
  let taken = 0;
  for (const match of line.matchAll(PAIR)) {
    const [whole, key, quoted, bare] = match;
    taken += whole.trim().length;
    pairs.push([key, quoted === undefined ? bare : (parseJson(`"${quoted}"`) ?? quoted)]);
  }
  const keys = new Set(pairs.map(([key]) => key));
  // What a repeated key or stray words say would be lost.
  if (pairs.length < 2 || keys.size < pairs.length) return undefined;
  return taken >= line.replace(/\s+/g, ' ').trim().length - pairs.length ? Object.fromEntries(pairs) : undefined;
}
