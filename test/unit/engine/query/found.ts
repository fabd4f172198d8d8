/** What a query finds in a log, through the engine's own reading. */
import { ok } from 'node:assert/strict';
import type { Log } from '../../../../src/engine/index/log.ts';
import { type BoundQuery, bindQuery } from '../../../../src/engine/query/bind.ts';
import { parseQuery } from '../../../../src/engine/query/parse.ts';
import { searchStretch } from '../../../../src/engine/query/search.ts';

export function bound(log: Log, text: string): BoundQuery {
  const parsed = parseQuery(text);
  ok(!('message' in parsed), 'message' in parsed ? JSON.stringify(parsed) : '');
  return bindQuery(parsed, log, '/log');
}

/** The messages of all entries that match, in order of time. */
export async function found(log: Log, text: string): Promise<string[]> {
  const query = bound(log, text);
  const messages: string[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const stretch = await searchStretch(log, query, from, 1000, {
      entries: 7,
      read: { first: 2, most: 3 },
      scan: { first: 5, most: 6 },
    });
    messages.push(...stretch.hits.map(({ message }) => message));
    from = stretch.next;
  }
  return messages;
}
