/** Temporary files for unpacked content. */
import { lstat, mkdtemp, open, readdir, rm, rmdir, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScratchFile } from '../engine/source.ts';

const PREFIX = 'causeway-content-';
const OWN_FOLDER = /^causeway-content-[A-Za-z0-9]{6}$/;
const CONTENT = 'content';
/** What is younger may be in use; what is in use for longer stays readable, or cannot be removed. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000;
/** The room is looked at each time so much was written. */
const CHECK_EVERY = 1 << 26;
/** What the temporary folder is not filled beyond: it may be the memory of the machine. */
const LEAST_FREE = 2 ** 30;
const LEAST_SHARE = 0.1;

export const createScratch = scratchSpace();

/** Scratch files in a folder. */
export function scratchSpace(
  where = tmpdir(),
  space: (path: string) => Promise<{ bsize: number; blocks: number; bavail: number }> = statfs,
): () => Promise<ScratchFile> {
  let swept: Promise<void> | undefined;
  let unchecked = 0;

  async function checkRoom(bytes: number): Promise<void> {
    unchecked += bytes;
    if (unchecked < CHECK_EVERY) return;
    const { bsize, blocks, bavail } = await space(where);
    if (bavail * bsize < Math.min(LEAST_FREE, blocks * bsize * LEAST_SHARE)) {
      throw Object.assign(new Error('no room left'), { code: 'ENOSPC' });
    }
    unchecked = 0;
  }

  /**
   * A file that only this user can read, in a folder of its own. Its name is taken away at once where the
   * system allows it for an open file: then nothing is left behind, however the process ends.
   */
  return async () => {
    swept ??= sweep(where);
    await swept;
    const folder = await mkdtemp(join(where, PREFIX));
    const remove = () => rm(folder, { recursive: true, force: true });
    try {
      const handle = await open(join(folder, CONTENT), 'wx+', 0o600);
      const removed = remove().then(
        () => true,
        () => false,
      );
      let length = 0;
      return {
        async write(bytes) {
          await checkRoom(bytes.length);
          for (let done = 0; done < bytes.length; ) {
            const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, length);
            done += bytesWritten;
            length += bytesWritten;
          }
        },
        read: async (target, position) => (await handle.read(target, 0, target.length, position)).bytesRead,
        async close() {
          await handle.close();
          if (!(await removed)) await remove();
        },
      };
    } catch (error) {
      await remove();
      throw error;
    }
  };
}

/** Where an open file keeps its name, it outlives a process that was ended. */
async function sweep(where: string): Promise<void> {
  const names = await readdir(where).catch(() => []);
  for (const name of names.filter((each) => OWN_FOLDER.test(each))) {
    const folder = join(where, name);
    try {
      const info = await lstat(folder);
      if (!info.isDirectory() || Date.now() - info.mtimeMs < LEFT_BEHIND_MS) continue;
      // Nothing but what was made here.
      await rm(join(folder, CONTENT), { force: true });
      await rmdir(folder);
    } catch {
      // Another user's, or in use.
    }
  }
}
