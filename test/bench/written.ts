/** How loggers write a record: one function a format, each giving whole lines. */
import type { TrafficRecord } from './traffic.ts';

export function jsonLine({ time, level, service, trace, message, fields }: TrafficRecord): string {
  const head = { timestamp: new Date(time).toISOString(), level, service };
  const journey = trace === null ? {} : { trace_id: trace };
  return `${JSON.stringify({ ...head, ...journey, message, ...fields })}\n`;
}

/** The default console pattern of Spring Boot 3 with Micrometer Tracing, whose ids have 128 and 64 bits. */
export function springLine({ time, level, service, trace, message, fields }: TrafficRecord): string {
  const { stack_trace: stack, ...others } = fields;
  const span = `${trace}${service.length.toString(16).padStart(4, '0')}`;
  const ids = trace === null ? ''.padEnd(49) : `${trace}${trace}${trace.slice(0, 8)}-${span}`;
  const head = `${new Date(time).toISOString()} ${level.padStart(5)} 1 --- [${service}] [nio-8080-exec-${(time % 20) + 1}]`;
  const logger = `c.primomart.${service.replace('-', '.')}.Handler`.padEnd(40);
  const said = Object.entries(others).map(([key, value]) => `${key}=${plain(value)}`);
  return `${head} [${ids}] ${logger} : ${[message, ...said].join(' ')}\n${stack ? `${stack}\n` : ''}`;
}

export function logfmtLine({ time, level, service, trace, message, fields }: TrafficRecord): string {
  const head = { time: new Date(time).toISOString(), level: level.toLowerCase(), service };
  const all = { ...head, ...(trace === null ? {} : { trace_id: trace }), msg: message, ...fields };
  const pairs = Object.entries(all).map(([key, value]) => `${key}=${quoted(plain(value))}`);
  return `${pairs.join(' ')}\n`;
}

const plain = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const quoted = (text: string): string => (/[\s"=]/.test(text) ? JSON.stringify(text) : text);
