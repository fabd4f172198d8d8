/** What columns say of an entry and a term. */
export const NO = 0;
export const YES = 1;
/** Only the entry's text can tell. */
export const UNREAD = 2;

export type Verdict = typeof NO | typeof YES | typeof UNREAD;
