/** How the engine reads: it is handed a ByteSource and knows no disk. */
import type { SkippedFile } from '../model.ts';

export interface SourceFile {
  /** Absolute path, with the separators of the source. */
  path: string;
  bytes: number;
}

export interface ByteFile {
  readonly bytes: number;
  /** When it was last written, in microseconds since 1970; absent where the source does not know. */
  readonly modified?: number;
  /** Fills `target` from `position`; the number of bytes read, 0 at the end. Rejects where the file cannot be read. */
  read(target: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** Room for bytes that are no file of the user's: written once, front to back, then read like any file. */
export interface ScratchFile {
  write(bytes: Uint8Array): Promise<void>;
  read(target: Uint8Array, position: number): Promise<number>;
  /** Gives the room back. */
  close(): Promise<void>;
}

export type Compression = 'gzip' | 'zstd';

export interface ByteSource {
  /** All files below a folder (or the file itself), without `.git` and `node_modules`; never rejects. */
  list(path: string): Promise<{ files: SourceFile[]; skipped: SkippedFile[] }>;
  open(path: string): Promise<ByteFile>;
  /** The path relative to a root, with `/`. */
  relative(root: string, path: string): string;
  resolve(root: string, relative: string): string;
  scratch(): Promise<ScratchFile>;
  /**
   * Unpacks piece by piece. Where the packed bytes are damaged or end early it gives what could be read, and
   * then rejects.
   */
  decompress(compression: Compression, packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** What an error of any of these means, in words that help. */
  reason(error: unknown): string;
}
