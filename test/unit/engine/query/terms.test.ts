/** Single terms, held against one entry. */
import { deepEqual, equal, match } from 'node:assert/strict';
import type { Log } from '../../../../src/engine/index/log.ts';
import { parseQuery } from '../../../../src/engine/query/parse.ts';
import { sentence } from '../../../../src/render/sentence.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { bound, found } from './found.ts';

const LINE = {
  time: '2023-08-15T12:00:00Z',
  level: 'error',
  service: 'shop-front',
  message: 'Upstream timeout (GET /api/items)',
  trace_id: '00000000000000003D4E5F6A7B8C9D0E',
  http: { status_code: 504 },
  path: '/api/items',
  peer: '10.0.0.1:8080',
  error_rate: '3.8%',
  tag: ['blue', 'green'],
  note: 'k=v "quoted"',
};
/** Of another kind, so that one entry's keys are not those of all. */
const OTHER = { time: '2023-08-15T12:00:01Z', level: 'info', service: 'other', message: 'cache warm', size: 3 };

describe('a term', () => {
  let log: Log;
  before(async () => {
    const text = [LINE, OTHER].map((line) => JSON.stringify(line)).join('\n');
    ({ log } = await openMemoryLog({ 'logs/shop.jsonl': `${text}\n` }));
  });

  for (const [text, expected] of [
    ['', true],
    ['timeout', true],
    ['TIMEOUT', true],
    ['time_out', false],
    ['upstream items', true],
    ['upstream nothing', false],
    ['"upstream timeout"', true],
    ['"timeout upstream"', false],
    ['-timeout', false],
    ['-refused', true],
    ['NOT refused', true],
    ['timeout AND NOT refused', true],
    ['NOT timeout', false],
    ['level:error', true],
    ['level:ERROR', true],
    ['level:warn', false],
    ['level:>=warn', true],
    ['level:>error', false],
    ['level:<fatal', true],
    ['level:err*', true],
    ['level:*', true],
    ['level:>="fatal"', false],
    ['level:warning', false],
    ['level:>warning', true],
    ['service:shop-front', true],
    ['service:shop', false],
    ['service:shop*', true],
    ['service:*front', true],
    ['-service:shop*', false],
    ['file:logs/*.jsonl', true],
    ['message:timeout', true],
    ['message:"items)"', true],
    ['message:up*items*', true],
    ['message:up*items', false],
    ['message:*time?ut*', true],
    ['message:up*gone', false],
    ['"*"', false],
    ['time*GET', true],
    ['http.status_code:504', true],
    ['status_code:504', true],
    ['status_code:50*', true],
    ['status_code:>=500', true],
    ['status_code:<500', false],
    ['error_rate:>3', true],
    ['error_rate:>4', false],
    ['error_rate:>"3.5 %"', true],
    ['error_rate:<-1e3', false],
    ['status_code:>=.5', true],
    ['path:>1', false],
    ['path:/api/items', true],
    ['10.0.0.1', true],
    ['peer:10.0.0.1:8080', true],
    ['tag:*blue*', true],
    ['tag:*red*', false],
    ['k=v', true],
    ['note:"k=v \\"quoted\\""', true],
    ['id:3d4e5f6a7b8c9d0e', true],
    ['id:00000000000000003d4e5f6a7b8c9d0e', true],
    ['id:3d4e', false],
    ['id:3d4e*', true],
    ['missing:*', false],
    ['-missing:*', true],
    ['_exists_:http.status_code', true],
    ['_exists_:size', false],
    ['http.status_code:[500 TO 599]', true],
    ['status_code:[500 TO 504}', false],
    ['status_code:{504 TO *]', false],
    ['status_code:[* TO 504]', true],
    ['status_code:(500 OR 504)', true],
    ['status_code:(>500 AND <504)', false],
    ['level:[warn TO *]', true],
    ['trace_id:3d4e5f6a7b8c9d0e', true],
    ['trace_id:3d4e5f6a7b8c9d0f', false],
    ['after:"12:00" before:"12:30"', true],
    ['after:12:01', false],
    ['before:12:00', false],
    ['@timestamp:<=2023-08-15T12:00:00Z', true],
    ['@timestamp:["2023-08-15 11:00" TO "2023-08-15 13:00"]', true],
    ['@timestamp:[now-1h TO now]', true],
    ['time:<now', true],
    ['@http.status_code:504', true],
    ['severity:error', true],
    ['status:error', true],
    ['status:info', false],
    ['http\\:', false],
    ['10.0.0.1\\:8080', true],
    ['peer:"10.0.0.1:8080"^2', true],
    ['http://elsewhere', false],
    ['>', false],
    ['"AND"', false],
  ] as const) {
    it(`${text || '(empty)'} ${expected ? 'holds' : 'does not hold'}`, async () =>
      equal((await found(log, text)).includes(LINE.message), expected));
  }

  for (const [text, problem] of [
    ['(a b', /not closed/],
    ['a)', /not opened/],
    ['f:()', /nothing stands in/],
    ['a OR OR b', /nothing stands before/],
    ['AND a', /nothing stands before/],
    ['(a OR)', /nothing follows/],
    ['NOT', /nothing follows/],
    ['service:', /nothing follows "service:"/],
    ['after:noon', /"noon" is no time/],
    ['"never closed', /not closed/],
    ['level:loud', /"loud" is no level/],
    ['status:>many', /no number/],
    ['level:bogus*', /"bogus\*" is no level/],
    ['level:>*', /"\*" is no level/],
    ['level:>=warn*', /"warn\*" is no level/],
    ['started:>2026-05-04T08:29:00', /no number.*after: and before:/],
    ['ts:>noon', /"noon" is no time/],
    ['peer:>10.0.0.1', /no number/],
    ['size:>1,000', /no number/],
    ['status:>"many"', /no number/],
    ['status:>', /nothing follows/],
    ['a NOT', /nothing follows/],
  ] as const) {
    it(`${text} is refused`, () => {
      const parsed = parseQuery(text);
      match('message' in parsed ? sentence(parsed.message) : 'understood', problem);
    });
  }

  it('is settled by columns where level, service, file, time or keys exclude an entry', () => {
    const decided = ['level:warn timeout', 'service:other', '-file:*shop*', 'after:12:10 x', 'size:3'];
    deepEqual(
      decided.map((text) => bound(log, text).mayMatch(0)),
      [false, false, false, false, false],
    );
    deepEqual(
      ['level:error nowhere', 'peer:nobody'].map((text) => bound(log, text).mayMatch(0)),
      [true, true],
    );
  });

  it('is not led astray by a wildcard built to run away', async () => {
    const message = 'a'.repeat(20_000);
    const { log: long } = await openMemoryLog({ 'a.jsonl': `${JSON.stringify({ ...LINE, message })}\n` });
    deepEqual(await found(long, `message:${'a*'.repeat(200)}b`), []);
  });
});
