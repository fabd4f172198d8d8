import assert from 'node:assert/strict';
import { createEngine } from '../../../src/engine/engine.ts';
import type { Entry } from '../../../src/model.ts';
import type { LogRequest } from '../../../src/protocol.ts';
import { memorySource } from './memorySource.ts';

const root = '/log';

async function opened(files: Record<string, string>, request: Partial<LogRequest> = {}) {
  const engine = createEngine({ source: memorySource(files), sentence: ({ key }) => key });
  const summary = await engine.open({ root, ...request });
  const log = engine.log(root);
  const entries: Entry[] = await log.read([...log.order]);
  return { engine, summary, log, entries };
}

const PIPES = {
  kind: 'pattern',
  pattern: '^#(?<time>)\\|(?<level>\\w+)\\|(?<service>[\\w-]+)\\|(?<request_id>\\w*)\\|(?<message>.*)$',
};
const PIPED = [
  '#2026-08-01 10:00:00.250|WARN|depot|r1234|shelf is full',
  '#2026-08-01 10:00:01.000|INFO|shop|r1234|level=error msg="not logfmt"',
];

describe('formats of the user’s own', () => {
  it('make a log readable that nothing else reads', async () => {
    const text = `${PIPED.join('\n')}\n`;
    const before = await opened({ 'a.log': text });
    assert.ok(!before.entries.some(({ service }) => service === 'depot'));
    const { summary, entries, log } = await opened({ 'a.log': text }, { formats: { pipes: PIPES } });
    assert.deepEqual(summary.formatProblems, []);
    assert.equal(log.files[0].format, 'pipes');
    assert.deepEqual(
      entries.map(({ level, service, message, ids }) => [level, service, message, ids[0].value]),
      [
        ['warn', 'depot', 'shelf is full', 'r1234'],
        ['info', 'shop', 'level=error msg="not logfmt"', 'r1234'],
      ],
    );
  });

  it('are tried before JSON and logfmt', async () => {
    const pattern = '^\\{(?<time>[^ ]+) (?<message>.*)\\}$';
    const files = { 'odd.log': '{2026-08-01T10:00:00Z level=info msg=x}\n' };
    const { entries } = await opened(files, { formats: { odd: { kind: 'pattern', pattern } } });
    assert.deepEqual(
      entries.map(({ message }) => message),
      ['level=info msg=x'],
    );
  });

  it('are tried before JSON where a thousand lines of it went before', async () => {
    const line = (i: number) => `{"time":"2026-08-01T10:00:00Z","level":"info","msg":"x","n":${i % 100}}`;
    const files = { 'a.jsonl': Array.from({ length: 2000 }, (_, i) => line(i)).join('\n') };
    const formats = { ours: { kind: 'pattern', pattern: '^\\{"time":"(?<time>)".*(?<message>"n":99)\\}' } };
    const { entries } = await opened(files, { formats });
    assert.equal(entries.filter(({ level }) => level === null).length, 20);
  });

  it('that are broken leave the others as they are, and are told of', async () => {
    const formats = { broken: { kind: 'pattern', pattern: '(' }, pipes: PIPES };
    const files = { 'a.log': PIPED.join('\n'), 'b.jsonl': '{"time":"2026-08-01T10:00:02Z","level":"error","msg":"x"}' };
    const { summary, engine } = await opened(files, { formats });
    assert.equal(summary.entries, 3);
    assert.deepEqual(
      summary.formatProblems.map(({ path }) => path),
      [['broken', 'pattern']],
    );
    assert.deepEqual(await engine.checkFormats(formats), summary.formatProblems);
    assert.deepEqual((await engine.refresh(root)).formatProblems, summary.formatProblems);
  });

  it('cannot hang, whatever their pattern', async () => {
    const lines = Array.from({ length: 50 }, () => `${'a'.repeat(5000)}!\nzz #${'q'.repeat(500)}!`);
    const formats = {
      nested: { kind: 'pattern', pattern: '^((a+)+)+(?<message>b)$' },
      before: { kind: 'envelope', prefix: '^(?:(?:a|aa)+)+d ' },
      // Only in the middle of a line, where trying it beforehand does not look.
      late: { kind: 'pattern', pattern: '^(?:zz|2026).*#(?:(?:q|qq)+)+(?<message>r)$' },
      choices: { kind: 'pattern', pattern: '^(a|aa|a?a)+(?<message>c)$' },
    };
    const files = {
      'a.log': [...lines.map(() => '2026-08-01T10:00:00Z fine\n2026-08-01T10:00:00Z fine'), ...lines].join('\n'),
    };
    const { summary } = await opened(files, { formats });
    assert.equal(summary.entries, 100);
    const told = summary.formatProblems.filter(({ problem }) => /too many steps/.test(problem));
    assert.deepEqual(summary.formatProblems, told);
    assert.deepEqual(
      told.map(({ path }) => path),
      [['nested', 'pattern'], ['before', 'prefix'], ['choices', 'pattern'], ['late']],
    );
  });
});

describe('level words of the user’s own', () => {
  const levels = { OOPS: 'error', 'Höchste Not': 'fatal', '7': 'warn', chatter: 'debug' } as const;
  const json = (level: unknown) => `${JSON.stringify({ time: '2026-08-01T10:00:00Z', level, msg: 'x' })}\n`;

  it('are read in JSON and in text, whatever their case', async () => {
    const files = {
      'a.jsonl': ['oops', 'Höchste Not', 7, 'info', 'Chatter'].map(json).join(''),
      'b.log': '2026-08-01 10:00:00 OOPS x\n2026-08-01 10:00:00.000 chatter [main] a.b.C - x\n',
      'c.log': 'ts=2026-08-01T10:00:00Z level=chatter msg=x\n',
    };
    const { entries } = await opened(files, { levels });
    assert.deepEqual(
      entries.map(({ file, level }) => `${file[0]} ${level}`),
      ['a error', 'a fatal', 'a warn', 'a info', 'a debug', 'b error', 'b debug', 'c debug'],
    );
  });

  it('tell which key is the level', async () => {
    const line = (state: string) => `${JSON.stringify({ time: '2026-08-01T10:00:00Z', state, msg: 'x' })}\n`;
    const files = { 'a.jsonl': [line('OOPS'), line('chatter'), line('OOPS')].join('') };
    const { entries } = await opened(files, { levels });
    assert.deepEqual(
      entries.map(({ level }) => level),
      ['error', 'debug', 'error'],
    );
  });

  it('may hold what means something in a pattern', async () => {
    const files = { 'a.log': '2026-08-01 10:00:00 [!!] x\n2026-08-01 10:00:01 [(?] x\n' };
    const { summary } = await opened(files, { levels: { '!!': 'error', '(?': 'fatal', 'a\\': 'info' } });
    assert.equal(summary.entries, 2);
  });
});

describe('correlation keys of the user’s own', () => {
  const record = (more: object) => `${JSON.stringify({ time: '2026-08-01T10:00:00Z', level: 'info', ...more })}\n`;

  it('lead where they are included, and hold none where they are excluded', async () => {
    const files = {
      'a.jsonl': record({ body: { Parcel_No: 'P7001' }, build_id: 'b-11112222', msg: 'packed' }),
      'b.jsonl': record({ parcel_no: 'P7001', msg: 'sent, build_id=b-11112222' }),
      'c.log': '2026-08-01 10:00:01 left the depot: parcel_no=P7001\n',
    };
    const without = await opened(files);
    assert.equal(await without.engine.trace(root, 'P7001'), null);
    assert.notEqual(await without.engine.trace(root, 'b-11112222'), null);
    const correlationKeys = { include: ['parcel_no'], exclude: ['build_id'] };
    const { engine, log } = await opened(files, { correlationKeys });
    assert.equal((await engine.trace(root, 'P7001'))?.entries.length, 3);
    assert.equal(await engine.trace(root, 'b-11112222'), null);
    assert.ok(log.ids.isTrace(log.trace[0]));
  });

  it('are found in messages however many there are', async () => {
    const messages = Array.from({ length: 2000 }, (_, i) => record({ msg: `sent, parcel_no=P${1000 + (i % 7)}` }));
    const { engine } = await opened(
      { 'a.jsonl': messages.join('') },
      { correlationKeys: { include: ['parcel_no'], exclude: [] } },
    );
    assert.equal((await engine.correlation(root, 'P1000'))?.entries, 286);
  });

  it('leave a trace id in the lead', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const files = { 'a.jsonl': record({ parcel_no: 'P7001', trace_id: trace, msg: 'packed' }) };
    const { log } = await opened(files, { correlationKeys: { include: ['parcel_no'], exclude: [] } });
    assert.equal(log.ids.text(log.trace[0]), trace);
  });
});

describe('time zones by file', () => {
  it('hold for the files they name, the first that matches', async () => {
    const line = '2026-08-01 10:00:00 ERROR x\n';
    const timeZones = { 'old/*.log': '+02:00', '*.log': 'America/New_York' };
    const { entries, log } = await opened(
      { 'old/a.log': line, 'b.log': line, 'c.txt': line },
      { timeZones, zone: '-01:00' },
    );
    assert.deepEqual(
      entries.map(({ file, timestamp }) => `${file} ${new Date((timestamp ?? 0) / 1000).toISOString().slice(11, 16)}`),
      ['old/a.log 08:00', 'c.txt 11:00', 'b.log 14:00'],
    );
    assert.deepEqual(
      log.files.map(({ path, assumed }) => [path, assumed.zone]),
      [
        ['b.log', 'America/New_York'],
        ['c.txt', '-01:00'],
        ['old/a.log', '+02:00'],
      ],
    );
  });
});
