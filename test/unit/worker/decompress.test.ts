import assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import { decompress } from '../../../src/worker/decompress.ts';

const { zstdCompressSync } = zlib as unknown as { zstdCompressSync(data: Uint8Array): Buffer };
const TEXT = Buffer.from(Array.from({ length: 30_000 }, (_, n) => `${n * n} step ${n} of many\n`).join(''));

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpacked(stream: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; failed: boolean }> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of stream) parts.push(part);
    return { bytes: Buffer.concat(parts), failed: false };
  } catch {
    return { bytes: Buffer.concat(parts), failed: true };
  }
}

const SKIPPABLE = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

describe('decompression', () => {
  const decoders = [
    ['gzip', (data: Uint8Array) => zlib.gzipSync(data)],
    ['zstd', zstdCompressSync],
  ] as const;
  for (const [compression, compress] of decoders) {
    const read = (packed: Uint8Array, size = 5000) => unpacked(decompress(compression, pieces(packed, size)));

    it(`of ${compression} gives back what was compressed, in pieces of any size`, async () => {
      for (const size of [7, 5000, 1 << 20]) {
        const { bytes, failed } = await read(compress(TEXT), size);
        assert.deepEqual([bytes.equals(TEXT), failed], [true, false], String(size));
      }
    });

    it(`of ${compression} goes on with what was compressed apart and appended`, async () => {
      const { bytes, failed } = await read(Buffer.concat([compress(TEXT), compress(Buffer.from('end'))]));
      assert.deepEqual([bytes.length, bytes.subarray(-3).toString(), failed], [TEXT.length + 3, 'end', false]);
    });

    it(`of ${compression} gives what is there of a stream that is cut off`, async () => {
      const packed = compress(TEXT);
      const { bytes, failed } = await read(packed.subarray(0, packed.length - 1000));
      assert.ok(failed);
      assert.ok(bytes.length > TEXT.length / 4 && bytes.equals(TEXT.subarray(0, bytes.length)), String(bytes.length));
    });

    it(`of ${compression} fails where the stream of packed bytes does`, async () => {
      const broken = async function* () {
        yield compress(TEXT).subarray(0, 2000);
        throw new Error('gone');
      };
      await assert.rejects(async () => {
        for await (const _ of decompress(compression, broken()));
      }, /gone/);
    });
  }

  it('of zstd refuses what asks for more memory than zstd gives by itself', async () => {
    const empty = [0x01, 0x00, 0x00];
    // Windows of 128 MB, of 144 MB and of 2 GB; then a single segment that says how large it is.
    const frame = (...header: number[]) => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...header, ...empty]);
    const size = (bytes: bigint) => [...new Uint8Array(new BigUint64Array([bytes]).buffer)];
    for (const [packed, isRefused] of [
      [frame(0x00, 0x88), false],
      [frame(0x00, 0x89), true],
      [frame(0x00, 0xa8), true],
      [frame(0x03, 0xa0, 1, 2, 3, 4), true],
      [frame(0xe0, ...size(1n << 27n)), false],
      [frame(0xe0, ...size(1n << 40n)), true],
      [frame(0xa0, 1, 0, 0, 0xf0), true],
    ] as const) {
      for (const before of [Buffer.alloc(0), zstdCompressSync(TEXT), SKIPPABLE]) {
        for (const length of [1, 4096]) {
          const stream = decompress('zstd', pieces(Buffer.concat([before, packed]), length));
          const reading = (async () => {
            let bytes = 0;
            for await (const piece of stream) bytes += piece.length;
            return bytes;
          })();
          if (isRefused) await assert.rejects(reading, /^Error: unpacking it takes more than 128 MB of memory$/);
          else assert.equal(await reading, before.length > 100 ? TEXT.length : 0);
        }
      }
    }
  });

  it('of zstd passes over frames that hold no data', async () => {
    const packed = Buffer.concat([SKIPPABLE, zstdCompressSync(TEXT)]);
    const { bytes } = await unpacked(decompress('zstd', pieces(packed, 4096)));
    assert.ok(bytes.equals(TEXT));
  });
});
