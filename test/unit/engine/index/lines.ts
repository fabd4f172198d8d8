/** Lines for the tests of the index. */
export const json = (fields: object) => `${JSON.stringify(fields)}\n`;

/** A time in the sixty seconds from 10:00 on, as written. */
export const at = (second: number) => `2026-08-01T10:00:${String(second).padStart(2, '0')}.000Z`;
