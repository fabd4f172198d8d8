/** Text that was written for a terminal: its colour codes taken off, and where they coloured it. */

import type { TerminalColour, TextStyle } from '../documents.ts';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** A stretch of text that is all of one style; what has none is in no stretch. */
export interface StyledRange {
  start: number;
  end: number;
  style: TextStyle;
}

export interface ColourText {
  text: string;
  ranges: StyledRange[];
}

const PLAIN: TextStyle = { colour: null, background: null, bold: false };
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const COLOUR_CODE = /(?:\u001b\[|\u009b)([\d;:]*)m/g;

/** Takes the codes of colours off; any other sequence stays. */
export function readColours(coded: string): ColourText {
  const ranges: StyledRange[] = [];
  let text = '';
  let style = PLAIN;
  let last = 0;
  const add = (piece: string): void => {
    if (piece !== '' && style !== PLAIN) ranges.push({ start: text.length, end: text.length + piece.length, style });
    text += piece;
  };
  for (const code of coded.matchAll(COLOUR_CODE)) {
    add(coded.slice(last, code.index));
    style = styled(style, code[1]);
    last = code.index + code[0].length;
  }
  add(coded.slice(last));
  return { text, ranges };
}

/** A piece of text with the colours that it has in the line it was taken from, codes and all. */
export function colouredAsIn(piece: string, line: string): ColourText {
  if (hasColours(piece)) return readColours(piece);
  if (!hasColours(line)) return { text: piece, ranges: [] };
  const { text, ranges } = readColours(line);
  const at = text.indexOf(piece);
  if (at < 0) return { text: piece, ranges: [] };
  const inside = ranges.flatMap(({ start, end, style }) => {
    const range = { start: Math.max(0, start - at), end: Math.min(piece.length, end - at), style };
    return range.start < range.end ? [range] : [];
  });
  return { text: piece, ranges: inside };
}

function hasColours(text: string): boolean {
  return text.includes('\u001b[') || text.includes('\u009b');
}

/** The style after a code such as `1;31`, `0` or `38;5;208`. Unknown numbers change nothing. */
function styled(before: TextStyle, code: string): TextStyle {
  const numbers = code.split(/[;:]/).map(Number);
  const style = { ...before };
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i];
    const of = n % 10;
    if (n === 0) Object.assign(style, PLAIN);
    else if (n === 1) style.bold = true;
    else if (n === 22) style.bold = false;
    else if (n === 39) style.colour = null;
    else if (n === 49) style.background = null;
    else if (n === 38 || n === 48) {
      const isPalette = numbers[i + 1] === 5;
      const colour = isPalette ? ofPalette(numbers[i + 2]) : nearest(numbers[i + 2], numbers[i + 3], numbers[i + 4]);
      style[n === 38 ? 'colour' : 'background'] = colour;
      i += isPalette ? 2 : 4;
    } else if (n >= 30 && n <= 37) style.colour = NAMES[of];
    else if (n >= 40 && n <= 47) style.background = NAMES[of];
    else if (n >= 90 && n <= 97) style.colour = bright(of);
    else if (n >= 100 && n <= 107) style.background = bright(of);
  }
  return style.colour === null && style.background === null && !style.bold ? PLAIN : style;
}

function bright(n: number): TerminalColour {
  const name = NAMES[n];
  return `bright${name[0].toUpperCase()}${name.slice(1)}` as TerminalColour;
}

/** A palette of 256: sixteen by name, a cube of six steps a side, 24 greys. */
function ofPalette(n: number): TerminalColour | null {
  if (!(n >= 0 && n <= 255)) return null;
  if (n < 16) return n < 8 ? NAMES[n] : bright(n - 8);
  if (n >= 232) return nearest((n - 232) * 10 + 8, (n - 232) * 10 + 8, (n - 232) * 10 + 8);
  const step = (digit: number): number => (digit === 0 ? 0 : 55 + digit * 40);
  const cube = n - 16;
  return nearest(step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6));
}

/** The named colour that has the same of red, green and blue in it; any other could not follow the theme. */
function nearest(red: number, green: number, blue: number): TerminalColour | null {
  const most = Math.max(red, green, blue);
  if (Number.isNaN(most) || most === undefined) return null;
  if (most < 48) return 'black';
  const isOn = (part: number): number => (part > most * 0.6 ? 1 : 0);
  const name = isOn(red) + 2 * isOn(green) + 4 * isOn(blue);
  if (name === 7 && most < 160) return 'brightBlack';
  return most > 220 ? bright(name) : NAMES[name];
}
