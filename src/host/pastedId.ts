/** What somebody means who pastes a piece of a log where an id is asked for. */

/** What surrounds an id in JSON, key=value pairs and prose, and is no part of it. */
const AROUND = /^[\s"'`,;()[\]{}<>]+|[\s"'`,;()[\]{}<>]+$/g;
/** The key may be quoted: `"trace_id": "…`. */
const KEY = /^[\w.@$-]+["'`]?\s*[=:]\s*/;

/**
 * The readings of a pasted text, each to be tried where those before it find nothing. The text as it is comes first
 * and the one without a key last, because an id may itself hold a colon or brackets.
 */
export function readingsOf(text: string): string[] {
  const whole = text.trim();
  const bare = whole.replace(AROUND, '');
  const value = bare.replace(KEY, '').replace(AROUND, '');
  // Nothing is left of mere punctuation, and to look for nothing would find everything.
  return [whole, ...[bare, value].filter((each, i, all) => each !== '' && each !== whole && all.indexOf(each) === i)];
}
