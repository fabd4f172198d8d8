/** What the samples' scripts share: seeded chance, so that the same lines come out each time, and writing files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** A Weyl sequence whose bits are mixed. */
export function chance(/** @type {number} */ seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  /** Both ends belong to it. */
  const between = (/** @type {number} */ least, /** @type {number} */ most) => least + (next() % (most - least + 1));
  const hex = (/** @type {number} */ digits) =>
    Array.from({ length: digits }, () => (next() & 15).toString(16)).join('');
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  /**
   * @template T
   * @param {readonly T[]} choices
   */
  const one = (choices) => /** @type {T} */ (choices[next() % choices.length]);
  return { between, hex, uuid, one };
}

/**
 * Lines of several files, in whatever order they are made; each file comes out in order of time.
 */
export function logFiles() {
  /** @type {Map<string, { time: number, text: string }[]>} */
  const files = new Map();
  return {
    add(/** @type {string} */ file, /** @type {number} */ time, /** @type {string} */ text) {
      const lines = files.get(file) ?? [];
      lines.push({ time, text: `${text}\n` });
      files.set(file, lines);
    },
    /** @returns {Map<string, string>} */
    texts() {
      const sorted = [...files].sort().map(([file, lines]) => {
        const inOrder = lines.sort((a, b) => a.time - b.time);
        return /** @type {[string, string]} */ ([file, inOrder.map(({ text }) => text).join('')]);
      });
      return new Map(sorted);
    },
  };
}

/**
 * Writes the files where the script was called by name: into the folder that is given, else into samples/NAME.
 *
 * @param {string} script The script's `import.meta.url`.
 * @param {string} name
 * @param {() => Map<string, string>} files
 */
export function writeIfCalled(script, name, files) {
  if (!process.argv[1] || resolve(process.argv[1]) !== fileURLToPath(script)) return;
  const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../../samples', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files()) writeFileSync(join(folder, file), text);
}
