/** What the lists of a log are taken from: made when first asked for, and kept for as long as the log stays the same. */
import type { ServiceTrend } from '../../protocol.ts';
import type { Log } from '../index/log.ts';
import { type IdList, idList } from './ids.ts';
import { serviceTrends } from './services.ts';
import { type TraceList, traceList } from './traces.ts';

/** As many bars as stand beside a name in a narrow side bar. */
const TREND_BUCKETS = 8;

export interface Overview {
  services(): ServiceTrend[];
  traces(): TraceList;
  ids(): IdList;
}

export function overview(log: Log): Overview {
  let services: ServiceTrend[] | undefined;
  let traces: TraceList | undefined;
  let ids: IdList | undefined;
  return {
    services() {
      services ??= serviceTrends(log, TREND_BUCKETS);
      return services;
    },
    traces() {
      traces ??= traceList(log);
      return traces;
    },
    ids() {
      ids ??= idList(log);
      return ids;
    },
  };
}
