/** Indexes text with the kernel's help and without, to compare the two. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { builtinFormats } from '../../../../src/engine/formats/builtin.ts';
import { createFileParser } from '../../../../src/engine/index/fileParser.ts';
import { SegmentIndexer } from '../../../../src/engine/index/segmentIndexer.ts';
import { type LineSink, readLines } from '../../../../src/engine/parse/lines.ts';
import { formatSet, inferProfile } from '../../../../src/engine/parse/profile.ts';
import type { ByteFile } from '../../../../src/engine/source.ts';

export const formats = formatSet(builtinFormats());

export function byteFile(bytes: Uint8Array, pieces = 1 << 20): ByteFile {
  return {
    bytes: bytes.length,
    async read(target, position) {
      const piece = bytes.subarray(position, position + Math.min(target.length, pieces));
      target.set(piece);
      return piece.length;
    },
    async close() {},
  };
}

/** `parsed`: how many lines were handed out one by one. */
export async function indexLines(text: string, quick: boolean, pieces = 1 << 20) {
  const bytes = new TextEncoder().encode(text);
  const options = { zone: '+02:00', year: null };
  const parser = createFileParser('a.log', inferProfile(bytes, formats), formats, options);
  const indexer = new SegmentIndexer('a.log', parser, 0, bytes.length);
  let parsed = 0;
  const sink: LineSink = {
    line(buffer, start, end, offset) {
      parsed++;
      indexer.line(buffer, start, end, offset);
    },
  };
  if (quick) sink.lines = (buffer, start, end, base) => indexer.lines(buffer, start, end, base);
  await readLines(byteFile(bytes, pieces), sink);
  return { parsed, segment: indexer.finish(bytes.length) };
}

/** Holds that logs give the same index with the kernel and without, in any pieces. */
export async function holdsForLogs(log: fc.Arbitrary<string>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      log,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 20, max: 2000 }),
      async (text, times, pieces) => {
        // Repeated, so that what one line taught is used on others.
        const whole = text.repeat(times);
        const { segment } = await indexLines(whole, true, pieces);
        assert.deepEqual(segment, (await indexLines(whole, false)).segment);
      },
    ),
    { numRuns },
  );
}
