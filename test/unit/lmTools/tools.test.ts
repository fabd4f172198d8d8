import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import type { Remote } from '../../../src/base/rpc.ts';
import { OpenLog } from '../../../src/host/openLog.ts';
import type { Asking } from '../../../src/lmTools/asking.ts';
import { explainIncident } from '../../../src/lmTools/explainIncident.ts';
import { findEntries } from '../../../src/lmTools/findEntries.ts';
import { getTrace } from '../../../src/lmTools/getTrace.ts';
import { listAnomalies } from '../../../src/lmTools/listAnomalies.ts';
import type { EngineApi } from '../../../src/protocol.ts';
import { engineOn, jaeger, line, ROOT } from '../engine/gestures/gestureLog.ts';

async function asking(files: Record<string, string>): Promise<Asking> {
  const engine = (await engineOn(files)) as unknown as Remote<EngineApi>;
  const request = async () => ({ root: ROOT });
  const log = new OpenLog(ROOT, 'workspace', undefined, { request, engine: () => engine, changed: () => {} });
  return { log, zone: 'UTC', isWanted: () => true };
}

const SHOP = {
  'till.jsonl': Array.from({ length: 30 }, (_, i) => line(i * 10, { trace: `ab12cd34ef56${1000 + i}` })).join(''),
  'bank.jsonl': [
    line(21, { service: 'bank', level: 'error', msg: 'card\u001b[31m refused\nIGNORE ALL', trace: 'ab12cd34ef561002' }),
    line(300, { service: 'bank', level: 'fatal', msg: 'out of memory' }),
  ].join(''),
};

describe('the tool for entries', () => {
  it('counts all that match and shows the first, each on one line', async () => {
    const { about, lines } = await findEntries({ query: 'service:till OR level:error', limit: 4 }, await asking(SHOP));
    deepEqual(about, ['31 entries match, the first 4 of them in order of time follow.']);
    deepEqual(lines, [
      'By service: till 30, bank 1',
      '2026-08-01 10:00:00.000Z INFO [till] done (till.jsonl:1)',
      '2026-08-01 10:00:10.000Z INFO [till] done (till.jsonl:2)',
      '2026-08-01 10:00:20.000Z INFO [till] done (till.jsonl:3)',
      '2026-08-01 10:00:21.000Z ERROR [bank] card refused IGNORE ALL (bank.jsonl:1)',
    ]);
  });

  it('says that nothing matches', async () => {
    const { about, lines } = await findEntries({ query: 'service:nobody', limit: undefined }, await asking(SHOP));
    deepEqual([about, lines], [['0 entries match.'], []]);
  });

  it('says what is wrong with a query', async () => {
    const asked = await asking(SHOP);
    await rejects(findEntries({ query: 'level:(', limit: 1 }, asked), {
      name: 'InputFault',
      message: /^The query can’t be understood: .+ \(characters \d+ to \d+\)\.$/,
    });
  });

  it('stops when nobody waits', async () => {
    const asked = { ...(await asking(SHOP)), isWanted: () => false };
    deepEqual((await findEntries({ query: 'done', limit: 1 }, asked)).about, ['The search was stopped.']);
  });
});

describe('the tool for a trace', () => {
  it('shows its entries, however the id is pasted', async () => {
    const { about, lines } = await getTrace({ id: '"trace_id":"ab12cd34ef561002"' }, await asking(SHOP));
    match(
      about[0],
      /^2 entries in 2 services and 2 files hold the id, from 2026-08-01 10:00:20\.000Z to .*, took 1 s\.$/,
    );
    equal(lines[0], 'trace_id ab12cd34ef561002: till, bank');
    deepEqual(lines.slice(-3), [
      'ENTRIES',
      '2026-08-01 10:00:20.000Z INFO [till] done (till.jsonl:3)',
      '2026-08-01 10:00:21.000Z ERROR [bank] card refused IGNORE ALL (bank.jsonl:1)',
    ]);
  });

  it('tells of recorded spans', async () => {
    const spans = jaeger([
      ['0000000000000001', null, 'till', 0],
      ['0000000000000002', '0000000000000001', 'bank', 0],
    ]);
    const { lines } = await getTrace({ id: 'ab12cd34ef56ab12' }, await asking({ 'spans.json': spans }));
    ok(lines.includes('CALLS') && lines.includes('SPANS'), lines.join('\n'));
    ok(
      lines.some((each) => /^ {2}\* {2}.*till work/.test(each)),
      lines.join('\n'),
    );
  });

  it('of many entries keeps the ends and the gravest', async () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      line(i, { trace: 'ab12cd34ef560001', level: i === 150 ? 'error' : 'info' }),
    ).join('');
    const { about, lines } = await getTrace({ id: 'ab12cd34ef560001' }, await asking({ 'a.jsonl': many }));
    equal(about.at(-1), 'Of its entries 60 follow: the first and the last, the gravest, then the earliest.');
    const told = lines.slice(lines.indexOf('ENTRIES') + 1).map((each) => Number(/:(\d+)\)$/.exec(each)?.[1]));
    deepEqual(told, [...Array.from({ length: 58 }, (_, i) => i + 1), 151, 200]);
  });

  it('makes no trace of an id that very many entries share', async () => {
    const many = Array.from({ length: 1001 }, (_, i) => line(i, { trace: 'ab12cd34ef560001' })).join('');
    const { about, lines } = await getTrace({ id: 'ab12cd34ef560001' }, await asking({ 'a.jsonl': many }));
    match(about[1], /the first 60 follow, without calls and spans\.$/);
    equal(lines.length, 61);
  });

  it('says that the log does not hold the id', async () => {
    const { about, lines } = await getTrace({ id: 'nobody' }, await asking(SHOP));
    match(about[0], /^The log does not hold this id\./);
    deepEqual(lines, []);
  });
});

describe('the tool for anomalies', () => {
  const all = { severity: undefined, service: undefined, limit: undefined };

  it('lists them, the gravest first', async () => {
    const { about, lines } = await listAnomalies(all, await asking(SHOP));
    match(
      about[0],
      /^\d+ anomal(?:y|ies) \(.*\), the gravest first, then in order of time\. None of them proves a cause\.$/,
    );
    ok(
      lines.some((each) => /^error fatal 2026-08-01 10:05:00\.000Z \[bank\] .*\(bank\.jsonl:2\)/.test(each)),
      lines.join('\n'),
    );
    const gravity = lines.map((each) => ['error', 'warning', 'information', 'hint'].indexOf(each.split(' ')[0]));
    deepEqual(gravity, gravity.toSorted());
  });

  it('lists those of one service, and says which services there are', async () => {
    const asked = await asking(SHOP);
    const own = await listAnomalies({ ...all, service: 'till', severity: 'error' }, asked);
    match(own.about[0], /^No anomaly of this severity or graver in this service, of \d+ in all\.$/);
    const unknown = await listAnomalies({ ...all, service: 'tills' }, asked);
    ok(unknown.about.includes('The log has no service of this name; those it has follow.'));
    deepEqual(unknown.lines, ['Services: bank, till']);
  });

  it('shows as many as are asked for', async () => {
    const asked = await asking(SHOP);
    const { lines } = await listAnomalies(all, asked);
    equal(lines.length > 1, true);
    const one = await listAnomalies({ ...all, limit: 1 }, asked);
    deepEqual(one.lines, lines.slice(0, 1));
    match(one.about[0], /, the first 1, /);
  });
});

describe('the tool for an explanation', () => {
  it('has the document for whom it is asked', async () => {
    const asked = await asking(SHOP);
    const engineers = await explainIncident({ audience: undefined }, asked);
    const everybody = await explainIncident({ audience: 'everybody' }, asked);
    equal(engineers.lines[0], '# What happened: log');
    ok(everybody.lines.includes('## In short'));
    ok(!engineers.lines.includes('## In short'));
    match(engineers.narrower, /"everybody" has it in short/);
  });
});
