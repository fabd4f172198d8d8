/** The report over an indexed folder says what the report over the same lines in memory says. */
import { deepEqual, equal } from 'node:assert/strict';
import { resolve } from 'node:path';
import { createEngine } from '../../../../src/engine/engine.ts';
import { sentence } from '../../../../src/render/sentence.ts';
import { createFileSource } from '../../../../src/worker/fileByteSource.ts';
import { picture, report, sampleFiles } from './sample.ts';

describe('the report over an indexed folder', () => {
  it('equals the one over memory', async () => {
    const engine = createEngine({ source: createFileSource(), sentence });
    const root = resolve('samples/primomart');
    await engine.open({ root });
    const indexed = await engine.report(root);
    deepEqual(picture(indexed), picture(await report(sampleFiles())));
    equal(indexed.files.length, 5);
  });
});
