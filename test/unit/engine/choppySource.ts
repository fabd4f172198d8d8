import type { ByteSource } from '../../../src/engine/source.ts';

/** A source that hands out a file in pieces of these sizes, over and over. */
export function choppySource(source: ByteSource, sizes: readonly number[]): ByteSource {
  let call = 0;
  return {
    ...source,
    async open(path) {
      const file = await source.open(path);
      return {
        ...file,
        read: (target, position) => file.read(target.subarray(0, sizes[call++ % sizes.length]), position),
      };
    },
  };
}
