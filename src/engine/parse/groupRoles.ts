/** What the named groups of a pattern say, by their names. */
import { idKeyRank, NOT_AN_ID } from '../correlation/idKeys.ts';
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

export function roleOfGroup(name: string): number {
  const key = keyOfGroup(name);
  if (Object.hasOwn(ROLES, key)) return ROLES[key];
  if (idKeyRank(key) !== NOT_AN_ID) return ID;
  return durationUnit(key) > 0 ? DURATION : PLAIN;
}
