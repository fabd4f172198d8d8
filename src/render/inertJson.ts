/** JSON that may be shown in a terminal: what JSON lets through and a terminal may obey, as escapes. */

const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Of JSON text; its value stays the same. */
export function inertJson(text: string): string {
  return text.replace(OBEYED, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What somebody typed, in quotes: nothing in it can rewrite the terminal or start a line. */
export function quoted(text: string): string {
  return inertJson(JSON.stringify(text));
}
