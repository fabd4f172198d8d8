/**
 * `npm run eval:hops -- DIR [--wrong]`: who called whom, as log lines alone imply it, against what spans of the same
 * traces record. Each folder of logs at or below DIR in which traces have both is a case; a hop counts once a trace
 * and pair of services. Printed are, by how a hop is known, how many of the hops agree with the spans.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { callsIn } from '../../src/engine/correlation/calls.ts';
import { hopsIn, namesOf, toldOf } from '../../src/engine/correlation/hops.ts';
import { spanTree } from '../../src/engine/correlation/spanTree.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Log } from '../../src/engine/index/log.ts';
import { sentence } from '../../src/render/sentence.ts';
import { createFileSource } from '../../src/worker/fileByteSource.ts';

const MOST_SHOWN = 10;

interface Result {
  /** By how they are known. */
  right: Map<string, number>;
  all: Map<string, number>;
  /** Pairs of services that both log in a trace in which spans record a call between them, and those of them that are found. */
  recorded: number;
  found: number;
  wrong: string[];
}

const noResult = (): Result => ({ right: new Map(), all: new Map(), recorded: 0, found: 0, wrong: [] });

function foldersOfLogs(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const below = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => foldersOfLogs(join(folder, name)));
  return entries.some((entry) => entry.isFile() && entry.name.endsWith('.log')) ? [folder, ...below] : below;
}

async function evaluate(log: Log): Promise<Result> {
  const result = noResult();
  const names = namesOf(log);
  for (let id = 1; id <= log.ids.count; id++) {
    if (!log.ids.isTrace(id)) continue;
    const entries = await log.read(log.ids.entries(id));
    const tree = spanTree(entries);
    if (tree.spans.length === 0) continue;
    const told = toldOf(log, entries);
    const here = new Set(told.map(({ service }) => log.services[service]));
    const recorded = new Set(
      hopsIn(log, [], tree)
        .filter(({ caller, callee }) => here.has(caller) && here.has(callee))
        .map(({ caller, callee }) => `${caller} → ${callee}`),
    );
    const seen = new Set<string>();
    for (const { caller, callee, how } of callsIn(told, names)) {
      const pair = `${log.services[caller]} → ${callee === null ? '?' : log.services[callee]}`;
      if (seen.has(pair) || callee === null || !here.has(log.services[callee])) continue;
      seen.add(pair);
      add(result.all, how, 1);
      if (recorded.has(pair)) add(result.right, how, 1);
      else result.wrong.push(`${log.ids.text(id)} ${how} ${pair}`);
    }
    result.recorded += recorded.size;
    result.found += [...recorded].filter((pair) => seen.has(pair)).length;
  }
  return result;
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function print(name: string, { right, all, recorded, found }: Result): void {
  const by = [...all].map(([how, count]) => `${how} ${right.get(how) ?? 0} of ${count} right`).join(', ');
  const share = recorded === 0 ? '' : ` (${((100 * found) / recorded).toFixed(1)} %)`;
  console.log(`${name}: ${by || 'none'}; ${found} of ${recorded} recorded pairs found${share}`);
}

async function main(args: readonly string[]): Promise<number> {
  const [folder] = args.filter((arg) => !arg.startsWith('--'));
  if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    console.error('usage: npm run eval:hops -- DIR [--wrong]');
    return 1;
  }
  const total = noResult();
  for (const root of foldersOfLogs(resolve(folder))) {
    const engine = createEngine({ source: createFileSource(), sentence });
    await engine.open({ root });
    const result = await evaluate(engine.log(root));
    await engine.close(root);
    if (result.recorded === 0 && result.all.size === 0) continue;
    print(root.slice(resolve(folder).length + 1) || root, result);
    if (args.includes('--wrong')) for (const line of result.wrong.slice(0, MOST_SHOWN)) console.log(`    ${line}`);
    for (const [how, count] of result.all) add(total.all, how, count);
    for (const [how, count] of result.right) add(total.right, how, count);
    total.recorded += result.recorded;
    total.found += result.found;
  }
  print('all', total);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
