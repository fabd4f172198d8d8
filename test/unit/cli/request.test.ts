import { deepEqual, rejects } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { UsageError } from '../../../src/cli/options.ts';
import { logRequest } from '../../../src/cli/request.ts';

describe('the paths of a command', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-'));
    for (const name of ['logs/a', 'logs/ab']) mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['logs/a/x.log', 'logs/ab/y.log', 'logs/z.log']) writeFileSync(join(folder, name), '');
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [paths, root, named] of [
    [['logs'], 'logs', undefined],
    [['logs/'], 'logs', undefined],
    [['logs/z.log'], 'logs', ['logs/z.log']],
    [['logs/a/x.log', 'logs/ab/y.log'], 'logs', ['logs/a/x.log', 'logs/ab/y.log']],
    [['logs/a', 'logs/a/x.log'], 'logs/a', ['logs/a', 'logs/a/x.log']],
    [['logs', 'logs/a'], 'logs', ['logs', 'logs/a']],
  ] as const) {
    it(`${paths.join(' and ')} are relative to ${root}`, async () => {
      const request = await logRequest({ paths: paths.map((path) => join(folder, path)), zone: null, year: null });
      const within = (path: string): string => relative(folder, path);
      deepEqual({ root: within(request.root), named: request.paths?.map(within) }, { root, named });
    });
  }

  it('hand on what to assume, and nothing where nothing is asked', async () => {
    const paths = [folder];
    deepEqual(await logRequest({ paths, zone: '+02:00', year: 2023 }), { root: folder, zone: '+02:00', year: 2023 });
    deepEqual(await logRequest({ paths, zone: null, year: null }), { root: folder });
  });

  it('must exist, each of them', async () => {
    const paths = [folder, join(folder, 'missing')];
    await rejects(
      logRequest({ paths, zone: null, year: null }),
      (error: Error) => error instanceof UsageError && /^no such file or folder: ".*missing"$/.test(error.message),
    );
  });
});
