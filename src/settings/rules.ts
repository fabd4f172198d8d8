/** What the settings about formats and names mean to the reading of a log, in the editor and on the command line. */
import { LEVELS, type Level } from '../model.ts';
import type { AnalysisRules, LogRequest } from '../protocol.ts';
import { isZone } from '../render/time.ts';

export const SECTION = 'causeway';

type Rules = Pick<LogRequest, 'timeZones' | 'formats' | 'levels' | 'correlationKeys'>;

/** The settings that say how a log is judged, and nothing of how it is read. */
export const ANALYSIS_SETTINGS = ['rules', 'symptoms', 'muted'] as const;

/** `setting` gives the value under a key of the section; the engine checks it. */
export function analysisRules(setting: (key: (typeof ANALYSIS_SETTINGS)[number]) => unknown): AnalysisRules {
  const given = ANALYSIS_SETTINGS.map((key) => [key, setting(key)]).filter(([, value]) => value !== undefined);
  // The editor hands out objects that cannot be sent to a thread.
  return JSON.parse(JSON.stringify(Object.fromEntries(given)));
}
type Entries = Readonly<Record<string, unknown>>;

/** `setting` gives the value under a key of the section. Entries of the wrong kind are left out. */
export function readingRules(setting: (key: keyof Rules) => unknown): Rules {
  const timeZones = entriesOf(setting('timeZones'), isZoneName);
  const levels = entriesOf(setting('levels'), isLevel);
  const { include, exclude } = objectOf(setting('correlationKeys'));
  // The editor hands out objects that cannot be sent to a thread.
  const formats = JSON.parse(JSON.stringify(objectOf(setting('formats'))));
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

function objectOf(value: unknown): Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entries) : {};
}

function entriesOf<T>(value: unknown, isRight: (value: unknown) => value is T): Record<string, T> {
  const entries = Object.entries(objectOf(value)).filter((entry): entry is [string, T] => isRight(entry[1]));
  return Object.fromEntries(entries);
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string' && item !== '') : [];
}
