/** What a document holds of a log that is too large for an editor. In VS Code, because its notes are in its words. */
import assert from 'node:assert/strict';
import { createEngine } from '../../../src/engine/engine.ts';
import type { DocumentScope } from '../../../src/host/entryDocuments.ts';
import type { OpenLog } from '../../../src/host/openLog.ts';
import { entryLines, isSameLine } from '../../../src/render/entryLines.ts';
import { type DocumentLimits, type MadeDocument, makeDocument } from '../../../src/views/makeDocument.ts';
import { memorySource } from '../../unit/engine/memorySource.ts';

const root = '/log';
const ENTRIES = 100;
const WIDE: DocumentLimits = { characters: 1e6, lines: 1e6, page: 7 };

const line = (n: number) =>
  `${JSON.stringify({ time: new Date(Date.UTC(2024, 2, 1) + n * 1000), level: 'info', service: 'shop', msg: `step ${n}` })}\n`;

function allLines(): string {
  return Array.from({ length: ENTRIES }, (_, i) => line(i + 1)).join('');
}

async function opened(
  files: Record<string, string>,
): Promise<{ log: Pick<OpenLog, 'ask'>; refresh(): Promise<unknown> }> {
  const engine = createEngine({
    source: memorySource(files),
    sentence: ({ key }) => key,
    writer: { entryLines, isSameLine },
  });
  await engine.open({ root });
  const ask: OpenLog['ask'] = async (question, ...args) =>
    (engine[question] as (root: string, ...rest: unknown[]) => Promise<never>)(root, ...args);
  return { log: { ask }, refresh: () => engine.refresh(root) };
}

/** The steps that the document shows, each line checked against the place it names. */
function steps(made: MadeDocument | string): number[] {
  assert.ok(typeof made !== 'string', String(made));
  const { text, lines } = made;
  const shown = text.split('\n').slice(0, -1);
  assert.equal(shown.length, lines.line.length);
  return shown.flatMap((each, i) => {
    const step = Number(/ step (\d+)$/.exec(each)?.[1] ?? 0);
    assert.equal(lines.line[i], step, each);
    return step === 0 ? [] : [step];
  });
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('a document of entries', () => {
  it('holds all, in pages that join', async () => {
    const { log } = await opened({ 'a.jsonl': allLines() });
    for (const at of [undefined, { file: 'a.jsonl', line: 40 }, { file: 'a.jsonl', line: ENTRIES }]) {
      assert.deepEqual(steps(await makeDocument(log, { kind: 'file', file: 'a.jsonl' }, at, WIDE)), from(1, ENTRIES));
    }
  });

  it('holds of too many lines those around the one it is opened for, and says so', async () => {
    const { log } = await opened({ 'a.jsonl': allLines() });
    const limits = { ...WIDE, lines: 20 };
    for (const [at, first, last] of [
      [1, 1, 20],
      [50, 40, 59],
      [95, 81, 100],
    ]) {
      const made = await makeDocument(log, { kind: 'file', file: 'a.jsonl' }, { file: 'a.jsonl', line: at }, limits);
      assert.deepEqual(steps(made), from(first, last));
      assert.ok(typeof made !== 'string');
      assert.equal(made.text.split('\n')[0], `Too large for an editor: these are entries ${first} to ${last} of 100.`);
    }
  });

  it('holds no more text than it may, and at least the entry it is opened for', async () => {
    const { log } = await opened({ 'a.jsonl': allLines() });
    for (const characters of [1, 500, 2_000]) {
      const limits = { ...WIDE, characters };
      const made = await makeDocument(log, { kind: 'file', file: 'a.jsonl' }, { file: 'a.jsonl', line: 50 }, limits);
      assert.ok(steps(made).includes(50));
      assert.ok(typeof made !== 'string' && made.text.length < characters + 400);
    }
  });

  it('counts what a query finds by service, and says what is wrong with one', async () => {
    const { log } = await opened({ 'a.jsonl': allLines() });
    const made = await makeDocument(log, { kind: 'query', query: 'msg:"step 7"' }, undefined, WIDE);
    assert.deepEqual(steps(made), [7]);
    assert.ok(typeof made !== 'string');
    assert.equal(made.text.split('\n')[0], 'msg:"step 7": 1 entry in 1 service (shop 1)');
    assert.equal(typeof (await makeDocument(log, { kind: 'query', query: 'a:(' }, undefined, WIDE)), 'string');
  });

  it('is of one reading, although the log is read again while it is made', async () => {
    const files = { 'a.jsonl': line(3), 'b.jsonl': line(1) + line(2) };
    const { log, refresh } = await opened(files);
    let asked = 0;
    const ask: OpenLog['ask'] = async (question, ...args) => {
      if (question === 'writeEntries' && asked++ === 1) {
        files['a.jsonl'] = line(3) + line(4) + line(5);
        await refresh();
      }
      return (await log.ask(question, ...args)) as never;
    };
    const made = await makeDocument({ ask }, { kind: 'files', files: [] }, undefined, { ...WIDE, page: 1 });
    assert.ok(typeof made !== 'string');
    const shown = made.text.split('\n').flatMap((each) => / step (\d+)$/.exec(each)?.[1] ?? []);
    assert.deepEqual(shown, ['1', '2', '3', '4', '5']);
  });

  it('is given up where the log is read again all the time', async () => {
    const { log, refresh } = await opened({ 'a.jsonl': allLines() });
    const cases: [question: string, scope: DocumentScope][] = [
      ['writeEntries', { kind: 'files', files: [] }],
      ['search', { kind: 'query', query: 'step' }],
    ];
    for (const [question, scope] of cases) {
      const ask: OpenLog['ask'] = async (asked, ...args) => {
        if (asked === question) await refresh();
        const answer = await log.ask(asked, ...args);
        // As if each stretch of a search were one of many.
        return (asked === 'search' ? { ...(answer as object), next: 0 } : answer) as never;
      };
      const made = await makeDocument({ ask }, scope, undefined, WIDE);
      assert.equal(made, 'The log changes faster than it can be written here.');
    }
  });
});
