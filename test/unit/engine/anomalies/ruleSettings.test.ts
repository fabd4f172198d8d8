/** What users set about rules: what is used, what is refused and where, and what it changes. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { readRuleSettings } from '../../../../src/engine/anomalies/ruleSettings.ts';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import type { AnalysisRules } from '../../../../src/protocol.ts';
import { memoryLog } from '../memoryLog.ts';

type Line = [level: string, message: string, fields?: object];

function logOf(lines: readonly Line[]) {
  const texts = lines.map(([level, message, fields], at) =>
    JSON.stringify({ timestamp: new Date(at * 1000).toISOString(), level, service: 'alpha', message, ...fields }),
  );
  return memoryLog({ 'a.jsonl': texts.join('\n') });
}

async function found(lines: readonly Line[], given: AnalysisRules): Promise<string[]> {
  const { settings, problems } = readRuleSettings(given);
  deepEqual(problems, []);
  const { findings } = await findAnomalies(logOf(lines), undefined, undefined, settings);
  return findings.map(({ rule, severity, entry }) => `${rule} ${severity} ${entry.line}`);
}

const POOL: Line = ['INFO', 'pool', { pool_active: 85, pool_max: 100 }];

describe('settings of rules', () => {
  const faults: [AnalysisRules, (string | number)[]][] = [
    [{ rules: 7 }, ['rules']],
    [{ rules: { loud: 'off' } }, ['rules', 'loud']],
    [{ rules: { fatal: 'loud' } }, ['rules', 'fatal']],
    [{ rules: { fatal: { severity: 1 } } }, ['rules', 'fatal', 'severity']],
    [{ rules: { fatal: { ms: 1 } } }, ['rules', 'fatal', 'ms']],
    [{ rules: { 'latency-outlier': { ms: '7' } } }, ['rules', 'latency-outlier', 'ms']],
    [{ rules: { 'latency-outlier': { times: 0 } } }, ['rules', 'latency-outlier', 'times']],
    [{ rules: { 'latency-outlier': { toString: 1 } } }, ['rules', 'latency-outlier', 'toString']],
    [{ symptoms: [] }, ['symptoms']],
    [{ symptoms: { x: 'y' } }, ['symptoms', 'x']],
    [{ symptoms: { x: {} } }, ['symptoms', 'x']],
    [{ symptoms: { x: { pattern: '(' } } }, ['symptoms', 'x', 'pattern']],
    [{ symptoms: { x: { pattern: 'a', cause: 'b' } } }, ['symptoms', 'x', 'cause']],
    [{ symptoms: { x: { pattern: 'a', causes: 'b' } } }, ['symptoms', 'x', 'causes']],
    [{ muted: {} }, ['muted']],
    [{ muted: [{ rule: 'loud', template: 'x' }] }, ['muted', 0, 'rule']],
    [{ muted: [{ rule: 'fatal' }] }, ['muted', 0, 'template']],
  ];
  for (const [given, path] of faults) {
    it(`refuse ${JSON.stringify(given)}`, () => {
      const { problems } = readRuleSettings(given);
      deepEqual(
        problems.map((each) => each.path),
        [path],
      );
    });
  }

  it('of what is wrong leave the rest as it is', () => {
    const { settings, problems } = readRuleSettings({ rules: { fatal: 'off', loud: 'off', timeout: { share: 9 } } });
    equal(problems.length, 2);
    deepEqual([...settings.off], ['fatal']);
    equal(settings.thresholds.timeout.share, 0.98);
  });

  it('never throw, whatever stands there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (rules, symptoms, muted) => {
        ok(Array.isArray(readRuleSettings({ rules, symptoms, muted }).problems));
      }),
    );
  });

  it('switch a rule off, so that the next may judge the line', async () => {
    const line: Line = ['FATAL', 'connection refused, timed out'];
    deepEqual(await found([line], {}), ['fatal error 1', 'timeout warning 1']);
    deepEqual(await found([line], { rules: { fatal: 'off', timeout: { severity: 'off' } } }), [
      'known-symptom information 1',
    ]);
  });

  it('give a rule another severity', async () => {
    deepEqual(await found([POOL], { rules: { 'threshold-breach': 'error' } }), ['threshold-breach error 1']);
  });

  it('move a threshold', async () => {
    deepEqual(await found([POOL], {}), ['threshold-breach information 1']);
    deepEqual(await found([POOL], { rules: { 'threshold-breach': { near: 0.9 } } }), []);
    deepEqual(await found([POOL], { rules: { 'threshold-breach': { full: 0.85 } } }), ['threshold-breach error 1']);
  });
});

describe('mutes', () => {
  const lines: Line[] = [
    ['FATAL', 'shard 7 lost'],
    ['FATAL', 'shard 8 lost'],
    ['FATAL', 'giving up'],
  ];

  it('silence a rule on one kind of message only, and are counted', async () => {
    const { settings } = readRuleSettings({ muted: [{ rule: 'fatal', template: 'shard <*> lost' }] });
    const { anomalies, muted, incidents } = await analyse(logOf(lines), undefined, undefined, settings);
    deepEqual(
      anomalies.map(({ rule, line }) => `${rule} ${line}`),
      ['fatal 3'],
    );
    deepEqual(muted, [{ rule: 'fatal', template: 'shard <*> lost', anomalies: 1 }]);
    equal(incidents.length, 1);
  });

  it('fit a template that has become more general, and no other', async () => {
    const template = (text: string) => ({ muted: [{ rule: 'fatal', template: text }] });
    deepEqual(await found(lines, template('shard 7 lost')), ['fatal error 3']);
    equal((await found(lines, template('shard <*> lost again'))).length, 3);
    equal((await found(lines, { muted: [{ rule: 'timeout', template: 'shard <*> lost' }] })).length, 3);
  });
});

describe('symptoms of the user’s own', () => {
  const own = (pattern: string) => ({ symptoms: { mine: { pattern, title: 'mine', command: 'look' } } });
  const line: Line = ['ERROR', 'The Ledger is FROZEN: connection refused'];

  it('come before those of the catalogue, whatever the case', async () => {
    const { settings } = readRuleSettings(own('ledger (is )?frozen'));
    const { findings } = await findAnomalies(logOf([line]), undefined, undefined, settings);
    deepEqual(
      findings.map(({ message: { key, args } }) => [key, args.title, args.command]),
      [['known-symptom.own', 'mine', 'look']],
    );
  });

  it('are looked for at WARN and above only', async () => {
    deepEqual(await found([['INFO', 'the ledger is frozen']], own('frozen')), []);
  });

  it('give up instead of hanging, and say so beforehand', async () => {
    const { settings, problems } = readRuleSettings(own('a*a*a*a*a*a*a*a*b'));
    deepEqual(
      problems.map(({ path, isRefused }) => [path, isRefused]),
      [[['symptoms', 'mine', 'pattern'], false]],
    );
    const hostile: Line = ['ERROR', `${'a'.repeat(1500)}!`];
    deepEqual((await findAnomalies(logOf([hostile]), undefined, undefined, settings)).findings, []);
  });
});
