/**
 * `npm run eval:incidents -- DIR`: how often the first cause, or one of the first three or five, is the one that was
 * injected. DIR holds cases: a folder each, with `logs/` and `label.json` (`root_cause_service`, `fault`, `window`).
 * Each is analysed with the fault's window given, as by `--from` and `--to`, and without. Then what lies outside the
 * windows is analysed alone: there no cause should be named, and hardly anything be warned of. A case whose label has
 * no `root_cause_service` is healthy as a whole.
 *
 * Every share has its n and its Wilson interval. Ends with 1 where a case could not be analysed.
 */
import { rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { createEngine } from '../../src/engine/engine.ts';
import type { Report } from '../../src/incident.ts';
import type { TimeRange } from '../../src/model.ts';
import { sentence } from '../../src/render/sentence.ts';
import { createFileSource } from '../../src/worker/fileByteSource.ts';
import { casesIn, type IncidentCase, writeQuietMinutes } from './incidentCase.ts';
import { wilson } from './wilson.ts';

const TOPS = [1, 3, 5];
const PER_LINES = 10_000;

interface Outcome {
  fault: string;
  /** From 1; null where the injected cause is not among the candidates. */
  rank: number | null;
  named: string[];
  ms: number;
}

interface Health {
  name: string;
  lines: number;
  named: string[];
  warnings: number;
  errors: number;
  rules: string[];
}

async function main(folder: string): Promise<number> {
  const cases = casesIn(resolve(folder));
  const outcomes: Record<'given' | 'found', Outcome[]> = { given: [], found: [] };
  const healthy: Health[] = [];
  let failed = 0;
  for (const one of cases) {
    try {
      await evaluate(one, outcomes, healthy);
    } catch (error) {
      failed++;
      console.error(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (outcomes.given.length > 0) printTable('With the window of the fault given', outcomes.given);
  if (outcomes.found.length > 0) printTable('Without', outcomes.found);
  printHealth(healthy);
  if (cases.length === 0) console.error(`no case in ${folder}`);
  return failed > 0 || cases.length === 0 ? 1 : 0;
}

async function evaluate(one: IncidentCase, outcomes: Record<'given' | 'found', Outcome[]>, healthy: Health[]) {
  const { cause, window } = one;
  const engine = createEngine({ source: createFileSource(), sentence });
  const root = one.logs;
  await engine.open({ root });
  const judge = async (range?: TimeRange): Promise<Outcome> => {
    const started = performance.now();
    const { rootCauses } = await engine.report(root, range);
    const ms = performance.now() - started;
    const named = rootCauses.map(({ name }) => name);
    const at = cause === null ? -1 : named.indexOf(cause);
    return { fault: one.fault, rank: at < 0 ? null : at + 1, named, ms };
  };
  if (cause === null) healthy.push(healthOf(one.name, await engine.report(root)));
  else {
    const found = await judge();
    outcomes.found.push(found);
    const shown = [`without a window ${told(found)}`];
    if (window) {
      const given = await judge(window);
      outcomes.given.push(given);
      shown.unshift(`with ${told(given)}`);
    }
    console.log(`${one.name}: ${one.fault} of ${cause}\n  ${shown.join('\n  ')}`);
  }
  if (cause !== null && window) healthy.push(await quietMinutes(one, engine.log(root), window));
  await engine.close(root);
}

async function quietMinutes(
  { name, logs }: IncidentCase,
  log: Parameters<typeof writeQuietMinutes>[0],
  window: TimeRange,
): Promise<Health> {
  const root = writeQuietMinutes(log, logs, window);
  try {
    const engine = createEngine({ source: createFileSource(), sentence });
    await engine.open({ root });
    const health = healthOf(name, await engine.report(root));
    await engine.close(root);
    return health;
  } finally {
    rmSync(root, { recursive: true });
  }
}

function healthOf(name: string, report: Report): Health {
  const loud = report.anomalies.filter(({ severity }) => severity === 'warning' || severity === 'error');
  return {
    name,
    lines: report.entries,
    named: report.rootCauses.map((cause) => cause.name),
    warnings: loud.filter(({ severity }) => severity === 'warning').length,
    errors: loud.filter(({ severity }) => severity === 'error').length,
    rules: loud.map(({ rule, file, line }) => `${rule} ${file}:${line}`),
  };
}

function told({ rank, named, ms }: Outcome): string {
  const place = named.length === 0 ? 'abstained' : rank === null ? 'missed' : `ranked ${rank}`;
  return `${place} (${ms.toFixed(0)} ms): ${named.join(', ')}`;
}

function printTable(title: string, outcomes: readonly Outcome[]): void {
  console.log(`\n${title}`);
  const faults = [...new Set(outcomes.map(({ fault }) => fault))].sort();
  for (const fault of [...faults, null]) {
    const some = outcomes.filter((outcome) => fault === null || outcome.fault === fault);
    const tops = TOPS.map((top) => {
      const hits = some.filter(({ rank }) => rank !== null && rank <= top).length;
      const { low, high } = wilson(hits, some.length);
      return `top-${top} ${percent(hits / some.length)} [${percent(low)}, ${percent(high)}]`;
    });
    const abstained = some.filter(({ named }) => named.length === 0).length;
    const ms = some.map((outcome) => outcome.ms).sort((a, b) => a - b)[some.length >> 1];
    console.log(
      `  ${(fault ?? 'all').padEnd(18)} n = ${some.length}  ${tops.join('  ')}  abstained ${abstained}  ${ms.toFixed(0)} ms`,
    );
  }
}

function printHealth(healthy: readonly Health[]): void {
  if (healthy.length === 0) return;
  console.log('\nHealthy folders');
  for (const { name, lines, named, warnings, errors, rules } of healthy) {
    const causes = named.length === 0 ? 'no cause' : `CAUSES ${named.join(', ')}`;
    console.log(`  ${name}: ${lines} lines, ${causes}, ${warnings} warnings, ${errors} errors ${rules.join(', ')}`);
  }
  const sum = (of: (health: Health) => number): number => healthy.reduce((total, health) => total + of(health), 0);
  const lines = sum((health) => health.lines);
  const named = healthy.filter((health) => health.named.length > 0).length;
  const per = (count: number): string => ((count * PER_LINES) / Math.max(1, lines)).toFixed(2);
  console.log(
    `  all: ${named} of ${healthy.length} name a cause; of ${lines} lines, ` +
      `${per(sum(({ warnings }) => warnings))} warnings and ${per(sum(({ errors }) => errors))} errors per ${PER_LINES}`,
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

if (!statSync(process.argv[2] ?? '', { throwIfNoEntry: false })?.isDirectory()) {
  console.error('usage: npm run eval:incidents -- DIR');
  process.exitCode = 1;
} else process.exitCode = await main(process.argv[2]);
