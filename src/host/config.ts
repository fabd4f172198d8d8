/**
 * Every setting there is, in one table. The manifest is held against it by a test, so this file
 * stays free of the editor's API: whoever reads the settings hands in the function that does.
 */

import { LEVELS, type Level } from '../model.ts';
import type { LogRequest } from '../protocol.ts';
import { isZone } from '../render/time.ts';

export interface Settings {
  'files.include': string[];
  'files.exclude': string[];
  zone: string;
  year: number | null;
  /** By glob of files. */
  timeZones: Readonly<Record<string, unknown>>;
  /** By name; the engine checks them, and says where one is wrong. */
  formats: Readonly<Record<string, unknown>>;
  /** By word. */
  levels: Readonly<Record<string, unknown>>;
  /** `include` and `exclude`. */
  correlationKeys: Readonly<Record<string, unknown>>;
  'diagnostics.enabled': boolean;
  'codeLens.enabled': boolean;
}

export const SECTION = 'causeway';

export const DEFAULTS: Readonly<Settings> = {
  'files.include': [],
  'files.exclude': [],
  zone: 'UTC',
  year: null,
  timeZones: {},
  formats: {},
  levels: {},
  correlationKeys: {},
  'diagnostics.enabled': true,
  'codeLens.enabled': true,
};

/** Settings that change what the index holds: a log must be read again after them. */
export const INDEX_SETTINGS = [
  'files.include',
  'files.exclude',
  'zone',
  'year',
  'timeZones',
  'formats',
  'levels',
  'correlationKeys',
] as const;

/** A value of the wrong kind, as a hand-written settings file may hold, counts as the default. */
export function readSetting<K extends keyof Settings>(get: (key: string) => unknown, key: K): Settings[K] {
  const value = get(key);
  const fallback = DEFAULTS[key];
  return isLike(value, fallback, key) ? (value as Settings[K]) : fallback;
}

function isLike(value: unknown, fallback: Settings[keyof Settings], key: keyof Settings): boolean {
  if (key === 'year') return value === null || (Number.isInteger(value) && Number(value) > 0);
  if (Array.isArray(fallback)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (typeof fallback === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === typeof fallback;
}

type Rules = Pick<LogRequest, 'timeZones' | 'formats' | 'levels' | 'correlationKeys'>;

/** What of the settings about formats and names a log is read with; entries of the wrong kind are left out. */
export function readingRules(setting: <K extends keyof Settings>(key: K) => Settings[K]): Rules {
  const timeZones = entriesOf(setting('timeZones'), isZoneName);
  const levels = entriesOf(setting('levels'), isLevel);
  const { include, exclude } = setting('correlationKeys');
  // The editor hands out objects that cannot be sent to a thread.
  const formats = JSON.parse(JSON.stringify(setting('formats')));
  const rules: Rules = {};
  if (Object.keys(timeZones).length > 0) rules.timeZones = timeZones;
  if (Object.keys(formats).length > 0) rules.formats = formats;
  if (Object.keys(levels).length > 0) rules.levels = levels;
  const keys = { include: textsOf(include), exclude: textsOf(exclude) };
  if (keys.include.length + keys.exclude.length > 0) rules.correlationKeys = keys;
  return rules;
}

const isZoneName = (value: unknown): value is string => typeof value === 'string' && isZone(value);
const isLevel = (value: unknown): value is Level => LEVELS.some((level) => level === value);

function entriesOf<T>(object: Readonly<Record<string, unknown>>, isRight: (value: unknown) => value is T) {
  const entries = Object.entries(object).filter((entry): entry is [string, T] => isRight(entry[1]));
  return Object.fromEntries(entries);
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string' && item !== '') : [];
}

/** The globs that are switched on in a setting of the shape of the editor's own `files.exclude`. */
export function enabledGlobs(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([glob, on]) => (on === true ? [glob] : []));
}
