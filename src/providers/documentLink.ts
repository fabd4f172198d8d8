/**
 * Stack frames and `file:line` in a log, as links to the workspace's own sources. Only files that exist are linked to,
 * and nothing else: addresses of the web are linked by the editor itself.
 */
import * as vscode from 'vscode';
import type { SourcePlace } from '../gestures.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import { sourceFileFor } from '../host/sourceFiles.ts';

/** Lines looked at in one go, so that neither thread is kept for long. */
const LINES_AT_ONCE = 2_000;
/** Of a longer document the rest has no links: looking through it would keep others waiting. */
const MOST_LINES = 100_000;
const MOST_LINKS = 5_000;
const MOST_NAMES = 200;
const NAMES_AT_ONCE = 50;
const MOST_FILES = 1_000;
/** The name of a file goes into a glob, so it may hold nothing that means something there. */
const PLAIN_NAME = /^[\w.+~$@-]+$/;
const NEVER = '**/{node_modules,.git}/**';

interface Found extends SourcePlace {
  at: number;
}

export function registerDocumentLink(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(LOG_SELECTOR, {
    provideDocumentLinks: (document, token) =>
      sessions.answer(document, token, async (log) => {
        const { version } = document;
        const places = await placesIn(log, document, token);
        const files = await filesNamed(new Set(places.map(({ path }) => nameOf(path))), token);
        // Links for text that is gone would stand under the wrong words.
        if (token.isCancellationRequested || document.version !== version) return undefined;
        return places.flatMap((place) => linkTo(place, files) ?? []);
      }),
  });
}

async function placesIn(
  log: OpenLog,
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<Found[]> {
  const found: Found[] = [];
  const { version } = document;
  const end = Math.min(document.lineCount, MOST_LINES);
  for (let from = 0; from < end && found.length < MOST_LINKS; from += LINES_AT_ONCE) {
    if (token.isCancellationRequested || document.version !== version) return [];
    const lines: string[] = [];
    for (let at = from; at < Math.min(from + LINES_AT_ONCE, end); at++) lines.push(document.lineAt(at).text);
    const places = await log.ask('sourcePlaces', lines);
    for (const [i, ofLine] of places.entries()) found.push(...ofLine.map((place) => ({ ...place, at: from + i })));
  }
  return found.slice(0, MOST_LINKS);
}

/** The files of the workspace by name. */
async function filesNamed(
  names: ReadonlySet<string>,
  token: vscode.CancellationToken,
): Promise<Map<string, vscode.Uri[]>> {
  const files = new Map<string, vscode.Uri[]>();
  const plain = [...names].filter((name) => PLAIN_NAME.test(name)).slice(0, MOST_NAMES);
  for (let at = 0; at < plain.length; at += NAMES_AT_ONCE) {
    const some = plain.slice(at, at + NAMES_AT_ONCE);
    const glob = some.length === 1 ? `**/${some[0]}` : `**/{${some.join(',')}}`;
    for (const uri of await vscode.workspace.findFiles(glob, NEVER, MOST_FILES, token)) {
      const name = nameOf(uri.path);
      files.set(name, [...(files.get(name) ?? []), uri]);
    }
  }
  return files;
}

function linkTo(place: Found, files: ReadonlyMap<string, vscode.Uri[]>): vscode.DocumentLink | undefined {
  const candidates = new Map(
    (files.get(nameOf(place.path)) ?? []).map((uri) => [vscode.workspace.asRelativePath(uri, false), uri]),
  );
  const chosen = sourceFileFor(place.path, [...candidates.keys()]);
  const uri = chosen === undefined ? undefined : candidates.get(chosen);
  if (uri === undefined) return undefined;
  const fragment = place.column === null ? `L${place.line}` : `L${place.line},${place.column}`;
  return new vscode.DocumentLink(new vscode.Range(place.at, place.start, place.at, place.end), uri.with({ fragment }));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
