/** Content as an editor shows it. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { createEngine } from '../../../../src/engine/engine.ts';
import { memorySource } from '../memorySource.ts';

const line = (n: number) =>
  `{"time":"2026-08-01T10:00:00.${String(n).padStart(3, '0')}Z","level":"info","msg":"m${n}"}\n`;
const TEXT = Array.from({ length: 500 }, (_, n) => line(n + 1)).join('');

async function openEngine() {
  const engine = createEngine({ source: memorySource({ 'a.log.gz': gzipSync(TEXT) }), sentence: () => '' });
  const { contents } = await engine.open({ root: '/log' });
  return { engine, contents };
}

describe('the content of a file', () => {
  it('is told of those that are unpacked', async () => {
    assert.deepEqual((await openEngine()).contents, [{ file: 'a.log.gz', language: 'jsonl' }]);
  });

  it('is given whole where it fits', async () => {
    const { engine } = await openEngine();
    assert.deepEqual(await engine.content('/log', 'a.log.gz', 7, 1 << 20), { text: TEXT, firstLine: 1, isWhole: true });
    assert.equal(await engine.content('/log', 'none.log', 7, 1 << 20), null);
  });

  it('is given around a line, in whole lines, where it does not fit', async () => {
    const { engine } = await openEngine();
    for (const wanted of [1, 2, 30, 250, 499, 500]) {
      const part = await engine.content('/log', 'a.log.gz', wanted, 1000);
      assert.ok(part && !part.isWhole && part.text.length <= 1000);
      const lines = part.text.trimEnd().split('\n');
      assert.deepEqual(
        lines.map((text) => `${text}\n`),
        lines.map((_, n) => line(part.firstLine + n)),
      );
      assert.ok(part.firstLine <= wanted && wanted < part.firstLine + lines.length, String(wanted));
    }
  });
});
