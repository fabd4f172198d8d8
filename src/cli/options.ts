/** What was typed, taken apart and checked. Says what is wrong in one line and reads nothing from disk. */
import { parseArgs } from 'node:util';
import { readTime, type TimeInput } from '../base/timeInput.ts';
import { AUDIENCES, type Audience } from '../render/explain/options.ts';
import { quoted } from '../render/inertJson.ts';
import { plainText } from '../render/plain.ts';
import { isZone } from '../render/time.ts';

export const FORMATS = {
  report: ['text', 'json', 'markdown', 'sarif'],
  explain: ['markdown'],
  trace: ['text', 'json'],
  compare: ['text'],
  merge: ['text', 'json'],
  files: ['text', 'json'],
  alerts: ['text', 'json', 'yaml'],
  differs: ['text'],
} as const;

export type CommandName = keyof typeof FORMATS;
export type Format = (typeof FORMATS)[CommandName][number];

export interface Command {
  name: CommandName;
  paths: string[];
  format: Format;
  /** Of `trace` and `compare`. */
  id: string;
  /** Of `compare`: what to compare with; null for the nearest healthy trace. */
  with: string | null;
  /** Of `explain`: the id to explain; null for all there is. */
  trace: string | null;
  /** Of `explain`. */
  audience: Audience;
  from: TimeInput | null;
  to: TimeInput | null;
  /** Of `merge` and `differs`, as typed; null lets every entry pass. */
  query: string | null;
  /** Of `alerts`: a rule file of Prometheus or Loki. */
  rules: string | null;
  /** Of `report` and `alerts`: when the incident began, as the user knows. */
  incidentStart: TimeInput | null;
  /** As given; null where times without a zone are UTC. */
  zone: string | null;
  year: number | null;
  /** A file of settings. */
  settings: string | null;
  quiet: boolean;
  /** Whether indexes are kept for the next time. */
  cache: boolean;
}

export type Request =
  | Command
  | { name: 'clear-cache' }
  | { name: 'help'; about: CommandName | null }
  | { name: 'version' };

/** Something the user typed cannot be meant: exit code 2, the message as the one line. */
export class UsageError extends Error {}

const COMMON = {
  format: { type: 'string' },
  zone: { type: 'string' },
  year: { type: 'string' },
  settings: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  'no-cache': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
const RANGE = { from: { type: 'string' }, to: { type: 'string' } } as const;
const INCIDENT = { 'incident-start': { type: 'string' } } as const;
const OPTIONS = {
  report: { ...COMMON, ...RANGE, ...INCIDENT },
  explain: { ...COMMON, ...RANGE, trace: { type: 'string' }, audience: { type: 'string' } },
  trace: COMMON,
  compare: { ...COMMON, with: { type: 'string' } },
  merge: { ...COMMON, ...RANGE, query: { type: 'string' } },
  files: COMMON,
  alerts: { ...COMMON, ...INCIDENT, rules: { type: 'string' } },
  differs: { ...COMMON, ...RANGE, query: { type: 'string' } },
} as const;

export function readArguments(args: readonly string[]): Request {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    return { name: 'help', about: isCommand(rest[0]) ? rest[0] : null };
  }
  if (name === '--version' || name === '-v') return { name: 'version' };
  if (name === 'clear-cache') {
    if (rest.length > 0) throw new UsageError(`clear-cache takes nothing more, not ${quoted(rest[0] ?? '')}`);
    return { name };
  }
  if (!isCommand(name)) throw new UsageError(`unknown command ${quoted(name)}; there are ${commandNames()}`);
  const { values, positionals } = parse(name, rest);
  if (values.help) return { name: 'help', about: name };

  const needsId = name === 'trace' || name === 'compare';
  const id = needsId ? positionals.shift() : '';
  if (id === undefined || (needsId && id.trim() === '')) throw new UsageError(`${name} needs an ID and a PATH`);
  if (name === 'differs' && (values.query ?? values.from ?? values.to) === undefined) {
    throw new UsageError('differs needs --query, --from or --to: what to hold against the rest');
  }
  if (positionals.length === 0) throw new UsageError(`${name} needs a PATH: a folder or files`);
  const zone = values.zone === undefined ? null : checkedZone(values.zone);
  if (values.trace !== undefined && (values.from !== undefined || values.to !== undefined)) {
    throw new UsageError(`${name}: a trace is explained whole; leave out --trace, or --from and --to`);
  }
  return {
    name,
    id,
    paths: positionals,
    format: checkedFormat(name, values.format),
    from: bound('--from', values.from, zone),
    to: bound('--to', values.to, zone),
    query: values.query ?? null,
    rules: values.rules ?? null,
    incidentStart: bound('--incident-start', values['incident-start'], zone),
    with: values.with ?? null,
    trace: values.trace ?? null,
    audience: checkedAudience(values.audience),
    zone,
    year: values.year === undefined ? null : checkedYear(values.year),
    settings: values.settings ?? null,
    quiet: values.quiet ?? false,
    cache: values['no-cache'] !== true,
  };
}

interface Values {
  format?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  query?: string | undefined;
  rules?: string | undefined;
  'incident-start'?: string | undefined;
  with?: string | undefined;
  trace?: string | undefined;
  audience?: string | undefined;
  zone?: string | undefined;
  year?: string | undefined;
  settings?: string | undefined;
  quiet?: boolean | undefined;
  'no-cache'?: boolean | undefined;
  help?: boolean | undefined;
}

function parse(name: CommandName, args: string[]): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS[name], allowPositionals: true, strict: true });
    return { values: values as Values, positionals };
  } catch (error) {
    throw new UsageError(`${name}: ${firstSentence(error instanceof Error ? error.message : String(error))}`);
  }
}

/** parseArgs adds advice after its first sentence, and repeats what was typed as it is; one plain line is promised. */
function firstSentence(text: string): string {
  const first = plainText(text).split('. ')[0] ?? '';
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(FORMATS, name);
}

function commandNames(): string {
  return [...Object.keys(FORMATS), 'clear-cache'].join(', ');
}

function checkedFormat(name: CommandName, format: string = FORMATS[name][0]): Format {
  const known = FORMATS[name].find((each) => each === format);
  if (!known) throw new UsageError(`${name} cannot write ${quoted(format)}; --format is ${FORMATS[name].join(', ')}`);
  return known;
}

function checkedAudience(audience: string = AUDIENCES[0]): Audience {
  const known = AUDIENCES.find((each) => each === audience);
  if (!known) throw new UsageError(`--audience is ${AUDIENCES.join(' or ')}, not ${quoted(audience)}`);
  return known;
}

function checkedZone(zone: string): string {
  if (!isZone(zone)) throw new UsageError(`--zone ${quoted(zone)} is no time zone; use UTC, +02:00 or Europe/Berlin`);
  return zone;
}

function checkedYear(year: string): number {
  if (!/^\d{4}$/.test(year)) throw new UsageError(`--year ${quoted(year)} is no year of four digits`);
  return Number(year);
}

function bound(option: string, text: string | undefined, zone: string | null): TimeInput | null {
  if (text === undefined) return null;
  const time = readTime(text, zone ?? 'UTC');
  if (time === null) {
    throw new UsageError(`${option} ${quoted(text)} is no time; use 12:30, "2023-08-15 12:30" or 2023-08-15T12:30:00Z`);
  }
  return time;
}
