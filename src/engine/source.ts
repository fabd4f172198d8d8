/** How the engine reads: it is handed a ByteSource and knows no disk. */
import type { SkippedFile } from '../model.ts';

export interface SourceFile {
  /** Absolute path, with the separators of the source. */
  path: string;
  bytes: number;
}

export interface ByteFile {
  readonly bytes: number;
  /** Fills `target` from `position`; the number of bytes read, 0 at the end. Rejects where the file cannot be read. */
  read(target: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

export interface ByteSource {
  /** All files below a folder (or the file itself), without `.git` and `node_modules`; never rejects. */
  list(path: string): Promise<{ files: SourceFile[]; skipped: SkippedFile[] }>;
  open(path: string): Promise<ByteFile>;
  /** The path relative to a root, with `/`. */
  relative(root: string, path: string): string;
  resolve(root: string, relative: string): string;
  /** What an error of `open` or `read` means, in words that help. */
  reason(error: unknown): string;
}
