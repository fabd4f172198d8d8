import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLines } from '../../../../src/engine/parse/lines.ts';

/** A file that hands out its bytes in pieces of the given sizes, over and over. */
function choppy(bytes: Uint8Array, sizes: number[]) {
  let call = 0;
  return {
    bytes: bytes.length,
    read: async (target: Uint8Array, position: number) => {
      const size = Math.min(sizes[call++ % sizes.length], target.length, bytes.length - position);
      target.set(bytes.subarray(position, position + size));
      return size;
    },
    close: async () => {},
  };
}

async function lines(bytes: Uint8Array, sizes: number[]): Promise<{ text: string; offset: number }[]> {
  const found: { text: string; offset: number }[] = [];
  await readLines(choppy(bytes, sizes), {
    line: (buffer, start, end, offset) =>
      found.push({ text: Buffer.from(buffer.subarray(start, end)).toString('latin1'), offset }),
  });
  return found;
}

describe('line splitter', () => {
  it('ends lines at \\n, \\r\\n and a lone \\r, whatever the chunks', async () => {
    const text = fc
      .array(fc.constantFrom('\r', '\n', '\r\n', 'a', 'bc'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(text, sizes, async (value, chunks) => {
        const expected = value.split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        const found = await lines(Buffer.from(value, 'latin1'), chunks);
        assert.deepEqual(
          found.map((line) => line.text),
          expected,
        );
        for (const { text: line, offset } of found) assert.equal(value.slice(offset, offset + line.length), line);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads a line longer than its buffer', async () => {
    const long = 'x'.repeat(3_000_000);
    assert.deepEqual(
      (await lines(Buffer.from(`a\n${long}\r\nb`), [1 << 22])).map((line) => line.text.length),
      [1, 3_000_000, 1],
    );
  });
});
