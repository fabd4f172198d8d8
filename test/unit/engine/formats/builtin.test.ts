import assert from 'node:assert/strict';
import { idKeyRank, REQUEST_RANK } from '../../../../src/engine/correlation/idKeys.ts';
import { builtinFormats } from '../../../../src/engine/formats/builtin.ts';
import { parseFormat } from '../../../../src/engine/formats/readFormat.ts';
import { wildRun } from '../../../../src/engine/parse/pattern/probe.ts';
import { programOf } from '../../../../src/engine/parse/pattern/programs.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

describe('built-in formats', () => {
  for (const format of builtinFormats()) {
    for (const sample of format.samples) {
      it(`${format.name} reads ${sample.line.slice(0, 60)}`, async () => {
        // The file's name must not help: it would give a service.
        const { log } = await openMemoryLog({ '.log': `${sample.line}\n` });
        assert.equal(log.count, 1);
        const chain = log.files[0].format.split(' > ');
        assert.equal(chain[format.kind === 'envelope' ? 0 : chain.length - 1], format.name);
        const [entry] = await log.read([0]);
        const time =
          sample.time === undefined ? null : Date.parse(sample.time) * 1000 + Number(sample.time.slice(23, 26));
        assert.deepEqual(
          {
            time: entry.timestamp,
            level: entry.level ?? undefined,
            service: entry.service ?? undefined,
            trace: entry.ids.find((id) => idKeyRank(id.key) >= REQUEST_RANK)?.value,
            message: entry.message,
          },
          { time, level: sample.level, service: sample.service, trace: sample.trace, message: sample.message ?? '' },
        );
      });
    }
  }

  for (const format of builtinFormats()) {
    const pattern = format.kind === 'pattern' ? format.pattern : format.kind === 'envelope' ? format.prefix : undefined;
    if (pattern === undefined) continue;
    it(`${format.name} gives no line up`, () => {
      const lines = format.samples.map(({ line }) => line);
      assert.equal(
        wildRun(programOf(pattern), [...lines, ...lines.map((line) => line.slice(0, line.length / 2))]),
        null,
      );
    });
  }

  it('refuses a format without samples, and says where a format is broken', () => {
    assert.throws(
      () => parseFormat('{"name":"x","title":"X","kind":"json","names":{},"samples":[]}', 'x.jsonc'),
      /no samples/,
    );
    assert.throws(() => parseFormat('{\n"name": }', 'x.jsonc'), /x\.jsonc:2:\d+: ValueExpected/);
  });
});
