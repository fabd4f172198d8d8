/** Which entries a document of entries shows, from columns alone. */
import type { EntryList, EntryScope } from '../../documents.ts';
import { type Joins, joinsOf } from '../correlation/joins.ts';
import { findId } from '../correlation/lookup.ts';
import { normaliseId } from '../correlation/normalise.ts';
import { NO_ID, NO_SERVICE } from '../index/log.ts';
import type { MergedLog } from '../index/mergedLog.ts';
import type { OpenLog } from '../openLog.ts';

/** Null where the log does not hold what is named. */
export function listEntries({ log, generation }: OpenLog, scope: EntryScope): EntryList | null {
  const list = scope.kind === 'trace' ? ofTrace(log, scope.id) : ofFiles(log, scope);
  return list && { generation, services: countServices(log, list.entries), ...list };
}

type Listed = Omit<EntryList, 'generation' | 'services'>;

function ofTrace(log: OpenLog['log'], text: string): Listed | null {
  const id = findId(log, text);
  if (id === NO_ID) return null;
  const recorded = log.ids.entries(id);
  const { joined, unclear } = joinsOf(log, id);
  const inferred = joined.map(({ entry, via, traces }) => ({
    entry,
    via: { key: log.ids.key(via), id: log.ids.text(via), traces },
  }));
  const entries = inOrderOfTime(log, recorded, joined);
  return { id: normaliseId(text), entries, inferred, unclear, unreadLines: 0 };
}

/** Both are in order of time; an entry without one, which is never inferred, stays behind the one it follows. */
function inOrderOfTime({ time }: MergedLog, recorded: Uint32Array, joined: Joins['joined']): Uint32Array {
  const { length } = joined;
  const all = new Uint32Array(recorded.length + length);
  let at = 0;
  let next = 0;
  for (const entry of recorded) {
    while (next < length && time[joined[next].entry] < time[entry]) all[at++] = joined[next++].entry;
    all[at++] = entry;
  }
  while (next < length) all[at++] = joined[next++].entry;
  return all;
}

function ofFiles(log: MergedLog, scope: Exclude<EntryScope, { kind: 'trace' }>): Listed | null {
  const numbers = log.files.map(({ path }, number) => ({ path, number }));
  const names = scope.kind === 'file' ? [scope.file] : scope.files;
  const chosen = names.length === 0 ? numbers : numbers.filter(({ path }) => names.includes(path));
  if (chosen.length === 0) return null;
  const unreadLines = chosen.reduce((sum, { number }) => sum + log.files[number].unrecognisedLines, 0);
  return { id: null, entries: entriesOf(log, scope.kind, chosen), inferred: [], unclear: 0, unreadLines };
}

function entriesOf(log: MergedLog, kind: 'file' | 'files', chosen: readonly { number: number }[]): Uint32Array {
  if (kind === 'file') {
    const from = log.firstEntry[chosen[0].number];
    return Uint32Array.from({ length: log.firstEntry[chosen[0].number + 1] - from }, (_, i) => from + i);
  }
  if (chosen.length === log.files.length) return log.order.slice();
  const isChosen = new Uint8Array(log.files.length);
  for (const { number } of chosen) isChosen[number] = 1;
  return log.order.filter((entry) => isChosen[log.file[entry]] === 1);
}

function countServices(log: MergedLog, entries: Uint32Array): EntryList['services'] {
  const counts = new Map<number, number>();
  for (const entry of entries) counts.set(log.service[entry], (counts.get(log.service[entry]) ?? 0) + 1);
  return [...counts].map(([service, count]) => ({
    name: service === NO_SERVICE ? null : log.services[service],
    entries: count,
  }));
}
