/**
 * Takes the shape of a message apart into tokens, and says of each how likely it is to be a variable.
 * Shapes have their numbers masked; what else varies (paths, addresses, qualified names) is told here by its form.
 */

export const MASK = '<*>';

/** A word: part of the template until it is seen to vary. */
export const WORD = 0;
/** A name of the form that variables have: qualified, with an @ or a slash. */
export const NAME = 1;
/** Certainly a variable. */
export const VARIABLE = 2;
/** Says nothing. */
export const PUNCTUATION = 3;

export interface ShapeToken {
  /** As shown; a path is already masked. */
  text: string;
  kind: typeof WORD | typeof NAME | typeof VARIABLE | typeof PUNCTUATION;
  /** Whether a blank stands before it. */
  spaced: boolean;
}

/** Longer shapes are compared by their beginning. */
const MAX_TEXT = 2000;
const MAX_TOKENS = 80;

/** A token ends behind these, so that key and value are two. */
const CUTS = '=:,;|([{';
const OPENING = /^[([{<"'`]+(?!\*>)/;
const CLOSING = /(?<!<\*)[\])}>"'`,;:.!?=]+$/;

const UNIT =
  /^(?:[nuµm]?s|[nuµm]?secs?|msecs?|seconds?|second\(s\)|millis|milliseconds?|mins?|minutes?|hours?|days?|[kmgt]i?b|b|bytes?|%)$/i;
const DATE_WORD =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November|December)$/;
/** A hardware or IPv6 address with groups that have no digit. */
const GROUPS_OF_HEX = /^(?=.*<\*>)(?:<\*>|[0-9a-f]{1,4})(?::(?:<\*>|[0-9a-f]{0,4})){2,}$/i;
const LETTERS_OF_HEX = /^[0-9a-f]{8,}$/i;
const QUALIFIED = /^[\w$-]+(?:\.[\w$-]+){2,}$/;
const FAULT = /(?:Exception|Error|Failure)$/;

/** The tokens of a shape. Words that only differ in their form of a variable give equal tokens. */
export function shapeTokens(shape: string): ShapeToken[] {
  const tokens: ShapeToken[] = [];
  for (const word of shape.slice(0, MAX_TEXT).split(/\s+/)) {
    let spaced = tokens.length > 0;
    for (const piece of GROUPS_OF_HEX.test(core(word)) ? [word] : pieces(word)) {
      add(tokens, piece, spaced);
      spaced = false;
    }
    if (tokens.length >= MAX_TOKENS) break;
  }
  maskDates(tokens);
  return tokens;
}

/** A word without its brackets and punctuation. */
export function core(text: string): string {
  return text.replace(OPENING, '').replace(CLOSING, '');
}

function pieces(word: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (let at = 0; at + 1 < word.length; at++) {
    if (at === from || !CUTS.includes(word[at])) continue;
    const next = word[at + 1];
    // `::` and `://` and `C:\` stand inside a name, `()` and `[]` are empty, `<*>` is no bracket.
    if (word[at] === ':' && (next === ':' || word[at - 1] === ':' || next === '/' || next === '\\')) continue;
    if (')]}'.includes(next)) continue;
    found.push(word.slice(from, at + 1));
    from = at + 1;
  }
  if (from < word.length) found.push(word.slice(from));
  return found;
}

function add(tokens: ShapeToken[], piece: string, spaced: boolean): void {
  const last = tokens.at(-1);
  const inner = core(piece);
  // A number and its unit are one variable: `5 KB` and `2 MB` differ in no word.
  if (last?.kind === VARIABLE && spaced && UNIT.test(inner) && last.text.endsWith(MASK)) {
    last.text += ` ${piece}`;
    return;
  }
  if (GROUPS_OF_HEX.test(inner) || isPath(inner) || LETTERS_OF_HEX.test(inner)) {
    pushVariable(
      tokens,
      piece.replace(inner, () => MASK),
      spaced,
    );
  } else if (inner.includes(MASK)) {
    // A comparison or a sign belongs to the number.
    pushVariable(tokens, piece.replace(/(^|[=:,([{])[<>~+-]<\*>/, `$1${MASK}`), spaced);
  } else if (inner === '') {
    tokens.push({ text: piece, kind: PUNCTUATION, spaced });
  } else {
    const isName =
      (QUALIFIED.test(inner) && !FAULT.test(inner)) || /[^@]@[^@]/.test(inner) || /\w\/\w+\.\w/.test(inner);
    tokens.push({ text: piece, kind: isName ? NAME : WORD, spaced });
  }
}

/** An absolute path, a URL, or a relative one that is long enough to be no `input/output`. */
function isPath(text: string): boolean {
  if (/^(?:\.{0,2}|~)\/./.test(text) || /^[A-Za-z]:[\\/]/.test(text) || text.includes('://')) return true;
  return text.split('/').length > 2 || text.split('\\').length > 2;
}

/** From the third on, variables in a row are a list, and lists of any length are alike. */
function pushVariable(tokens: ShapeToken[], text: string, spaced: boolean): void {
  const last = tokens.at(-1);
  const inList = last?.kind === VARIABLE && tokens.at(-2)?.kind === VARIABLE && core(text) === MASK;
  if (inList && core(last.text) === MASK) last.text = text;
  else tokens.push({ text, kind: VARIABLE, spaced });
}

/** Names of days and months are variables where a date stands around them. */
function maskDates(tokens: ShapeToken[]): void {
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token.kind !== WORD || tokens[at + 1]?.kind !== VARIABLE) continue;
    const inner = core(token.text);
    if (DATE_WORD.test(inner)) tokens[at] = { ...token, text: token.text.replace(inner, MASK), kind: VARIABLE };
  }
}
