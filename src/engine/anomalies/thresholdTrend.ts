/** A gauge that will reach its limit within half an hour, as it climbs: told before the limit is. */
import type { Entry } from '../../model.ts';
import { NO_SERVICE } from '../index/log.ts';
import { limitPairs } from './pairing.ts';
import { peerFieldsOf } from './peerFields.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import type { Cluster } from './survey.ts';
import { firstTrend, type Point, type Trend } from './trend.ts';

/** Entries read of one kind of line, and of all. */
const READ_EACH = 240;
const READ_AT_MOST = 4800;
const FEWEST_POINTS = 5;

interface Gauge {
  /** The key of the value, and of its limit. */
  key: string;
  limit: string;
  points: Point[];
}

export const thresholdTrend: LogRule = {
  name: 'threshold-trend',
  async run(study: Study): Promise<LogVerdict> {
    const { log, survey } = study;
    const gauges = gaugesIn(await log.read(entriesOfGauges(study)));
    const found = gauges.flatMap(({ points, ...keys }) => {
      const trend = firstTrend(points, study.thresholds['threshold-trend']);
      return trend && survey.includes(points[trend.at].entry) ? [{ ...keys, points, trend }] : [];
    });
    const lines = await log.read(
      found.flatMap(({ points, trend }) => [points[trend.at].entry, points[trend.from].entry]),
    );
    const findings = found.map(({ key, limit, points, trend }, index): Finding => {
      const [shows, first] = [lines[2 * index], lines[2 * index + 1]];
      return {
        rule: thresholdTrend.name,
        severity: trend.reached ? 'warning' : 'information',
        entry: shows,
        time: shows.timestamp,
        until: points[points.length - 1].time,
        lone: !trend.reached,
        count: trend.at - trend.from + 1,
        badness: points[trend.at].share,
        effect: null,
        shown: [{ entry: first, why: 'first' }],
        message: { key: 'threshold-trend.climbs', args: argsOf(key, limit, points, trend) },
      };
    });
    const most = gauges.reduce((sum, { points }) => Math.max(sum, points.length), 0);
    const args = { most, needed: FEWEST_POINTS };
    return { findings, notRun: most < FEWEST_POINTS ? { key: 'not-run.few-points', args } : null };
  },
};

function argsOf(valueKey: string, limitKey: string, points: readonly Point[], { from, at, left }: Trend) {
  const [first, last] = [points[from], points[at]];
  return {
    valueKey,
    limitKey,
    from: first.share,
    to: last.share,
    spanMs: (last.time - first.time) / 1000,
    leftMs: left / 1000,
  };
}

/** Of the kinds of lines whose samples hold a value and its limit, as many as there is room for, evenly in time. */
function entriesOfGauges({ log, loud, quiet }: Study): number[] {
  const clusters = new Set<Cluster>();
  for (const { entry, cluster } of [...quiet, ...loud]) {
    if (cluster.service === NO_SERVICE || cluster.count < FEWEST_POINTS || clusters.has(cluster)) continue;
    if (limitPairs(entry.fields).some(({ sort }) => sort === 'capacity')) clusters.add(cluster);
  }
  const chosen = [...clusters].sort((one, other) => other.count - one.count).slice(0, READ_AT_MOST / READ_EACH);
  const places = new Map(
    chosen.map((cluster) => [keyOf(cluster), { step: Math.ceil(cluster.count / READ_EACH), next: 0 }]),
  );
  const entries: number[] = [];
  if (places.size === 0) return entries;
  const templates = new Set(chosen.map(({ template }) => template));
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    if (!templates.has(log.template[entry]) || Number.isNaN(log.time[entry])) continue;
    const kind = { service: log.service[entry], template: log.template[entry], layout: log.layout[entry] };
    const place = places.get(keyOf(kind));
    if (place && place.next++ % place.step === 0) entries.push(entry);
  }
  return entries;
}

/** Levels together: a gauge that climbs is logged more loudly. */
function keyOf({ service, template, layout }: Pick<Cluster, 'service' | 'template' | 'layout'>): string {
  return `${service} ${template} ${layout}`;
}

/** One for each key, service and whatever else the lines name: two pools are two gauges. */
function gaugesIn(entries: readonly Entry[]): Gauge[] {
  const gauges = new Map<string, Gauge>();
  for (const { entry, service, timestamp, fields } of entries) {
    if (timestamp === null) continue;
    const names = peerFieldsOf(fields).map(({ name }) => name);
    for (const pair of limitPairs(fields)) {
      if (pair.sort !== 'capacity') continue;
      const { key } = pair.value;
      const id = [service, key, pair.limit.key, ...names].join('\n');
      const gauge = gauges.get(id) ?? { key, limit: pair.limit.key, points: [] };
      gauge.points.push({ time: timestamp, share: pair.ratio, entry });
      gauges.set(id, gauge);
    }
  }
  for (const { points } of gauges.values())
    points.sort((one, other) => one.time - other.time || one.entry - other.entry);
  return [...gauges.values()];
}
