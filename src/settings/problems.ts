/** What is wrong with Causeway's settings in the text of a settings file, each fault at its place. */
import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import type { AnalysisRules, FormatPath, FormatProblem, SettingProblem } from '../protocol.ts';
import { isZone } from '../render/time.ts';
import { ANALYSIS_SETTINGS, analysisRules, SECTION } from './rules.ts';
import { traceLinks } from './traceLinks.ts';

/** Offsets in UTF-16 units. */
export interface SettingsProblem {
  start: number;
  end: number;
  problem: string;
  /** Whether what stands there is not used. */
  isRefused: boolean;
}

/** A `.code-workspace` file holds its settings one level deeper than a `settings.json`. */
export const ROOTS: readonly string[][] = [[], ['settings']];

export async function settingsProblems(
  text: string,
  checkFormats: (formats: unknown) => Promise<FormatProblem[]>,
  checkAnalysis: (rules: AnalysisRules) => Promise<SettingProblem[]> = async () => [],
): Promise<SettingsProblem[]> {
  if (!text.includes(`"${SECTION}.`)) return [];
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const found: SettingsProblem[] = [];
  for (const root of tree ? ROOTS : []) {
    const nodeOf = (key: string) => findNodeAtLocation(tree as Node, [...root, `${SECTION}.${key}`]);
    const formats = nodeOf('formats');
    for (const { path, problem, isRefused } of formats ? await checkFormats(getNodeValue(formats)) : []) {
      found.push({ ...placeOf(formats as Node, path), problem, isRefused });
    }
    const links = nodeOf('traceLinks');
    for (const { path, problem } of links ? traceLinks(getNodeValue(links)).problems : []) {
      found.push({ ...placeOf(links as Node, path), problem, isRefused: true });
    }
    const analysis = ANALYSIS_SETTINGS.some((key) => nodeOf(key));
    const settingAt = (key: string) => {
      const node = nodeOf(key);
      return node && getNodeValue(node);
    };
    for (const { path, problem, isRefused } of analysis ? await checkAnalysis(analysisRules(settingAt)) : []) {
      const [key, ...rest] = path;
      found.push({ ...placeOf(nodeOf(String(key)) as Node, rest), problem, isRefused: isRefused ?? true });
    }
    for (const node of [
      nodeOf('zone'),
      ...(nodeOf('timeZones')?.children ?? []).map(({ children }) => children?.[1]),
    ]) {
      if (node?.type !== 'string' || node.value === '' || isZone(node.value)) continue;
      found.push({ ...rangeOf(node), problem: 'no time zone: use UTC, +02:00 or Europe/Berlin', isRefused: true });
    }
  }
  return found;
}

/** The value that a path leads to, or as far as there is one. Of an object or a list, its key: the whole says little. */
function placeOf(from: Node, path: FormatPath): { start: number; end: number } {
  let node = from;
  for (const step of path) {
    const next = findNodeAtLocation(node, [step]);
    if (!next) break;
    node = next;
  }
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return rangeOf((node.type === 'object' || node.type === 'array') && key ? key : node);
}

function rangeOf({ offset, length }: Node): { start: number; end: number } {
  return { start: offset, end: offset + length };
}
