/**
 * A source whose files are plain UTF-8 with a record a line, whatever they are on disk. Plain files pass
 * through untouched; of the others the unpacked content is kept until the log is closed, the file changes
 * or the room is needed.
 */
import type { ByteFile, ByteSource } from '../source.ts';
import { headOf } from './pieces.ts';
import { sniffDocument } from './records/documents.ts';
import { sniffPacking } from './sniff.ts';
import { type ContentInfo, HEAD, LIMITS, type Limits, type Unpacked, type UnpackOptions, unpack } from './unpack.ts';

export interface ContentFile extends ByteFile {
  readonly content: ContentInfo;
  /** What it takes on disk. */
  readonly packedBytes: number;
}

export interface ContentSource extends ByteSource {
  open(path: string, options?: UnpackOptions): Promise<ContentFile>;
  /** Whether the file is what it says on disk: asked without unpacking it. */
  isPlain(path: string): Promise<boolean>;
  /** The bytes on disk, without a look at what they are: for a file that is known to be plain. */
  openPlain(path: string): Promise<ByteFile>;
  /** Gives back the room that files unpacked into took; they are unpacked again when they are next opened. */
  release(wanted: (path: string) => boolean): Promise<void>;
}

/** All that may be unpacked at a time: what was used longest ago goes first. */
const MOST_BYTES = 16 * 2 ** 30;
const MOST_FILES = 256;
/** Most formats tell themselves in so many bytes, and most files are plain. */
const FIRST_LOOK = 1 << 12;
/** A file that grows keeps how it begins, and one that is replaced by another kind does not. */
const MARK = 64;

const PLAIN: ContentInfo = { layers: [], encoding: 'utf-8', unpacked: false, loss: null };

/** Told of a file once; how it begins, the sizes and times say whether it is still the same. */
interface Known {
  mark: Uint8Array;
  bytes: number;
  modified: number | undefined;
  isPlain: Promise<boolean>;
  /** Null for a plain file, and where nobody has opened it yet. */
  unpacked: Promise<Unpacked> | null;
  /** Ends the unpacking when nobody waits for it any more. */
  stop: AbortController;
  /** Set when `unpacked` is there. */
  size: number | null;
  /** Who waits for it or has it open. */
  users: number;
  dropped: boolean;
}

export function contentSource(source: ByteSource, limits: Limits = LIMITS): ContentSource {
  /** In order of use, the last used at the end. */
  const known = new Map<string, Known>();

  function drop(path: string, entry: Known): void {
    if (known.get(path) === entry) known.delete(path);
    if (entry.dropped) return;
    entry.dropped = true;
    if (entry.users === 0) giveBack(entry);
  }

  function leave(path: string, entry: Known): void {
    entry.users--;
    if (entry.users > 0) return;
    if (entry.dropped) giveBack(entry);
    else if (entry.unpacked !== null && entry.size === null) drop(path, entry);
  }

  function makeRoom(): void {
    const held = [...known].filter(([, entry]) => entry.unpacked !== null);
    let bytes = held.reduce((sum, [, entry]) => sum + (entry.size ?? 0), 0);
    let files = held.length;
    for (const [path, entry] of held) {
      if (bytes <= MOST_BYTES && files <= MOST_FILES) return;
      if (entry.users > 0) continue;
      bytes -= entry.size ?? 0;
      files--;
      drop(path, entry);
    }
  }

  /** What is known of the file, or is being found out. The file stays open until `isPlain` is there. */
  async function look(path: string, file: ByteFile): Promise<Known> {
    const mark = await headOf(file, MARK);
    // Nothing is awaited from here on: two who look at once find the same.
    const before = known.get(path);
    if (before && isSame(before, file, mark)) {
      known.delete(path);
      known.set(path, before);
      return before;
    }
    if (before) drop(path, before);
    const entry: Known = {
      mark,
      bytes: file.bytes,
      modified: file.modified,
      isPlain: tellPlain(file),
      unpacked: null,
      stop: new AbortController(),
      size: null,
      users: 0,
      dropped: false,
    };
    entry.isPlain.catch(() => drop(path, entry));
    known.set(path, entry);
    return entry;
  }

  /** Not on behalf of who asks first: others wait for it too, and may go on waiting when that one has left. */
  async function unpackAll(path: string, entry: Known, refuse: UnpackOptions['refuse']): Promise<Unpacked> {
    try {
      const file = await source.open(path);
      try {
        const unpacked = await unpack(file, source, limits, { signal: entry.stop.signal, ...(refuse && { refuse }) });
        entry.size = unpacked.bytes;
        return unpacked;
      } finally {
        await file.close().catch(() => {});
      }
    } catch (error) {
      drop(path, entry);
      throw error;
    }
  }

  return {
    ...source,
    openPlain: (path) => source.open(path),
    async isPlain(path) {
      const file = await source.open(path);
      try {
        return await (await look(path, file)).isPlain;
      } finally {
        await file.close().catch(() => {});
      }
    },
    async open(path, options) {
      const file = await source.open(path);
      let isPlain = false;
      try {
        const entry = await look(path, file);
        isPlain = await entry.isPlain;
        if (isPlain) return Object.assign(file, { content: PLAIN, packedBytes: file.bytes });
        entry.users++;
        try {
          entry.unpacked ??= unpackAll(path, entry, options?.refuse);
          const unpacked = await unlessAborted(entry.unpacked, options?.signal);
          makeRoom();
          return opened(unpacked, file, () => leave(path, entry));
        } catch (error) {
          leave(path, entry);
          throw error;
        }
      } finally {
        if (!isPlain) await file.close().catch(() => {});
      }
    },
    async release(wanted) {
      for (const [path, entry] of [...known]) if (wanted(path)) drop(path, entry);
    },
  };
}

function opened(unpacked: Unpacked, { bytes: packedBytes, modified }: ByteFile, onClose: () => void): ContentFile {
  let open = true;
  const { scratch, bytes, ...content } = unpacked;
  return {
    bytes,
    ...(modified !== undefined && { modified }),
    content,
    packedBytes,
    read: (target, position) => scratch.read(target, position),
    async close() {
      if (open) onClose();
      open = false;
    },
  };
}

function giveBack(entry: Known): void {
  entry.stop.abort();
  entry.unpacked?.then(({ scratch }) => scratch.close()).catch(() => {});
}

/** A file that is not unpacked is not looked at again while it only grows, unless all of it was in the first look. */
function isSame(entry: Known, file: ByteFile, mark: Uint8Array): boolean {
  if (mark.some((byte, at) => byte !== entry.mark[at])) return false;
  if (entry.unpacked === null && entry.bytes > HEAD) return file.bytes >= entry.bytes;
  return file.bytes === entry.bytes && file.modified === entry.modified;
}

/** The work goes on for others. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function tellPlain(file: ByteFile): Promise<boolean> {
  const head = await headOf(file, FIRST_LOOK);
  if (sniffPacking(head) !== null) return false;
  const first = head.find((byte, at) => byte > 0x20 && !(at < 3 && byte >= 0xbb));
  if (first !== 0x7b && first !== 0x5b) return true;
  return sniffDocument(head.length < FIRST_LOOK ? head : await headOf(file, HEAD)) === null;
}
