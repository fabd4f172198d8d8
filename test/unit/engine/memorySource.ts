/** A source of files in memory, below `/log`; a value may be a function that throws like a disk does. */
import type { ByteSource } from '../../../src/engine/source.ts';
import { decompress } from '../../../src/worker/decompress.ts';

export type MemoryFile = string | Uint8Array | (() => never);

export function memorySource(files: Record<string, MemoryFile>): ByteSource {
  const bytesOf = (path: string): Uint8Array => {
    const file = files[path.slice('/log/'.length)];
    if (file === undefined) throw new Error('gone');
    if (typeof file === 'function') return file();
    return typeof file === 'string' ? new TextEncoder().encode(file) : file;
  };
  return {
    async list(root) {
      const paths = Object.keys(files).map((name) => `/log/${name}`);
      const wanted = paths.filter((path) => path === root || path.startsWith(`${root}/`));
      const size = (path: string) => (typeof files[path.slice(5)] === 'function' ? 0 : bytesOf(path).length);
      return { files: wanted.map((path) => ({ path, bytes: size(path) })), skipped: [] };
    },
    async open(path) {
      const bytes = bytesOf(path);
      return {
        bytes: bytes.length,
        async read(target, position) {
          const part = bytesOf(path).subarray(position, position + target.length);
          target.set(part);
          return part.length;
        },
        async close() {},
      };
    },
    async scratch() {
      let bytes = Buffer.alloc(0);
      return {
        async write(more) {
          bytes = Buffer.concat([bytes, more]);
        },
        async read(target, position) {
          const part = bytes.subarray(position, position + target.length);
          target.set(part);
          return part.length;
        },
        async close() {},
      };
    },
    decompress,
    relative: (root, path) => path.slice(root.length + 1) || path,
    resolve: (root, relative) => `${root}/${relative}`,
    reason: (error) => (error instanceof Error ? error.message : String(error)),
  };
}
