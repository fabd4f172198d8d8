/**
 * Every setting there is, in one table. The manifest is held against it by a test, so this file
 * stays free of the editor's API: whoever reads the settings hands in the function that does.
 */

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
  /** Of `name` and `url`. */
  traceLinks: readonly unknown[];
  /** By name of a rule; the engine checks them, as it does the two after. */
  rules: Readonly<Record<string, unknown>>;
  symptoms: Readonly<Record<string, unknown>>;
  /** Of `rule` and `template`. */
  muted: readonly unknown[];
  'diagnostics.enabled': boolean;
  'codeLens.enabled': boolean;
  /** In MB; 0 keeps none. */
  'cache.maxSize': number;
}

export const DEFAULTS: Readonly<Settings> = {
  'files.include': [],
  'files.exclude': [],
  zone: 'UTC',
  year: null,
  timeZones: {},
  formats: {},
  levels: {},
  correlationKeys: {},
  traceLinks: [],
  rules: {},
  symptoms: {},
  muted: [],
  'diagnostics.enabled': true,
  'codeLens.enabled': true,
  'cache.maxSize': 1024,
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
  if (typeof fallback === 'number') return typeof value === 'number' && value >= 0;
  // Of each entry it is said what is wrong with it, so the others are kept.
  if (key === 'traceLinks' || key === 'muted') return Array.isArray(value);
  if (Array.isArray(fallback)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (typeof fallback === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === typeof fallback;
}

/** The globs that are switched on in a setting of the shape of the editor's own `files.exclude`. */
export function enabledGlobs(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([glob, on]) => (on === true ? [glob] : []));
}
