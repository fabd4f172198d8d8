/** The fields of an entry that say more than its time, level, service and message do. */
import type { Entry, Field } from '../model.ts';

const LEVEL_KEY = /(?:^|[._])(?:level|levelname|loglevel|log_level|lvl|severity|severity_?number|severity_?text)$/i;
const TIME_KEY = /(?:^|[._@])(?:time|timestamp|ts|date|datetime|time_?unix_?nano|t)$/i;

/** Without the fields that time, level, service and message were read from: they are shown already. */
export function otherFields({ timestamp, level, service, message, fields }: Entry): Field[] {
  const isShown: ((field: Field) => boolean)[] = [
    (field) => isTime(field, timestamp),
    ({ key, value }) => LEVEL_KEY.test(key) || (typeof value === 'string' && value.toLowerCase() === level),
    ({ value }) => value === service,
    ({ value }) => value === message,
  ];
  return fields.filter((field) => {
    const known = isShown.findIndex((test) => test(field));
    // Each is left out once: a second field with the same value says something of its own.
    if (known !== -1) isShown.splice(known, 1);
    return known === -1;
  });
}

function isTime({ key, value }: Field, micros: number | null): boolean {
  if (micros === null) return false;
  if (typeof value === 'string' && Date.parse(value) === Math.floor(micros / 1000)) return true;
  return TIME_KEY.test(key) && (typeof value === 'string' || typeof value === 'number');
}
