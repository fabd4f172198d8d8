/**
 * Which of a record's fields plays which role. That hangs on its keys alone, so it is worked out once for
 * each layout (the same keys in the same order) and then looked up; records of several loggers may share a
 * file, and each has the roles of its own format.
 */

import { LEVELS } from '../../model.ts';
import { ENTITY_RANK, NOT_AN_ID } from '../correlation/idKeys.ts';
import { isDatadogKey } from '../correlation/normalise.ts';
import type { IdRank } from '../correlation/ownIdKeys.ts';
import { durationUnit } from '../formats/duration.ts';
import { SCALES, type Scale, scaleOfKey } from '../formats/levels.ts';
import type { FieldRoles } from '../formats/roles.ts';
import { bearsSignature, FIELD_ROLES, type FieldFormat, type FieldRole } from '../formats/spec.ts';
import { NO_LEVEL } from '../index/log.ts';
import type { FieldScanner } from './fieldScanner.ts';
import type { NameTable } from './nameTable.ts';

/** Places are positions in the scanner's list. Of several, the first that holds what it should counts. */
export interface LayoutPlan {
  format: string;
  keys: Int32Array;
  time: number[];
  /** -1 where there is none, as for all single places. */
  nanos: number;
  start: number;
  end: number;
  level: number[];
  /** Of each place of `level`, what numbers mean there; null: Bunyan's or syslog's. */
  scales: (Scale | null)[];
  implied: number;
  service: number[];
  logger: number;
  message: number[];
  template: number;
  duration: number[];
  /** Of each place of `duration`, milliseconds in one unit. */
  units: number[];
  ids: number[];
  /** Of each place of `ids`, the number of its key. */
  idKeys: number[];
  /** Of each place of `ids`, whether it names a thing rather than a journey. */
  isEntity: boolean[];
  isDatadog: boolean[];
}

/** Past this the keys of the records are data themselves; then plans are made anew now and then. */
const MOST_PLANS = 4096;

export class LayoutPlans {
  readonly #formats: readonly FieldFormat[];
  readonly #roles: FieldRoles | null;
  readonly #idKeys: NameTable;
  readonly #idRank: IdRank;
  #plans: LayoutPlan[] = [];
  /** Numbers of plans, counted from 1, by the hash of their layout. */
  #slots = new Int32Array(MOST_PLANS * 2);

  /** `formats`: those with a signature are tried in this order. */
  constructor(formats: readonly FieldFormat[], roles: FieldRoles | null, idKeys: NameTable, idRank: IdRank) {
    this.#formats = formats;
    this.#roles = roles;
    this.#idKeys = idKeys;
    this.#idRank = idRank;
  }

  get namesService(): boolean {
    return (this.#roles?.service.length ?? 0) > 0;
  }

  /** The plan of the record just scanned. */
  of(scanner: FieldScanner): LayoutPlan {
    const mask = this.#slots.length - 1;
    let slot = scanner.layout & mask;
    for (;;) {
      const number = this.#slots[slot];
      if (number === 0) break;
      const plan = this.#plans[number - 1];
      if (isOf(plan, scanner)) return plan;
      slot = (slot + 1) & mask;
    }
    if (this.#plans.length === MOST_PLANS) {
      this.#plans = [];
      this.#slots.fill(0);
      slot = scanner.layout & mask;
    }
    const plan = makePlan(scanner, this.#formats, this.#roles, this.#idKeys, this.#idRank);
    this.#slots[slot] = this.#plans.push(plan);
    return plan;
  }
}

function isOf(plan: LayoutPlan, scanner: FieldScanner): boolean {
  const { keys } = plan;
  if (keys.length !== scanner.count) return false;
  const { key } = scanner;
  for (let i = 0; i < keys.length; i++) if (keys[i] !== key[i]) return false;
  return true;
}

function makePlan(
  scanner: FieldScanner,
  formats: readonly FieldFormat[],
  roles: FieldRoles | null,
  idKeys: NameTable,
  idRank: IdRank,
): LayoutPlan {
  const keys = scanner.key.slice(0, scanner.count);
  const names = Array.from(keys, (key) => scanner.keys.names[key]);
  // Of a repeated key the last value counts.
  const placeOf = new Map(names.map((name, place) => [name.toLowerCase(), place]));
  const own = formats.find((format) => bearsSignature(format, (key) => placeOf.has(key)));
  const general = formats.filter((format) => format.signature === undefined);
  const used = new Set<number>();
  // What the record's own format says of a key counts, whatever such a key is elsewhere.
  const ownRole = new Map<number | undefined, FieldRole>();
  for (const role of FIELD_ROLES) for (const name of own?.names[role] ?? []) ownRole.set(placeOf.get(name), role);
  const places = (role: FieldRole, inferred: readonly string[] = []): number[] => {
    const wanted = [own?.names[role] ?? [], inferred, ...general.map((format) => format.names[role] ?? [])].flat();
    const found = wanted.map((name) => placeOf.get(name.toLowerCase())).filter((place) => place !== undefined);
    return [...new Set(found)].filter((place) => !used.has(place) && (ownRole.get(place) ?? role) === role);
  };
  const take = (role: FieldRole, inferred?: readonly string[]): number[] => {
    const found = places(role, inferred);
    for (const place of found) used.add(place);
    return found;
  };
  const time = take('time', roles?.time);
  const level = take('level', roles?.level);
  const service = take('service', roles?.service);
  const template = take('template')[0] ?? -1;
  const message = take('message', roles?.message);
  const logger = roles?.logger === undefined ? -1 : (placeOf.get(roles.logger.toLowerCase()) ?? -1);
  const duration = take('duration');
  for (const place of byDepth(names)) {
    if (!used.has(place) && !ownRole.has(place) && durationUnit(names[place]) > 0) duration.push(place);
  }
  const durations = new Set(duration);
  const knownIds = new Set(roles?.ids);
  const notIds = new Set(roles?.notIds);
  const isId = (name: string) => (knownIds.has(name) || idRank(name) > NOT_AN_ID) && !notIds.has(name);
  const ids = names.flatMap((name, place) =>
    !used.has(place) && !ownRole.has(place) && !durations.has(place) && isId(name) ? [place] : [],
  );
  const implied = Object.entries(own?.implied ?? {}).find(([key]) => placeOf.has(key))?.[1];
  return {
    format: own && own.kind === formats[0].kind ? own.name : formats[0].kind,
    keys,
    time,
    nanos: places('nanos')[0] ?? -1,
    start: places('start')[0] ?? -1,
    end: places('end')[0] ?? -1,
    level,
    scales: level.map((place) => scaleOf(names[place], own, roles)),
    implied: implied === undefined ? NO_LEVEL : LEVELS.indexOf(implied),
    service,
    logger,
    message: template < 0 ? message : [...message, template],
    template,
    duration,
    units: duration.map((place) => roles?.units[names[place]] ?? (durationUnit(names[place]) || 1)),
    ids,
    idKeys: ids.map((place) => idKeys.internText(names[place])),
    isEntity: ids.map((place) => knownIds.has(names[place]) || idRank(names[place]) <= ENTITY_RANK),
    isDatadog: ids.map((place) => isDatadogKey(names[place])),
  };
}

function scaleOf(name: string, own: FieldFormat | undefined, roles: FieldRoles | null): Scale | null {
  const isOwn = own?.names.level?.includes(name.toLowerCase());
  const scale = (isOwn ? own?.scale : undefined) ?? scaleOfKey(name) ?? roles?.scales[name];
  return scale ? SCALES[scale] : null;
}

/** Places of keys, the outer ones first; of a key that is repeated, the last. */
function byDepth(names: readonly string[]): number[] {
  const depth = names.map((name) => name.split('.').length);
  const last = [...new Map(names.map((name, place) => [name, place])).values()];
  return last.sort((a, b) => depth[a] - depth[b] || a - b);
}
