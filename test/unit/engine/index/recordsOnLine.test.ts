/** Several records of JSON on a line: each is an entry, as if it stood on a line of its own. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openMemoryLog } from '../openMemoryLog.ts';

interface Line {
  records: string[];
  form: 'glued' | 'spaced' | 'list';
}

const message = fc.constantFrom('ready', 'a }{ b', 'said "[{"', 'é, ü', 'order 17 done');
const record = fc
  .tuple(
    fc.integer({ min: 0, max: 5000 }),
    fc.constantFrom('info', 'error'),
    message,
    fc.constantFrom('t-100', 't-200'),
  )
  .map(([millis, level, msg, trace]) =>
    JSON.stringify({
      time: new Date(1785578400000 + millis).toISOString(),
      level,
      msg,
      nested: { list: [1, {}] },
      trace_id: trace,
    }),
  );
const line = fc.record<Line>({
  records: fc.array(record, { minLength: 1, maxLength: 4 }),
  form: fc.constantFrom('glued', 'spaced', 'list'),
});

const written = ({ records, form }: Line): string => {
  if (form === 'list') return `[${records.join(', ')}]`;
  return records.join(form === 'glued' ? '' : ' ');
};

async function entriesOf(text: string) {
  const { log } = await openMemoryLog({ 'app.log': text });
  const entries = await log.read(Array.from({ length: log.count }, (_, i) => i));
  return { log, entries };
}

const START =
  '{"time":"2026-08-01T10:00:00.000Z","level":"info","msg":"start","nested":{"list":[]},"trace_id":"t-300"}';

describe('records on one line', () => {
  it('are entries as on lines of their own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
        const together = await entriesOf(`${[START, ...lines.map(written)].join('\n')}\n`);
        const apart = await entriesOf(`${[START, ...lines.flatMap(({ records }) => records)].join('\n')}\n`);
        const said = ({ entries }: typeof together) =>
          entries.map(({ timestamp, level, message, ids, fields }) => ({ timestamp, level, message, ids, fields }));
        assert.deepEqual(said(together), said(apart));
        assert.equal(together.log.files[0].unrecognisedLines, 0);
        assert.deepEqual(
          together.entries.map((entry) => entry.line),
          [1, ...lines.flatMap(({ records }, i) => records.map(() => i + 2))],
        );
      }),
      { numRuns: 60 },
    );
  });

  it('are none where one of them is no record', async () => {
    const { log } = await entriesOf(`${START}\n{"msg":"one"}{"size":2}\n[{"size":1},{"size":2}]\n{"msg":"cut"}{"ms\n`);
    assert.equal(log.count, 1);
    assert.equal(log.files[0].unrecognisedLines, 3);
  });
});
