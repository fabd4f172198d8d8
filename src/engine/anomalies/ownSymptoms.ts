/**
 * Symptoms of the user's own. Their patterns run on the matcher of formats, whose steps are counted: none can hang,
 * whatever it is and whatever the log says.
 */
import { encodeUtf8 } from '../../base/utf8.ts';
import type { SettingPath, SettingProblem } from '../../protocol.ts';
import { Matcher } from '../parse/pattern/matcher.ts';
import { wildRun } from '../parse/pattern/probe.ts';
import { programOf } from '../parse/pattern/programs.ts';
import { PatternError } from '../parse/pattern/syntax.ts';

/** What is told of a line that shows it. */
export interface OwnSymptom {
  id: string;
  title: string;
  category: string;
  causes: string[];
  command: string;
}

/** `texts` are as they stand in the log. */
export type SymptomFinder = (texts: readonly string[]) => OwnSymptom | null;

/** As much of a text as is looked through for the symptoms of the catalogue. */
const LONGEST_TEXT = 2000;
/** A symptom is no time, and its pattern may hold none. */
const NO_TIME = { matchAt: () => -1 };
const KEYS = ['pattern', 'title', 'category', 'causes', 'command'];

export function ownSymptoms(given: unknown = {}): { find: SymptomFinder; problems: SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const fault = (path: SettingPath, problem: string, isRefused = true): void =>
    void problems.push({ path: ['symptoms', ...path], problem, ...(!isRefused && { isRefused }) });
  const found: { symptom: OwnSymptom; matcher: Matcher }[] = [];
  if (!isObject(given)) fault([], 'must be an object that holds symptoms by name');
  for (const [id, value] of Object.entries(isObject(given) ? given : {})) {
    const faults = faultsOf(value);
    for (const { path, problem } of faults) fault([id, ...path], problem);
    if (faults.length > 0 || !isObject(value)) continue;
    const { pattern, title = id, category = 'own', causes = [], command = '' } = value;
    const program = programOf(insensitive(String(pattern)));
    const run = wildRun(program, []);
    if (run !== null) {
      const text = JSON.stringify(run);
      fault(
        [id, 'pattern'],
        `takes too many steps on a text with a long run of ${text}, and gives such texts up`,
        false,
      );
    }
    const symptom = { id, title: String(title), category: String(category), command: String(command) };
    found.push({
      symptom: { ...symptom, causes: Array.isArray(causes) ? causes.map(String) : [] },
      matcher: new Matcher(program, NO_TIME),
    });
  }
  return { find: found.length === 0 ? () => null : (texts) => firstShown(found, texts), problems };
}

function firstShown(
  symptoms: readonly { symptom: OwnSymptom; matcher: Matcher }[],
  texts: readonly string[],
): OwnSymptom | null {
  const bytes = texts.map((text) => encodeUtf8(text.slice(0, LONGEST_TEXT)));
  const shown = symptoms.find(({ matcher }) => bytes.some((text) => matcher.match(text, 0, text.length)));
  return shown?.symptom ?? null;
}

function faultsOf(value: unknown): { path: SettingPath; problem: string }[] {
  if (!isObject(value)) return [{ path: [], problem: 'a symptom is an object, as { "pattern": "…" }' }];
  const faults: { path: SettingPath; problem: string }[] = Object.keys(value)
    .filter((key) => !KEYS.includes(key))
    .map((key) => ({ path: [key], problem: `a symptom has no "${key}"; it has ${KEYS.join(', ')}` }));
  for (const key of ['title', 'category', 'command']) {
    if (value[key] !== undefined && typeof value[key] !== 'string') {
      faults.push({ path: [key], problem: `${key}: must be text` });
    }
  }
  const { causes, pattern } = value;
  if (causes !== undefined && !(Array.isArray(causes) && causes.every((cause) => typeof cause === 'string'))) {
    faults.push({ path: ['causes'], problem: 'causes: must be a list of texts' });
  }
  if (typeof pattern !== 'string' || pattern === '') {
    faults.push({ path: pattern === undefined ? [] : ['pattern'], problem: 'a symptom needs a "pattern", as text' });
  } else {
    const problem = patternFault(pattern);
    if (problem !== null) faults.push({ path: ['pattern'], problem });
  }
  return faults;
}

function patternFault(pattern: string): string | null {
  try {
    // As it stands first, so that the place told is that in the settings.
    programOf(pattern);
    programOf(insensitive(pattern));
    return null;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

/** Nobody writes symptoms in one case. */
function insensitive(pattern: string): string {
  return pattern.startsWith('(?i)') ? pattern : `(?i)${pattern}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
