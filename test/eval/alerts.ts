/**
 * `npm run eval:alerts`: holds the states of our back-test against those of `promtool test rules` (Debian's package
 * `prometheus`), on random series and random times to hold. Windows are not compared: those of Prometheus 2 include both their ends,
 * those of Prometheus 3, and ours, only the later one.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { firingsOf } from '../../src/engine/alerts/states.ts';

const SERIES = 40;
const MINUTES = 60;
const SEED = 20240501;

interface Case {
  holds: boolean[];
  forMinutes: number;
}

function cases(): Case[] {
  let state = SEED;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: SERIES }, () => {
    const stay = 0.5 + random() / 2;
    let holds = random() < 0.5;
    return {
      forMinutes: Math.floor(random() * 8),
      holds: Array.from({ length: MINUTES }, () => {
        if (random() > stay) holds = !holds;
        return holds;
      }),
    };
  });
}

function ruleFile(all: readonly Case[]): string {
  const rules = all.map(
    ({ forMinutes }, index) => `      - alert: A${index}\n        expr: m${index} > 0.5\n        for: ${forMinutes}m\n`,
  );
  return `groups:\n  - name: g\n    interval: 1m\n    rules:\n${rules.join('')}`;
}

/** What we say of each minute, written as what promtool is to expect. */
function testFile(all: readonly Case[]): string {
  const series = all.map(
    ({ holds }, index) =>
      `      - series: m${index}\n        values: '${holds.map((hold) => (hold ? 1 : 0)).join(' ')}'\n`,
  );
  const expected = all.flatMap(({ holds, forMinutes }, index) => {
    const firings = firingsOf(
      holds.map((_, minute) => minute * 60_000_000),
      holds,
      forMinutes * 60_000,
    );
    return holds.map((_, minute) => {
      const isFiring = firings.some(({ from, to }) => from <= minute * 6e7 && (to === null || minute * 6e7 < to));
      const alerts = isFiring ? `[{ exp_labels: {} }]` : '[]';
      return `      - { eval_time: ${minute}m, alertname: A${index}, exp_alerts: ${alerts} }\n`;
    });
  });
  return `rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n${series.join('')}    alert_rule_test:\n${expected.join('')}`;
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-alerts-'));
  try {
    const all = cases();
    writeFileSync(join(folder, 'rules.yaml'), ruleFile(all));
    writeFileSync(join(folder, 'test.yaml'), testFile(all));
    const said = execFileSync('promtool', ['test', 'rules', 'test.yaml'], { cwd: folder, encoding: 'utf8' });
    process.stdout.write(said);
    process.stdout.write(`${SERIES} series of ${MINUTES} minutes: every state is promtool's.\n`);
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: string; stdout?: string; stderr?: string };
    if (code === 'ENOENT') process.stderr.write("promtool is not installed; it is in Debian's package prometheus.\n");
    else process.stderr.write(`${stdout ?? ''}${stderr ?? String(error)}\n`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
