import { equal, notEqual, ok } from 'node:assert/strict';
import { visitsOf } from '../../../../src/engine/behaviour/visits.ts';
import { type Log, NO_SPAN } from '../../../../src/engine/index/log.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { inTrace, story } from '../story.ts';
import { generatedIncident } from './generatedIncident.ts';

describe('visits', () => {
  for (const seed of [1, 2]) {
    describe(`of generated traces (seed ${seed})`, () => {
      let log: Log;
      before(async () => {
        ({ log } = await openMemoryLog(generatedIncident(seed, null, 30).files));
      });

      it('hold spans of one service each, and are called by another', () => {
        const visits = visitsOf(log);
        let spans = 0;
        for (let entry = 0; entry < log.count; entry++) {
          const parent = log.spanParent?.[entry] ?? NO_SPAN;
          if (parent < 0) continue;
          spans++;
          const isSame = log.service[parent] === log.service[entry];
          equal(visits.of[parent] === visits.of[entry], isSame);
          if (!isSame) equal(visits.caller[visits.of[entry]], visits.of[parent]);
        }
        ok(spans > 100, `${spans} spans`);
      });

      it('hold each line whose span they hold', async () => {
        const visits = visitsOf(log);
        const all = await log.read(Array.from({ length: log.count }, (_, entry) => entry));
        const idOf = (entry: (typeof all)[number]) => String(entry.fields.find(({ key }) => key === 'span_id')?.value);
        const isSpan = ({ entry }: { entry: number }) => log.spanParent?.[entry] !== NO_SPAN;
        const spans = new Map(all.filter(isSpan).map((entry) => [idOf(entry), entry.entry]));
        const lines = all.filter((entry) => !isSpan(entry));
        ok(lines.length > 100, `${lines.length} lines`);
        for (const line of lines) equal(visits.of[line.entry], visits.of[spans.get(idOf(line)) ?? -1]);
      });
    });
  }

  it('are all that a service writes in a trace, where no spans are recorded', () => {
    const log = story([
      [0, 'edge', 'INFO', 'begins', inTrace('a')],
      [1, 'shop', 'INFO', 'works', inTrace('a')],
      [2, 'edge', 'INFO', 'ends', inTrace('a')],
      [3, 'edge', 'INFO', 'begins', inTrace('b')],
      [4, 'edge', 'INFO', 'idles'],
    ]);
    const visits = visitsOf(log);
    const of = (text: string) => log.templates.findIndex((template) => template.text === text);
    const entries = (text: string) => [...log.order].filter((entry) => log.template[entry] === of(text));
    const [first, second] = entries('begins');
    equal(visits.count, 3);
    equal(visits.of[entries('ends')[0]], visits.of[first]);
    notEqual(visits.of[second], visits.of[first]);
    equal(visits.kind[visits.of[second]], visits.kind[visits.of[first]]);
    equal(visits.of[entries('idles')[0]], -1);
  });
});
