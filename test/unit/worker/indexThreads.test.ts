import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { kernel } from '../../../scripts/kernel.mjs';
import { contentSource } from '../../../src/engine/content/contentSource.ts';
import { builtinFormats } from '../../../src/engine/formats/builtin.ts';
import type { ThreadStarter } from '../../../src/engine/index/indexing.ts';
import { openLog } from '../../../src/engine/openLog.ts';
import { formatSet } from '../../../src/engine/parse/profile.ts';
import { createFileSource } from '../../../src/worker/fileByteSource.ts';
import { indexThreads } from '../../../src/worker/indexThreads.ts';
import { logContent } from '../engine/logContent.ts';

const WORKER = resolve('out/test/worker.js');

describe('indexing threads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-threads-'));
  const root = join(folder, 'log');

  before(async () => {
    await build({
      entryPoints: ['src/worker/main.ts'],
      outfile: WORKER,
      bundle: true,
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      loader: { '.jsonc': 'text', '.yaml': 'text' },
      plugins: [kernel],
    });
    mkdirSync(root);
    const entry = (n: number, service: string) =>
      JSON.stringify({
        time: 1785578400000 + n * 7,
        level: 'info',
        service,
        msg: `took ${n} ms`,
        trace_id: `t${n % 99}a`,
      });
    const lines = (count: number, service: string) =>
      Array.from({ length: count }, (_, n) => `${entry(n, service)}\n${n % 5 === 0 ? '\tat a.b.C\n' : ''}`).join('');
    for (const name of ['a', 'b', 'c']) writeFileSync(join(root, `${name}.jsonl`), lines(900, name));
    writeFileSync(
      join(root, 'd.log'),
      Array.from({ length: 500 }, (_, n) => `${23 - (n % 24)}:00:01.000 WARN c.e.Pool - ${n}\n`).join(''),
    );
    writeFileSync(join(root, 'e.jsonl.gz'), gzipSync(lines(700, 'e')));
    writeFileSync(join(root, 'prose.txt'), 'Some prose.\nMore of it.\n');
  });
  after(async () => {
    await source.release(() => true);
    rmSync(folder, { recursive: true });
  });

  const source = contentSource(createFileSource());

  const open = (threads?: ThreadStarter, signal = new AbortController().signal, segmentBytes = 5000) =>
    openLog(
      { root },
      {
        source,
        formats: formatSet(builtinFormats()),
        progress: () => {},
        signal,
        threads,
        segmentBytes,
      },
    );
  const content = async (threads?: ThreadStarter) => logContent((await open(threads)).log);

  it('make the log that one thread makes', async () => {
    const alone = await content();
    assert.deepEqual(await content(indexThreads(WORKER, 2, 0)), alone);
    assert.deepEqual(await content(indexThreads(WORKER, 3, 0)), alone);
  });

  it('are done without where their script is missing or does not start', async () => {
    const alone = await content();
    const broken = join(folder, 'broken.cjs');
    writeFileSync(broken, 'throw new Error("no start");');
    // A thread is refused at once a path that is neither absolute nor begins with a dot.
    for (const script of [join(folder, 'none.js'), broken, relative('.', WORKER)]) {
      assert.deepEqual(await content(indexThreads(script, 2, 0)), alone);
    }
  });

  for (const [how, code, message] of [
    ['throws', 'throw new Error("out of luck")', /out of luck/],
    ['ends', 'process.exit(3)', /code 3/],
  ] as const) {
    it(`tell why the log cannot be read where one ${how}`, async () => {
      const script = join(folder, `${how}.cjs`);
      writeFileSync(
        script,
        `const { parentPort } = require('node:worker_threads');
        parentPort.on('message', ({ channel, call, method }) => {
          if (method === 'begin') parentPort.postMessage({ channel, answer: call });
          else if (call !== undefined) { ${code}; }
        });`,
      );
      await assert.rejects(open(indexThreads(script, 2, 0)), message);
    });
  }

  it('are not begun for a reading that was given up before', async () => {
    const controller = new AbortController();
    const opened = open(indexThreads(WORKER, 2, 0), controller.signal);
    controller.abort();
    await assert.rejects(opened, /abort/i);
  });

  it('end when the reading is given up', async () => {
    const controller = new AbortController();
    const opened = open(indexThreads(WORKER, 2, 0), controller.signal, 100);
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(opened, /abort/i);
  });
});
