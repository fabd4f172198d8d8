import assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';
import { decode, encode } from '../../../scripts/palettePng.mjs';

/** A PNG of the given rows of bytes, each with its filter's number in front; checksums are left empty. */
function png(width: number, height: number, colourType: number, rows: number[][]): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType], 8);
  return Buffer.concat([Buffer.alloc(8), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from(rows.flat())))]);
}

/** Reads back what `encode` wrote: rows without a filter, of indices into a palette. */
function colours(file: Buffer): number[] {
  const at = (type: string) => {
    const start = file.indexOf(type, 0, 'latin1');
    return file.subarray(start + 4, start + 4 + file.readUInt32BE(start - 4));
  };
  const palette = at('PLTE');
  const width = file.readUInt32BE(16);
  const indices = [...inflateSync(at('IDAT'))].filter((_, i) => i % (width + 1) > 0);
  return indices.map((index) => palette.readUIntBE(index * 3, 3));
}

describe('the palette of a screenshot', () => {
  it('undoes each of the five filters', () => {
    const rows = [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 10, 20, 30, 30, 30, 30],
      [2, 0, 0, 0, 0, 0, 0],
      [3, 5, 10, 15, 15, 15, 15],
      [4, 0, 0, 0, 0, 0, 0],
    ];
    const expected = [0x0a141e, 0x28323c];
    const { pixels } = decode(png(2, 5, 2, rows));
    assert.deepEqual([...pixels], [...expected, ...expected, ...expected, ...expected, ...expected]);
  });

  it('leaves alpha out', () => {
    assert.deepEqual([...decode(png(2, 1, 6, [[0, 1, 2, 3, 255, 4, 5, 6, 255]])).pixels], [0x010203, 0x040506]);
  });

  it('refuses what it cannot read', () => {
    assert.throws(() => decode(png(1, 1, 3, [[0, 0]])), /RGB/);
  });

  it('keeps a picture of few colours as it is', () => {
    const pixels = Uint32Array.from({ length: 600 }, (_, i) => (i % 200) * 0x010203);
    assert.deepEqual(colours(encode({ width: 30, height: 20, pixels })), [...pixels]);
  });

  it('keeps a rare red among a thousand greys and blues', () => {
    const pixels = Uint32Array.from({ length: 4000 }, (_, i) => (i >> 2) * 0x40);
    pixels[1234] = 0xff0000;
    const kept = colours(encode({ width: 100, height: 40, pixels }));
    assert.equal(kept[1234], 0xff0000);
    assert.equal(new Set(kept).size, 256);
  });
});
