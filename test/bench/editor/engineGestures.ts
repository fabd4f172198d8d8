/** What the editor lets nobody look at from outside, asked as the extension asks it: from its thread to the engine's. */
import type { DocumentScope } from '../../../src/host/entryDocuments.ts';
import type { OpenLog } from '../../../src/host/openLog.ts';
import { searchPages } from '../../../src/host/searchPages.ts';
import { makeDocument } from '../../../src/views/makeDocument.ts';
import { idNodes } from '../../../src/views/treeIds.ts';
import { Pages } from '../../../src/views/treeNodes.ts';
import { serviceNodes } from '../../../src/views/treeServices.ts';
import { TraceTree } from '../../../src/views/treeTraces.ts';
import type { Gesture } from './measure.ts';
import type { Places, TracePlace } from './places.ts';

const FILE = 'shop2-order-service.jsonl';
const MOST_HITS = 100;
const LONG_RUNS = 3;
const RUNS_OF_SEARCH = 10;
const NOWHERE = 'a word that is nowhere';
const QUERIES: [name: string, query: string][] = [
  ['a common word', 'payment'],
  ['a rare word', 'HikariPool'],
  [NOWHERE, 'zeppelin'],
  ['a field', 'payment_method:credit_card'],
  ['a number', 'response_time_ms:>890'],
  ['errors of a service', 'level:error service:shop1-order-service'],
];

export function engineGestures(log: OpenLog, places: Places): Gesture[] {
  const ask = (name: string, question: () => Promise<number>, more: Partial<Gesture> = {}): Gesture => ({
    name,
    mostMs: 100,
    ...more,
    make: question,
  });
  const traces = new TraceTree(() => {});
  const pages = new Pages(() => {});
  const nodes = async (made: Promise<readonly unknown[]>): Promise<number> => (await made).length;
  return [
    ask('engine: tree of services', () => nodes(serviceNodes(log))),
    ask('engine: tree of traces, first page', () => nodes(traces.nodes(log))),
    ask('engine: tree of ids', () => nodes(idNodes(log, pages))),
    ask('engine: values of trace_id, first page', async () => (await log.ask('idValues', 'trace_id', 0, 200)).total),
    ask('engine: Find Trace without a text', async () => (await log.ask('findIds', '', 100)).length),
    {
      name: 'engine: timeline of a trace',
      mostMs: 100,
      before: () => places.trace(),
      make: async ({ id }: TracePlace) => ((await log.ask('timeline', { kind: 'trace', id })) === null ? 0 : 1),
    },
    ask('engine: text of a readable file', () => document(log, { kind: 'file', file: FILE }), {
      runs: LONG_RUNS,
      mostMs: null,
    }),
    ask('engine: text of all files merged', () => document(log, { kind: 'files', files: [] }), {
      runs: 1,
      mostMs: null,
    }),
    ...QUERIES.flatMap(([name, query]) => [
      ask(`engine: search for ${name}, first results`, () => search(log, query, true), {
        mostMs: name === NOWHERE ? null : 100,
        runs: name === NOWHERE ? 1 : RUNS_OF_SEARCH,
      }),
      ask(`engine: search for ${name}, to the end`, () => search(log, query, false), { runs: LONG_RUNS, mostMs: null }),
    ]),
    ask('engine: report', async () => (await log.report()).anomalies.length, { runs: 1, mostMs: null }),
    ask('engine: timeline of the incident', async () => ((await log.ask('timeline', { kind: 'incident' })) ? 1 : 0)),
  ];
}

async function document(log: OpenLog, scope: DocumentScope): Promise<number> {
  const made = await makeDocument(log, scope, undefined);
  return typeof made === 'string' ? 0 : made.lines.line.length;
}

/** Finding nothing is an answer too. */
async function search(log: OpenLog, query: string, firstOnly: boolean): Promise<number> {
  let isEnough = false;
  let seen = 0;
  for await (const { hits } of searchPages(log, query, MOST_HITS, () => !isEnough)) {
    seen++;
    isEnough = firstOnly && hits.length > 0;
  }
  return seen;
}
