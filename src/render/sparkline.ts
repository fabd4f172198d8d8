/** Numbers as a row of block characters, for places that hold text only. */

const BLOCKS = '▁▂▃▄▅▆▇█';

/** The tallest block stands for the largest number; the lowest for nothing at all, and for nothing else. */
export function sparkline(values: readonly number[]): string {
  const largest = Math.max(0, ...values);
  return values
    .map((value) => (value <= 0 ? BLOCKS[0] : BLOCKS[Math.ceil((value / largest) * (BLOCKS.length - 1))]))
    .join('');
}
