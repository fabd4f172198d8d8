/**
 * What is wrong with a format that somebody wrote by hand, each fault at its place. Nothing is taken on trust:
 * the value comes from a settings file.
 */
import { LEVELS } from '../../model.ts';
import type { FormatPath } from '../../protocol.ts';
import { programOf } from '../parse/pattern/programs.ts';
import { PatternError } from '../parse/pattern/syntax.ts';
import { SCALES } from './levels.ts';
import { FIELD_ROLES, type Sample } from './spec.ts';

/** A fault of a format; `path` leads to it from the format itself. */
export interface FormatFault {
  path: FormatPath;
  problem: string;
}

type Json = Record<string, unknown>;
type Check = (value: unknown, path: FormatPath) => FormatFault[];

const KINDS = ['pattern', 'json', 'logfmt', 'envelope'];
const COMMON = ['name', 'title', 'kind', 'samples'];
const KEYS: Record<string, string[]> = {
  pattern: ['pattern', 'levels', 'share'],
  json: ['signature', 'names', 'scale', 'implied'],
  logfmt: ['signature', 'names', 'scale', 'implied'],
  envelope: ['prefix', 'json', 'nested', 'fields', 'share'],
};
/** A pattern that tells none of these says nothing of a line. */
const TELLING = /^(?:time|level|message)\d*$/;
const SAMPLE_KEYS: readonly (keyof Sample)[] = ['line', 'time', 'level', 'service', 'trace', 'message'];
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** All faults of a format that is a value of JSON; none where it can be used. */
export function checkFormat(value: unknown): FormatFault[] {
  if (!isObject(value)) return fault([], 'a format is an object, as {"kind": "pattern", "pattern": "…"}');
  const { kind } = value;
  if (typeof kind !== 'string' || !KINDS.includes(kind)) {
    return fault(kind === undefined ? [] : ['kind'], `a format needs a "kind": one of ${KINDS.join(', ')}`);
  }
  const known = [...COMMON, ...KEYS[kind]];
  const faults = Object.keys(value)
    .filter((key) => !known.includes(key))
    .flatMap((key) => fault([key], `a format of kind ${kind} has no "${key}"; it has ${known.join(', ')}`));
  const check = (key: string, how: Check) => {
    if (value[key] !== undefined) faults.push(...how(value[key], [key]));
  };
  check('title', checkText);
  if (kind === 'pattern') {
    if (value.pattern === undefined) faults.push(...fault([], 'a format of kind pattern needs a "pattern"'));
    check('pattern', (pattern, path) => checkPattern(pattern, path, TELLING));
    check('levels', checkLevels);
    check('share', checkShare);
  } else if (kind === 'envelope') {
    if (['prefix', 'json', 'nested'].filter((key) => value[key] !== undefined).length !== 1) {
      faults.push(...fault([], 'an envelope has either a "prefix", "json" or "nested"'));
    }
    check('prefix', (prefix, path) => checkPattern(prefix, path, null));
    check('json', checkEnvelopeKeys);
    check('nested', checkTrue);
    check('fields', checkTrue);
    check('share', checkShare);
  } else {
    if (value.names === undefined)
      faults.push(...fault([], `a format of kind ${kind} needs "names": its keys by role`));
    check('signature', checkTexts);
    check('names', checkNames);
    check('scale', oneOf(Object.keys(SCALES)));
    check('implied', checkLevels);
  }
  check('samples', each(kind === 'envelope' ? checkSample : checkLine));
  return faults;
}

function checkPattern(pattern: unknown, path: FormatPath, telling: RegExp | null): FormatFault[] {
  if (typeof pattern !== 'string' || pattern === '') return fault(path, 'must be a regular expression in quotes');
  try {
    const { groups } = programOf(pattern);
    if (telling === null || groups.some((name) => telling.test(name))) return [];
    return fault(path, 'the pattern needs a group (?<message>…), (?<time>…) or (?<level>…)');
  } catch (error) {
    if (error instanceof PatternError) return fault(path, error.message);
    throw error;
  }
}

const checkNames: Check = (value, path) => {
  if (!isObject(value)) return fault(path, 'must name the keys of each role, as {"time": ["ts"]}');
  return Object.entries(value).flatMap(([role, keys]) => {
    const isRole = (FIELD_ROLES as readonly string[]).includes(role);
    return isRole
      ? checkTexts(keys, [...path, role])
      : fault([...path, role], `there is no role "${role}"; there are ${FIELD_ROLES.join(', ')}`);
  });
};

const checkLevels: Check = (value, path) => {
  if (!isObject(value)) return fault(path, 'must be an object, as {"OOPS": "error"}');
  return Object.entries(value).flatMap(([word, level]) => oneOf(LEVELS)(level, [...path, word]));
};

const checkEnvelopeKeys: Check = (value, path) => {
  if (!isObject(value)) return fault(path, 'must be an object, as {"record": "log", "time": "time"}');
  return ['record', 'time'].flatMap((key) => checkText(value[key], value[key] === undefined ? path : [...path, key]));
};

const checkSample: Check = (value, path) => {
  if (!isObject(value)) return fault(path, 'a sample is an object, as {"line": "…", "level": "error"}');
  if (typeof value.line !== 'string') return fault(path, 'a sample needs a "line"');
  return Object.entries(value).flatMap(([key, expected]) => {
    const at = [...path, key];
    if (!(SAMPLE_KEYS as readonly string[]).includes(key)) {
      return fault(at, `a sample has no "${key}"; it has ${SAMPLE_KEYS.join(', ')}`);
    }
    if (key === 'level') return oneOf(LEVELS)(expected, at);
    if (typeof expected !== 'string') return checkText(expected, at);
    const isTime = RFC_3339.test(expected) && !Number.isNaN(Date.parse(expected));
    return key !== 'time' || isTime ? [] : fault(at, 'must be a time as 2026-08-01T10:00:00Z');
  });
};

/** An envelope may hold together lines that are one record. */
const checkLine: Check = (value, path) => {
  const isOne = !isObject(value) || typeof value.line !== 'string' || !/[\r\n]/.test(value.line);
  return isOne ? checkSample(value, path) : fault([...path, 'line'], 'a sample is one line');
};

const checkShare: Check = (value, path) =>
  typeof value === 'number' && value > 0 && value <= 1 ? [] : fault(path, 'must be a number above 0, up to 1');

const checkTrue: Check = (value, path) => (value === true ? [] : fault(path, 'must be true, or left out'));

const checkText: Check = (value, path) =>
  typeof value === 'string' && value !== '' ? [] : fault(path, 'must be a text that is not empty');

function each(check: Check): Check {
  return (value, path) =>
    Array.isArray(value) ? value.flatMap((item, i) => check(item, [...path, i])) : fault(path, 'must be a list');
}

const checkTexts: Check = each(checkText);

function oneOf(words: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && words.includes(value) ? [] : fault(path, `must be one of ${words.join(', ')}`);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fault(path: FormatPath, problem: string): FormatFault[] {
  return [{ path, problem }];
}
