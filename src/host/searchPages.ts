/** Goes through a log stretch by stretch for as long as somebody wants it, and says after each what there is. */

import type { QueryFault, SearchHit, SearchPage } from '../protocol.ts';
import type { OpenLog } from './openLog.ts';

export interface SearchState {
  fault: QueryFault | null;
  /** The first that match. */
  hits: SearchHit[];
  total: number;
  services: ReadonlyMap<string | null, number>;
  notes: readonly string[];
  isComplete: boolean;
}

/** Starts anew where the log was read again meanwhile, for places in the one are none in the other. */
export async function* searchPages(
  log: Pick<OpenLog, 'ask'>,
  query: string,
  mostHits: number,
  isWanted: () => boolean,
): AsyncGenerator<SearchState> {
  let hits: SearchHit[] = [];
  let total = 0;
  let services = new Map<string | null, number>();
  let generation: number | undefined;
  for (let from: number | null = 0; from !== null && isWanted(); ) {
    const page: SearchPage | QueryFault = await log.ask('search', query, from, mostHits - hits.length);
    if ('problem' in page) {
      yield { fault: page, hits: [], total: 0, services: new Map(), notes: [], isComplete: true };
      return;
    }
    if (generation !== undefined && page.generation !== generation) {
      [hits, total, services, from, generation] = [[], 0, new Map(), 0, undefined];
      continue;
    }
    generation = page.generation;
    hits.push(...page.hits);
    total += page.entries.length;
    for (const { name, entries } of page.services) services.set(name, (services.get(name) ?? 0) + entries);
    from = page.next;
    yield { fault: null, hits: [...hits], total, services, notes: page.notes, isComplete: from === null };
  }
}
