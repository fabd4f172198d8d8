/** Files of many like lines, which an index may take quickly: it must say what each line says by itself. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeUtf8 } from '../../../../src/base/utf8.ts';
import { NO_SERVICE } from '../../../../src/engine/index/log.ts';
import { idsOf } from '../../../../src/engine/index/reader.ts';
import { ENTRY } from '../../../../src/engine/parse/record.ts';
import { recordsOnLine } from '../../../../src/engine/parse/recordsOnLine.ts';
import { type TrafficRecord, traffic } from '../../../bench/traffic.ts';
import { jsonLine, logfmtLine, springLine } from '../../../bench/written.ts';
import { choppySource } from '../choppySource.ts';
import { damage, damaged } from '../damage.ts';
import { editorLines } from '../logFiles.ts';
import { memorySource } from '../memorySource.ts';
import { openSource } from '../openMemoryLog.ts';

function first(count: number, seed: number): TrafficRecord[] {
  const found: TrafficRecord[] = [];
  for (const record of traffic(seed)) if (found.push(record) === count) break;
  return found;
}

/** The entry's part of its line, which a lost line end may have it share with the next. */
function ownText(line: Uint8Array, lines: ArrayLike<number>, entry: number): Uint8Array {
  let before = 0;
  while (before < entry && lines[entry - before - 1] === lines[entry]) before++;
  if (before === 0 && lines[entry + 1] !== lines[entry]) return line;
  const places = recordsOnLine(line, 0, line.length) ?? [];
  return line.subarray(places[2 * before], places[2 * before + 1]);
}

/** Some lines damaged, some written twice, some with carriage returns. */
const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom('damage', 'damage', 'repeat', 'cr'), damage), {
  maxLength: 12,
});
const NONE = { at: 0, cut: 0, insert: [] };
const sizes = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 4 });

for (const write of [jsonLine, logfmtLine, springLine]) {
  describe(`many lines by ${write.name}`, () => {
    it('are indexed as each is read by itself', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(1000), changes, sizes, async (seed, changed, pieces) => {
          const lines = first(300, seed).map((record): Uint8Array => Buffer.from(write(record)));
          for (const [which, how, damages] of changed) {
            const at = which % lines.length;
            if (how === 'damage') lines[at] = damaged(lines[at], damages);
            else if (how === 'repeat') lines.splice(at, 0, lines[at]);
            else lines[at] = Buffer.concat([lines[at].subarray(0, -1), Buffer.from('\r\n')]);
          }
          const bytes = Buffer.concat(lines);
          const source = choppySource(memorySource({ '.log': bytes }), pieces);
          const { log, reader } = await openSource(source, { paths: ['/log/.log'] });
          assert.ok(log.count > 200);
          const parser = reader.parser(0);
          const texts = editorLines(bytes);
          const idsIn = new Map<number, Set<number>>();
          for (let id = 1; id <= log.ids.count; id++) {
            for (const entry of log.ids.entries(id)) idsIn.set(entry, (idsIn.get(entry) ?? new Set()).add(id));
          }
          const templateOf = new Map<number, number>();
          for (let entry = 0; entry < log.count; entry++) {
            const text = ownText(texts[log.line[entry] - 1], log.line, entry);
            parser.reset();
            const record = parser.parse(text, 0, text.length);
            assert.equal(record.kind, ENTRY);
            const own = [record.time, record.level, record.durationMs, parser.services.names[record.service] ?? ''];
            const service = log.service[entry] === NO_SERVICE ? '' : log.services[log.service[entry]];
            const indexed = [log.time[entry], log.level[entry], log.durationMs[entry], service];
            assert.deepEqual(indexed, [...own.slice(0, 2), Math.fround(record.durationMs), own[3]], decodeUtf8(text));
            if (record.messageStart >= 0) {
              assert.equal(templateOf.get(parser.textIds.shape) ?? log.template[entry], log.template[entry]);
              templateOf.set(parser.textIds.shape, log.template[entry]);
            }
            const ids = new Set(idsOf(parser, record).map(({ normalised }) => log.ids.find(normalised)));
            assert.deepEqual(idsIn.get(entry) ?? new Set(), ids, decodeUtf8(text));
            const keys = record.isFields ? parser.keys() : log.layouts[log.layout[entry]];
            assert.deepEqual(log.layouts[log.layout[entry]], keys);
          }
        }),
        {
          numRuns: 40,
          examples: [
            [
              767,
              [
                [0, 'repeat', NONE],
                [1982107985, 'damage', { at: 2147483635, cut: 1, insert: [46] }],
              ],
              [13],
            ],
            // A line end is lost.
            [956, [[22, 'damage', { at: 841157476, cut: 1, insert: [] }]], [1]],
          ],
        },
      );
    });
  });
}
