import assert from 'node:assert/strict';
import { builtinFormats } from '../../../../src/engine/formats/builtin.ts';
import { withOwnFormats } from '../../../../src/engine/formats/ownFormats.ts';
import type { FormatProblem } from '../../../../src/protocol.ts';

const PIPES = {
  kind: 'pattern',
  pattern: '^(?<time>)\\|(?<level>\\w+)\\|(?<service>[\\w-]+)\\|(?<request_id>\\w*)\\|(?<message>.*)$',
};
const LINE = '2026-08-01 10:00:00.250|WARN|depot|r1234|shelf is full';

function problems(formats: unknown): FormatProblem[] {
  return withOwnFormats(formats, builtinFormats()).problems;
}

describe('the user’s own formats', () => {
  it('stand before the built-in ones', () => {
    const { formats, problems: found } = withOwnFormats({ pipes: PIPES }, builtinFormats());
    assert.deepEqual(found, []);
    assert.equal(formats.length, builtinFormats().length + 1);
    assert.deepEqual({ ...formats[0] }, { ...PIPES, name: 'pipes', title: 'pipes', samples: [] });
  });

  it('take the place of a built-in one of the same name', () => {
    const { formats } = withOwnFormats({ logback: PIPES }, builtinFormats());
    assert.deepEqual(
      formats.filter(({ name }) => name === 'logback').map(({ title }) => title),
      ['logback'],
    );
  });

  it('are used, but for those that cannot be', () => {
    const { formats, problems: found } = withOwnFormats({ broken: { kind: 'pattern' }, pipes: PIPES }, []);
    assert.deepEqual(
      formats.map(({ name }) => name),
      ['pipes'],
    );
    assert.deepEqual(found, [
      { path: ['broken'], problem: 'a format of kind pattern needs a "pattern"', isRefused: true },
    ]);
  });

  const refused: [what: string, format: unknown, path: (string | number)[], problem: RegExp][] = [
    ['no object', 'x', [], /is an object/],
    ['null', null, [], /is an object/],
    ['no kind', { pattern: 'x' }, [], /needs a "kind"/],
    ['an unknown kind', { kind: 'xml' }, ['kind'], /one of pattern, json/],
    ['an unknown key', { ...PIPES, patern: 'x' }, ['patern'], /has no "patern"/],
    ['a pattern that is no text', { kind: 'pattern', pattern: 7 }, ['pattern'], /regular expression/],
    ['a pattern that is none', { kind: 'pattern', pattern: '(?<message>' }, ['pattern'], /at character \d+/],
    ['a pattern that tells nothing', { kind: 'pattern', pattern: '^(?<colour>.*)' }, ['pattern'], /needs a group/],
    ['a look behind', { kind: 'pattern', pattern: '(?<=x)(?<message>.*)' }, ['pattern'], /character/],
    ['a level there is not', { ...PIPES, levels: { OOPS: 'bad' } }, ['levels', 'OOPS'], /one of trace, debug/],
    ['levels that are a list', { ...PIPES, levels: ['OOPS'] }, ['levels'], /an object/],
    ['no names', { kind: 'json' }, [], /needs "names"/],
    ['a role there is not', { kind: 'json', names: { when: ['t'] } }, ['names', 'when'], /no role "when"/],
    ['a role that is no list', { kind: 'logfmt', names: { time: 't' } }, ['names', 'time'], /a list/],
    ['a key that is no text', { kind: 'json', names: { time: ['t', 1] } }, ['names', 'time', 1], /a text/],
    ['a scale there is not', { kind: 'json', names: {}, scale: 'x' }, ['scale'], /one of bunyan/],
    ['a signature that is no list', { kind: 'json', names: {}, signature: 'x' }, ['signature'], /a list/],
    ['an envelope of nothing', { kind: 'envelope' }, [], /either/],
    ['an envelope of both', { kind: 'envelope', prefix: 'x', json: { record: 'a', time: 'b' } }, [], /either/],
    ['an envelope without its record', { kind: 'envelope', json: { time: 'b' } }, ['json'], /a text/],
    ['samples that are no list', { ...PIPES, samples: LINE }, ['samples'], /a list/],
    ['a sample that is no object', { ...PIPES, samples: [LINE] }, ['samples', 0], /an object/],
    ['a sample without a line', { ...PIPES, samples: [{ level: 'warn' }] }, ['samples', 0], /needs a "line"/],
    ['a sample of two lines', { ...PIPES, samples: [{ line: 'a\nb' }] }, ['samples', 0, 'line'], /one line/],
    ['a sample with another key', { ...PIPES, samples: [{ line: LINE, a: '' }] }, ['samples', 0, 'a'], /has no "a"/],
    ['a sample at no time', { ...PIPES, samples: [{ line: LINE, time: 'now' }] }, ['samples', 0, 'time'], /a time as/],
  ];
  for (const [what, format, path, problem] of refused) {
    it(`are refused, and the place is told: ${what}`, () => {
      const found = problems({ mine: format });
      assert.equal(found.length, 1);
      assert.deepEqual(found[0].path, ['mine', ...path]);
      assert.match(found[0].problem, problem);
      assert.equal(found[0].isRefused, true);
    });
  }

  it('are an object, or none', () => {
    for (const given of [[PIPES], 'x', 7, null]) assert.match(problems(given)[0].problem, /by name/);
    assert.deepEqual(problems(undefined), []);
  });

  const sample = {
    line: LINE,
    time: '2026-08-01T12:00:00.250+02:00',
    level: 'warn',
    service: 'depot',
    trace: 'r1234',
    message: 'shelf is full',
  };

  it('are held against their samples', () => {
    assert.deepEqual(problems({ pipes: { ...PIPES, samples: [sample, { line: LINE }] } }), []);
  });

  const misread: [key: string, value: string, problem: RegExp][] = [
    ['time', '2026-08-01T10:00:00.251Z', /2026-08-01T10:00:00\.250Z/],
    ['level', 'error', /level "warn"/],
    ['service', 'shop', /service "depot"/],
    ['trace', 'r99', /trace "r1234"/],
    ['message', 'shelf', /message "shelf is full"/],
    ['line', 'WARN|depot', /not read by any format/],
    ['line', '2026-08-01T10:00:00.067Z shelf is full', /read by the format timed-text/],
  ];
  for (const [key, value, problem] of misread) {
    it(`are used although a sample is read otherwise: ${key} ${value}`, () => {
      const samples = [key === 'line' ? { line: value } : { ...sample, [key]: value }];
      const { formats, problems: found } = withOwnFormats({ pipes: { ...PIPES, samples } }, builtinFormats());
      assert.equal(formats[0].name, 'pipes');
      assert.equal(found.length, 1);
      assert.deepEqual(found[0].path, ['pipes', 'samples', 0, key]);
      assert.match(found[0].problem, problem);
      assert.equal(found[0].isRefused, false);
    });
  }

  it('may be of fields, with a sample of theirs', () => {
    const names = { time: ['Wann'], level: ['Stufe'], message: ['Was'] };
    const line = '{"Wann":"2026-08-01T10:00:00Z","Stufe":"error","Was":"Regal voll"}';
    const samples = [{ line, time: '2026-08-01T10:00:00Z', level: 'error', message: 'Regal voll' }];
    assert.deepEqual(problems({ german: { kind: 'json', names, samples } }), []);
    assert.deepEqual(problems({ german: { kind: 'json', names, samples, signature: ['Wann', 'Was'] } }), []);
  });

  it('are told of where a pattern’s ways multiply', () => {
    const wild = { kind: 'pattern', pattern: '^(?<message>(?:\\w+ ?)+)$' };
    const [found] = problems({ wild });
    assert.deepEqual([found.path, found.isRefused], [['wild', 'pattern'], false]);
    assert.match(found.problem, /too many steps on a line with a long run of "a"/);
  });

  it('may be envelopes', () => {
    const samples = [{ line: 'depot@rack-7 >> {"level":"error","msg":"full"}', level: 'error', service: 'depot' }];
    const prefix = '^(?<service>\\w+)@\\S+ >> ';
    assert.deepEqual(problems({ racks: { kind: 'envelope', prefix, samples } }), []);
  });
});
