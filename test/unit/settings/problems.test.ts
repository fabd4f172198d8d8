import assert from 'node:assert/strict';
import type { FormatPath } from '../../../src/protocol.ts';
import { settingsProblems } from '../../../src/settings/problems.ts';
import { PLACEHOLDER } from '../../../src/settings/traceLinks.ts';

const TEXT = `{
  // a comment
  "causeway.formats": {
    "mine": { "kind": "pattern", "pattern": "(", "samples": [{ "line": "x" }] },
  },
}`;

async function placeOf(path: FormatPath, text = TEXT): Promise<string[]> {
  const problems = await settingsProblems(text, async () => [{ path, problem: 'wrong', isRefused: true }]);
  return problems.map(({ start, end }) => text.slice(start, end));
}

describe('problems in a settings file', () => {
  const places: [FormatPath, string][] = [
    [['mine', 'pattern'], '"("'],
    [['mine', 'samples', 0, 'line'], '"x"'],
    [['mine'], '"mine"'],
    [['mine', 'names'], '"mine"'],
    [['mine', 'samples'], '"samples"'],
    [[], '"causeway.formats"'],
  ];
  for (const [path, text] of places) {
    it(`stand at ${text} for ${path.join('.') || 'the setting'}`, async () => {
      assert.deepEqual(await placeOf(path), [text]);
    });
  }

  it('are found in a workspace file', async () => {
    const text = '{"folders": [], "settings": {"causeway.formats": {"mine": {"kind": 7}}}}';
    assert.deepEqual(await placeOf(['mine', 'kind'], text), ['7']);
  });

  it('are zones that there are not', async () => {
    const text = '{"causeway.zone": "Nowhere", "causeway.timeZones": {"*.log": "+02:00", "a": "Some/Where", "b": 1}}';
    const problems = await settingsProblems(text, async () => []);
    assert.deepEqual(
      problems.map(({ start, end }) => text.slice(start, end)),
      ['"Nowhere"', '"Some/Where"'],
    );
  });

  it('are addresses of traces that cannot be used', async () => {
    const nameless = `{"url": "http://a/${PLACEHOLDER}"}`;
    const text = `{"causeway.traceLinks": [{"name": "x", "url": "javascript:x"}, ${nameless}, 7]}`;
    const problems = await settingsProblems(text, async () => []);
    assert.deepEqual(
      problems.map(({ start, end }) => text.slice(start, end)),
      ['"javascript:x"', nameless, '7', '7'],
    );
  });

  it('are rules, symptoms and mutes that cannot be used', async () => {
    const text =
      '{"causeway.rules": {"fatal": "loud"}, "causeway.symptoms": {"x": {"pattern": "("}}, "causeway.muted": [7]}';
    const problems = await settingsProblems(
      text,
      async () => [],
      async (rules) => {
        assert.deepEqual(rules, { rules: { fatal: 'loud' }, symptoms: { x: { pattern: '(' } }, muted: [7] });
        const wrong: (string | number)[][] = [
          ['rules', 'fatal'],
          ['symptoms', 'x', 'pattern'],
          ['muted', 0, 'rule'],
        ];
        return wrong.map((path) => ({ path, problem: 'wrong' }));
      },
    );
    assert.deepEqual(
      problems.map(({ start, end }) => text.slice(start, end)),
      ['"loud"', '"("', '7'],
    );
  });

  it('are looked for only where there are settings of ours', async () => {
    const never = () => assert.fail('asked');
    for (const text of ['', '[]', '{"editor.fontSize": 1}', '{"causeway.zone": "UTC"}', '"causeway.formats"', '{{{']) {
      assert.deepEqual(await settingsProblems(text, never), []);
    }
  });
});
