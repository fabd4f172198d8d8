/** Finds the ids in an object of JSON that the message of a line of text ends with: see parse/patternRecord.ts. */
import { blanksEnd, FAILED, membersEnd, numberEnd, QUOTE, stringEnd, stringStop, wordEnd } from './json';
import { addId, dropIds, ids } from './lines';
import { KEYS_OF_TAILS, NEVER_IDS } from './memory';
import { nameValue } from './tables';

const OPEN: u32 = 0x7b;
const CLOSE: u32 = 0x7d;
const UNKNOWN: u32 = 0xffffffff;
/** So little may stand behind the object. */
const REST: u32 = 3;
/** Ids that one object may give: there is room for so many. */
const MOST: u32 = 16;

const DONE: u32 = 0;
/** What stands there is no object of JSON, and holds no ids as one. */
const NO_OBJECT: u32 = 1;
const FOR_OTHERS: u32 = 2;

/** Adds the ids; false where the message is for others to read. */
export function addEmbedded(message: u32, messageEnd: u32): bool {
  const lowest = messageEnd - message > REST ? messageEnd - REST : message;
  let close = messageEnd - 1;
  while (close > lowest && load<u8>(close) !== CLOSE) close--;
  if (close <= lowest) return true;
  let open = message;
  while (open < close && (load<u8>(open) !== OPEN || load<u8>(open, 1) !== QUOTE)) open++;
  if (open === close) return true;
  const first = ids;
  const outcome = addMembers(open, close + 1, first);
  if (outcome === NO_OBJECT) dropIds(first);
  return outcome !== FOR_OTHERS;
}

function addMembers(open: u32, end: u32, first: u32): u32 {
  let outcome = DONE;
  let at = open + 1;
  for (;;) {
    if (at >= end || load<u8>(at) !== QUOTE) return NO_OBJECT;
    const keyAt = at + 1;
    const keyEnd = stringEnd(keyAt, end);
    if (keyEnd === FAILED) return NO_OBJECT;
    if (stringStop(keyAt, end) !== keyEnd) return FOR_OTHERS;
    at = blanksEnd(keyEnd + 1, end);
    if (at >= end || load<u8>(at) !== 0x3a) return NO_OBJECT;
    at = blanksEnd(at + 1, end);
    if (at >= end) return NO_OBJECT;
    const c: u32 = load<u8>(at);
    if (c === OPEN) return FOR_OTHERS;
    const quoted = c === QUOTE;
    const valueAt = quoted ? at + 1 : at;
    const holdsId = quoted || (c < 0x3a && c !== 0x5b);
    const valueEnd = quoted
      ? stringEnd(valueAt, end)
      : c === 0x5b
        ? membersEnd(at, end, 1)
        : holdsId
          ? numberEnd(at, end)
          : wordEnd(at, end);
    if (valueEnd === FAILED) return NO_OBJECT;
    if (holdsId && valueEnd > valueAt) {
      const key = nameValue(KEYS_OF_TAILS, keyAt, keyEnd);
      // What turns out to be no object needs no keys.
      if (key === UNKNOWN || ids - first === MOST) outcome = FOR_OTHERS;
      else if (key !== <u32>NEVER_IDS) addId(valueAt, valueEnd, key);
    }
    at = blanksEnd(quoted ? valueEnd + 1 : valueEnd, end);
    if (at >= end) return NO_OBJECT;
    if (load<u8>(at) === CLOSE) return at + 1 === end ? outcome : NO_OBJECT;
    if (load<u8>(at) !== 0x2c) return NO_OBJECT;
    at = blanksEnd(at + 1, end);
  }
  return NO_OBJECT;
}
