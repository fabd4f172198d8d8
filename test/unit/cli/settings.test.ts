import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../src/cli/options.ts';
import { problemLines, readSettings } from '../../../src/cli/settings.ts';
import { run } from './engine.ts';

const PIPES = { kind: 'pattern', pattern: '^#(?<time>)\\|(?<level>\\w+)\\|(?<message>.*)$' };

describe('--settings', () => {
  let folder = '';
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('makes a log readable by formats, levels and zones as in the editor', async () => {
    const log = file('depot.log', '#2026-08-01 10:00:00|OOPS|shelf is full\n');
    const settings = file(
      'settings.json',
      `// as typed\n${JSON.stringify({
        'editor.fontSize': 12,
        'causeway.formats': { pipes: PIPES },
        'causeway.levels': { OOPS: 'fatal', WHAT: 'bad' },
        'causeway.timeZones': { 'depot*': '+02:00', '*.txt': 'Nowhere' },
        'causeway.zone': 'Europe/Berlin',
      })}`,
    );
    const entry = JSON.parse(await run('merge', log, '--settings', settings, '--format', 'json'));
    assert.deepEqual(
      [entry.timestamp, entry.level, entry.message],
      ['2026-08-01T08:00:00.000000Z', 'fatal', 'shelf is full'],
    );
    const { rules } = await readSettings(settings);
    assert.deepEqual(rules, {
      formats: { pipes: PIPES },
      levels: { OOPS: 'fatal' },
      timeZones: { 'depot*': '+02:00' },
      zone: 'Europe/Berlin',
    });
  });

  it('takes the settings of a workspace file', async () => {
    const path = file('x.code-workspace', '{"folders":[],"settings":{"causeway.year":2023,}}');
    assert.deepEqual((await readSettings(path)).rules, { year: 2023 });
  });

  it('takes what it says of rules as it stands', async () => {
    const path = file('rules.json', '{"causeway.rules":{"fatal":"off"},"causeway.muted":[]}');
    assert.deepEqual((await readSettings(path)).rules, { analysis: { rules: { fatal: 'off' }, muted: [] } });
  });

  it('tells what is wrong, and where', async () => {
    const text =
      '{\n  "causeway.formats": {\n    "mine": { "kind": "pattern", "pattern": "(" }\n  },\n  "causeway.zone": "Nowhere"\n}\n';
    const settings = await readSettings(file('broken.json', text));
    const lines = await problemLines(settings, [
      { path: ['mine', 'pattern'], problem: 'broken', isRefused: true },
      { path: ['mine', 'samples', 0], problem: 'otherwise', isRefused: false },
    ]);
    const places = lines.map((line) => line.slice(settings.path.length));
    assert.deepEqual(places, [
      ':3:45: broken',
      ':3:5: warning: otherwise',
      ':5:20: no time zone: use UTC, +02:00 or Europe/Berlin',
    ]);
  });

  const refused: [string, string | null, RegExp][] = [
    ['missing.json', null, /^--settings: no such file: /],
    ['open.json', '{\n "causeway.zone": ', /^--settings: .*open\.json:2:\d+: \w+/],
    ['others.json', '{"editor.fontSize": 12}', /holds no setting of Causeway/],
  ];
  for (const [name, text, problem] of refused) {
    it(`refuses ${name}`, async () => {
      const path = text === null ? join(folder, name) : file(name, text);
      await assert.rejects(
        readSettings(path),
        (error: Error) => error instanceof UsageError && problem.test(error.message),
      );
    });
  }
});
