/** Temporary files for unpacked content. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScratchFile } from '../engine/source.ts';

/**
 * A file that only this user can read, in a folder of its own. Its name is taken away at once where the
 * system allows it for an open file: then nothing is left behind, however the process ends.
 */
export async function createScratch(): Promise<ScratchFile> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const handle = await open(join(folder, 'content'), 'wx+', 0o600);
    const removed = remove().then(
      () => true,
      () => false,
    );
    let length = 0;
    return {
      async write(bytes) {
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
}
