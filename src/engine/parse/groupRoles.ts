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

/** Each file's parser asks for each group of each pattern, so what was found out once is kept. */
function remembered(find: (key: string) => number): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      found = find(keyOfGroup(name));
      known.set(name, found);
    }
    return found;
  };
}

const usualRole = remembered((key) => roleOfKey(key, idKeyRank));
/** How many milliseconds one of the group's numbers is; 0 where it is no duration. */
export const unitOfGroup = remembered(durationUnit);

export function roleOfGroup(name: string, idRank: IdRank): number {
  return idRank === idKeyRank ? usualRole(name) : roleOfKey(keyOfGroup(name), idRank);
}

function roleOfKey(key: string, idRank: IdRank): number {
  if (Object.hasOwn(ROLES, key)) return ROLES[key];
  if (idRank(key) > NOT_AN_ID) return ID;
  return durationUnit(key) > 0 ? DURATION : PLAIN;
}
