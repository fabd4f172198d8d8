/** The JSON of every command against its schema, and what the contract promises beyond it. */
import { deepEqual, equal, match, notDeepEqual, ok, rejects } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../src/cli/options.ts';
import { reportJson } from '../../../src/render/reportJson.ts';
import { NOTHING, REPORT } from '../render/reportSample.ts';
import { complaints, run, SAMPLE } from './engine.ts';

type Line = { file: string; line: number; timestamp: string; level: string; fields: Record<string, unknown> };

function linesOf(text: string): Line[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('the JSON contract', () => {
  it('of a report holds for the sample, for all that a report can say, and for nothing', async () => {
    deepEqual(complaints('report', JSON.parse(await run('report', SAMPLE, '--format', 'json'))), []);
    deepEqual(complaints('report', reportJson(REPORT)), []);
    deepEqual(complaints('report', reportJson(NOTHING)), []);
  });

  it('notices what is missing, and what is too much', () => {
    const { verdict: _, ...without } = reportJson(NOTHING);
    deepEqual(complaints('report', without), [" must have required property 'verdict'"]);
    notDeepEqual(complaints('report', { ...reportJson(NOTHING), extra: 1 }), []);
    notDeepEqual(complaints('report', { ...reportJson(NOTHING), timeRange: { from: '2023-08-15', to: null } }), []);
  });

  it('of a trace holds', async () => {
    const trace = JSON.parse(await run('trace', '3d4e5f6a7b8c', SAMPLE, '--format', 'json'));
    deepEqual(complaints('trace', trace), []);
    equal(trace.entries.length, 14);
    equal(trace.durationMs, 99_059);
    deepEqual(trace.services.toSorted(), ['api-gateway', 'inventory-service', 'order-service', 'payment-service']);
  });

  it('of files holds', async () => {
    const files = JSON.parse(await run('files', SAMPLE, '--format', 'json'));
    deepEqual(complaints('files', files), []);
    equal(files.length, 5);
  });

  it('of alerts holds, of derived ones and of the library’s', async () => {
    const found = JSON.parse(await run('alerts', SAMPLE, '--incident-start', '12:30', '--format', 'json'));
    deepEqual(complaints('alerts', found), []);
    ok(found.alerts.length >= 3, JSON.stringify(found.alerts));
    for (const { leadToIncidentMs, leadToFatalMs } of found.alerts) ok(leadToIncidentMs > 0 && leadToFatalMs > 0);
    ok(found.rules.length > 8);
  });

  it('of merged entries holds line by line, in order of time', async () => {
    const lines = linesOf(await run('merge', SAMPLE, '--format', 'json'));
    equal(lines.length, 72);
    deepEqual(
      lines.flatMap((line) => complaints('merge', line)),
      [],
    );
    deepEqual(
      lines.map((line) => line.timestamp),
      lines.map((line) => line.timestamp).toSorted(),
    );
  });

  it('keeps both values of a repeated key, in an array', async () => {
    const lines = linesOf(await run('merge', join(SAMPLE, 'db-monitor.jsonl'), '--format', 'json'));
    const fields = lines.find((line) => line.line === 6)?.fields;
    ok(Array.isArray(fields?.message), JSON.stringify(fields));
    equal(fields.message.length, 2);
  });

  it('writes what a terminal may obey as escapes, and means the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-'));
    try {
      writeFileSync(join(folder, 'a.jsonl'), '{"level":"info","message":"a\u009b2J\u202eb"}\n');
      const text = await run('merge', folder, '--format', 'json');
      deepEqual([text.includes('\u009b'), text.includes('\u202e')], [false, false]);
      equal((JSON.parse(text) as { message: string }).message, 'a\u009b2J\u202eb');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is not led astray by a key named __proto__, and gives null for what is absent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-'));
    try {
      writeFileSync(join(folder, 'a.jsonl'), '{"__proto__":"x","message":"hello"}\n{"message":"again"}\n');
      const lines = linesOf(await run('merge', folder, '--format', 'json'));
      deepEqual(
        lines.flatMap((line) => complaints('merge', line)),
        [],
      );
      equal(Object.entries(lines[0]?.fields ?? {}).find(([key]) => key === '__proto__')?.[1], 'x');
      deepEqual([lines[0]?.timestamp, lines[0]?.level], [null, null]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the report of the sample', () => {
  it('of a range counts the entries of the range', async () => {
    const range = ['--from', '12:00', '--to', '12:05'];
    const report = JSON.parse(await run('report', SAMPLE, ...range, '--format', 'json')) as {
      entries: number;
      services: { entries: number }[];
    };
    deepEqual(complaints('report', report), []);
    const inServices = report.services.reduce((sum, { entries }) => sum + entries, 0);
    equal(report.entries, inServices);
    ok(inServices > 0 && inServices < 72, String(inServices));
    match(await run('report', SAMPLE, ...range), new RegExp(`^\\S+ {2}${inServices} of 72 entries in `));
  });

  it('knows no range that ends before it begins', async () => {
    for (const command of ['report', 'merge']) {
      await rejects(run(command, SAMPLE, '--from', '12:00', '--to', '11:00'), {
        message: '--from 2023-08-15 12:00:00.000Z is later than --to 2023-08-15 11:00:00.000Z',
      });
    }
    ok((await run('report', SAMPLE, '--from', '12:00', '--to', '12:00')).length > 0);
  });

  it('leaves no sentence without its values, in any format', async () => {
    for (const format of ['text', 'markdown', 'json', 'sarif']) {
      const text = await run('report', SAMPLE, '--format', format);
      deepEqual(text.match(/[^\n]*(\{\w+(, \w+)?\}|undefined|NaN|\[object)[^\n]*/g), null, format);
    }
  });
});

describe('differs', () => {
  it('holds what a query finds against the rest', async () => {
    const text = await run('differs', SAMPLE, '--query', 'level:>=error');
    match(text, /^WHAT DIFFERS {2}21 entries against 51\n/);
    // That errors are at ERROR is no news.
    ok(!text.includes('level error'));
    deepEqual(text.match(/undefined|NaN|\[object/g), null);
  });

  it('holds a range against the rest, and says where nothing is selected', async () => {
    match(
      await run('differs', SAMPLE, '--from', '12:15', '--to', '12:16'),
      /^WHAT DIFFERS {2}\d+ entries against \d+\n/,
    );
    match(await run('differs', SAMPLE, '--query', 'nowhere_to_be_found'), /nothing: no entry is selected\n$/);
  });
});

describe('merge', () => {
  it('takes a range, both ends included', async () => {
    const lines = linesOf(
      await run('merge', SAMPLE, '--format', 'json', '--from', '2023-08-15T12:01:58.325Z', '--to', '12:03:02.514'),
    );
    deepEqual(
      [lines[0]?.timestamp, lines.at(-1)?.timestamp],
      ['2023-08-15T12:01:58.325000Z', '2023-08-15T12:03:02.514000Z'],
    );
  });

  for (const [query, message] of [
    ['a (b', /^--query: a bracket is not closed \(at "\(b"\)$/],
    ['level:\u009b2J', /^--query: "" is no level/],
    ['a "\u009b2J', /^--query: a quote is not closed \(at "\\"\\u009b2J"\)$/],
  ] as const) {
    it(`refuses the query ${JSON.stringify(query)} in one line, before it reads anything`, async () => {
      const refusal = run('merge', `${SAMPLE}/README.md`, '--query', query);
      await rejects(refusal, (error: Error) => error instanceof UsageError && message.test(error.message));
    });
  }

  it('takes a query', async () => {
    const lines = linesOf(await run('merge', SAMPLE, '--format', 'json', '--query', 'level:fatal -service:db-*'));
    deepEqual(
      lines.map(({ file, line }) => `${file}:${line}`),
      ['inventory-service.jsonl:18', 'order-service.jsonl:22'],
    );
  });

  it('writes nothing where nothing matches', async () => {
    equal(await run('merge', SAMPLE, '--query', 'nowhere'), '');
  });

  it('shows times in the zone asked for', async () => {
    const text = await run('merge', SAMPLE, '--query', 'level:fatal', '--zone', 'Europe/Berlin');
    ok(text.startsWith('2023-08-15 15:00:00.901+02:00  FATAL'), text.slice(0, 60));
  });
});
