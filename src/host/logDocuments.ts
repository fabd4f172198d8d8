/** Which documents are logs, and which one the user looks at. */
import * as vscode from 'vscode';
import { CONTENT_SCHEME } from './contentFiles.ts';
import { ENTRIES_SCHEME } from './entryDocuments.ts';
import { isLogName } from './paths.ts';

/**
 * The languages by name, and only on disk or of what is on disk: an output channel is of the language `log` too, and is
 * none of our business.
 */
export const LOG_SELECTOR: vscode.DocumentSelector = [
  { scheme: 'file', language: 'log' },
  { scheme: 'file', language: 'jsonl' },
  { scheme: CONTENT_SCHEME, language: 'log' },
  { scheme: CONTENT_SCHEME, language: 'jsonl' },
  { scheme: ENTRIES_SCHEME, language: 'log' },
];

export function isLogDocument(document: vscode.TextDocument): boolean {
  return vscode.languages.match(LOG_SELECTOR, document) > 0;
}

function isShown({ scheme }: vscode.Uri): boolean {
  return scheme === 'file' || scheme === CONTENT_SCHEME || scheme === ENTRIES_SCHEME;
}

/**
 * The log file in front of the user. Above 50 MB the editor shows an extension no document; the tab
 * still names the file.
 */
export function activeLogUri(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined && isShown(document.uri)) {
    return isLogDocument(document) ? document.uri : undefined;
  }
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputText ? input.uri : undefined;
  return uri !== undefined && isShown(uri) && isLogName(uri.fsPath) ? uri : undefined;
}
