/** An indexing thread: reads plain files from disk and indexes their segments, one task at a time. */
import { connect, type Port, serve } from '../base/rpc.ts';
import { contentSource } from '../engine/content/contentSource.ts';
import { FileParsers } from '../engine/index/fileParser.ts';
import { examineFile, indexSegments, type LogRules } from '../engine/index/fileTasks.ts';
import { segmentBuffers } from '../engine/index/segment.ts';
import { createFileSource } from './fileByteSource.ts';
import type { IndexThreadApi, IndexThreadEvents } from './indexThreadApi.ts';

export function serveIndexing(port: Port): void {
  const events = connect<IndexThreadEvents>(port);
  let begun: { rules: LogRules; parsers: FileParsers } | undefined;
  const source = contentSource(createFileSource());
  const stopped = new AbortController();
  let task: Promise<unknown> = Promise.resolve();
  const tools = {
    source,
    signal: stopped.signal,
    onBytes: (bytes: number) => void events.bytes(bytes).catch(() => {}),
  };
  const known = () => {
    if (!begun) throw new Error('an indexing thread was asked before it was told how');
    return begun;
  };
  function under<T>(work: Promise<T>): Promise<T> {
    task = work;
    return work;
  }
  serve<IndexThreadApi>(port, {
    begin(rules) {
      begun = { rules, parsers: new FileParsers(rules) };
    },
    async examine(file) {
      // To unpack is for the engine's own thread. What cannot be read is told by the examination.
      if (!(await under(source.isPlain(file.path).catch(() => true)))) return null;
      const { rules, parsers } = known();
      return under(examineFile(file, rules, { ...tools, parsers }));
    },
    index: (segments) => under(indexSegments(segments, { ...tools, parsers: known().parsers })),
    async stop() {
      stopped.abort();
      await task.catch(() => {});
    },
  });
}

/** What of a message moves to the other thread instead of being copied: the columns of segments. */
export function transferOf(message: unknown): ArrayBuffer[] {
  const found = typeof message === 'object' && message !== null && 'ok' in message ? message.ok : null;
  return Array.isArray(found) ? found.flatMap(segmentBuffers) : [];
}
