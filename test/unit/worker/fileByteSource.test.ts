import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileSource } from '../../../src/worker/fileByteSource.ts';

describe('files of a folder on disk', () => {
  let root: string;
  const source = createFileSource();
  const names = (paths: { path: string }[]) => paths.map(({ path }) => source.relative(root, path));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'causeway-files-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('are listed in order, without .git and node_modules', async () => {
    for (const folder of ['b', '.git', 'node_modules']) mkdirSync(join(root, folder));
    for (const name of ['c.log', 'b/a.log', '.git/x.log', 'node_modules/y.log']) writeFileSync(join(root, name), '');
    const { files, skipped } = await source.list(root);
    assert.deepEqual(names(files), ['b/a.log', 'c.log']);
    assert.deepEqual(skipped, []);
  });

  it('are read once, though a link leads to one of them', async () => {
    writeFileSync(join(root, 'a.log'), 'x');
    symlinkSync('a.log', join(root, 'latest.log'));
    const { files, skipped } = await source.list(root);
    assert.deepEqual(names(files), ['a.log']);
    assert.deepEqual(names(skipped), ['latest.log']);
    assert.deepEqual(names((await source.list(join(root, 'latest.log'))).files), ['latest.log']);
  });

  it('follow links to files elsewhere, never to folders, which may lead in a circle', async () => {
    const other = mkdtempSync(join(tmpdir(), 'causeway-other-'));
    try {
      writeFileSync(join(other, 'b.log'), 'x');
      symlinkSync(join(other, 'b.log'), join(root, 'link.log'));
      symlinkSync(root, join(root, 'circle'));
      symlinkSync('nowhere', join(root, 'dead.log'));
      const { files, skipped } = await source.list(root);
      assert.deepEqual(names(files), ['link.log']);
      assert.deepEqual(names(skipped), ['dead.log']);
    } finally {
      rmSync(other, { recursive: true });
    }
  });
});
