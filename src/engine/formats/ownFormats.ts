/**
 * The formats that users add in their settings, by name. One that cannot be used is left out and told of; the
 * others are used all the same.
 */
import { LEVELS } from '../../model.ts';
import type { FormatPath, FormatProblem } from '../../protocol.ts';
import { idKeyRank, REQUEST_RANK } from '../correlation/idKeys.ts';
import { idsOf } from '../index/reader.ts';
import { Clock } from '../parse/clock.ts';
import { LineParser } from '../parse/lineParser.ts';
import { wildRun } from '../parse/pattern/probe.ts';
import { programOf } from '../parse/pattern/programs.ts';
import { type FormatSet, formatSet, inferProfile } from '../parse/profile.ts';
import { ENTRY, LOOSE } from '../parse/record.ts';
import { ShapeScanner } from '../templates/shape.ts';
import { checkFormat } from './checkFormat.ts';
import { normalised } from './readFormat.ts';
import type { Format, Sample } from './spec.ts';

export interface OwnFormats {
  /** Own formats first, as they are the more special; one with the name of a built-in format takes its place. */
  formats: readonly Format[];
  /** How many of them are own. */
  own: number;
  problems: FormatProblem[];
}

/** `given`: formats by name, as a settings file holds them. */
export function withOwnFormats(given: unknown, builtin: readonly Format[]): OwnFormats {
  if (given === undefined) return { formats: builtin, own: 0, problems: [] };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const problem = 'must be an object that holds formats by name';
    return { formats: builtin, own: 0, problems: [{ path: [], problem, isRefused: true }] };
  }
  const own: Format[] = [];
  const problems: FormatProblem[] = [];
  for (const [name, value] of Object.entries(given)) {
    const faults = checkFormat(value);
    for (const { path, problem } of faults) problems.push({ path: [name, ...path], problem, isRefused: true });
    if (faults.length === 0) own.push(normalised({ title: name, samples: [], ...value, name }));
  }
  const formats = [...own, ...builtin.filter(({ name }) => !own.some((format) => format.name === name))];
  const set = formatSet(formats, {}, own.length);
  for (const format of own) {
    problems.push(...wildness(format));
    for (const [i, sample] of format.samples.entries()) {
      for (const { path, problem } of sampleFaults(format, sample, set)) {
        problems.push({ path: [format.name, 'samples', i, ...path], problem, isRefused: false });
      }
    }
  }
  return { formats, own: own.length, problems };
}

/** A pattern whose ways multiply is used as far as its budget of steps goes; better to know of it beforehand. */
function wildness(format: Format): FormatProblem[] {
  const key = format.kind === 'pattern' ? 'pattern' : 'prefix';
  const pattern = format.kind === 'pattern' ? format.pattern : format.kind === 'envelope' ? format.prefix : undefined;
  const samples = format.samples.map(({ line }) => line);
  const run = pattern === undefined ? null : wildRun(programOf(pattern), samples);
  if (run === null) return [];
  const problem = `the pattern takes too many steps on a line with a long run of ${JSON.stringify(run)}: it gives such lines up, and is switched off for a file with many of them`;
  return [{ path: [format.name, key], problem, isRefused: false }];
}

/** What is said of own formats that were given up while a log was read, beside what is said of them already. */
export function tooSlow(names: readonly string[], given: unknown, told: readonly FormatProblem[]): FormatProblem[] {
  const own = Object.keys((given ?? {}) as object);
  const problem = 'took too many steps on some lines, and was not tried on all of them: make the pattern simpler';
  return names
    .filter((name) => own.includes(name) && !told.some(({ path }) => path[0] === name))
    .map((name) => ({ path: [name], problem, isRefused: false }));
}

/** What is read from a sample otherwise than it says. */
function sampleFaults(format: Format, sample: Sample, set: FormatSet): { path: FormatPath; problem: string }[] {
  const line = Buffer.from(sample.line);
  const profile = inferProfile(line, set);
  const parser = new LineParser(profile, set, new Clock({ zone: 'UTC', year: null, path: '' }), new ShapeScanner());
  const record = parser.parse(line, 0, line.length);
  if (record.kind !== ENTRY && record.kind !== LOOSE) {
    return [{ path: ['line'], problem: 'this line is not read by any format' }];
  }
  const reader = format.kind === 'envelope' ? profile.envelopes[0] : record.format;
  // Fields without a signature are found in any record, whatever format gave their names.
  const isGeneral = (format.kind === 'json' || format.kind === 'logfmt') && format.signature === undefined;
  if (reader !== format.name && !isGeneral) {
    return [{ path: ['line'], problem: `this line is read by the format ${reader ?? record.format}` }];
  }
  const found: Omit<Required<Sample>, 'line' | 'time'> & { time: number } = {
    time: record.time,
    level: LEVELS[record.level],
    service: parser.services.names[record.service],
    trace: idsOf(parser, record).find(({ key }) => idKeyRank(key) >= REQUEST_RANK)?.value ?? '',
    message: parser.message(),
  };
  return Object.entries(sample).flatMap(([key, wanted]) => {
    if (key === 'line') return [];
    const value = found[key as keyof typeof found];
    const isSame = key === 'time' ? value === microsOf(wanted) : value === wanted;
    return isSame ? [] : [{ path: [key], problem: `the line is read with ${key} ${shown(value)}` }];
  });
}

function shown(value: string | number | undefined): string {
  if (typeof value === 'string' && value !== '') return JSON.stringify(value);
  return typeof value === 'number' && !Number.isNaN(value) ? new Date(value / 1000).toISOString() : 'missing';
}

/** Microseconds of a time in RFC 3339, of which Date keeps milliseconds only. */
function microsOf(time: string): number {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  const seconds = Date.parse(time.replace(/\.\d+/, '')) * 1000;
  return seconds + Number(fraction.padEnd(6, '0').slice(0, 6));
}
