/** What holds for whatever a file may hold. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createEngine } from '../../../../src/engine/engine.ts';
import { NO_ID } from '../../../../src/engine/index/log.ts';
import { idAt, lineTokens } from '../../../../src/engine/lineTokens.ts';
import type { OpenLog } from '../../../../src/engine/openLog.ts';
import { choppySource } from '../choppySource.ts';
import { logContent } from '../logContent.ts';
import { editorLines, logBytes, logText } from '../logFiles.ts';
import { memorySource } from '../memorySource.ts';
import { openMemoryLog, openSource } from '../openMemoryLog.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();
/** The word before an id, and then before what only looks like one. */
const idOfOddDigits = ['c793869b', 'c793869b', '793869b']
  .map(
    (first) =>
      `[2026-08-01 10:00:00,067: WARNING/Worker-1] Task orders.process[${first}-ee49-115b-a5b6-4fd21e8dedac] retry\n`,
  )
  .join('');
const openOne = (bytes: Uint8Array | string): Promise<OpenLog> =>
  openMemoryLog({ 'a.log': bytes }, { paths: ['/log/a.log'] });

describe('a file of any bytes', () => {
  it('has each line as one of entry, continuation, blank and unrecognised, under the number an editor gives it', async () => {
    await fc.assert(
      fc.asyncProperty(logBytes, async (bytes) => {
        const { log, reader } = await openOne(bytes);
        const lines = editorLines(bytes).map((line) => decoder.decode(line));
        // A byte order mark is no text.
        if (lines.length > 0) lines[0] = lines[0].replace(/^\ufeff/, '');
        const [file] = log.files;
        // Of such a file the lines are those of its content.
        fc.pre(!file.unpacked && file.encoding === 'utf-8');
        assert.equal(file.lines, lines.length);
        assert.equal(file.entries + file.blankLines + file.continuationLines + file.unrecognisedLines, lines.length);
        const read = await reader.readLines(Array.from({ length: log.count }, (_, entry) => entry));
        let covered = 0;
        for (const [entry, { lines: own }] of read.entries()) {
          const { line, endLine } = log.row(entry);
          assert.ok(line > covered, 'entries overlap');
          assert.deepEqual(own, lines.slice(line - 1, endLine));
          for (let at = covered + 1; at <= endLine; at++) assert.equal(log.entryAt(0, at), at < line ? -1 : entry);
          covered = endLine;
        }
        assert.ok(covered <= lines.length);
      }),
      { numRuns: 500 },
    );
  });

  it('reads back of each entry what was indexed of it', async () => {
    await fc.assert(
      fc.asyncProperty(logBytes, async (bytes) => {
        const { log, reader } = await openOne(bytes);
        const entries = await log.read(Array.from({ length: log.count }, (_, entry) => entry));
        const found = new Map<number, number>();
        for (const { entry, ids } of entries) {
          for (const { normalised } of ids) {
            const id = log.ids.find(normalised);
            assert.notEqual(id, NO_ID, normalised);
            assert.ok(log.ids.entries(id).includes(entry), normalised);
          }
          for (const normalised of new Set(ids.map((id) => id.normalised))) {
            const id = log.ids.find(normalised);
            found.set(id, (found.get(id) ?? 0) + 1);
          }
        }
        for (let id = 1; id <= log.ids.count; id++) assert.equal(log.ids.entries(id).length, found.get(id) ?? 0);
        for (const line of editorLines(bytes).map((own) => decoder.decode(own))) {
          let last = 0;
          for (const { start, length, role } of lineTokens(reader.parser(0), line)) {
            assert.ok(start >= last && start + length <= line.length, `tokens of ${line}`);
            last = start + length;
            if (role === 'id') assert.ok(idAt(reader.parser(0), line, start + 1), `the id at ${start} of ${line}`);
          }
        }
      }),
      { numRuns: 500, examples: [[encoder.encode(idOfOddDigits)]] },
    );
  });

  it('gives the same index in whatever pieces it is read', async () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3000 })), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(logBytes, logText, sizes, async (damaged, whole, pieces) => {
        const files = { 'a.log': damaged, 'b.jsonl': whole, 'c.log': gzipSync(damaged), 'd.log': `\ufeff${whole}` };
        const source = memorySource({ ...files, 'd.log': Buffer.from(files['d.log'], 'utf16le') });
        const request = { paths: Object.keys(files).map((name) => `/log/${name}`) };
        const [expected, found] = [
          await openSource(source, request),
          await openSource(choppySource(source, pieces), request),
        ];
        assert.deepEqual(logContent(found.log), logContent(expected.log));
      }),
      { numRuns: 200 },
    );
  });

  it('gives answers at every door of the engine', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(logBytes, { minLength: 1, maxLength: 3 }), async (files) => {
        const names = files.map((bytes, i): [string, Uint8Array] => [`service-${i}.log`, bytes]);
        const engine = createEngine({ source: memorySource(Object.fromEntries(names)), sentence: () => '' });
        const root = '/log';
        const { entries } = await engine.open({ root, paths: names.map(([name]) => `/log/${name}`) });
        await engine.report(root);
        await engine.services(root);
        for (const [name] of names) await engine.fileServices(root, name);
        await engine.timeline(root, { kind: 'incident' });
        for (const { id } of await engine.findIds(root, '', 5)) {
          assert.ok(((await engine.trace(root, id))?.entries.length ?? 0) > 0, id);
          assert.ok((await engine.occurrences(root, id, 10)).total > 0, id);
          await engine.timeline(root, { kind: 'trace', id });
        }
        for (let entry = 0; entry < entries; entry++) assert.equal((await engine.entry(root, entry))?.entry, entry);
      }),
      { numRuns: 150 },
    );
  });
});
