/** What a line says of a circuit breaker: that it is open, half open, or nothing to worry about. */
import type { Field } from '../../model.ts';
import { plain, wordsOf } from './words.ts';

export type BreakerState = 'open' | 'half-open';

const MENTION = /circuit|breaker/i;
const BREAKER =
  /\bcircuit[- ]?breakers?\b|\bcircuits? (is |was |has )?(been )?(now )?(open|half|tripped)|\bcall not permitted\b/;
/** What it became goes before what it was. */
const CHANGE = /\b(?:closed|open|half[- ]open) ?(?:to|->|=>|→|,? now) ?(closed|open|half[- ]open)\b/;
const HALF_OPEN = /\bhalf[- ]open(ed|s|ing)?\b/;
const OPEN =
  /(?<!\b(?:not|no longer|never|was|until|half)[- ])\b(open|opened|opens|opening|tripped|trips|triggered)\b|\bcall not permitted\b/;
/** What is set up is no event. */
const SETTING =
  /\b(configured|registered|registering|created|creating|initiali[sz](ed|ing)|settings?|config|defaults?)\b/;
const STATE_KEY = new Set(['circuit', 'breaker']);
const STATE = /^(forced |force )?(closed|open|half[- ]open|tripped)$/;

/** Whether lines of this template are worth reading for it. */
export function mentionsBreaker(template: string): boolean {
  return MENTION.test(template);
}

export function breakerState(spoken: readonly string[], fields: readonly Field[]): BreakerState | null {
  for (const { key, value } of fields) {
    if (typeof value !== 'string' || value.length > 20 || !wordsOf(key).some((word) => STATE_KEY.has(word))) continue;
    const state = STATE.exec(plain(value).trim());
    if (state) return stateNamed(state[2]);
  }
  for (const text of spoken) {
    if (!BREAKER.test(text) || SETTING.test(text)) continue;
    const change = CHANGE.exec(text);
    if (change) return stateNamed(change[1]);
    if (HALF_OPEN.test(text)) return 'half-open';
    if (OPEN.test(text)) return 'open';
  }
  return null;
}

function stateNamed(name: string): BreakerState | null {
  if (name === 'closed') return null;
  return name.startsWith('half') ? 'half-open' : 'open';
}
