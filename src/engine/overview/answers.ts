/** The engine's answers to views. What lists are taken from is made when first asked for, and goes with its log. */
import type { OverviewApi, ServiceTrend } from '../../overview.ts';
import { compareTraces } from '../compare/compare.ts';
import { findId } from '../correlation/lookup.ts';
import type { Log } from '../index/log.ts';
import { type IdList, idList } from './ids.ts';
import { serviceTrends } from './services.ts';
import { traceListOf } from './traces.ts';

/** As many bars as stand beside a name in a narrow side bar. */
const TREND_BUCKETS = 8;

interface Lists {
  services?: ServiceTrend[];
  ids?: IdList;
}

export function overviewAnswers(logOf: (root: string) => Log): OverviewApi {
  const kept = new WeakMap<Log, Lists>();
  const listsOf = (log: Log): Lists => {
    const lists = kept.get(log) ?? {};
    kept.set(log, lists);
    return lists;
  };
  const idsOf = (log: Log): IdList => {
    const lists = listsOf(log);
    lists.ids ??= idList(log);
    return lists.ids;
  };
  return {
    async serviceTrends(root) {
      const lists = listsOf(logOf(root));
      lists.services ??= serviceTrends(logOf(root), TREND_BUCKETS);
      return lists.services;
    },
    async traces(root, query, from, count) {
      return traceListOf(logOf(root)).page(query, from, count);
    },
    idKeys: async (root) => [...idsOf(logOf(root)).keys],
    idValues: async (root, key, from, count) => idsOf(logOf(root)).page(key, from, count),
    async compare(root, id, other) {
      const log = logOf(root);
      return compareTraces(log, findId(log, id), other === null ? null : findId(log, other));
    },
  };
}
