import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '../../../src/protocol.ts';
import { startEngine } from '../../../src/worker/client.ts';

/** A thread that answers, reports progress, waits for ever, throws or ends, as the root it is asked about says. */
const THREAD = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (message) => {
    const { channel, call, args: [root] = [] } = message;
    if (call === undefined) return;
    const progress = { doneBytes: 1, totalBytes: 2, file: 'a' };
    if (root === 'progress') parentPort.postMessage({ channel, call: 1, method: 'progress', args: [root, progress] });
    if (root === 'throw') throw new Error('out of luck');
    if (root === 'exit') process.exit(3);
    if (root !== 'wait') parentPort.postMessage({ channel, answer: call, ok: [] });
  });
`;

describe('the engine’s thread', () => {
  let folder: string;
  let crashes: Error[];
  let seen: [string, Progress][];
  let ended: Promise<void>;

  function start() {
    crashes = [];
    seen = [];
    let end: () => void = () => {};
    ended = new Promise((resolve) => {
      end = resolve;
    });
    const events = { progress: async (root: string, progress: Progress) => void seen.push([root, progress]) };
    return startEngine(join(folder, 'thread.cjs'), events, (error) => {
      crashes.push(error);
      end();
    });
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-thread-'));
    writeFileSync(join(folder, 'thread.cjs'), THREAD);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('answers, and reports how far it is', async () => {
    const client = start();
    assert.deepEqual(await client.engine.files('progress'), []);
    assert.deepEqual(seen, [['progress', { doneBytes: 1, totalBytes: 2, file: 'a' }]]);
    client.dispose();
  });

  for (const [how, message] of [
    ['throw', /out of luck/],
    ['exit', /code 3/],
  ] as const) {
    it(`says once that it is gone, and lets nobody wait, after a ${how}`, async () => {
      const client = start();
      const waiting = [client.engine.files('wait'), client.engine.files(how)];
      for (const answer of waiting) await assert.rejects(answer);
      await ended;
      await assert.rejects(client.engine.files('anything'));
      assert.equal(crashes.length, 1);
      assert.match(crashes[0].message, message);
    });
  }

  it('ends quietly when asked to', async () => {
    const client = start();
    const waiting = client.engine.files('wait');
    client.dispose();
    await assert.rejects(waiting);
    assert.deepEqual(crashes, []);
  });
});
