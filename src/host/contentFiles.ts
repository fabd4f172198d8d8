/**
 * Files that no editor shows as the engine reads them: compressed ones, and JSON documents with a record
 * somewhere inside a line. They are shown as virtual documents of their content. The one place that knows
 * which files these are, and how their URIs look.
 */
import * as vscode from 'vscode';
import type { LogSummary } from '../protocol.ts';
import { absoluteFile } from './paths.ts';

export const CONTENT_SCHEME = 'causeway-content';

/** By root of the log, then by absolute path, the language of the content. */
const contents = new Map<string, Map<string, string>>();

/** Remembers which files of a log are shown by their content. */
export function rememberContents(root: string, { contents: found }: Pick<LogSummary, 'contents'>): void {
  contents.set(root, new Map(found.map(({ file, language }) => [absoluteFile(root, file), language])));
}

export function forgetContents(root: string): void {
  contents.delete(root);
}

/** Where a file is shown: itself, or the document of its content, whose name ends so that it has a language. */
export function shownUri(root: string, path: string): vscode.Uri {
  const uri = vscode.Uri.file(path);
  const language = contents.get(root)?.get(path);
  return language === undefined ? uri : uri.with({ scheme: CONTENT_SCHEME, path: `${uri.path}.${language}` });
}

/** The absolute path of the file that a document shows; undefined where it shows none, or not as the engine reads it. */
export function shownFile(root: string, uri: vscode.Uri): string | undefined {
  if (uri.scheme === CONTENT_SCHEME) return contentPath(uri);
  return uri.scheme === 'file' && !contents.get(root)?.has(uri.fsPath) ? uri.fsPath : undefined;
}

/** The URI of the file itself, whether it or its content is shown; undefined for what is no file. */
export function fileUri(uri: vscode.Uri): vscode.Uri | undefined {
  if (uri.scheme === CONTENT_SCHEME) return vscode.Uri.file(contentPath(uri));
  return uri.scheme === 'file' ? uri : undefined;
}

function contentPath(uri: vscode.Uri): string {
  return uri.with({ scheme: 'file', path: uri.path.slice(0, uri.path.lastIndexOf('.')) }).fsPath;
}
