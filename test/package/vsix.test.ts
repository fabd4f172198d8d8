import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';

/** All that may be shipped. A file that is new to the package is added here on purpose or not at all. */
const allowed = [
  /^package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^(README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/(extension|worker|cli)\.js$/,
  /^dist\/cascade\/(main\.js|cascade\.css)$/,
  /^syntaxes\/[\w.-]+\.json$/,
  /^media\/[\w-]+\.(svg|png)$/,
  /^media\/walkthrough\/[\w-]+\.(md|svg|png)$/,
  /^docs\/rules\/[a-z-]+\.md$/,
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
];

const required = [
  'dist/worker.js',
  'dist/cli.js',
  'dist/cascade/main.js',
  'dist/cascade/cascade.css',
  'README.md',
  'LICENSE',
];

const limitBytes = 1024 * 1024;

/** The files that a manifest points to, wherever in it; a missing one is a feature that fails without a word. */
function referredFiles(value: unknown): string[] {
  if (typeof value === 'string')
    return /^\.?\/?(dist|media|syntaxes)\/[\w./-]+\.\w+$/.test(value) ? [posix.normalize(value)] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(referredFiles) : [];
}

describe('the package', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'causeway-vsix-'));
  const vsix = join(folder, 'causeway.vsix');
  let files: string[] = [];

  before(() => {
    execFileSync('npm', ['run', '--silent', 'package', '--', '--out', vsix], { stdio: 'pipe' });
    files = execFileSync('vsce', ['ls', '--no-dependencies'], { encoding: 'utf8' }).trim().split('\n');
  });

  after(() => rmSync(folder, { recursive: true }));

  it('holds only what the allow-list names', () => {
    assert.deepEqual(
      files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
      [],
    );
  });

  it('holds every part of the product and every file the manifest refers to', () => {
    const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    const wanted = [...required, ...referredFiles(manifest)];
    assert.ok(wanted.includes('dist/extension.js'));
    assert.deepEqual(
      wanted.filter((file) => !files.includes(file)),
      [],
    );
  });

  it('carries no source map, and no reference to one', () => {
    for (const file of files.filter((name) => name.endsWith('.js'))) {
      assert.doesNotMatch(readFileSync(file, 'utf8'), /[#@] sourceMappingURL=/, file);
    }
  });

  it('is smaller than 1 MB', () => {
    const { size } = statSync(vsix);
    assert.ok(size < limitBytes, `${size} bytes`);
  });
});
