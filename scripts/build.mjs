/**
 * Builds the four entries (extension, worker, command line, webview) into dist/; `--production` without source maps,
 * `--watch` stays and rebuilds. `--tests[=unit|package|webview|integration]` builds those tests into out/test/ instead.
 */
import { globSync, readdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';
import { build, context } from 'esbuild';

const args = new Set(process.argv.slice(2));
const production = args.has('--production');

/** Options every bundle shares. Formats and symptom catalogues are bundled as text. */
const shared = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  loader: { '.jsonc': 'text' },
};

/** `mainFields`: jsonc-parser's UMD build requires files by a name esbuild cannot see. */
const node = { ...shared, platform: 'node', target: 'node20', mainFields: ['module', 'main'] };

export const bundles = {
  extension: { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  worker: { ...node, entryPoints: ['src/worker/main.ts'], outfile: 'dist/worker.js' },
  cli: { ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  webview: {
    ...shared,
    platform: 'browser',
    target: 'chrome120',
    entryPoints: ['media/cascade/main.ts', 'media/cascade/cascade.css'],
    outdir: 'dist/cascade',
  },
};

/** Tests for Node as ES modules that share their chunks, so that the engine is bundled once. */
const nodeTests = (name) => ({
  ...node,
  format: 'esm',
  splitting: true,
  sourcemap: 'inline',
  entryPoints: globSync(`test/${name}/**/*.test.ts`),
  outdir: `out/test/${name}`,
  outbase: `test/${name}`,
  outExtension: { '.js': '.mjs' },
  packages: 'external',
});

/** A suite that runs inside VS Code, whose `require` is the only way to its API, with the entry VS Code calls. */
const integrationSuite = (name) => ({
  ...node,
  format: 'cjs',
  sourcemap: 'inline',
  entryPoints: ['test/integration/run.ts', ...globSync(`test/integration/${name}/**/*.test.ts`)].map((file) => ({
    in: file,
    out: relative(file.endsWith('.test.ts') ? `test/integration/${name}` : 'test/integration', file).slice(0, -3),
  })),
  outdir: `out/test/integration/${name}`,
  external: ['vscode', 'mocha'],
});

const subfolders = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** The bundles of the asked kind of tests; null where the product itself is asked for. */
function testBundles() {
  const flag = process.argv.find((arg) => /^--tests(=|$)/.test(arg));
  if (!flag) return null;
  const kind = flag.split('=')[1] ?? 'unit';
  return kind === 'integration' ? subfolders('test/integration').map(integrationSuite) : [nodeTests(kind)];
}

async function main() {
  const tests = testBundles();
  if (args.has('--watch')) {
    for (const options of tests ?? Object.values(bundles)) await (await context(options)).watch();
    return;
  }
  // Files of an earlier build would be run, or shipped, although their sources are gone.
  if (tests) for (const { outdir } of tests) rmSync(outdir, { recursive: true, force: true });
  else rmSync('dist', { recursive: true, force: true });
  await Promise.all((tests ?? Object.values(bundles)).map((options) => build(options)));
}

// esbuild printed what is wrong, and where; a stack of its own inside would bury that.
await main().catch((error) => {
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
