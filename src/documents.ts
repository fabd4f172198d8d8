/**
 * What documents of entries ask of the engine: which entries they show, those written as lines, and what the parts of
 * lines mean. Types only, and a part of the engine's API (protocol.ts).
 */
import type { Id, JoinedVia, LineToken, TokenRole } from './model.ts';

/** Which entries a document shows: those of a file in order of lines, any others in order of time. */
export type EntryScope =
  | { kind: 'file'; file: string }
  /** Of all files where none is named. */
  | { kind: 'files'; files: string[] }
  | { kind: 'trace'; id: string };

/** The entries of a scope, by number. */
export interface EntryList {
  generation: number;
  /** Of a trace, as it is compared. */
  id: string | null;
  entries: Uint32Array;
  services: { name: string | null; entries: number }[];
  /** Entries of the list that do not hold the trace's id, and through what they join it. */
  inferred: { entry: number; via: JoinedVia }[];
  /** Entries that are not in the list because they share an id with other traces as well. */
  unclear: number;
  /** Lines of the files that are neither blank nor part of an entry. */
  unreadLines: number;
}

/** How entries are laid out as lines; the same for all lines of a document. */
export interface LineLayout {
  serviceWidth: number;
  /** Whether a column says how much later than the one above it an entry is. */
  hasGap: boolean;
  /** Whether a column names the leading id in short. */
  hasId: boolean;
  /** The id that all lines share, normalised: it need not stand in each. */
  shared: string | null;
}

/** A piece of a written line with a meaning. */
export interface LinePart extends Omit<LineToken, 'role'> {
  role: TokenRole | 'style';
  id?: Id;
  /** For role `style`: how a terminal would show it. */
  style?: TextStyle;
}

/** One of a terminal's sixteen colours; what they look like is the theme's affair. */
export type TerminalColour = BasicColour | `bright${Capitalize<BasicColour>}`;
type BasicColour = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white';

export interface TextStyle {
  colour: TerminalColour | null;
  background: TerminalColour | null;
  bold: boolean;
}

/** Some entries to be written. */
export interface EntryBatch {
  generation: number;
  entries: Uint32Array;
  layout: LineLayout;
  /** The entry above the first; null where there is none. */
  before: number | null;
  inferred: EntryList['inferred'];
  /** Whole entries are written up to about so many characters: the first of them, or the last. */
  most: number;
  end: 'first' | 'last';
}

/** Entries as lines of text, and where each line comes from. */
export interface WrittenEntries {
  /** Each line ends in a line break. */
  text: string;
  /** How many of the entries were written. */
  entries: number;
  files: string[];
  /** Of each line the number in `files`, and the line there. */
  file: Uint16Array;
  line: Uint32Array;
  hasStyles: boolean;
}

/** A line as a document shows it, and the line that it comes from. */
export interface ShownLine {
  file: string;
  line: number;
  text: string;
}

/** Every call names the log by its root. */
export interface DocumentApi {
  /** The entries of a scope; null where the log does not hold its file or id. */
  listEntries(root: string, scope: EntryScope): Promise<EntryList | null>;
  /** Null where the log was read again meanwhile, and its entries have other numbers. */
  writeEntries(root: string, batch: EntryBatch): Promise<WrittenEntries | null>;
  /** Meanings inside lines that were written so; none for a line that would be written otherwise by now. */
  lineParts(root: string, layout: LineLayout, lines: ShownLine[]): Promise<LinePart[][]>;
}
