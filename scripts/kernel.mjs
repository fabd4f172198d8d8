/**
 * Lets a bundle import `NAME.wasm` as bytes: compiled from the AssemblyScript in `NAME.ts` beside it. What was compiled
 * once is kept in out/kernel/ under a hash of the source.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import process from 'node:process';

/** Its types would declare AssemblyScript's globals over everybody else's. */
const { default: asc } = await import(['assemblyscript', 'asc'].join('/'));

/** The kernel's memory, in pages of 64 KiB: as many as MEMORY_BYTES of src/engine/kernel/memory.ts needs. */
const PAGES = '206';
const OPTIONS = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd'];
OPTIONS.push('--initialMemory', PAGES, '--maximumMemory', PAGES);

/** @type {import('esbuild').Plugin} */
export const kernel = {
  name: 'kernel',
  setup(build) {
    build.onResolve({ filter: /\/kernel\/\w+\.wasm$/ }, ({ path, resolveDir }) => ({
      path: new URL(path.replace(/wasm$/, 'ts'), `file://${resolveDir}/`).pathname,
      namespace: 'kernel',
    }));
    build.onLoad({ filter: /.*/, namespace: 'kernel' }, async ({ path }) => ({
      contents: await compile(path),
      loader: 'binary',
      watchDirs: [dirname(path)],
    }));
  },
};

/** @param {string} path */
async function compile(path) {
  const folder = dirname(path);
  /** @type {Map<string, string>} */
  const sources = new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));
  const hash = createHash('sha256')
    .update(JSON.stringify([asc.version, OPTIONS, [...sources].sort()]))
    .digest('hex');
  const kept = `out/kernel/${basename(path, '.ts')}-${hash.slice(0, 16)}.wasm`;
  if (existsSync(kept)) return readFileSync(kept);
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main([basename(path), '--outFile', 'kernel.wasm', ...OPTIONS], {
    readFile: (/** @type {string} */ name) => sources.get(name) ?? null,
    writeFile: (/** @type {string} */ _, /** @type {string | Uint8Array} */ contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`${path}: ${stderr.toString() || error?.message}`);
  mkdirSync('out/kernel', { recursive: true });
  // Several builds may run at once: each writes a file of its own and puts it in place whole.
  writeFileSync(`${kept}.${process.pid}`, binary);
  renameSync(`${kept}.${process.pid}`, kept);
  return binary;
}
