/**
 * Turns what a file holds into plain UTF-8 with a record a line, written to scratch space piece by piece:
 * nothing is ever held whole, and the result is read at random like any file.
 */
import type { ByteFile, ByteSource, ScratchFile } from '../source.ts';
import { peek, piecesOf } from './pieces.ts';
import { type DocumentKind, recordLines, sniffDocument } from './records/documents.ts';
import { PLAIN_DOCUMENT } from './records/expand.ts';
import { type Packing, sniffPacking } from './sniff.ts';
import { fromUtf16 } from './utf16.ts';

/** What the bytes of a file are beyond plain lines. */
export interface ContentInfo {
  /** Outermost first; the encoding is not among them. */
  layers: string[];
  encoding: string;
  /** Whether lines of the content are not lines of the file as an editor shows it. */
  unpacked: boolean;
  /** What could not be read of it, in words; null where all was. */
  loss: string | null;
}

export interface Unpacked extends ContentInfo {
  bytes: number;
  scratch: ScratchFile;
}

export interface Limits {
  /** Bytes of content a file may unpack to. */
  most: number;
  /** From `generous` bytes on, no more than so many times the bytes on disk. */
  ratio: number;
  generous: number;
}

/** Logs shrink to a tenth, repetitive ones to a hundredth; what claims far more is made to fill disks. */
export const LIMITS: Limits = { most: 8 * 2 ** 30, ratio: 500, generous: 2 ** 26 };

export const HEAD = 1 << 16;
/** A layer in a layer in a layer is odd already. */
const MOST_LAYERS = 5;
const BLOCK = 1 << 18;

export interface UnpackOptions {
  /** Ends the unpacking, which may take long. */
  signal?: AbortSignal;
  /** Why content that begins so is not wanted; null where it is. Asked before anything is written. */
  refuse?(head: Uint8Array, isWhole: boolean): string | null;
}

/** Unpacks a file. Rejects where it unpacks to more than the limits allow, or to what is not wanted. */
export async function unpack(
  file: ByteFile,
  source: ByteSource,
  limits: Limits,
  { signal, refuse }: UnpackOptions = {},
): Promise<Unpacked> {
  const info: ContentInfo = { layers: [], encoding: 'utf-8', unpacked: false, loss: null };
  const stream = limited(await plainStream(file, source, info, signal), file.bytes, limits, signal);
  const { scratch, bytes } = await fill(stream, source, refuse);
  return { ...info, bytes, scratch };
}

/** Takes off layer after layer, each told by the head of what the one around it holds. */
async function plainStream(
  file: ByteFile,
  source: ByteSource,
  info: ContentInfo,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  let stream: AsyncIterable<Uint8Array> = piecesOf(file, () => signal?.throwIfAborted());
  for (;;) {
    const { head, all } = await peek(stream, HEAD);
    const packing = info.layers.length < MOST_LAYERS ? sniffPacking(head) : null;
    if (packing === null) {
      const document = sniffDocument(head);
      return document === null ? all : records(all, document, info);
    }
    stream = takeOff(packing, all, source, info, signal);
  }
}

function records(
  stream: AsyncIterable<Uint8Array>,
  document: DocumentKind,
  info: ContentInfo,
): AsyncIterable<Uint8Array> {
  info.unpacked = true;
  return recordLines(stream, document, ([schema], isCutOff) => {
    info.layers.push(schema ?? PLAIN_DOCUMENT);
    if (isCutOff) info.loss ??= 'it ends in the middle of a record';
  });
}

function takeOff(
  packing: Packing,
  stream: AsyncIterable<Uint8Array>,
  source: ByteSource,
  info: ContentInfo,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  switch (packing) {
    case 'gzip':
    case 'zstd':
      info.layers.push(packing);
      info.unpacked = true;
      return readable(source.decompress(packing, stream), source, info, signal);
    default:
      info.encoding = packing;
      return fromUtf16(packing, stream);
  }
}

/** What can be read of a damaged stream is worth reading; the loss is told. */
async function* readable(
  stream: AsyncIterable<Uint8Array>,
  source: ByteSource,
  info: ContentInfo,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let any = false;
  try {
    for await (const piece of stream) {
      any = true;
      yield piece;
    }
  } catch (error) {
    if (!any || signal?.aborted) throw error;
    info.loss ??= source.reason(error);
  }
}

async function* limited(
  stream: AsyncIterable<Uint8Array>,
  packed: number,
  limits: Limits,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of stream) {
    // A piece of the file may become a great many of these.
    signal?.throwIfAborted();
    bytes += piece.length;
    if (bytes > limits.most) throw new Error(`it unpacks to more than ${sizeName(limits.most)}`);
    if (bytes > limits.generous && bytes > packed * limits.ratio) {
      throw new Error(`it unpacks to more than ${limits.ratio} times its size`);
    }
    yield piece;
  }
}

/** Writes in blocks, for layers may give crumbs. */
async function fill(
  stream: AsyncIterable<Uint8Array>,
  source: ByteSource,
  refuse: UnpackOptions['refuse'],
): Promise<{ scratch: ScratchFile; bytes: number }> {
  const block = new Uint8Array(BLOCK);
  let held = 0;
  let bytes = 0;
  let scratch: ScratchFile | undefined;
  const write = async (part: Uint8Array, isWhole: boolean): Promise<ScratchFile> => {
    if (scratch === undefined) {
      const reason = refuse?.(part.subarray(0, HEAD), isWhole && part.length <= HEAD);
      if (reason) throw new Error(reason);
      scratch = await source.scratch();
    }
    await scratch.write(part);
    bytes += part.length;
    return scratch;
  };
  try {
    for await (const piece of stream) {
      if (held + piece.length > BLOCK && held > 0) {
        await write(block.subarray(0, held), false);
        held = 0;
      }
      if (piece.length > BLOCK) await write(piece, false);
      else {
        block.set(piece, held);
        held += piece.length;
      }
    }
    return { scratch: await write(block.subarray(0, held), true), bytes };
  } catch (error) {
    await scratch?.close();
    throw error;
  }
}

function sizeName(bytes: number): string {
  return bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GB` : `${bytes} bytes`;
}
