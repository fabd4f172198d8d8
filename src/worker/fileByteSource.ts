/** Bytes from the disk. The one place that knows `node:fs` on behalf of the engine. */
import { readSync } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ByteSource } from '../engine/source.ts';
import type { SkippedFile } from '../model.ts';
import { decompress } from './decompress.ts';
import { createScratch } from './scratchFile.ts';

const NEVER = new Set(['.git', 'node_modules']);

export function createFileSource(): ByteSource {
  return {
    list,
    async open(path) {
      const handle = await open(path, 'r');
      try {
        const { size, mtimeMs } = await handle.stat();
        return {
          bytes: size,
          modified: Math.round(mtimeMs * 1000),
          read: reader(handle.fd),
          close: () => handle.close(),
        };
      } catch (error) {
        await handle.close();
        throw error;
      }
    },
    relative: (root, path) => relative(root, path).split(sep).join('/') || path,
    resolve: (root, path) => resolve(root, path),
    scratch: createScratch,
    decompress,
    reason: readableReason,
  };
}

/** After so many bytes the thread listens for a while: to answer, or to be told to stop. */
const LISTEN_EVERY = 1 << 23;

/**
 * Reads at once, for a thread that has nothing else to do: handing each piece to another thread and waiting for
 * it took a tenth of the time of indexing.
 */
function reader(fd: number): (target: Uint8Array, position: number) => Promise<number> {
  let unheard = 0;
  return async (target, position) => {
    const bytes = readSync(fd, target, 0, target.length, position);
    unheard += bytes;
    if (unheard >= LISTEN_EVERY) {
      unheard = 0;
      await setImmediate();
    }
    return bytes;
  };
}

async function list(path: string): ReturnType<ByteSource['list']> {
  const files: { path: string; bytes: number }[] = [];
  const skipped: SkippedFile[] = [];
  const pending = [path];
  const links = new Map<string, string>();
  const places = new Map<string, string>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    try {
      // A link to a file counts as the file; a link to a folder is not followed, for it may lead in a circle.
      const link = await lstat(next);
      const info = link.isSymbolicLink() ? await stat(next) : link;
      if (info.isFile()) {
        files.push({ path: next, bytes: info.size });
        (link.isSymbolicLink() && next !== path ? links : places).set(next, `${info.dev}:${info.ino}`);
      } else if (info.isDirectory() && (next === path || !link.isSymbolicLink())) {
        for (const name of await readdir(next)) if (!NEVER.has(name)) pending.push(join(next, name));
      } else if (!info.isDirectory()) skipped.push({ path: next, reason: 'not a regular file' });
    } catch (error) {
      skipped.push({ path: next, reason: readableReason(error) });
    }
  }
  // `latest.log` beside the file it points to would count every entry twice.
  const read = new Set(places.values());
  const twice = [...links].filter(([, place]) => read.has(place)).map(([at]) => at);
  skipped.push(...twice.map((at) => ({ path: at, reason: 'a link to a file that is read anyway' })));
  files.splice(0, files.length, ...files.filter((file) => !twice.includes(file.path)));
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files, skipped };
}

/** What happened to a file, in words that help. */
function readableReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ENOENT') return 'does not exist (any more)';
  if (code === 'ELOOP') return 'a link that leads in a circle';
  if (code === 'ENOSPC') return 'no room left on the disk to unpack it';
  if (code === 'Z_BUF_ERROR') return 'its compressed data ends early';
  if (code === 'Z_DATA_ERROR' || code === 'ZSTD_error') return 'its compressed data is damaged';
  return error instanceof Error ? error.message : String(error);
}
