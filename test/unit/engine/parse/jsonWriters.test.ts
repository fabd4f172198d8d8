/** Writers of JSON differ in blanks and escapes; what they say is the same. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { builtinFormats } from '../../../../src/engine/formats/builtin.ts';
import { lineTokens } from '../../../../src/engine/lineTokens.ts';
import type { Json } from '../../../../src/model.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const lines = builtinFormats()
  .flatMap(({ samples }) => samples.map(({ line }) => line))
  .filter((line) => line.startsWith('{'));

/** How a writer writes: what it puts between tokens, and which characters it escapes without need. */
interface Writer {
  blank: string;
  escapes: RegExp;
}

const writers = fc.record({
  blank: fc.constantFrom('', ' ', '\t'),
  // As PHP does, as Python does, as .NET does.
  escapes: fc.constantFrom(/\//g, /[^\x20-\x7e]/g, /[<>&'+`]/g),
});

function written(value: Json, writer: Writer): string {
  const { blank, escapes } = writer;
  if (typeof value === 'string') {
    const escaped = (char: string) => (char === '/' ? '\\/' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const plain = JSON.stringify(value).slice(1, -1);
    // What must be escaped stays as it is.
    return `"${plain.replace(/\\u.{4}|\\.|[^\\]+/g, (part) => (part[0] === '\\' ? part : part.replace(escapes, escaped)))}"`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => written(item, writer)).join(`,${blank}`)}]`;
  const members = Object.entries(value).map(([key, v]) => `${written(key, writer)}:${blank}${written(v, writer)}`);
  return `{${blank}${members.join(`,${blank}`)}${blank}}`;
}

describe('a JSON record', () => {
  for (const line of lines) {
    it(`says the same whoever writes it: ${line.slice(0, 60)}`, async () => {
      const read = async (text: string) => {
        const { log } = await openMemoryLog({ '.log': `${text}\n` });
        return { entries: await log.read([0]), templates: log.templates, ids: log.ids.count };
      };
      const value = JSON.parse(line) as Json;
      const expected = await read(JSON.stringify(value));
      await fc.assert(
        fc.asyncProperty(writers, async (writer) => {
          assert.deepEqual(await read(written(value, writer)), expected);
        }),
        { numRuns: 12 },
      );
    });
  }
});

describe('a message with escapes', () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const cases: [name: string, message: string, template: string][] = [
    ['in quotes', `Order "${trace}" can't be paid`, 'Order "<*>" can\'t be paid'],
    ['behind a line end', `refused\n${trace}\tof shop`, 'refused\n<*>\tof shop'],
    ['behind its key', `über C:\\logs trace_id=${trace}`, 'über C:\\logs trace_id=<*>'],
  ];
  const escapeAll = (text: string) =>
    text.replace(/[^a-z0-9 =]/gi, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  for (const [name, message, template] of cases) {
    it(`has the shape and the ids of its text: ${name}`, async () => {
      const plain = JSON.stringify({ time: '2026-08-01T10:00:00Z', level: 'info', message });
      const wary = `{"time":"2026-08-01T10:00:00Z","level":"info","message":"${escapeAll(message)}"}`;
      const { log, reader } = await openMemoryLog({ '.log': `${plain}\n${wary}\n${plain}\n${wary}\n` });
      assert.deepEqual([...log.ids.entries(log.ids.find(trace))], [0, 1, 2, 3]);
      assert.deepEqual(
        log.templates.map(({ text }) => text),
        [template],
      );
      for (const line of [plain, wary]) {
        const ids = lineTokens(reader.parser(0), line).filter(({ role }) => role === 'id');
        assert.deepEqual(
          ids.map(({ start, length }) => line.slice(start, start + length)),
          [trace],
        );
      }
    });
  }
});
