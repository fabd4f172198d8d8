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

const PLAIN: ContentInfo = { layers: [], encoding: 'utf-8', unpacked: false, loss: null };

/** Told of a file once; the sizes and times say whether it is still the same. */
interface Known {
  bytes: number;
  modified: number | undefined;
  /** Null for a plain file. */
  unpacked: Promise<Unpacked> | null;
  /** Set when `unpacked` is there. */
  size: number;
  users: number;
  dropped: boolean;
}

export function contentSource(source: ByteSource, limits: Limits = LIMITS): ContentSource {
  /** In order of use, the last used at the end. */
  const known = new Map<string, Known>();

  function drop(path: string, entry: Known): void {
    if (known.get(path) === entry) known.delete(path);
    entry.dropped = true;
    if (entry.users === 0) giveBack(entry);
  }

  function makeRoom(keep: Known): void {
    const held = [...known].filter(([, entry]) => entry.unpacked !== null);
    let bytes = held.reduce((sum, [, entry]) => sum + entry.size, 0);
    let files = held.length;
    for (const [path, entry] of held) {
      if (bytes <= MOST_BYTES && files <= MOST_FILES) return;
      if (entry === keep || entry.users > 0) continue;
      bytes -= entry.size;
      files--;
      drop(path, entry);
    }
  }

  async function look(path: string, file: ByteFile, options: UnpackOptions | undefined): Promise<Known> {
    const before = known.get(path);
    if (before && isSame(before, file)) {
      known.delete(path);
      known.set(path, before);
      return before;
    }
    if (before) drop(path, before);
    const isPlain = await tellPlain(file);
    const entry: Known = {
      bytes: file.bytes,
      modified: file.modified,
      unpacked: isPlain ? null : unpack(file, source, limits, options),
      size: 0,
      users: 0,
      dropped: false,
    };
    known.set(path, entry);
    return entry;
  }

  return {
    ...source,
    openPlain: (path) => source.open(path),
    async open(path, options) {
      const file = await source.open(path);
      let entry: Known | undefined;
      try {
        entry = await look(path, file, options);
        if (entry.unpacked === null) {
          // A file that grew is as plain as it was.
          return Object.assign(file, { content: PLAIN, packedBytes: file.bytes });
        }
        const used = entry;
        used.users++;
        const unpacked = await entry.unpacked;
        used.size = unpacked.bytes;
        makeRoom(used);
        await file.close();
        return opened(unpacked, file, () => {
          used.users--;
          if (used.dropped && used.users === 0) giveBack(used);
        });
      } catch (error) {
        if (entry) {
          entry.users = 0;
          drop(path, entry);
        }
        await file.close().catch(() => {});
        throw error;
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
  entry.unpacked?.then(({ scratch }) => scratch.close()).catch(() => {});
}

/** A plain file is not looked at again while it only grows, unless all of it was in the first look. */
function isSame(entry: Known, file: ByteFile): boolean {
  if (entry.unpacked === null && entry.bytes > HEAD) return file.bytes >= entry.bytes;
  return file.bytes === entry.bytes && file.modified === entry.modified;
}

async function tellPlain(file: ByteFile): Promise<boolean> {
  const head = await headOf(file, FIRST_LOOK);
  if (sniffPacking(head) !== null) return false;
  const first = head.find((byte, at) => byte > 0x20 && !(at < 3 && byte >= 0xbb));
  if (first !== 0x7b && first !== 0x5b) return true;
  return sniffDocument(head.length < FIRST_LOOK ? head : await headOf(file, HEAD)) === null;
}
