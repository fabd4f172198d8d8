/**
 * Documents of entries: their URIs, which say all of what they show, and where each of their lines comes from. The one
 * place that knows both.
 */
import * as vscode from 'vscode';
import type { EntryScope, LineLayout, LinePart, ShownLine } from '../documents.ts';
import type { EntryRow } from '../model.ts';
import { oneLine } from './escape.ts';
import type { OpenLog } from './openLog.ts';

export const ENTRIES_SCHEME = 'causeway-entries';

export type DocumentScope = EntryScope | { kind: 'query'; query: string };

export interface EntryDocument {
  root: string;
  scope: DocumentScope;
}

/** What the lines of a document show; lines that are nobody's (heads, notes) have the number 0. */
export interface DocumentLines {
  layout: LineLayout;
  files: readonly string[];
  /** Of each line the number in `files`, and the line there. */
  file: Uint16Array;
  line: Uint32Array;
  hasStyles: boolean;
}

const LONGEST_TITLE = 60;

const shown = new Map<string, DocumentLines>();

/** `title` is what the tab says: it ends in `.log`, so that the document is a log to the editor. */
export function entriesUri(title: string, { root, scope }: EntryDocument): vscode.Uri {
  // Of a path, a tab shows the last part only.
  const name = oneLine(title, LONGEST_TITLE).replaceAll('/', '\u2215').replaceAll('\\', '\u2216');
  return vscode.Uri.from({ scheme: ENTRIES_SCHEME, path: `/${name}.log`, query: JSON.stringify({ root, scope }) });
}

/** What a URI of the scheme asks for; undefined for any other, and for one that nobody here has made. */
export function entryDocument(uri: vscode.Uri): EntryDocument | undefined {
  if (uri.scheme !== ENTRIES_SCHEME) return undefined;
  try {
    const asked: Partial<EntryDocument> = JSON.parse(uri.query);
    const { root, scope } = asked;
    return typeof root === 'string' && isScope(scope) ? { root, scope } : undefined;
  } catch {
    return undefined;
  }
}

function isScope(scope: unknown): scope is DocumentScope {
  const { kind, ...named } = (scope ?? {}) as Record<string, unknown>;
  if (kind === 'files') return Array.isArray(named.files) && named.files.every((file) => typeof file === 'string');
  const name = { file: named.file, trace: named.id, query: named.query }[String(kind)];
  return typeof name === 'string';
}

export function rememberLines(uri: vscode.Uri, lines: DocumentLines): void {
  shown.set(uri.toString(), lines);
}

export function forgetLines(uri: vscode.Uri): void {
  shown.delete(uri.toString());
}

export function linesOf(uri: vscode.Uri): DocumentLines | undefined {
  return shown.get(uri.toString());
}

/** Where a line of a document (from 0) comes from; undefined for a line that is of no entry. */
export function sourceAt(uri: vscode.Uri, line: number): Omit<ShownLine, 'text'> | undefined {
  const lines = linesOf(uri);
  if (lines === undefined || !(lines.line[line] > 0)) return undefined;
  return { file: lines.files[lines.file[line]], line: lines.line[line] };
}

function shownLine(document: vscode.TextDocument, line: number): ShownLine | undefined {
  const source = line < document.lineCount ? sourceAt(document.uri, line) : undefined;
  return source && { ...source, text: document.lineAt(line).text };
}

/** The line of a document (from 0) on which an entry begins; -1 where the document does not hold it. */
export function lineOfEntry(uri: vscode.Uri, row: Pick<EntryRow, 'file' | 'line'>): number {
  const lines = linesOf(uri);
  const file = lines === undefined ? -1 : lines.files.indexOf(row.file);
  if (lines === undefined || file < 0) return -1;
  for (let at = lines.line.indexOf(row.line); at >= 0; at = lines.line.indexOf(row.line, at + 1)) {
    if (lines.file[at] === file) return at;
  }
  return -1;
}

/** The lines on which the document begins those of some entries that it holds: one walk for all of them. */
export function linesOfEntries(uri: vscode.Uri, rows: readonly Pick<EntryRow, 'file' | 'line'>[]): number[] {
  const lines = linesOf(uri);
  if (lines === undefined) return [];
  const key = (file: number, line: number): number => file * 2 ** 32 + line;
  const wanted = new Set(rows.map(({ file, line }) => key(lines.files.indexOf(file), line)));
  const found: number[] = [];
  lines.line.forEach((line, at) => {
    if (line > 0 && wanted.delete(key(lines.file[at], line))) found.push(at);
  });
  return found;
}

/**
 * Where on a line (from 0) a cursor stands well: on the id in its column, from which keys go on, else behind the columns,
 * where it means the entry's leading id and no other that the line happens to hold.
 */
export async function placeOnLine(log: OpenLog, document: vscode.TextDocument, line: number): Promise<vscode.Position> {
  const [parts] = await partsOf(log, document, [line]);
  const id = linesOf(document.uri)?.layout.hasId ? parts.find(({ role }) => role === 'id') : undefined;
  const column = parts.findLast(({ role }) => role === 'service' || role === 'level');
  const { length } = document.lineAt(line).text;
  return new vscode.Position(line, id?.start ?? Math.min(length, column ? column.start + column.length + 1 : 0));
}

/** What the parts of some lines (from 0) mean; in the order asked. */
export async function partsOf(
  log: OpenLog,
  document: vscode.TextDocument,
  numbers: readonly number[],
): Promise<LinePart[][]> {
  const layout = linesOf(document.uri)?.layout;
  const sources = numbers.map((line) => shownLine(document, line));
  const known = sources.filter((source) => source !== undefined);
  if (layout === undefined || known.length === 0) return numbers.map(() => []);
  const parts = await log.ask('lineParts', layout, known);
  let next = 0;
  return sources.map((source) => (source === undefined ? [] : (parts[next++] ?? [])));
}
