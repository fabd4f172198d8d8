import assert from 'node:assert/strict';
import fc from 'fast-check';
import { durationAt, durationUnit, unitOfValues } from '../../../../src/engine/formats/duration.ts';

const encoder = new TextEncoder();
const read = (text: string, unit = 1) => durationAt(encoder.encode(text), 0, encoder.encode(text).length, unit);

describe('durations', () => {
  const cases: [string, number][] = [
    ['12', 12],
    ['0.5', 0.5],
    ['30.0s', 30_000],
    ['1.2ms', 1.2],
    ['1.2 ms', 1.2],
    ['250µs', 0.25],
    ['250μs', 0.25],
    ['250us', 0.25],
    ['17ns', 0.000017],
    ['1h2m3.5s', 3_723_500],
    ['2m', 120_000],
    ['5 minutes', 300_000],
    ['5min', 300_000],
    ['3 seconds', 3000],
    ['812 msec', 812],
    ['812 milliseconds', 812],
    ['9 microseconds', 0.009],
    ['00:00:01.250', 1250],
    ['1:00:00', 3_600_000],
    ['1.5e3', 1500],
    ['', Number.NaN],
    ['-5', Number.NaN],
    ['fast', Number.NaN],
    ['12 apples', Number.NaN],
    ['3 months', Number.NaN],
    ['10:30', Number.NaN],
    ['1.2.3', Number.NaN],
    ['s', Number.NaN],
    ['.', Number.NaN],
    ['5 s left', Number.NaN],
  ];
  for (const [text, millis] of cases) {
    it(`${text || 'nothing'} is ${millis} ms`, () => {
      const found = read(text);
      assert.ok(Number.isNaN(millis) ? Number.isNaN(found) : Math.abs(found - millis) < 1e-9, String(found));
    });
  }

  it('are read in the unit of their key', () => {
    const units: [string, number][] = [
      ['event.duration', 1e-6],
      ['duration_ns', 1e-6],
      ['elapsedMicros', 1e-3],
      ['duration_us', 1e-3],
      ['durMs', 1],
      ['elapsedMs', 1],
      ['responseTime', 1],
      ['response_time_ms', 1],
      ['took', 1],
      ['latency', 1],
      ['httpRequest.latency', 1],
      ['record.metrics.durationMs', 1],
      ['duration_seconds', 1000],
      ['elapsed_s', 1000],
      ['timeout_ms', 0],
      ['max_duration_ms', 0],
      ['avg_latency', 0],
      ['billedDurationMs', 0],
      ['during', 0],
      ['message', 0],
    ];
    for (const [key, unit] of units) assert.equal(durationUnit(key), unit, key);
  });

  it('without a unit are told by how they behave', () => {
    assert.equal(unitOfValues(['12', '250', '3'], false), 1);
    assert.equal(unitOfValues(['12', '250', '3'], true), 1);
    assert.equal(unitOfValues(['1203331', '25000017', '310441'], true), 1e-6);
    assert.equal(unitOfValues(['0.005', '1.250', '0.000'], false), 1000);
    assert.equal(unitOfValues(['0.00093', '1.25'], true), 1000);
    assert.equal(unitOfValues(['0.93', '12.25'], false), 1);
    assert.equal(unitOfValues([], true), 1);
    assert.equal(unitOfValues(['x'], true), 1);
  });

  it('of any bytes are never negative, and never a throw', () => {
    const unit = fc.constantFrom(...'0123456789.:smhnuµe- ');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit, maxLength: 12 }), fc.string()), (text) => assert.ok(!(read(text) < 0))),
      { numRuns: 3000 },
    );
  });
});
