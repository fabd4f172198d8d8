/**
 * Builds the four entries (extension, worker, command line, webview) into dist/; `--production` without source maps,
 * `--watch` stays and rebuilds. `--tests[=unit|package|webview|product|integration]` builds those tests into out/test/ instead,
 * `--bench` the benchmark's processes into out/bench/, minified as the product is, `--eval` the measuring of
 * templates, joins, hops, root causes and injected faults into out/eval/.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import process from 'node:process';
import { build, context } from 'esbuild';
import { kernel } from './kernel.mjs';

/** @import { BuildOptions } from 'esbuild' */

const args = new Set(process.argv.slice(2));
const production = args.has('--production');

/**
 * Options every bundle shares. Formats, symptom catalogues and rules are bundled as text.
 *
 * @type {BuildOptions}
 */
const shared = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  loader: { '.jsonc': 'text', '.yaml': 'text' },
  plugins: [kernel],
};

/**
 * `mainFields`: jsonc-parser's UMD build requires files by a name esbuild cannot see.
 *
 * @type {BuildOptions}
 */
const node = { ...shared, platform: 'node', target: 'node20', mainFields: ['module', 'main'] };

/** @type {BuildOptions[]} */
const product = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/worker/main.ts'], outfile: 'dist/worker.js' },
  { ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    ...shared,
    platform: 'browser',
    target: 'chrome120',
    entryPoints: ['media/cascade/main.ts', 'media/cascade/cascade.css'],
    outdir: 'dist/cascade',
  },
];

/**
 * Tests for Node as ES modules that share their chunks, so that the engine is bundled once.
 *
 * @param {string} kind
 * @returns {BuildOptions}
 */
const nodeTests = (kind) => ({
  ...node,
  format: 'esm',
  splitting: true,
  sourcemap: 'inline',
  entryPoints: testFiles(`test/${kind}`),
  outdir: `out/test/${kind}`,
  outbase: `test/${kind}`,
  outExtension: { '.js': '.mjs' },
  packages: 'external',
});

/**
 * A suite that runs inside VS Code, whose `require` is the only way to its API, with the entry VS Code calls.
 *
 * @param {string} suite
 * @returns {BuildOptions}
 */
const integrationSuite = (suite) => {
  const folder = `test/integration/${suite}`;
  const tests = testFiles(folder).map((file) => ({ in: file, out: file.slice(folder.length + 1, -'.ts'.length) }));
  return {
    ...node,
    format: 'cjs',
    sourcemap: 'inline',
    entryPoints: [{ in: 'test/integration/run.ts', out: 'run' }, ...tests],
    outdir: `out/${folder}`,
    external: ['vscode', 'mocha'],
  };
};

/** Packages written for CommonJS ask for Node's own modules by `require`, which modules of ES do not have. */
const withRequire = {
  js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
};

/** @returns {BuildOptions} */
const benchProcesses = () => ({
  ...node,
  format: 'esm',
  splitting: true,
  minify: true,
  sourcemap: false,
  entryPoints: readdirSync('test/bench/children').map((name) => `test/bench/children/${name}`),
  outdir: 'out/bench',
  banner: withRequire,
  outExtension: { '.js': '.mjs' },
});

/**
 * The part of the benchmark that runs inside VS Code, like a suite of integration tests.
 *
 * @returns {BuildOptions}
 */
const benchInEditor = () => ({
  ...node,
  format: 'cjs',
  entryPoints: ['test/bench/editor/run.ts'],
  outdir: 'out/bench/editor',
  external: ['vscode'],
});

/** @type {BuildOptions} */
const evaluation = {
  ...node,
  format: 'esm',
  entryPoints: ['templates', 'joins', 'hops', 'incidents', 'injection'].map((name) => `test/eval/${name}.ts`),
  outdir: 'out/eval',
  banner: withRequire,
  outExtension: { '.js': '.mjs' },
  packages: 'external',
};

/** @param {string} folder */
function testFiles(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  return names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

/** @param {string} folder */
function subfolders(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function bundles() {
  if (args.has('--bench')) return [benchProcesses(), benchInEditor()];
  if (args.has('--eval')) return [evaluation];
  const flag = process.argv.find((arg) => /^--tests(=|$)/.test(arg));
  if (!flag) return product;
  const kind = flag.split('=')[1] ?? 'unit';
  return kind === 'integration' ? subfolders('test/integration').map(integrationSuite) : [nodeTests(kind)];
}

async function main() {
  const chosen = bundles();
  if (args.has('--watch')) {
    for (const options of chosen) await (await context(options)).watch();
    return;
  }
  // Files of an earlier build would be run, or shipped, although their sources are gone.
  for (const folder of chosen === product ? ['dist'] : chosen.map(({ outdir }) => outdir ?? '')) {
    rmSync(folder, { recursive: true, force: true });
  }
  await Promise.all(chosen.map((options) => build(options)));
}

// esbuild printed what is wrong, and where; a stack of its own inside would bury that.
await main().catch((error) => {
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
