/** Files of a log that need not be read again when it is. */
import type { KnownFile, ListedFile } from './indexFiles.ts';
import type { MergedLog } from './mergedLog.ts';

export class KeptFiles {
  readonly #log: MergedLog;
  readonly #numbers = new Map<string, number>();

  /** `changed`: relative paths of those that must be looked at. */
  constructor(log: MergedLog, changed: readonly string[]) {
    this.#log = log;
    const stale = new Set(changed);
    for (const [number, { path }] of log.indexed.entries()) if (!stale.has(path)) this.#numbers.set(path, number);
  }

  /** What they take on disk, about. */
  get bytes(): number {
    let bytes = 0;
    for (const number of this.#numbers.values()) bytes += this.#log.indexed[number].diskBytes;
    return bytes;
  }

  find({ relative, bytes }: ListedFile): KnownFile | null {
    const number = this.#numbers.get(relative);
    if (number === undefined) return null;
    const file = this.#log.indexed[number];
    return file.diskBytes === bytes ? { file, segments: this.#log.segmentsOf(number), cuts: [] } : null;
  }
}
