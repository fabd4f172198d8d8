/** Columns that a line at the head of a file names. */
import assert from 'node:assert/strict';
import { patternOfHeader } from '../../../../src/engine/formats/columnHeader.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

interface Read {
  time: number | null;
  level: string | null;
  message: string;
  durationMs: number | null;
  ids: string[];
}

async function readAll(lines: string[]): Promise<Read[]> {
  const { log } = await openMemoryLog({ '.log': `${lines.join('\n')}\n` });
  const entries = await log.read(Array.from({ length: log.count }, (_, i) => i));
  return entries.map(({ timestamp, level, message, ids }, i) => ({
    time: timestamp,
    level: level ?? null,
    message,
    durationMs: Number.isNaN(log.durationMs[i]) ? null : log.durationMs[i],
    ids: ids.map(({ key, value }) => `${key}=${value}`),
  }));
}

const TEN = Date.parse('2026-08-01T10:00:00Z') * 1000;

describe('columns named by a header', () => {
  it('are those of IIS in whatever order they are logged', async () => {
    const read = await readAll([
      '#Software: Microsoft Internet Information Services 10.0',
      '#Version: 1.0',
      '#Date: 2026-08-01 10:00:00',
      '#Fields: date time cs-method cs-uri-stem c-ip cs(User-Agent) sc-status time-taken',
      '2026-08-01 10:00:00 GET /orders 10.0.0.9 Mozilla/5.0+(X11) 503 312',
      '2026-08-01 10:00:01 GET /stock 10.0.0.9 - 200 12',
    ]);
    assert.deepEqual(read, [
      { time: TEN, level: 'error', message: 'GET /orders', durationMs: 312, ids: [] },
      { time: TEN + 1e6, level: 'info', message: 'GET /stock', durationMs: 12, ids: [] },
    ]);
  });

  it('are those of CloudFront between tabs, its times taken in seconds', async () => {
    const read = await readAll([
      '#Version: 1.0',
      '#Fields: date\ttime\tx-edge-location\tcs-method\tcs(Host)\tcs-uri-stem\tsc-status\tx-edge-request-id\ttime-taken',
      '2026-08-01\t10:00:00\tLHR62\tGET\td1.example.net\t/a.html\t404\tSOX4xwn4XV6Q4rgb7XiVGA==\t0.012',
    ]);
    assert.deepEqual(read, [
      {
        time: TEN,
        level: 'warn',
        message: 'GET\td1.example.net\t/a.html',
        durationMs: 12,
        ids: ['request_id=SOX4xwn4XV6Q4rgb7XiVGA=='],
      },
    ]);
  });

  it('are those of flow logs, of which accounts and interfaces are no ids', async () => {
    const read = await readAll([
      'version vpc-id account-id srcaddr dstaddr start end action',
      '3 vpc-0a1b2c3d 123456789012 10.0.0.9 10.0.0.5 1785578400 1785578460 REJECT',
    ]);
    assert.deepEqual(read, [
      { time: TEN, level: null, message: '10.0.0.9 10.0.0.5 1785578400 1785578460 REJECT', durationMs: null, ids: [] },
    ]);
  });

  it('are those of Zeek', async () => {
    const read = await readAll([
      '#separator \\x09',
      '#fields\tts\tuid\tid.orig_h\tservice',
      '1785578400.500000\tCq1\t10.0.0.9\tdns',
    ]);
    assert.deepEqual(
      read.map(({ time }) => time),
      [TEN + 500_000],
    );
  });

  for (const line of ['#Fields: a b', '#Fields:', 'date time level', 'the srcaddr is wrong', '# fields of wheat']) {
    it(`are not told by ${line}`, () => assert.equal(patternOfHeader(line), null));
  }
});
