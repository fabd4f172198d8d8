/**
 * Log text is written by whoever attacked the system. These make it plain text for each place that
 * would otherwise read meaning into it.
 */
import { cut, plainText } from '../render/plain.ts';

/** Long enough for any id and most messages; no tooltip is better for more. */
const LONGEST = 400;

const PUNCTUATION = /[!-/:-@[-`{-~]/g;
const ICON = /\$\(/g;

/** One line without control characters, of bearable length. */
export function oneLine(text: string, longest = LONGEST): string {
  return cut(plainText(text).trim(), longest);
}

/**
 * For Markdown. Each punctuation mark becomes a character reference, which Markdown shows and never
 * obeys: unlike backslashes this also stops bare addresses from turning into links.
 */
export function markdownText(text: string, longest = LONGEST): string {
  return oneLine(text, longest).replace(PUNCTUATION, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** For labels in which `$(name)` would become an icon: pick lists, lenses, the status bar. */
export function labelText(text: string, longest = LONGEST): string {
  return oneLine(text, longest).replace(ICON, '\\$(');
}
