/** Files of a log that need not be read again when it is, or only where they grew. */
import type { ContentSource } from '../content/contentSource.ts';
import { findCuts } from './cuts.ts';
import { createFileParser } from './fileParser.ts';
import { type ListedFile, type LogRules, PROFILE_BYTES } from './fileTasks.ts';
import { fingerprint } from './fingerprint.ts';
import type { KnownFile, KnownSegment } from './indexFiles.ts';
import { isPlain } from './indexing.ts';
import type { IndexedFile, MergedLog } from './mergedLog.ts';
import { upToCheckpoint } from './segment.ts';

export class KeptFiles {
  readonly #log: MergedLog;
  readonly #changed: ReadonlySet<string>;
  readonly #rules: LogRules;
  readonly #source: ContentSource;
  readonly #numbers: ReadonlyMap<string, number>;

  /** `changed`: relative paths of those that must be looked at. */
  constructor(log: MergedLog, changed: readonly string[], rules: LogRules, source: ContentSource) {
    this.#log = log;
    this.#changed = new Set(changed);
    this.#rules = rules;
    this.#source = source;
    this.#numbers = new Map(log.indexed.map(({ path }, number) => [path, number]));
  }

  /** What they take on disk, about. */
  get bytes(): number {
    return this.#log.indexed.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  }

  async find({ relative, path, bytes }: ListedFile): Promise<KnownFile | null> {
    const number = this.#numbers.get(relative);
    if (number === undefined) return null;
    const file = this.#log.indexed[number];
    if (!this.#changed.has(relative) && file.diskBytes === bytes) {
      return { file, segments: this.#log.segmentsOf(number), cuts: [], isGrown: false, isShared: true };
    }
    if (!isPlain(file) || bytes < file.bytes) return null;
    const known = await goOn(path, file, this.#log.segmentsOf(number), this.#rules, this.#source);
    return known && { ...known, isShared: true };
  }
}

/**
 * What is known of a plain file that may have grown since it was indexed; null where it must be read anew: its first
 * bytes are others now, too little was read to know its lines, or its times hang on each other.
 */
export async function goOn(
  path: string,
  file: IndexedFile,
  segments: readonly KnownSegment[],
  rules: LogRules,
  source: ContentSource,
): Promise<KnownFile | null> {
  const now = await source.openPlain(path).catch(() => null);
  if (now === null) return null;
  try {
    const { bytes } = now;
    const modified = now.modified ?? null;
    if (bytes < file.bytes || (await fingerprint(now, file.bytes)) !== file.fingerprint) return null;
    if (bytes === file.bytes) {
      // Written again, yet not longer: what is between the samples may be different.
      return modified === file.modified
        ? { file, segments: [...segments], cuts: [], isGrown: false, isShared: false }
        : null;
    }
    if (file.bytes < PROFILE_BYTES || segments.some((segment) => segment.undated)) return null;
    const whole = segments.slice(0, -1);
    const end = segments[segments.length - 1];
    const last = 'load' in end ? await end.load() : end;
    const checkpoint = last?.checkpoint ?? null;
    const from = checkpoint?.offset ?? end.from;
    if (last && checkpoint) whole.push(upToCheckpoint(last, checkpoint));
    const parser = createFileParser(file.path, file.profile, rules.formats, rules.options);
    const cuts = [from, ...(await findCuts(now, parser, from, bytes, rules.segmentBytes)), bytes];
    const grown = { ...file, bytes, diskBytes: bytes, modified, fingerprint: await fingerprint(now, bytes) };
    return { file: grown, segments: whole, cuts, isGrown: checkpoint !== null, isShared: false };
  } catch {
    return null;
  } finally {
    await now.close().catch(() => {});
  }
}
