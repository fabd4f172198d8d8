/** What the benchmark writes is the same traffic in every format, so it must be read as the same. */
import assert from 'node:assert/strict';
import type { Entry } from '../../../src/model.ts';
import { type TrafficRecord, traffic } from '../../bench/traffic.ts';
import { jsonLine, logfmtLine, springLine } from '../../bench/written.ts';
import { openMemoryLog } from '../engine/openMemoryLog.ts';

const COUNT = 5000;

function records(seed: number): TrafficRecord[] {
  const found: TrafficRecord[] = [];
  for (const record of traffic(seed)) if (found.push(record) === COUNT) return found;
  return found;
}

const written = records(7);

async function read(line: (record: TrafficRecord) => string): Promise<Entry[]> {
  const { log } = await openMemoryLog({ 'all.log': written.map(line).join('') });
  return log.read(Array.from({ length: log.count }, (_, entry) => entry));
}

function told({ timestamp, level, service }: Entry): unknown[] {
  return [timestamp, level, service];
}

const expected = written.map(({ time, level, service }) => [time * 1000, level.toLowerCase(), service]);

describe('traffic of the benchmark', () => {
  it('is the same each time, and another with another seed', () => {
    assert.deepEqual(records(7), written);
    assert.notDeepEqual(records(8), written);
  });

  it('overlaps: lines of a trace stand amid those of others, some late', () => {
    const apart = written.filter(({ trace }, i) => trace !== null && written[i - 1]?.trace !== trace).length;
    assert.ok(apart > COUNT * 0.8, `${apart}`);
    assert.ok(written.some(({ time }, i) => i > 0 && time < written[i - 1].time));
  });

  for (const line of [jsonLine, logfmtLine]) {
    it(`is read back as written: ${line.name}`, async () => {
      const entries = await read(line);
      assert.deepEqual(entries.map(told), expected);
      for (const [i, { message, ids }] of entries.entries()) {
        assert.equal(message, written[i].message);
        assert.equal(ids.find(({ key }) => key === 'trace_id')?.value ?? null, written[i].trace);
      }
    });
  }

  it('is read back as written: springLine', async () => {
    const entries = await read(springLine);
    assert.deepEqual(entries.map(told), expected);
    for (const [i, { message, ids, endLine, line }] of entries.entries()) {
      const { trace, fields } = written[i];
      assert.ok(message.startsWith(written[i].message), message);
      assert.equal(ids.find(({ value }) => value.length === 32)?.value.slice(0, 12) ?? null, trace);
      assert.equal(endLine - line, String(fields.stack_trace ?? '').split('\n').length - (fields.stack_trace ? 0 : 1));
    }
  });
});
