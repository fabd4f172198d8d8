/**
 * Builds the four entries (extension, worker, command line, webview) into dist/;
 * `--tests` builds the unit tests into out/test/ instead; `--watch` stays and rebuilds.
 */
import { globSync, rmSync } from 'node:fs';
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

/** Unit tests as ES modules that share their chunks, so that the engine is bundled once. */
const unitTests = {
  ...node,
  format: 'esm',
  splitting: true,
  sourcemap: 'inline',
  outdir: 'out/test/unit',
  outbase: 'test/unit',
  outExtension: { '.js': '.mjs' },
  packages: 'external',
};

async function main() {
  if (args.has('--tests')) {
    rmSync('out/test/unit', { recursive: true, force: true });
    await build({ ...unitTests, entryPoints: globSync('test/unit/**/*.test.ts') });
    return;
  }
  if (args.has('--watch')) {
    for (const options of Object.values(bundles)) await (await context(options)).watch();
    return;
  }
  rmSync('dist', { recursive: true, force: true });
  await Promise.all(Object.values(bundles).map((options) => build(options)));
}

await main();
