/**
 * Indexes on disk: one file for each log file, private to the user. It ends with what it holds and where, so it is
 * whole or nothing; every piece has a checksum. What is damaged, or of another version, is as good as not there.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { checksum, pack, unpack } from '../base/packed.ts';
import type { CachedFile, CacheWriter, IndexCache } from '../engine/index/cache.ts';
import type { IndexedFile } from '../engine/index/mergedLog.ts';
import type { SegmentIndex } from '../engine/index/segment.ts';
import type { IndexCachePlace } from '../protocol.ts';

const MAGIC = 'causeway-index/1';
const ENDING = '.index';
const UNFINISHED = '.part';
/** The length of the table of contents, its checksum and MAGIC, padded. */
const FOOT = 64;
/** What another process left unfinished for so long will not be finished. */
const GIVEN_UP_MS = 3_600_000;

interface Piece {
  from: number;
  to: number;
  undated: boolean;
  at: number;
  length: number;
  sum: string;
}

interface Contents {
  file: IndexedFile;
  pieces: Piece[];
}

/** Opens caches for the program that `script` is: another build may read lines otherwise. */
export function openIndexCache(script: string): (place: IndexCachePlace) => IndexCache {
  const { size = 0, mtimeMs = 0 } = statSync(script, { throwIfNoEntry: false }) ?? {};
  return ({ folder, maxBytes }) => indexCache(folder, maxBytes, `${size}.${mtimeMs}`);
}

/** `maxBytes` is kept to by removing what was used longest ago. `build` tells versions of the program apart. */
export function indexCache(folder: string, maxBytes: number, build: string): IndexCache {
  const pathOf = (key: string) => {
    const name = createHash('sha256').update(build).update('\0').update(key).digest('hex');
    return join(folder, `${name}${ENDING}`);
  };
  return {
    load: (key) => load(pathOf(key)).catch(() => null),
    write: (key) => write(folder, pathOf(key), maxBytes),
  };
}

async function load(path: string): Promise<CachedFile | null> {
  const { size } = await stat(path);
  const foot = new TextDecoder().decode(await readPart(path, size - FOOT, FOOT)).trimEnd();
  const [magic, length, sum] = foot.split(' ');
  if (magic !== MAGIC) return null;
  const bytes = await readPart(path, size - FOOT - Number(length), Number(length));
  if (checksum(bytes) !== sum) return null;
  const { file, pieces } = unpack(bytes) as Contents;
  /** So that it is written anew with the next opening. */
  const remove = () => rm(path, { force: true }).catch(() => {});
  const now = new Date();
  await utimes(path, now, now);
  return {
    file,
    segments: pieces.map(({ from, to, undated, at, length, sum }) => ({
      from,
      to,
      undated,
      async load() {
        try {
          const piece = await readPart(path, at, length);
          if (checksum(piece) === sum) return unpack(piece) as SegmentIndex;
        } catch {
          // As bad as other bytes than were written.
        }
        await remove();
        return null;
      },
    })),
  };
}

async function readPart(path: string, at: number, length: number): Promise<Uint8Array> {
  if (at < 0 || !Number.isSafeInteger(length)) throw new Error('damaged');
  const handle = await open(path, 'r');
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, at);
    if (bytesRead !== length) throw new Error('damaged');
    return bytes;
  } finally {
    await handle.close();
  }
}

let unfinished = 0;

function write(folder: string, path: string, maxBytes: number): CacheWriter {
  const part = `${path}.${process.pid}.${unfinished++}${UNFINISHED}`;
  const pieces: Piece[] = [];
  let length = 0;
  let failed = false;
  let handle: Awaited<ReturnType<typeof open>> | undefined;

  async function append(bytes: Uint8Array): Promise<void> {
    if (!handle) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      handle = await open(part, 'wx', 0o600);
    }
    length += bytes.length;
    if (length > maxBytes) throw new Error('larger than all that may be kept');
    await handle.writeFile(bytes);
  }
  async function abandon(): Promise<void> {
    failed = true;
    await handle?.close().catch(() => {});
    if (handle) await rm(part, { force: true }).catch(() => {});
    handle = undefined;
  }
  /** A disk that is full, or a folder that may not be written, costs the cache and nothing else. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    if (failed) return;
    await work().catch(abandon);
  }

  return {
    abandon,
    add: (segment) =>
      attempt(async () => {
        const bytes = pack(segment);
        const { from, to, undated } = segment;
        pieces.push({ from, to, undated, at: length, length: bytes.length, sum: checksum(bytes) });
        await append(bytes);
      }),
    finish: (file) =>
      attempt(async () => {
        const contents = pack({ file, pieces } satisfies Contents);
        const foot = `${MAGIC} ${contents.length} ${checksum(contents)}`.padEnd(FOOT);
        await append(contents);
        await append(new TextEncoder().encode(foot));
        await handle?.close();
        await rename(part, path);
        handle = undefined;
        await makeRoom(folder, maxBytes);
      }),
  };
}

interface Found {
  path: string;
  bytes: number;
  used: number;
}

async function filesIn(folder: string): Promise<Found[]> {
  const names = await readdir(folder).catch(() => []);
  const ours = names.filter((name) => name.endsWith(ENDING) || name.endsWith(UNFINISHED));
  const found = await Promise.all(
    ours.map(async (name) => {
      const path = join(folder, name);
      const info = await stat(path).catch(() => null);
      return info ? [{ path, bytes: info.size, used: info.mtimeMs }] : [];
    }),
  );
  return found.flat();
}

async function makeRoom(folder: string, maxBytes: number): Promise<void> {
  const files = (await filesIn(folder)).sort((a, b) => b.used - a.used);
  let bytes = 0;
  for (const file of files) {
    bytes += file.bytes;
    const isLeft = file.path.endsWith(UNFINISHED) && Date.now() - file.used > GIVEN_UP_MS;
    if (bytes > maxBytes || isLeft) await rm(file.path, { force: true });
  }
}

/** Removes all that is kept; how many bytes that were. */
export async function clearIndexCache(folder: string): Promise<number> {
  let bytes = 0;
  for (const file of await filesIn(folder)) {
    await rm(file.path, { force: true });
    bytes += file.bytes;
  }
  return bytes;
}
