/**
 * `npm run eval:injection [-- --seeds N] [--only RULE]`: injects faults of known kind, size and time into healthy logs
 * by seed, and prints for each how many the rules found, how many they told that were none, and how far off they
 * dated the begin. Without `--only` the table is written to docs/accuracy.md. The same numbers on every machine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { analyse } from '../../src/engine/incident/analyse.ts';
import { healthyLog } from '../unit/engine/anomalies/injection/healthyLog.ts';
import { INJECTIONS } from '../unit/engine/anomalies/injection/injections.ts';
import { type Outcome, tryInjection } from '../unit/engine/anomalies/injection/measure.ts';
import { markdownTable, type Row, rowOf } from '../unit/engine/anomalies/injection/table.ts';
import { story } from '../unit/engine/story.ts';

const SEEDS = 25;
const PAGE = 'docs/accuracy.md';
/** What stands between these in the page is written anew. */
const [BEGIN, END] = ['<!-- injection: begin -->', '<!-- injection: end -->'];

async function main(args: readonly string[]): Promise<number> {
  const value = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const seeds = Number(value('--seeds') ?? SEEDS);
  const only = value('--only');
  if (!Number.isInteger(seeds) || seeds < 1) {
    console.error('usage: npm run eval:injection [-- --seeds N] [--only RULE]');
    return 1;
  }
  const rows: Row[] = [];
  for (const injection of INJECTIONS) {
    if (only !== undefined && injection.rule !== only) continue;
    const outcomes: Outcome[] = [];
    for (let seed = 1; seed <= seeds; seed++) outcomes.push(await tryInjection(injection, seed));
    const row = rowOf(injection, outcomes);
    rows.push(row);
    console.log(markdownTable([row]).split('\n')[2]);
  }
  const missed = rows.reduce((sum, row) => sum + row.missed, 0);
  const all = rows.reduce((sum, { n }) => sum + n, 0);
  const text = [
    markdownTable(rows),
    '',
    `${missed} of ${all} injected faults were missed.`,
    '',
    await healthyFigures(seeds),
  ].join('\n');
  console.log(`\n${text}`);
  if (only === undefined) write(text);
  return 0;
}

/** What the same logs say before anything is injected. */
async function healthyFigures(seeds: number): Promise<string> {
  const loud = new Map<string, number>();
  let [lines, causes, all] = [0, 0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const healthy = healthyLog(seed);
    const { anomalies, rootCauses } = await analyse(story(healthy));
    lines += healthy.length;
    causes += rootCauses.length;
    all += anomalies.length;
    for (const { rule, severity } of anomalies) {
      if (severity === 'warning' || severity === 'error')
        loud.set(`${rule} ${severity}`, (loud.get(`${rule} ${severity}`) ?? 0) + 1);
    }
  }
  const count = [...loud.values()].reduce((sum, each) => sum + each, 0);
  const which = [...loud].map(([name, each]) => `${each} ${name}`).join(', ');
  return (
    `Of the ${seeds} healthy logs (${lines} lines) themselves: ${count} warnings or errors${which && ` (${which})`}, ` +
    `${((10_000 * count) / lines).toFixed(2)} in 10,000 lines; ${all} anomalies in all; ${causes} causes named.`
  );
}

function write(text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, behind] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || behind < before) throw new Error(`${PAGE} has no place for the figures`);
  writeFileSync(PAGE, `${page.slice(0, before + BEGIN.length)}\n\n${text}\n\n${page.slice(behind)}`);
}

process.exitCode = await main(process.argv.slice(2));
