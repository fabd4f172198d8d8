/** What the named groups of a pattern say, by their names. */
import { idKeyRank, NOT_AN_ID } from '../correlation/idKeys.ts';
import type { IdRank } from '../correlation/ownIdKeys.ts';
import { durationUnit } from '../formats/duration.ts';

export const PLAIN = 0;
export const TIME = 1;
export const LEVEL = 2;
export const SERVICE = 3;
export const MESSAGE = 4;
export const ID = 5;
/** An HTTP status: from 500 on an error, from 400 on a warning. */
export const STATUS = 6;
/** Syslog's facility and severity in one number. */
export const PRIORITY = 7;
export const DURATION = 8;
/** `{"key": "value"}` or `key=value` behind the message. */
export const TAIL = 9;

const ROLES: Record<string, number> = {
  time: TIME,
  level: LEVEL,
  service: SERVICE,
  message: MESSAGE,
  status: STATUS,
  priority: PRIORITY,
  tail: TAIL,
};

/** Groups of one role that stand in several places of a pattern are numbered: `trace`, `trace3`. */
export const keyOfGroup = (name: string) => name.replace(/\d+$/, '');

function roleOfKey(key: string, idRank: IdRank): number {
  if (Object.hasOwn(ROLES, key)) return ROLES[key];
  if (idRank(key) > NOT_AN_ID) return ID;
  return durationUnit(key) > 0 ? DURATION : PLAIN;
}

/** What the groups of a pattern say, by their numbers. */
export interface GroupRoles {
  keys: readonly string[];
  roles: Uint8Array;
  /** Milliseconds in one unit of a duration. */
  units: Float64Array;
}

const known = new WeakMap<readonly string[], GroupRoles>();

/** Told once for each program where keys are ids by convention: every file has a parser, and all share this. */
export function rolesOfGroups(groups: readonly string[], idRank: IdRank): GroupRoles {
  if (idRank !== idKeyRank) return findRoles(groups, idRank);
  let told = known.get(groups);
  if (!told) {
    told = findRoles(groups, idRank);
    known.set(groups, told);
  }
  return told;
}

function findRoles(groups: readonly string[], idRank: IdRank): GroupRoles {
  const keys = groups.map(keyOfGroup);
  const roles = Uint8Array.from(keys, (key) => roleOfKey(key, idRank));
  return { keys, roles, units: Float64Array.from(keys, durationUnit) };
}
