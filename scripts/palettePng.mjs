/**
 * Rewrites a screenshot as a PNG of at most 256 colours, a third of its size: pictures of an interface have few colours
 * and many shades of antialiased text, and the history keeps every one of them forever.
 */
import { deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const paletteSize = 256;
/** So many colours are taken because they are frequent; the rest because nothing like them is there yet. */
const frequentColours = 160;

/** @typedef {{ width: number, height: number, pixels: Uint32Array }} Picture Pixels are 0xRRGGBB. */

/** @param {Buffer} png As Chromium writes it: 8 bits a channel, with or without alpha, not interlaced. */
export function toPalettePng(png) {
  return encode(decode(png));
}

/**
 * @param {Buffer} png
 * @returns {Picture}
 */
export function decode(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[png[25] ?? 0];
  if (png[24] !== 8 || !channels || png[28] !== 0) throw new Error('Only PNGs of 8-bit RGB or RGBA are read.');
  const parts = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const bytes = unfilter(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = bytes.readUIntBE(i * channels, 3);
  return { width, height, pixels };
}

/**
 * Undoes the five predictions of the PNG specification, section 9.
 *
 * @param {Buffer} raw
 * @param {number} stride
 * @param {number} height
 * @param {number} channels
 */
function unfilter(raw, stride, height, channels) {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= channels ? (out[at - channels] ?? 0) : 0;
      const up = y > 0 ? (out[at - stride] ?? 0) : 0;
      const corner = x >= channels && y > 0 ? (out[at - stride - channels] ?? 0) : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      out[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted;
    }
  }
  return out;
}

/**
 * @param {number} left
 * @param {number} up
 * @param {number} corner
 */
function paeth(left, up, corner) {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** @param {Picture} picture */
export function encode({ width, height, pixels }) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const { palette, indexOf } = choosePalette(counts);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf.get(pixels[y * width + x] ?? 0) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Takes the frequent colours, then again and again the one that would be off by most, so that a thin red line survives
 * a page of greys.
 *
 * @param {Map<number, number>} counts
 */
function choosePalette(counts) {
  const colours = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a - b);
  const nearest = colours.map(() => ({ index: 0, distance: Number.POSITIVE_INFINITY }));
  /** @type {number[]} */
  const palette = [];
  while (palette.length < Math.min(paletteSize, colours.length)) {
    const next = palette.length < frequentColours ? colours[palette.length] : worstOff();
    palette.push(next ?? 0);
    colours.forEach((colour, i) => {
      const distance = distanceOf(colour, next ?? 0);
      if (distance < (nearest[i]?.distance ?? 0)) nearest[i] = { index: palette.length - 1, distance };
    });
  }
  return { palette, indexOf: new Map(colours.map((colour, i) => [colour, nearest[i]?.index ?? 0])) };

  function worstOff() {
    let worst = 0;
    let worstError = -1;
    nearest.forEach(({ distance }, i) => {
      const error = distance * Math.sqrt(counts.get(colours[i] ?? 0) ?? 0);
      if (error > worstError) [worst, worstError] = [i, error];
    });
    return colours[worst];
  }
}

/**
 * @param {number} a
 * @param {number} b
 */
function distanceOf(a, b) {
  return ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
}

/** @param {Buffer} data */
function crc32(data) {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
