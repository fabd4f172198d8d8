import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentSource } from '../../../src/engine/content/contentSource.ts';
import { builtinFormats } from '../../../src/engine/formats/builtin.ts';
import { openLog } from '../../../src/engine/openLog.ts';
import { formatSet } from '../../../src/engine/parse/profile.ts';
import { createFileSource } from '../../../src/worker/fileByteSource.ts';
import { clearIndexCache, indexCache } from '../../../src/worker/indexCache.ts';
import { logContent } from '../engine/logContent.ts';

const LINES = 6000;
const line = (n: number) =>
  `${JSON.stringify({ time: 1785578400000 + n * 7, level: n % 9 ? 'info' : 'error', service: `s${n % 3}`, msg: `took ${n} ms`, trace_id: `t${n % 999}a` })}\n`;
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join('');

describe('indexes on disk', () => {
  let folder: string;
  let root: string;
  let kept: string;
  let file: string;
  let bytes = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-cache-'));
    [root, kept] = [join(folder, 'log'), join(folder, 'kept', 'deeper')];
    file = join(root, 'a.jsonl');
    mkdirSync(root);
    writeFileSync(file, lines(0, LINES));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function open({ cached = true, build = '1', maxBytes = 1e9, zone = 'UTC', stopAt = 1e9 } = {}) {
    const disk = createFileSource();
    bytes = 0;
    const source = contentSource({
      ...disk,
      async open(path) {
        const opened = await disk.open(path);
        return {
          ...opened,
          async read(target, position) {
            const read = await opened.read(target, position);
            bytes += read;
            return read;
          },
        };
      },
    });
    const controller = new AbortController();
    const { log } = await openLog(
      { root, zone },
      {
        source,
        formats: formatSet(builtinFormats()),
        progress: ({ doneBytes }) => {
          if (doneBytes >= stopAt) controller.abort();
        },
        signal: controller.signal,
        cache: cached ? indexCache(kept, maxBytes, build) : undefined,
        segmentBytes: 150_000,
      },
    );
    return logContent(log);
  }
  const cacheFiles = () => readdirSync(kept).map((name) => join(kept, name));
  /** What reading it without a cache gives, and how many bytes reading it with one took. */
  async function check(options = {}): Promise<number> {
    const found = await open(options);
    const read = bytes;
    assert.deepEqual(found, await open({ ...options, cached: false }));
    return read;
  }

  it('save reading more than one byte in a hundred', async () => {
    await open();
    const read = await check();
    assert.ok(read > 0 && read * 100 < statSync(file).size, `${read} bytes were read`);
  });

  it('are private, and whole or not there', async () => {
    await open();
    assert.equal(cacheFiles().length, 1);
    if (process.platform === 'win32') return;
    assert.equal(statSync(cacheFiles()[0]).mode & 0o777, 0o600);
    assert.equal(statSync(kept).mode & 0o777, 0o700);
  });

  it('cost what was added where the file has grown', async () => {
    await open();
    appendFileSync(file, lines(LINES, LINES + 40));
    const read = await check();
    assert.ok(read < 200_000, `${read} bytes were read`);
    assert.ok((await check()) * 100 < statSync(file).size, 'the longer index is kept too');
  });

  for (const [name, change] of [
    ['other bytes, and as many', () => writeFileSync(file, lines(0, LINES).replaceAll('took', 'cost'))],
    [
      'one other byte in the middle',
      () => {
        const text = readFileSync(file);
        text[text.length / 2] ^= 1;
        writeFileSync(file, text);
        utimesSync(file, 1, 1);
      },
    ],
    ['fewer bytes', () => truncateSync(file, 290_000)],
  ] as const) {
    it(`are not used for a file with ${name}`, async () => {
      await open();
      change();
      await check();
    });
  }

  it('are not used for other rules, or by another build', async () => {
    await open();
    assert.ok((await check({ zone: '+02:00' })) > statSync(file).size);
    assert.ok((await check({ build: '2' })) > statSync(file).size);
  });

  for (const [name, damage] of [
    ['cut off', (path: string) => truncateSync(path, statSync(path).size - 1000)],
    ['empty', (path: string) => writeFileSync(path, '')],
    ['longer', (path: string) => appendFileSync(path, 'x')],
    ['other bytes', (path: string) => writeFileSync(path, Buffer.alloc(statSync(path).size, 'x'))],
  ] as const) {
    it(`are made again where they are ${name}`, async () => {
      await open();
      for (const path of cacheFiles()) damage(path);
      await check();
      assert.ok((await check()) * 100 < statSync(file).size);
    });
  }

  it('give the same log whichever of their bytes is flipped', async () => {
    const expected = await open();
    const whole = readFileSync(cacheFiles()[0]);
    for (let i = 0; i < 40; i++) {
      const damaged = Buffer.from(whole);
      damaged[Math.floor((damaged.length / 40) * i) + ((i * 7919) % 997)] ^= 1 << (i % 8);
      writeFileSync(cacheFiles()[0] ?? '', damaged);
      assert.deepEqual(await open(), expected, `byte ${i}`);
      await open();
    }
  });

  it('stay within their limit: what was used longest ago goes first', async () => {
    await open();
    const size = statSync(cacheFiles()[0]).size;
    utimesSync(cacheFiles()[0], 1, 1);
    const [first] = cacheFiles();
    writeFileSync(join(root, 'b.jsonl'), lines(0, LINES));
    rmSync(file);
    await open({ maxBytes: size * 1.5 });
    assert.equal(cacheFiles().length, 1);
    assert.notEqual(cacheFiles()[0], first);
    await open({ maxBytes: size / 2, build: '2' });
    assert.equal(cacheFiles().filter((path) => path.endsWith('.part')).length, 0);
  });

  it('are removed on demand, and nothing else is', async () => {
    await open();
    writeFileSync(join(kept, 'mine.txt'), 'x');
    assert.ok((await clearIndexCache(kept)) > 0);
    assert.deepEqual(readdirSync(kept), ['mine.txt']);
    assert.equal(await clearIndexCache(join(folder, 'nowhere')), 0);
  });

  it('leave nothing half written when the reading is given up', async () => {
    await assert.rejects(open({ stopAt: statSync(file).size }), /abort/i);
    assert.deepEqual(cacheFiles(), []);
    await check();
    assert.equal(cacheFiles().length, 1);
  });

  it('are done without where they cannot be written', async () => {
    writeFileSync(join(folder, 'kept'), 'a file, not a folder');
    await check();
  });
});
