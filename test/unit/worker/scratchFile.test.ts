import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createScratch } from '../../../src/worker/scratchFile.ts';

describe('scratch space', () => {
  it('gives back at any place what was written, and leaves nothing behind', async () => {
    const names = () => new Set(readdirSync(tmpdir()));
    const before = names();
    const scratch = await createScratch();
    await scratch.write(Buffer.from('hello '));
    await scratch.write(Buffer.from('world'));
    const target = Buffer.alloc(5);
    assert.equal(await scratch.read(target, 6), 5);
    assert.equal(target.toString(), 'world');
    assert.equal(await scratch.read(target, 11), 0);
    await scratch.close();
    const left = [...names()].filter((name) => name.startsWith('causeway-') && !before.has(name));
    // Other tests make folders of such names too; none of them holds what we wrote.
    for (const name of left) assert.ok(!readdirSync(`${tmpdir()}/${name}`).includes('content'), name);
  });
});
