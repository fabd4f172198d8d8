import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { parseQuery, type Query } from '../../../src/cli/query.ts';
import type { Entry } from '../../../src/model.ts';

const ENTRY: Entry = {
  entry: 0,
  file: 'logs/shop.jsonl',
  line: 4,
  endLine: 4,
  column: 1,
  timestamp: 0,
  level: 'error',
  service: 'shop-front',
  message: 'Upstream timeout (GET /api/items)',
  ids: [{ key: 'trace', value: '00AB12', normalised: 'ab12' }],
  fields: [
    { key: 'message', value: 'Upstream timeout (GET /api/items)' },
    { key: 'http.status_code', value: 504 },
    { key: 'path', value: '/api/items' },
    { key: 'peer', value: '10.0.0.1:8080' },
    { key: 'error_rate', value: '3.8%' },
    { key: 'tag', value: 'blue' },
    { key: 'tag', value: 'green' },
    { key: 'note', value: 'k=v "quoted"' },
  ],
};

function query(text: string): Query {
  const parsed = parseQuery(text);
  ok(!('problem' in parsed), 'problem' in parsed ? parsed.problem : '');
  return parsed;
}

describe('a query', () => {
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
    ['message:up*items)', true],
    ['message:up*item', false],
    ['http.status_code:504', true],
    ['status_code:504', true],
    ['code:504', false],
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
    ['tag:blue', true],
    ['tag:green', true],
    ['tag:red', false],
    ['k=v', true],
    ['note:"k=v \\"quoted\\""', true],
    ['id:ab12', true],
    ['id:00ab12', true],
    ['id:ab1', false],
    ['missing:*', false],
    ['-missing:*', true],
    ['http://elsewhere', false],
    ['>', false],
    ['"OR"', false],
  ] as const) {
    it(`${text || '(empty)'} ${expected ? 'holds' : 'does not hold'}`, () =>
      equal(query(text).matches(ENTRY), expected));
  }

  for (const [text, problem] of [
    ['a OR b', /OR and brackets/],
    ['(a b)', /OR and brackets/],
    ['"never closed', /not closed/],
    ['level:loud', /"loud" is no level/],
    ['status:>many', /no number/],
    ['level:bogus*', /"bogus\*" is no level/],
    ['level:>*', /"\*" is no level/],
    ['level:>=warn*', /"warn\*" is no level/],
    ['ts:>2026-05-04T08:29:00', /no number.*--from and --to/],
    ['ts:>=2026-05-04', /no number/],
    ['peer:>10.0.0.1', /no number/],
    ['size:>1,000', /no number/],
    ['status:>"many"', /no number/],
    ['status:>', /nothing follows >/],
    ['a NOT', /nothing follows NOT/],
  ] as const) {
    it(`${text} is refused`, () => {
      const parsed = parseQuery(text);
      match('problem' in parsed ? parsed.problem : 'understood', problem);
    });
  }

  it('excludes by level, service and file before the text is read', () => {
    const mayMatch = ['level:warn timeout', 'service:other', '-file:*shop*', 'level:error nowhere'].map((text) =>
      query(text).mayMatch(ENTRY),
    );
    deepEqual(mayMatch, [false, false, false, true]);
  });

  it('is not led astray by a wildcard built to run away', () => {
    const entry = { ...ENTRY, service: 'a'.repeat(50_000) };
    equal(query(`service:${'a*'.repeat(500)}b`).matches(entry), false);
  });
});
