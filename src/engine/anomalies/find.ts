/** Runs all rules over a log. */
import { letOthers } from '../../base/letOthers.ts';
import type { Message, MissingStep, StuckEntities } from '../../incident.ts';
import type { TimeRange } from '../../model.ts';
import { clockOffsets } from '../correlation/clockOffsets.ts';
import type { Log } from '../index/log.ts';
import { CLOCK_SKEW, findClockSkew } from './clockSkew.ts';
import { corroborate } from './corroboration.ts';
import { muteFinder } from './mutes.ts';
import { NO_SETTINGS, type RuleSettings } from './ruleSettings.ts';
import { LINE_RULES, LOG_RULES, STANDALONE_RULES } from './rules.ts';
import { type Finding, type Line, type LineRule, readStudy, type Study } from './study.ts';
import { type Cluster, isHabit, isLoud, surveyLog } from './survey.ts';
import { findOddities, TIME_ODDITY, tellOddities } from './timeOddity.ts';

export interface Findings {
  study: Study;
  /** Without oddities. */
  findings: Finding[];
  oddities: Finding[];
  /** The entries that oddities keep from everything else. */
  odd: ReadonlySet<number>;
  /** About how the log is written, not about what happened. */
  remarks: Finding[];
  missing: MissingStep[];
  stuck: StuckEntities[];
  notRun: { rule: string; reason: Message }[];
  /** What each mute of the settings silences, in their order. */
  muted: Finding[][];
}

export async function findAnomalies(
  log: Log,
  range?: TimeRange,
  signal?: AbortSignal,
  settings: RuleSettings = NO_SETTINGS,
): Promise<Findings> {
  const { off, thresholds } = settings;
  const survey = surveyLog(log, range, signal);
  await letOthers(signal);
  const oddities = off.has(TIME_ODDITY) ? [] : findOddities(survey, thresholds[TIME_ODDITY], signal);
  await letOthers(signal);
  const odd = new Set(oddities.flatMap(({ stay }) => stay.entries));
  const whole = await readStudy(survey, settings, signal);
  const usual = ({ entry }: Line): boolean => !odd.has(entry.entry);
  const study = { ...whole, loud: whole.loud.filter(usual), quiet: whole.quiet.filter(usual) };
  const findings: Finding[] = [];
  for (const lines of [study.loud, study.quiet]) {
    for (const cluster of byCluster(lines)) findings.push(...judgeCluster(cluster, study, off));
  }
  const notRun: Findings['notRun'] = [];
  const remarks: Finding[] = [];
  const missing: MissingStep[] = [];
  const stuck: StuckEntities[] = [];
  for (const rule of LOG_RULES) {
    await letOthers(signal);
    if (off.has(rule.name)) continue;
    const verdict = await rule.run(study);
    for (const finding of verdict.findings) if (!odd.has(finding.entry.entry)) findings.push(finding);
    remarks.push(...(verdict.remarks ?? []));
    missing.push(...(verdict.missing ?? []));
    stuck.push(...(verdict.stuck ?? []));
    if (verdict.notRun) notRun.push({ rule: rule.name, reason: verdict.notRun });
  }
  await letOthers(signal);
  const offsets = off.has(CLOCK_SKEW) ? [] : await clockOffsets(log, signal);
  const skews = await findClockSkew(log, offsets, thresholds[CLOCK_SKEW]);
  missing.sort((one, other) => one.expected - other.expected || one.after.entry - other.after.entry);
  const muted: Finding[][] = settings.mutes.map(() => []);
  const muteOf = muteFinder(log, settings.mutes);
  /** As the settings want it: another severity, or not told at all. */
  const heard = (found: readonly Finding[]): Finding[] =>
    found.flatMap((finding) => {
      const mute = muteOf(finding.rule, finding.entry.entry);
      if (mute >= 0) muted[mute].push(finding);
      if (mute >= 0) return [];
      const severity = settings.severities.get(finding.rule);
      return severity === undefined ? [finding] : [{ ...finding, severity, isSet: true as const }];
    });
  return {
    study,
    findings: heard(corroborate(findings)),
    odd,
    oddities: heard([...(await tellOddities(oddities, log)), ...skews]),
    remarks: heard(remarks),
    missing: missing.filter(({ rule, after }) => muteOf(rule, after.entry) < 0),
    stuck: stuck.filter(({ entities: [first] }) => !first || muteOf('stuck-entity', first.confirmed.entry) < 0),
    notRun,
    muted,
  };
}

function byCluster(lines: readonly Line[]): Line[][] {
  const clusters = new Map<Cluster, Line[]>();
  for (const line of lines) {
    const alike = clusters.get(line.cluster);
    if (alike) alike.push(line);
    else clusters.set(line.cluster, [line]);
  }
  return [...clusters.values()];
}

/**
 * Of a big cluster only a sample was read. Where a rule finds something at every line of it, the
 * lines not read are counted too; else the count is what was seen.
 */
function judgeCluster(lines: readonly Line[], study: Study, off: ReadonlySet<string>): Finding[] {
  const byRule = new Map<string, Finding[]>();
  for (const line of lines) {
    for (const finding of judge(line, study, off))
      byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  }
  for (const findings of byRule.values()) {
    if (findings.length === lines.length) findings[0].count += lines[0].cluster.count - lines.length;
  }
  return [...byRule.values()].flat();
}

function judge(line: Line, study: Study, off: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = [];
  const ask = (rule: LineRule): boolean => {
    if (off.has(rule.name)) return false;
    const verdict = rule.quiet || isLoud(line.cluster.level) ? rule.judge(line, study) : null;
    if (!verdict) return false;
    const { entry } = line;
    const severity = rule.habitual && isHabit(line.cluster) ? 'hint' : verdict.severity;
    const finding = { ...verdict, severity, rule: rule.name, entry, time: entry.timestamp, count: 1, effect: null };
    findings.push(rule.evidence ? { ...finding, shown: rule.evidence(finding, study) } : finding);
    return true;
  };
  for (const rule of STANDALONE_RULES) ask(rule);
  for (const rule of LINE_RULES) if (ask(rule)) break;
  return findings;
}
