import assert from 'node:assert/strict';
import { DEFAULTS, enabledGlobs, readSetting, type Settings } from '../../../src/host/config.ts';

function read<K extends keyof Settings>(key: K, value: unknown): Settings[K] {
  return readSetting((name) => (name === key ? value : undefined), key);
}

describe('settings', () => {
  it('are taken where they are of the right kind', () => {
    assert.deepEqual(read('files.include', ['*.log']), ['*.log']);
    assert.equal(read('zone', 'Europe/Berlin'), 'Europe/Berlin');
    assert.equal(read('year', 2023), 2023);
    assert.deepEqual(read('traceLinks', [{ name: 'x' }]), [{ name: 'x' }]);
    assert.equal(read('codeLens.enabled', false), false);
  });

  const wrong: [keyof Settings, unknown][] = [
    ['files.include', '*.log'],
    ['files.exclude', [1]],
    ['zone', 2],
    ['year', '2023'],
    ['year', 2023.5],
    ['traceLinks', { x: 'http://localhost' }],
    ['diagnostics.enabled', 'no'],
    ['codeLens.enabled', null],
  ];
  for (const [key, value] of wrong) {
    it(`fall back to the default: ${key} as ${JSON.stringify(value)}`, () => {
      assert.deepEqual(read(key, value), DEFAULTS[key]);
    });
  }
});

describe('globs switched on', () => {
  it('are those that are true, and none that hang on another file', () => {
    assert.deepEqual(enabledGlobs({ '**/.git': true, '**/a': false, '**/*.js': { when: '$(basename).ts' } }), [
      '**/.git',
    ]);
    assert.deepEqual(enabledGlobs(undefined), []);
  });
});
