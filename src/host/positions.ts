/** The engine counts lines and columns from 1, the editor from 0; the engine names files, the editor URIs. */
import * as vscode from 'vscode';
import type { Occurrence, Position } from '../model.ts';
import { shownFile, shownUri } from './contentFiles.ts';
import { absoluteFile, relativeFile } from './paths.ts';

export function uriOf(root: string, file: string): vscode.Uri {
  return shownUri(root, absoluteFile(root, file));
}

/** The name a document has inside a log; undefined where the log does not reach it. */
export function fileOf(root: string, uri: vscode.Uri): string | undefined {
  const path = shownFile(root, uri);
  return path === undefined ? undefined : relativeFile(root, path);
}

export function toPosition(position: Pick<Position, 'line' | 'column'>): vscode.Position {
  return new vscode.Position(Math.max(0, position.line - 1), Math.max(0, position.column - 1));
}

/** A piece of one line, from the engine's columns. */
export function toRange(line: number, start: number, end: number): vscode.Range {
  return new vscode.Range(line - 1, start - 1, line - 1, end - 1);
}

export function toLocation(root: string, position: Position): vscode.Location {
  return new vscode.Location(uriOf(root, position.file), toPosition(position));
}

/** Every place an id stands in, in the entry; the entry's own place where the id is only inferred. */
export function occurrenceLocations(root: string, occurrence: Occurrence): vscode.Location[] {
  if (occurrence.ranges.length === 0) return [toLocation(root, occurrence)];
  const uri = uriOf(root, occurrence.file);
  return occurrence.ranges.map(({ line, start, end }) => new vscode.Location(uri, toRange(line, start, end)));
}
