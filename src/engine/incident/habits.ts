/** Which loud lines are how the system always talks. */
import type { Study } from '../anomalies/study.ts';
import { type Cluster, isHabit, isLoud } from '../anomalies/survey.ts';
import { NO_SERVICE } from '../index/log.ts';

/** What lies outside of the range tells what is usual from so many entries of a service on. */
const FEWEST_OUTSIDE = 50;
/** A share of a service's lines that is not more than so many times that outside is usual. */
const LIKE_OUTSIDE = 2;

/** A cluster that goes on through all that is looked at, or that is as frequent outside of the range that is asked about. */
export function habitsOf({ log, survey }: Study): (cluster: Cluster) => boolean {
  const outside = new Map<number, number>();
  const services = new Map<number, number>();
  const inside = new Map<number, number>();
  const keyOf = (service: number, level: number, template: number): number =>
    (template * 256 + level) * 65536 + service;
  for (const { service, level, template, count } of survey.loud) {
    const key = keyOf(service, level, template);
    inside.set(key, (inside.get(key) ?? 0) + count);
  }
  for (let entry = 0; survey.entries < log.count && entry < log.count; entry++) {
    const service = log.service[entry];
    if (service === NO_SERVICE || survey.includes(entry) || Number.isNaN(log.time[entry])) continue;
    services.set(service, (services.get(service) ?? 0) + 1);
    if (!isLoud(log.level[entry])) continue;
    const key = keyOf(service, log.level[entry], log.template[entry]);
    if (inside.has(key)) outside.set(key, (outside.get(key) ?? 0) + 1);
  }
  return (cluster) => {
    if (isHabit(cluster)) return true;
    const { service, level, template } = cluster;
    const key = keyOf(service, level, template);
    const all = services.get(service) ?? 0;
    const share = (inside.get(key) ?? 0) / Math.max(1, survey.services.get(service)?.entries ?? 0);
    return all >= FEWEST_OUTSIDE && share * all <= LIKE_OUTSIDE * (outside.get(key) ?? 0);
  };
}
