import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { findId, occurrence, searchIds, summarise } from '../../../../src/engine/correlation/lookup.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { at, json } from './lines.ts';

const SAMPLE = 'samples/primomart';
const sampleFiles = () =>
  Object.fromEntries(
    readdirSync(SAMPLE)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => [name, readFileSync(`${SAMPLE}/${name}`, 'utf8')]),
  );

describe('index of the PrimoMart sample', () => {
  it('holds 72 entries of 5 services, nothing unrecognised', async () => {
    const { log, summary } = await openMemoryLog(sampleFiles());
    assert.equal(summary.entries, 72);
    assert.equal(summary.services, 5);
    assert.equal(summary.unrecognisedLines, 0);
    assert.deepEqual(
      log.files.map((file) => file.entries),
      [10, 8, 18, 22, 14],
    );
  });

  for (const [id, entries, files] of [
    ['3d4e5f6a7b8c', 14, 4],
    ['1a2b3c4d5e6f', 12, 4],
    ['2c3d4e5f6a7b', 12, 4],
    ['order_65432', 9, 3],
    ['efghi5678901', 2, 1],
  ] as const) {
    it(`${id} has ${entries} entries in ${files} files, in order of time`, async () => {
      const { log, reader } = await openMemoryLog(sampleFiles());
      const summary = summarise(log, findId(log, id));
      assert.deepEqual([summary.entries, summary.files], [entries, files]);
      const read = await reader.readLines(log.ids.entries(findId(log, id)));
      const found = read.map((entry) => occurrence(entry, (other) => other === id));
      for (const [i, one] of found.entries()) {
        assert.ok(i === 0 || (one.timestamp ?? 0) >= (found[i - 1].timestamp ?? 0));
        const [{ line, start, end }] = one.ranges;
        assert.equal(line, one.line);
        assert.equal(
          sampleFiles()
            [one.file].split('\n')
            [line - 1].slice(start - 1, end - 1),
          id,
        );
      }
    });
  }

  it('keeps both values of a repeated key and shows the last', async () => {
    const { log } = await openMemoryLog(sampleFiles());
    const [entry] = await log.read([log.entryAt(1, 6)]);
    assert.deepEqual(
      entry.fields.filter((field) => field.key === 'message').map((field) => field.value),
      ['Connection count critical', 'Approaching connection limit'],
    );
    assert.equal(entry.message, 'Approaching connection limit');
  });

  it('is the same whatever the order in which files are listed', async () => {
    const forward = await openMemoryLog(sampleFiles());
    const backward = await openMemoryLog(Object.fromEntries(Object.entries(sampleFiles()).reverse()));
    assert.deepEqual(backward.log.order, forward.log.order);
    assert.deepEqual(backward.log.trace, forward.log.trace);
    assert.deepEqual(backward.log.services, forward.log.services);
  });

  it('offers failing traces of many services first', async () => {
    const { log } = await openMemoryLog(sampleFiles());
    assert.deepEqual(
      searchIds(log, '', 3).map((found) => found.id),
      ['3d4e5f6a7b8c', '2c3d4e5f6a7b', '8c7b6a5f4e3d'],
    );
    assert.equal(searchIds(log, 'order_654', 5)[0].id, 'order_65432');
  });
});

describe('files of a folder', () => {
  const entry = json({ time: at(1), level: 'info', service: 'a', msg: 'a' });
  it('takes logs, skips the rest with a reason, survives what cannot be read', async () => {
    const { log, summary } = await openMemoryLog({
      'a.jsonl': entry,
      'empty.log': '',
      'notes.txt': 'Some prose.\nMore of it.\n',
      'package.json': '{\n  "name": "x"\n}\n',
      'picture.png': 'x',
      'secret.log': () => {
        throw new Error('no permission to read it');
      },
    });
    assert.deepEqual(
      log.files.map((file) => file.path),
      ['a.jsonl', 'empty.log'],
    );
    assert.deepEqual(
      summary.skipped.map((file) => file.path),
      ['notes.txt', 'package.json', 'secret.log'],
    );
    assert.equal(summary.skipped[2].reason, 'no permission to read it');
  });

  it('counts services, and not the entries that name none', async () => {
    const { summary } = await openMemoryLog({ 'a.jsonl': entry + json({ time: at(2), level: 'info', msg: 'b' }) });
    assert.equal(summary.services, 1);
  });

  it('reads a file named outright whatever is in it', async () => {
    const { log } = await openMemoryLog({ 'notes.txt': 'Some prose.\n' }, { paths: ['/log/notes.txt'] });
    assert.equal(log.files[0].unrecognisedLines, 1);
  });

  it('gives back entries without text when their file is gone', async () => {
    const files: Record<string, string> = { 'a.jsonl': entry };
    const { log } = await openMemoryLog(files);
    delete files['a.jsonl'];
    const [read] = await log.read([0]);
    assert.deepEqual([read.level, read.message], ['info', '']);
  });

  it('honours include and exclude', async () => {
    const files = { 'x/a.jsonl': entry, 'x/b.jsonl': entry, 'c.data': entry };
    const paths = async (request: object) => (await openMemoryLog(files, request)).log.files.map((file) => file.path);
    assert.deepEqual(await paths({ exclude: ['x/a*'] }), ['x/b.jsonl']);
    assert.deepEqual(await paths({ include: ['**/*.data'] }), ['c.data']);
  });
});
