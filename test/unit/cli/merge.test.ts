/** How `merge` reads entries back: how often, how many at once, and in which order they come out. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergedLines } from '../../../src/cli/merge.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import type { ByteSource } from '../../../src/engine/source.ts';
import type { Entry } from '../../../src/model.ts';
import { sentence } from '../../../src/render/sentence.ts';
import { createFileSource } from '../../../src/worker/fileByteSource.ts';

const ALL = { from: null, to: null };
const LIMITS = { read: 64, window: 4096, characters: 1 << 20, scan: 256 };

/** The numbers from 0 to `count`, in an order far from theirs but always the same. */
function shuffled(count: number): number[] {
  let state = 1;
  const numbers = Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    state = (state * 48_271) % 2_147_483_647;
    const j = state % (i + 1);
    [numbers[i], numbers[j]] = [numbers[j] ?? 0, numbers[i] ?? 0];
  }
  return numbers;
}

function jsonLine(number: number, message = `number ${number}`): string {
  return JSON.stringify({ time: new Date(Date.UTC(2023, 7, 15) + number).toISOString(), level: 'info', message });
}

/** File reads, with the bytes they gave counted. */
function countingSource(): ByteSource & { bytes: number } {
  const source = createFileSource();
  const counting = {
    ...source,
    bytes: 0,
    async open(path: string) {
      const file = await source.open(path);
      return {
        bytes: file.bytes,
        close: () => file.close(),
        async read(target: Uint8Array, position: number) {
          const read = await file.read(target, position);
          counting.bytes += read;
          return read;
        },
      };
    },
  };
  return counting;
}

describe('merging', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  interface Merged {
    messages: string[];
    /** The most lines that were made and not yet handed out. */
    linesHeld: number;
    /** The most lines that came out at once. */
    largestPiece: number;
    /** The most entries that were read at once. */
    largestRead: number;
    /** How many entries were taken apart. */
    read: number;
    /** How often the text was read over. */
    passes: number;
  }

  async function merged(lines: readonly string[], query: string | null = null): Promise<Merged> {
    const text = `${lines.join('\n')}\n`;
    writeFileSync(join(folder, 'a.jsonl'), text);
    const source = countingSource();
    const engine = createEngine({ source, sentence });
    await engine.open({ root: folder });
    const log = engine.log(folder);
    source.bytes = 0;
    const found: Merged = { messages: [], linesHeld: 0, largestPiece: 0, largestRead: 0, read: 0, passes: 0 };
    const watched: typeof log = Object.create(log, {
      read: {
        value: (entries: ArrayLike<number>) => {
          found.largestRead = Math.max(found.largestRead, entries.length);
          found.read += entries.length;
          return log.read(entries);
        },
      },
    });
    let made = 0;
    const write = ({ message }: Entry): string => {
      made++;
      return message;
    };
    for await (const messages of mergedLines(
      watched,
      ALL,
      query === null ? null : await engine.query(folder, query),
      write,
      LIMITS,
    )) {
      found.linesHeld = Math.max(found.linesHeld, made - found.messages.length);
      found.largestPiece = Math.max(found.largestPiece, messages.length);
      found.messages.push(...messages);
    }
    found.passes = source.bytes / Buffer.byteLength(text);
    return found;
  }

  const inOrder = Array.from({ length: 4000 }, (_, number) => `number ${number}`);

  it('hands out a file in order of time a little at a time, and reads it once', async () => {
    const { messages, linesHeld, passes } = await merged(inOrder.map((_, number) => jsonLine(number)));
    deepEqual(messages, inOrder);
    equal(linesHeld, LIMITS.read);
    // Each time the file is opened, its head is looked at again.
    ok(passes <= 1.05, `${passes} passes`);
  });

  it('reads a file in no order a few times, and holds few entries at once', async () => {
    const { messages, largestPiece, largestRead, passes } = await merged(
      shuffled(4000).map((number) => jsonLine(number)),
    );
    deepEqual(messages, inOrder);
    deepEqual([largestRead, largestPiece], [LIMITS.read, LIMITS.read]);
    ok(passes <= 3, `${passes} passes`);
  });

  it('filters a file in no order', async () => {
    const { messages } = await merged(
      shuffled(4000).map((number) => jsonLine(number)),
      'message:number*77',
    );
    deepEqual(
      messages,
      inOrder.filter((message) => message.endsWith('77')),
    );
  });

  it('takes nothing apart whose bytes lack a word of the query', async () => {
    for (const numbers of [inOrder.keys(), shuffled(4000)]) {
      const lines = Array.from(numbers, (number) => jsonLine(number, `number ${number}${number % 500 ? '' : ' odd'}`));
      const { messages, read } = await merged(lines, 'odd');
      deepEqual(
        messages,
        [0, 500, 1000, 1500, 2000, 2500, 3000, 3500].map((number) => `number ${number} odd`),
      );
      equal(read, messages.length);
    }
  });

  it('holds fewer lines at once where they are long', async () => {
    const long = 'x'.repeat(1 << 13);
    const { messages, linesHeld } = await merged(shuffled(1000).map((number) => jsonLine(number, `${number} ${long}`)));
    deepEqual(
      messages.map((message) => Number.parseInt(message, 10)),
      Array.from({ length: 1000 }, (_, number) => number),
    );
    ok(linesHeld <= LIMITS.characters / long.length, `${linesHeld} lines`);
  });
});
