/**
 * Lets a bundle import `NAME.wasm` as bytes: compiled from the AssemblyScript in `NAME.ts` beside it. What was compiled
 * once is kept in out/kernel/ under a hash of the source.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';

/** Its types would declare AssemblyScript's globals over everybody else's. */
const { default: asc } = await import(['assemblyscript', 'asc'].join('/'));

/** The kernel's memory: pages of 64 KiB. */
const OPTIONS = [
  '-O3',
  '--runtime',
  'stub',
  '--noAssert',
  '--enable',
  'simd',
  '--initialMemory',
  '64',
  '--maximumMemory',
  '64',
];

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
      watchFiles: [path],
    }));
  },
};

/** @param {string} path */
async function compile(path) {
  const source = readFileSync(path, 'utf8');
  const hash = createHash('sha256')
    .update(asc.version)
    .update(OPTIONS.join(' '))
    .update(source)
    .digest('hex')
    .slice(0, 16);
  const kept = `out/kernel/${basename(path, '.ts')}-${hash}.wasm`;
  if (existsSync(kept)) return readFileSync(kept);
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(['kernel.ts', '--outFile', 'kernel.wasm', ...OPTIONS], {
    readFile: (/** @type {string} */ name) => (name === 'kernel.ts' ? source : null),
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
