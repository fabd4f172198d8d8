/**
 * Log text made fit for one line of plain text. A log holds what strangers sent: escape sequences
 * that rewrite a terminal, line breaks that forge lines, and marks that reverse what is read.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const COLOURS_AND_MOVES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g;
/**
 * Titles, links and device strings. Only one that ends is taken away: else a single opening in a log
 * would hide all that follows it. Its text holds no control character, so no search runs past the next.
 */
const STRINGS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0000-\u001f\u007f-\u009f]*(?:\u0007|\u001b\\|\u009c)/g;
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** One line, without escape sequences, control characters and marks that turn the reading direction. */
export function plainText(text: string): string {
  return text.replace(STRINGS, '').replace(COLOURS_AND_MOVES, '').replace(BREAKS, ' ').replace(CONTROLS, '\ufffd');
}

const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';
const KEPT_BREAKS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** The lines of a text, whatever ends them. */
export function linesOf(text: string): string[] {
  return text.split(KEPT_BREAKS);
}

/** One line with what nobody would see made visible: `␀`, `\u202e`; colours and commands of terminals are left out. */
export function visibleText(text: string): string {
  const plain = text.replace(STRINGS, '').replace(COLOURS_AND_MOVES, '');
  return plain.replaceAll('\t', '    ').replace(BREAKS, ' ').replace(CONTROLS, picture);
}

function picture(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  return code === 0x7f ? DELETE_PICTURE : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** At most `width` characters; what is cut off ends in `…`. Never splits a surrogate pair. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const points = [...text];
  if (points.length <= width) return text;
  return `${points
    .slice(0, Math.max(0, width - 1))
    .join('')
    .trimEnd()}…`;
}
