import assert from 'node:assert/strict';
import { readingRules } from '../../../src/settings/rules.ts';

function rules(settings: Record<string, unknown>) {
  return readingRules((key) => settings[key]);
}

describe('the settings a log is read with', () => {
  it('are none where none are set', () => {
    assert.deepEqual(rules({}), {});
    assert.deepEqual(rules({ formats: {}, levels: {}, timeZones: {}, correlationKeys: { include: [] } }), {});
  });

  it('are handed on where they are of the right kind', () => {
    const settings = {
      formats: { pipes: { kind: 'pattern' } },
      levels: { OOPS: 'error' },
      timeZones: { '*.log': '+02:00' },
      correlationKeys: { include: ['parcel_no'], exclude: ['build_id'] },
    };
    assert.deepEqual(rules(settings), settings);
  });

  it('lose the entries of the wrong kind, and no others', () => {
    const settings = {
      formats: [],
      levels: { OOPS: 'error', WHAT: 'bad', NONE: null },
      timeZones: { '*.log': '+02:00', '*.txt': 'Nowhere', '*.out': 2 },
      correlationKeys: { include: ['parcel_no', '', 7], exclude: 'build_id' },
    };
    assert.deepEqual(rules(settings), {
      levels: { OOPS: 'error' },
      timeZones: { '*.log': '+02:00' },
      correlationKeys: { include: ['parcel_no'], exclude: [] },
    });
    assert.deepEqual(rules({ formats: null, levels: 'x', timeZones: [1], correlationKeys: null }), {});
  });
});
