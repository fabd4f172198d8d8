/** Compressed and UTF-16 files: read as their content, wherever it is asked for. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { contentSource } from '../../../../src/engine/content/contentSource.ts';
import { LIMITS } from '../../../../src/engine/content/unpack.ts';
import { type MemoryFile, memorySource } from '../memorySource.ts';
import { openMemoryLog, openSource } from '../openMemoryLog.ts';

const line = (n: number, message = `step ${n}`) =>
  `{"time":"2026-08-01T10:00:${String(n % 60).padStart(2, '0')}Z","level":"info","service":"a","message":"${message}"}\n`;
const LINES = Array.from({ length: 50 }, (_, n) => line(n)).join('');

async function messages(file: MemoryFile, name = 'a.log') {
  const { log } = await openMemoryLog({ [name]: file });
  const entries = await log.read(Array.from({ length: log.count }, (_, n) => n));
  return { log, texts: entries.map(({ message }) => message) };
}

/** What hardly shrinks, so that half of its packed bytes hold about half of its lines. */
const NOISE = Array.from({ length: 4000 }, (_, n) =>
  line(n, Array.from({ length: 40 }, (_, i) => ((n * 7919 * (i + 1)) % 251).toString(16)).join('')),
).join('');

const plain = () => messages(LINES);

function utf16(text: string, order: 'le' | 'be', bom: boolean): Buffer {
  const bytes = Buffer.from(`${bom ? '\ufeff' : ''}${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

describe('a compressed file', () => {
  it('is read as its content, told by its bytes and not by its name', async () => {
    const { texts } = await plain();
    for (const name of ['a.log.gz', 'a.log.1.gz', 'a.jsonl.gz', 'a.log']) {
      const { log, texts: unpacked } = await messages(gzipSync(LINES), name);
      assert.deepEqual(unpacked, texts, name);
      assert.deepEqual([log.files[0].format, log.files[0].unpacked], ['gzip > json', true]);
    }
  });

  it('of several members is all of them', async () => {
    const { texts } = await messages(Buffer.concat([gzipSync(line(1)), gzipSync(line(2)), gzipSync('')]), 'a.log.gz');
    assert.deepEqual(texts, ['step 1', 'step 2']);
  });

  it('may be compressed twice', async () => {
    const { log } = await messages(gzipSync(gzipSync(LINES)));
    assert.deepEqual([log.count, log.files[0].format], [50, 'gzip > gzip > json']);
  });

  it('that is cut off gives what can be read, and says so', async () => {
    const packed = gzipSync(NOISE);
    const { log } = await messages(packed.subarray(0, packed.length / 2), 'a.log.gz');
    assert.ok(log.count > 1000 && log.count < 3000, String(log.count));
    assert.deepEqual(log.skipped, [{ path: 'a.log.gz', reason: 'read in part: unexpected end of file' }]);
  });

  it('that is damaged gives what stands before the damage', async () => {
    const packed = gzipSync(NOISE);
    packed.fill(0xff, packed.length - 2000);
    const { log } = await messages(packed, 'a.log.gz');
    assert.ok(log.count > 2000, String(log.count));
    assert.match(log.skipped[0].reason, /^read in part: /);
  });

  it('that holds nothing readable is skipped with the reason', async () => {
    const { log } = await messages(Buffer.from([0x1f, 0x8b, 0x08, 0, 1, 2]), 'a.log.gz');
    assert.deepEqual([log.count, log.skipped.length], [0, 1]);
  });

  it('that holds no log is given up early, unless it was named', async () => {
    const prose = gzipSync('Nothing of this is a log, however long it goes on. '.repeat(20).concat('\n').repeat(4000));
    let written = 0;
    const source = memorySource({ 'a.txt.gz': prose });
    const counting = {
      ...source,
      async scratch() {
        const scratch = await source.scratch();
        return {
          ...scratch,
          async write(bytes: Uint8Array) {
            written += bytes.length;
            await scratch.write(bytes);
          },
        };
      },
    };
    const { log } = await openSource(counting, {});
    assert.deepEqual([log.files.length, log.skipped.length, written], [0, 1, 0]);
    await openSource(counting, { paths: ['/log/a.txt.gz'] });
    assert.ok(written > 4_000_000, String(written));
  });

  it('that unpacks to far more than logs do is skipped with the reason', async () => {
    const source = memorySource({ 'a.log.gz': gzipSync('x'.repeat(1 << 20)) });
    for (const [limits, reason] of [
      [{ ...LIMITS, most: 1000 }, /^it unpacks to more than 1000 bytes$/],
      [{ ...LIMITS, ratio: 10, generous: 5000 }, /^it unpacks to more than 10 times its size$/],
    ] as const) {
      await assert.rejects(contentSource(source, limits).open('/log/a.log.gz'), { message: reason });
    }
  });

  it('takes little room before that is noticed', async () => {
    let written = 0;
    const source = memorySource({ 'a.log.gz': gzipSync(Buffer.alloc(80 << 20, 'x')) });
    const scratch = async () => ({
      async write(bytes: Uint8Array) {
        written += bytes.length;
      },
      read: async () => 0,
      close: async () => {},
    });
    await assert.rejects(contentSource({ ...source, scratch }).open('/log/a.log.gz'), /500 times its size/);
    assert.ok(written <= 1 << 26, String(written));
  });
});

describe('a UTF-16 file', () => {
  const text = LINES.replace('step 7', 'Größe 😀 日本').replace('step 8', '\ud83d');
  for (const order of ['le', 'be'] as const) {
    it(`in ${order.toUpperCase()} has the lines of its text`, async () => {
      const { texts } = await messages(text);
      for (const bom of [true, false]) {
        const { log, texts: decoded } = await messages(utf16(text, order, bom));
        assert.deepEqual(decoded, texts);
        const { encoding, unpacked, format, lines } = log.files[0];
        assert.deepEqual([encoding, unpacked, format, lines], [`utf-16${order}`, false, 'json', 50]);
      }
    });
  }

  it('may be compressed', async () => {
    const { log } = await messages(gzipSync(utf16(LINES, 'le', true)));
    assert.deepEqual([log.count, log.files[0].encoding, log.files[0].format], [50, 'utf-16le', 'gzip > json']);
  });

  it('that ends within a character loses no line', async () => {
    const { log } = await messages(Buffer.concat([utf16(LINES, 'le', true), Buffer.from([0x41])]));
    assert.equal(log.count, 50);
  });
});

describe('unpacked content', () => {
  it('is unpacked once, again when the file changes, and again after its room was given back', async () => {
    const files: Record<string, MemoryFile> = { 'a.log': gzipSync(LINES) };
    const source = memorySource(files);
    let unpacked = 0;
    const contents = contentSource({
      ...source,
      scratch() {
        unpacked++;
        return source.scratch();
      },
    });
    const bytes = async () => {
      const file = await contents.open('/log/a.log');
      await file.close();
      return file.bytes;
    };
    assert.deepEqual([await bytes(), await bytes(), unpacked], [LINES.length, LINES.length, 1]);
    files['a.log'] = gzipSync(line(1));
    assert.deepEqual([await bytes(), unpacked], [line(1).length, 2]);
    await contents.release((path) => path === '/log/a.log');
    assert.deepEqual([await bytes(), unpacked], [line(1).length, 3]);
  });

  it('is readable by who holds it open, though its room was given back', async () => {
    let closed = 0;
    const source = memorySource({ 'a.log': gzipSync(LINES) });
    const contents = contentSource({
      ...source,
      async scratch() {
        const scratch = await source.scratch();
        return { ...scratch, close: async () => void closed++ };
      },
    });
    const file = await contents.open('/log/a.log');
    await contents.release(() => true);
    assert.equal(await file.read(new Uint8Array(10), 0), 10);
    assert.equal(closed, 0);
    await file.close();
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(closed, 1);
  });

  /** Scratch space that counts itself, and waits for `go` before it is there. */
  function counted(files: Record<string, MemoryFile>, go: Promise<void>) {
    const source = memorySource(files);
    const count = { made: 0, closed: 0 };
    const contents = contentSource({
      ...source,
      async scratch() {
        count.made++;
        await go;
        const scratch = await source.scratch();
        return { ...scratch, close: async () => void count.closed++ };
      },
    });
    return { contents, count };
  }

  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

  it('is unpacked once for all who ask at the same time, and nothing of it stays', async () => {
    const { contents, count } = counted({ 'a.log': gzipSync(LINES) }, Promise.resolve());
    const files = await Promise.all([1, 2, 3].map(() => contents.open('/log/a.log')));
    assert.deepEqual([files.map(({ bytes }) => bytes), count.made], [[1, 2, 3].map(() => LINES.length), 1]);
    await contents.release(() => true);
    for (const file of files) await file.close();
    await settle();
    assert.deepEqual(count, { made: 1, closed: 1 });
  });

  it('goes on being unpacked for who still waits when the first has left', async () => {
    let go = () => {};
    const { contents, count } = counted({ 'a.log': gzipSync(LINES) }, new Promise((resolve) => (go = resolve)));
    const first = new AbortController();
    const opening = contents.open('/log/a.log', { signal: first.signal });
    while (count.made === 0) await settle();
    const again = contents.open('/log/a.log', { signal: new AbortController().signal });
    await settle();
    first.abort();
    await assert.rejects(opening, { name: 'AbortError' });
    go();
    assert.deepEqual([(await again).bytes, count.made], [LINES.length, 1]);
  });

  it('is given up when nobody waits any more, and unpacked anew for the next', async () => {
    let go = () => {};
    const { contents, count } = counted({ 'a.log': gzipSync(LINES) }, new Promise((resolve) => (go = resolve)));
    const first = new AbortController();
    const opening = contents.open('/log/a.log', { signal: first.signal });
    while (count.made === 0) await settle();
    first.abort();
    await assert.rejects(opening, { name: 'AbortError' });
    const next = contents.open('/log/a.log');
    go();
    assert.equal((await next).bytes, LINES.length);
    await settle();
    assert.deepEqual(count, { made: 2, closed: 1 });
  });

  it('is what the file has become, though it was plain and grew', async () => {
    const long = LINES.repeat(20);
    const files: Record<string, MemoryFile> = { 'a.log': long };
    const contents = contentSource(memorySource(files));
    const encoding = async () => {
      const file = await contents.open('/log/a.log');
      await file.close();
      return [file.content.encoding, file.content.layers, await contents.isPlain('/log/a.log')];
    };
    assert.ok(long.length > 1 << 16);
    assert.deepEqual(await encoding(), ['utf-8', [], true]);
    files['a.log'] = long + LINES;
    assert.deepEqual(await encoding(), ['utf-8', [], true]);
    files['a.log'] = utf16(long + LINES, 'le', true);
    assert.deepEqual(await encoding(), ['utf-16le', [], false]);
    files['a.log'] = Buffer.concat([gzipSync(long), gzipSync(Buffer.from(NOISE))]);
    assert.deepEqual(await encoding(), ['utf-8', ['gzip'], false]);
  });

  it('leaves nothing open of the file where there is no room for it', async () => {
    let open = 0;
    const source = memorySource({ 'a.log': gzipSync(gzipSync(NOISE)) });
    const contents = contentSource({
      ...source,
      scratch: () => Promise.reject(new Error('no room')),
      async *decompress(kind, packed) {
        open++;
        try {
          yield* source.decompress(kind, packed);
        } finally {
          open--;
        }
      },
    });
    await assert.rejects(contents.open('/log/a.log'), /no room/);
    assert.equal(open, 0);
  });
});
