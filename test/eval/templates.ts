/**
 * `npm run eval:templates -- DIR [--wrong]`: grouping accuracy of the templates against labelled messages in loghub's
 * layout, `SYSTEM/SYSTEM_2k.log_structured.csv` with the columns Content and EventId. `--wrong` also lists what
 * was joined or parted wrongly. Nothing is set for any one system.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { readCsv } from './csv.ts';
import { groupingAccuracy, groupMessages } from './grouping.ts';

const FILE = /\.log_structured\.csv$/;

function main(args: readonly string[]): number {
  const folder = args.find((arg) => !arg.startsWith('--'));
  if (folder === undefined) return fail('usage: npm run eval:templates -- DIR [--wrong]');
  if (!existsSync(folder)) return fail(`no such folder: ${folder}`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => FILE.test(name));
  if (files.length === 0) return fail(`${folder} holds no *.log_structured.csv`);
  const accuracies: number[] = [];
  for (const file of files.sort()) {
    const rows = readCsv(readFileSync(join(folder, file), 'utf8'));
    if (rows.length > 0 && !('Content' in rows[0] && 'EventId' in rows[0])) {
      return fail(`${file} has no columns Content and EventId`);
    }
    const truth = rows.map((row) => row.EventId);
    const { groups, texts } = groupMessages(rows.map((row) => row.Content));
    const accuracy = groupingAccuracy(groups, truth);
    accuracies.push(accuracy);
    const system = basename(file).replace(/(?:_\w+)?\.log_structured\.csv$/, '');
    const counts = `${rows.length} messages, ${new Set(truth).size} events, ${texts.length} templates`;
    console.log(`${system.padEnd(14)} ${accuracy.toFixed(3)}   ${counts}`);
    if (args.includes('--wrong')) printWrong(groups, truth, texts);
  }
  const mean = accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length;
  console.log(`${'mean'.padEnd(14)} ${mean.toFixed(3)}   ${accuracies.length} systems`);
  return 0;
}

/** Events that fell into several templates, or share one: the largest first. */
function printWrong(groups: readonly number[], truth: readonly string[], texts: readonly string[]): void {
  const templatesOf = new Map<string, Set<number>>();
  const eventsOf = new Map<number, Set<string>>();
  const messages = new Map<string, number>();
  for (const [i, event] of truth.entries()) {
    templatesOf.set(event, (templatesOf.get(event) ?? new Set()).add(groups[i]));
    eventsOf.set(groups[i], (eventsOf.get(groups[i]) ?? new Set()).add(event));
    messages.set(event, (messages.get(event) ?? 0) + 1);
  }
  const wrong = [...templatesOf].filter(([, templates]) => {
    return templates.size > 1 || [...templates].some((template) => (eventsOf.get(template)?.size ?? 0) > 1);
  });
  const sizeOf = (event: string) => messages.get(event) ?? 0;
  for (const [event, templates] of wrong.sort(([a], [b]) => sizeOf(b) - sizeOf(a)).slice(0, 12)) {
    console.log(`    ${event}: ${sizeOf(event)} messages`);
    for (const template of [...templates].slice(0, 6)) {
      console.log(`        ${texts[template].slice(0, 160)}   (${[...(eventsOf.get(template) ?? [])].join(' ')})`);
    }
  }
}

function fail(message: string): number {
  console.error(message);
  return 2;
}

process.exitCode = main(process.argv.slice(2));
