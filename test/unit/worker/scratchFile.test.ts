import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchSpace } from '../../../src/worker/scratchFile.ts';

describe('scratch space', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-scratch-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives back at any place what was written, and leaves nothing behind', async () => {
    const scratch = await scratchSpace(folder)();
    await scratch.write(Buffer.from('hello '));
    await scratch.write(Buffer.from('world'));
    const target = Buffer.alloc(5);
    assert.equal(await scratch.read(target, 6), 5);
    assert.equal(target.toString(), 'world');
    assert.equal(await scratch.read(target, 11), 0);
    await scratch.close();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('leaves room on the disk', async () => {
    const MB = 1 << 20;
    // A disk of 4 GB, of which a tenth is kept.
    const disk = { bsize: MB, blocks: 4096, bavail: 500 };
    const create = scratchSpace(folder, () => Promise.resolve(disk));
    const piece = Buffer.alloc(32 * MB);
    const first = await create();
    await first.write(piece);
    await first.write(piece);
    disk.bavail = 400;
    const second = await create();
    await second.write(piece);
    await assert.rejects(first.write(piece), { code: 'ENOSPC' });
    disk.bavail = 500;
    await first.write(piece);
    await first.close();
    await second.close();
  });

  it('removes what a process that was ended left behind, and nothing else', async () => {
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    const make = (name: string, files: string[], time: Date) => {
      mkdirSync(join(folder, name));
      for (const file of files) writeFileSync(join(folder, name, file), 'x');
      utimesSync(join(folder, name), time, time);
    };
    make('causeway-content-aBc123', ['content'], old);
    make('causeway-content-new123', ['content'], new Date());
    make('causeway-content-notes', ['content'], old);
    make('causeway-aBc123', ['content'], old);
    make('causeway-content-xYz789', ['mine'], old);
    await (await scratchSpace(folder)()).close();
    assert.deepEqual(readdirSync(folder).sort(), [
      'causeway-aBc123',
      'causeway-content-new123',
      'causeway-content-notes',
      'causeway-content-xYz789',
    ]);
    assert.ok(existsSync(join(folder, 'causeway-content-xYz789', 'mine')));
  });
});
