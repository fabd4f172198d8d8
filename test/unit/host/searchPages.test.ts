/** A search that goes through a log in stretches. */
import { deepEqual, equal } from 'node:assert/strict';
import type { OpenLog } from '../../../src/host/openLog.ts';
import { type SearchState, searchPages } from '../../../src/host/searchPages.ts';
import type { QueryFault, SearchPage } from '../../../src/protocol.ts';

type Asked = { from: number; most: number };

function page(generation: number, found: number, next: number | null): SearchPage {
  const row = { column: 1, endLine: 1, timestamp: 0, level: null, service: 'a', message: 'm', file: 'f', line: 1 };
  const hits = Array.from({ length: found }, (_, entry) => ({ ...row, entry }));
  const entries = Uint32Array.from(hits.keys());
  return { generation, hits, entries, services: [{ name: 'a', entries: found }], next, notes: [] };
}

function answering(pages: readonly (SearchPage | QueryFault)[]): { log: Pick<OpenLog, 'ask'>; asked: Asked[] } {
  const asked: Asked[] = [];
  const ask = async (_question: string, _query: string, from: number, most: number): Promise<unknown> => {
    asked.push({ from, most });
    return pages[asked.length - 1];
  };
  return { log: { ask: ask as OpenLog['ask'] }, asked };
}

async function states(log: Pick<OpenLog, 'ask'>, isWanted: () => boolean = () => true): Promise<SearchState[]> {
  const all: SearchState[] = [];
  for await (const state of searchPages(log, 'q', 3, isWanted)) all.push(state);
  return all;
}

describe('the pages of a search', () => {
  it('add up, and ask for no more text than is shown', async () => {
    const { log, asked } = answering([page(1, 2, 10), page(1, 1, 20), page(1, 0, null)]);
    const all = await states(log);
    deepEqual(
      all.map(({ total, hits, isComplete }) => [total, hits.length, isComplete]),
      [
        [2, 2, false],
        [3, 3, false],
        [3, 3, true],
      ],
    );
    deepEqual([...(all.at(-1)?.services ?? [])], [['a', 3]]);
    deepEqual(asked, [
      { from: 0, most: 3 },
      { from: 10, most: 1 },
      { from: 20, most: 0 },
    ]);
  });

  it('stop when nobody wants them', async () => {
    const { log, asked } = answering([page(1, 1, 10), page(1, 1, null)]);
    let wanted = 2;
    equal((await states(log, () => wanted-- > 1)).length, 1);
    equal(asked.length, 1);
  });

  it('begin anew where the log was read again', async () => {
    const { log, asked } = answering([page(1, 2, 10), page(2, 2, 10), page(2, 1, 10), page(2, 2, null)]);
    const all = await states(log);
    deepEqual(
      asked.map(({ from }) => from),
      [0, 10, 0, 10],
    );
    deepEqual(
      all.map(({ total }) => total),
      [2, 1, 3],
    );
  });

  it('tell what is wrong with the query', async () => {
    const { log } = answering([{ problem: 'a quote is not closed', start: 0, end: 1 }]);
    equal((await states(log))[0]?.fault?.problem, 'a quote is not closed');
  });
});
