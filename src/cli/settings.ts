/** The settings of a file, as the editor would use them: formats, levels, keys of ids, zones, the year and rules. */
import { readFile } from 'node:fs/promises';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { AnalysisRules, FormatProblem, LogRequest, SettingProblem } from '../protocol.ts';
import { quoted } from '../render/inertJson.ts';
import { plainText } from '../render/plain.ts';
import { isZone } from '../render/time.ts';
import { ROOTS, settingsProblems } from '../settings/problems.ts';
import { analysisRules, readingRules, SECTION } from '../settings/rules.ts';
import { UsageError } from './options.ts';

type Entries = Record<string, unknown>;

export interface SettingsFile {
  /** As it was typed. */
  path: string;
  text: string;
  rules: Partial<LogRequest>;
}

export async function readSettings(path: string): Promise<SettingsFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const missing = error.code === 'ENOENT';
    throw new UsageError(`--settings: ${missing ? 'no such file' : 'cannot read'}: ${quoted(path)}`);
  });
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) {
    const { offset, error } = errors[0];
    throw new UsageError(`--settings: ${place(path, text, offset)}: ${printParseErrorCode(error)}`);
  }
  const all = ROOTS.reduce<Entries>((found, root) => Object.assign(found, objectAt(value, root)), {});
  if (!Object.keys(all).some((key) => key.startsWith(`${SECTION}.`))) {
    throw new UsageError(`--settings: ${quoted(path)} holds no setting of Causeway, as "${SECTION}.formats"`);
  }
  const analysis = analysisRules((key) => all[`${SECTION}.${key}`]);
  const { zone, year } = { zone: all[`${SECTION}.zone`], year: all[`${SECTION}.year`] };
  return {
    path,
    text,
    rules: {
      ...readingRules((key) => all[`${SECTION}.${key}`]),
      ...(Object.keys(analysis).length > 0 && { analysis }),
      ...(typeof zone === 'string' && isZone(zone) && { zone }),
      ...(Number.isInteger(year) && { year: Number(year) }),
    },
  };
}

/** What is wrong in the file, a line each. */
export async function problemLines(
  { path, text }: SettingsFile,
  formats: FormatProblem[],
  checkAnalysis: (rules: AnalysisRules) => Promise<SettingProblem[]> = async () => [],
): Promise<string[]> {
  const problems = await settingsProblems(text, async () => formats, checkAnalysis);
  return problems.map(({ start, problem, isRefused }) => {
    return `${place(path, text, start)}: ${isRefused ? '' : 'warning: '}${plainText(problem)}`;
  });
}

function objectAt(value: unknown, path: readonly string[]): Entries {
  const found = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
  return isObject(found) ? found : {};
}

function isObject(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function place(path: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `${plainText(path)}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
