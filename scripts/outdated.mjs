/** Builds the product where a source is newer than what was built. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fail, repository } from './ensure.mjs';

const outputs = ['dist/extension.js', 'dist/worker.js', 'dist/cli.js', 'dist/cascade/main.js'];
const sources = ['src', 'media', 'scripts/build.mjs', 'package-lock.json'];

export function buildIfOutdated() {
  const times = outputs.map((file) => statSync(join(repository, file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const changed = sources.map((path) => newest(join(repository, path)));
  if (Math.min(...times) > Math.max(...changed)) return;
  console.log('Building ...');
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: repository, stdio: 'inherit' });
  if (status !== 0) fail('the build failed; see the lines above.');
}

/**
 * The time of the last change at or below a path. Folders count, because a removed file changes nothing else.
 *
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
