/**
 * Read-only documents of unpacked content. Of content too large for an editor they hold the lines around the
 * one that was last gone to; the other lines are empty, so that line numbers stay what they are.
 */
import * as vscode from 'vscode';
import { CONTENT_SCHEME } from '../host/contentFiles.ts';
import { fileOf } from '../host/positions.ts';
import { onReveal } from '../host/reveal.ts';
import type { Sessions } from '../host/sessions.ts';
import type { ContentLines } from '../protocol.ts';

/** Above 50 MB the editor shows an extension no document, and most of its features rest. */
const MOST_BYTES = 40_000_000;

export function registerContentDocuments(sessions: Sessions): vscode.Disposable {
  const changes = new vscode.EventEmitter<vscode.Uri>();
  /** The line last gone to in each document, for what is too large to be shown whole. */
  const wanted = new Map<string, number>();
  /** The lines that documents hold of what is too large. */
  const parts = new Map<string, { from: number; to: number }>();

  async function provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const log = sessions.of(uri);
    const file = log && fileOf(log.root, uri);
    const key = uri.toString();
    const lines = file === undefined ? null : await log?.ask('content', file, wanted.get(key) ?? 1, MOST_BYTES);
    if (!lines) return vscode.l10n.t('No log holds this file any more.');
    if (lines.isWhole) {
      parts.delete(key);
      return lines.text;
    }
    const part = extent(lines);
    parts.set(key, part);
    const note = vscode.l10n.t('Too large for an editor: these are lines {0} to {1}.', part.from, part.to);
    return part.from === 1 ? `${lines.text}${note}` : `${note}${'\n'.repeat(part.from - 1)}${lines.text}${note}`;
  }

  return vscode.Disposable.from(
    changes,
    vscode.workspace.registerTextDocumentContentProvider(CONTENT_SCHEME, {
      onDidChange: changes.event,
      provideTextDocumentContent,
    }),
    onReveal((uri, line) => {
      if (uri.scheme !== CONTENT_SCHEME) return;
      wanted.set(uri.toString(), line);
      const part = parts.get(uri.toString());
      if (part !== undefined && (line < part.from || line > part.to)) changes.fire(uri);
    }),
    // What was read anew may hold other lines.
    sessions.onDidChange((log) => {
      if (log.summary === undefined) return;
      for (const { uri } of vscode.workspace.textDocuments) {
        if (uri.scheme === CONTENT_SCHEME && fileOf(log.root, uri) !== undefined) changes.fire(uri);
      }
    }),
  );
}

function extent({ text, firstLine }: ContentLines): { from: number; to: number } {
  let to = firstLine;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) to++;
  return { from: firstLine, to: text.endsWith('\n') ? to - 1 : to };
}
