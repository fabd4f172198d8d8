import assert from 'node:assert/strict';
import type { Remote } from '../../../src/base/rpc.ts';
import { OpenLog, ReadingCancelled } from '../../../src/host/openLog.ts';
import type { EngineApi, LogRequest, LogSummary } from '../../../src/protocol.ts';

function summary(generation: number): LogSummary {
  const timeRange = { from: null, to: null };
  const nothing = {
    files: 0,
    entries: 0,
    bytes: 0,
    unrecognisedLines: 0,
    services: 0,
    skipped: [],
    timeRange,
    formatProblems: [],
    contents: [],
  };
  return { root: '/logs', generation, ...nothing };
}

/** A log over an engine whose answers the test gives by hand. */
function setUp(engine: Partial<EngineApi>, request: () => Promise<LogRequest> = async () => ({ root: '/logs' })) {
  const states: string[] = [];
  const calls: string[] = [];
  const api = new Proxy(engine, {
    get(target, name: keyof EngineApi) {
      return async (...args: unknown[]) => {
        calls.push(`${name} ${JSON.stringify(args)}`);
        return (target[name] as ((...given: unknown[]) => unknown) | undefined)?.(...args);
      };
    },
  });
  const log = new OpenLog('/logs', 'workspace', undefined, {
    request,
    engine: () => api as Remote<EngineApi>,
    changed: ({ state }) => states.push(state.kind),
  });
  return { log, states, calls };
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('an open log', () => {
  it('reads nothing until asked, and then once for all who ask', async () => {
    const { log, calls, states } = setUp({ open: async () => summary(1), files: async () => [] });
    assert.equal(calls.length, 0);
    await Promise.all([log.ready(), log.ask('files'), log.ask('files')]);
    assert.equal(calls.filter((call) => call.startsWith('open')).length, 1);
    assert.deepEqual(states, ['reading', 'read']);
  });

  it('does not try again by itself after a failure, and does when asked to refresh', async () => {
    let fails = true;
    const { log, calls } = setUp({
      open: async () => {
        if (fails) throw new Error('no such folder');
        return summary(1);
      },
    });
    await assert.rejects(log.ready(), /no such folder/);
    await assert.rejects(log.ask('files'), /no such folder/);
    assert.equal(calls.length, 1);
    fails = false;
    await log.refresh();
    assert.equal(log.summary?.generation, 1);
  });

  it('can be stopped while it reads, and stays stopped', async () => {
    const reading = deferred<LogSummary>();
    const { log, calls } = setUp({ open: () => reading.promise, close: async () => {} });
    const ready = log.ready();
    await Promise.resolve();
    await log.cancel();
    reading.reject(new Error('aborted'));
    await assert.rejects(ready, ReadingCancelled);
    await assert.rejects(log.ready(), ReadingCancelled);
    assert.ok(calls.includes('close ["/logs"]'));
    assert.equal(log.state.kind, 'cancelled');
  });

  it('is not read when it was closed before it was known what to read', async () => {
    const request = deferred<LogRequest>();
    const { log, calls } = setUp({ open: async () => summary(1) }, () => request.promise);
    const ready = log.ready();
    await log.close();
    request.resolve({ root: '/logs' });
    await assert.rejects(ready, ReadingCancelled);
    assert.deepEqual(calls, ['close ["/logs"]']);
  });

  it('reads what changed during a refresh in one more refresh', async () => {
    const first = deferred<LogSummary>();
    const answers = [first.promise, Promise.resolve(summary(3))];
    const { log, calls } = setUp({
      open: async () => summary(1),
      refresh: () => answers.shift() ?? assert.fail('one refresh too many'),
    });
    await log.ready();
    const refreshed = log.refresh(['/logs/a']);
    await new Promise(setImmediate);
    void log.refresh(['/logs/b']);
    void log.refresh(['/logs/c']);
    first.resolve(summary(2));
    await refreshed;
    assert.deepEqual(calls.slice(1), ['refresh ["/logs",["/logs/a"]]', 'refresh ["/logs",["/logs/b","/logs/c"]]']);
    assert.equal(log.summary?.generation, 3);
  });

  it('reads with the next refresh what one that failed should have read', async () => {
    let fails = true;
    const { log, calls } = setUp({
      open: async () => summary(1),
      refresh: async () => {
        if (fails) throw new Error('too many open files');
        return summary(2);
      },
    });
    await log.ready();
    await assert.rejects(log.refresh(['/logs/a']), /too many/);
    fails = false;
    await log.refresh(['/logs/b']);
    assert.equal(calls.at(-1), 'refresh ["/logs",["/logs/a","/logs/b"]]');
    fails = true;
    await assert.rejects(log.refresh(), /too many/);
    fails = false;
    await log.refresh(['/logs/b']);
    assert.equal(calls.at(-1), 'refresh ["/logs",null]');
  });

  it('makes one report for each generation', async () => {
    let generation = 1;
    const { log, calls } = setUp({
      open: async () => summary(generation),
      refresh: async () => summary(++generation),
      report: async () => ({}) as Awaited<ReturnType<EngineApi['report']>>,
    });
    await log.report();
    await log.report();
    await log.refresh();
    await log.report();
    assert.equal(calls.filter((call) => call.startsWith('report')).length, 2);
  });

  it('reads again at the next question after the engine was lost', async () => {
    const { log, calls } = setUp({ open: async () => summary(1), files: async () => [] });
    await log.ready();
    log.forget();
    assert.equal(log.state.kind, 'closed');
    assert.equal(calls.length, 1);
    await log.ask('files');
    assert.equal(calls.length, 3);
  });

  it('is not spoilt by a reading that was given up for another', async () => {
    const readings = [deferred<LogSummary>(), deferred<LogSummary>()];
    const [first, second] = readings;
    const { log } = setUp({
      open: () => readings.shift()?.promise ?? assert.fail('one reading too many'),
      close: async () => {},
    });
    const given = assert.rejects(log.ready());
    await new Promise(setImmediate);
    const reopened = log.reopen();
    await new Promise(setImmediate);
    first.reject(new Error('aborted'));
    await given;
    assert.equal(log.state.kind, 'reading');
    second.resolve(summary(1));
    await reopened;
    assert.equal(log.summary?.generation, 1);
  });

  it('reads what changed during the first reading once more', async () => {
    const reading = deferred<LogSummary>();
    const { log, calls } = setUp({ open: () => reading.promise, refresh: async () => summary(2) });
    const ready = log.ready();
    const refreshed = log.refresh(['/logs/a']);
    reading.resolve(summary(1));
    await ready;
    await refreshed;
    assert.ok(calls.includes('refresh ["/logs",["/logs/a"]]'), calls.join());
    assert.equal(log.summary?.generation, 2);
  });
});
