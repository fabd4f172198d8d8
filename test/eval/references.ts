/**
 * What must be read from each kind of log, found without the engine: a regular expression or JSON.parse, and
 * Date. One reader a folder of logs or a sample, at most twenty lines each; it is given a line, and says what
 * the entry that begins there holds. null: the line begins no entry.
 */

export interface Expected {
  /** In UTC, to the millisecond; without the year (`MM-DDTHH:mm:ss.sss`) where the line has none. Null: no time. */
  time: string | null;
  level: string | null;
  /** The whole message, or how it begins where a format has a tail that may count or not. */
  message: string | { begins: string };
  /** An id that must be among those of the entry; null where it need have none. */
  id: string | null;
}

export type Reference = (line: string) => Expected | null;

const iso = (text: string | number) => new Date(text).toISOString();
/** Of a time that tells no zone. */
const utc = (text: string) => iso(`${text.replace(' ', 'T').replace(',', '.')}Z`);
const LETTERS: Record<string, string> = { I: 'info', W: 'warn', E: 'error', F: 'fatal', D: 'debug' };
const WORDS: Record<string, string> = {
  warning: 'warn',
  critical: 'fatal',
  success: 'info',
  information: 'info',
  vrb: 'trace',
  dbg: 'debug',
  inf: 'info',
  wrn: 'warn',
  err: 'error',
  ftl: 'fatal',
  unknown: '',
  notset: '',
};
const level = (word: string) => (WORDS[word.toLowerCase()] ?? word.toLowerCase()) || null;
const first = (line: string, pattern: RegExp) => pattern.exec(line)?.[1] ?? null;

const glog: Reference = (line) => {
  const m = /^([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{3})\d*\s+\d+ \S+:\d+\] (.*)$/.exec(line);
  return m && { time: `${m[2]}-${m[3]}T${m[4]}`, level: LETTERS[m[1]], message: m[5], id: first(line, /\(id=(\w+)\)/) };
};

const clef: Reference = (line) => {
  const o = JSON.parse(line);
  const message = o['@m'] ?? o['@mt'].replace(/\{@?(\w+)[^}]*\}/g, (_: string, name: string) => o[name]);
  return { time: iso(o['@t']), level: level(o['@l'] ?? 'info'), message, id: o['@tr'] ?? o.RequestId ?? null };
};

const logrus: Reference = (line) => {
  const message = first(line, /\bmsg=("(?:[^"\\]|\\.)*"|\S+)/) ?? '';
  return {
    time: iso(first(line, /\btime="([^"]+)"/) ?? ''),
    level: level(first(line, /\blevel=(\w+)/) ?? ''),
    message: message.startsWith('"') ? JSON.parse(message) : message,
    id: first(line, /\b(?:request_id|correlation_id|trace_id)=(\S+)/),
  };
};

export const FOLDERS: Record<string, Reference> = {
  'c-cpp-glog': glog,
  'csharp-serilog-json': clef,
  'golang-gin': (line) => {
    const m = /^\[GIN\] (\d{4})\/(\d\d)\/(\d\d) - ([\d:]{8}) \| (\d{3}) \|[^|]*\|[^|]*\| +(\w+) +\| (\S+)/.exec(line);
    if (!m) return null;
    const loud = m[5] >= '500' ? 'error' : m[5] >= '400' ? 'warn' : 'info';
    return { time: utc(`${m[1]}-${m[2]}-${m[3]}T${m[4]}`), level: loud, message: { begins: m[6] }, id: null };
  },
  'golang-logrus': logrus,
  'golang-zerolog-json': (line) => {
    const o = JSON.parse(line);
    return { time: iso(o.time), level: o.level, message: o.message, id: o.trace_id ?? o.request_id ?? null };
  },
  'java-log4j2': (line) => {
    const m = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \[[^\]]*\] (\w+) +\S+ - (.*)$/.exec(line);
    return m && { time: utc(m[1]), level: level(m[2]), message: m[3], id: null };
  },
  'java-logback-mdc-json': (line) => {
    const o = JSON.parse(line);
    return { time: iso(o.Timestamp), level: level(o.Level), message: o.Message, id: o.MDC?.requestId ?? null };
  },
  'js-ts-bunyan': (line) => {
    const o = JSON.parse(line);
    const word = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'][o.level / 10 - 1];
    return { time: iso(o.time), level: word, message: o.msg, id: o.req?.id ?? o.req_id ?? null };
  },
  'opentelemetry-json': (line) => {
    const o = JSON.parse(line);
    return {
      time: iso(o.timestamp),
      level: o.level ?? null,
      message: o.message,
      id: o.traceId ?? o.transactionId ?? null,
    };
  },
  'python-loguru': (line) => {
    const m = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) \| +(\w+) +\| \S+ - (.*)$/.exec(line);
    if (!m) return null;
    const begins = m[3].replace(/%!.*$/, '');
    return { time: utc(m[1]), level: level(m[2]), message: { begins }, id: first(line, /"request_id":"([^"]+)"/) };
  },
  'python-structlog': (line) => {
    const m = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \[(\w+) *\] (.*?) *(\{.*\})?$/.exec(line);
    if (!m) return null;
    const id = first(line, /"(?:request_id|trace_id)":"([^"]+)"/);
    return { time: utc(m[1]), level: level(m[2]), message: { begins: m[3] }, id };
  },
  'ruby-std-logger': (line) => {
    const m = /^[A-Z], \[(\S+) #\d+\] +(\w+) -- [^:]*: (.*)$/.exec(line);
    return m && { time: utc(m[1]), level: level(m[2]), message: m[3], id: null };
  },
};

/** A record of OTLP or Zipkin is its first span, or log record. */
export const SAMPLES: Record<string, Reference> = {
  ecs: (line) => {
    const o = JSON.parse(line);
    return { time: iso(o['@timestamp']), level: level(o['log.level']), message: o.message, id: o['trace.id'] };
  },
  'otlp-log': (line) => {
    const o = JSON.parse(line).resourceLogs[0].scopeLogs[0].logRecords[0];
    const time = iso(Number(o.timeUnixNano.slice(0, -6)));
    return { time, level: level(o.severityText), message: o.body.stringValue, id: o.traceId };
  },
  'otlp-trace': (line) => {
    const o = JSON.parse(line).resourceSpans[0].scopeSpans[0].spans[0];
    const time = iso(Number(o.startTimeUnixNano.slice(0, -6)));
    return { time, level: o.status.code === 2 ? 'error' : null, message: { begins: o.name }, id: o.traceId };
  },
  zipkin2: (line) => {
    const o = JSON.parse(line)[0];
    return { time: iso(o.timestamp / 1000), level: null, message: { begins: o.name }, id: o.traceId };
  },
  'zap-console': (line) => {
    const [time, word, , begins] = line.split('\t');
    return { time: iso(time), level: level(word), message: { begins }, id: null };
  },
  clef,
  'spring2-sleuth': (line) => {
    const m = /^([\d-]+ [\d:.]+) +(\w+) \[\w+,(\w+),\w+,\w+\] \d+ --- \[[^\]]+\] \S+ +: (.*)$/.exec(line);
    return m && { time: utc(m[1]), level: level(m[2]), message: m[4], id: m[3] };
  },
  spring3: (line) => {
    const m = /^(\S+) +(\w+) \d+ --- \[[^\]]*\] \[[^\]]*\] \[(\w+)-\w+\] \S+ +: (.*)$/.exec(line);
    return m && { time: iso(m[1]), level: level(m[2]), message: m[4], id: m[3] };
  },
  'py-otel': (line) => {
    const m = /^([\d-]+ [\d:,]+) (\w+) .*\[trace_id=(\w+) [^\]]*\] - (.*)$/.exec(line);
    return m && { time: utc(m[1]), level: level(m[2]), message: m[4], id: m[3] };
  },
  'rust-tracing': (line) => {
    const o = JSON.parse(line);
    return { time: iso(o.timestamp), level: level(o.level), message: o.fields.message, id: null };
  },
  glog,
  cri: (line) => {
    const m = /^(\S+) (?:stdout|stderr) F (.*)$/.exec(line);
    return m && { time: iso(m[1]), level: null, message: m[2], id: null };
  },
  'gcp-stdout': (line) => {
    const o = JSON.parse(line);
    return { time: iso(o.time), level: level(o.severity), message: o.message, id: o['logging.googleapis.com/trace'] };
  },
};
