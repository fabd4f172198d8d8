/** The commands that open the cascade timeline, and the log as that panel wants to see it. */
import type * as vscode from 'vscode';
import type { IdTarget } from '../host/commands.ts';
import { activeLogUri } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import { entryOnLine } from '../host/place.ts';
import { toPosition, uriOf } from '../host/positions.ts';
import { reveal } from '../host/reveal.ts';
import type { Sessions } from '../host/sessions.ts';
import { type CascadeSource, openCascade, registerCascade } from './cascadePanel.ts';
import { hintNoId, idInFront } from './navigate.ts';
import { readAsked } from './openLogs.ts';

export function registerTimeline(extensionUri: vscode.Uri, sessions: Sessions): vscode.Disposable {
  return registerCascade(extensionUri, (root) => {
    const log = sessions.byRoot(root);
    return log && sourceOf(sessions, log);
  });
}

/** A trace: the one named, else that of the cursor's line, else the incident, so that the button always shows something. */
export async function showTimeline(sessions: Sessions, target?: IdTarget): Promise<void> {
  if (target !== undefined && 'id' in target) {
    const log = sessions.byRoot(target.root);
    if (log !== undefined) openCascade(sourceOf(sessions, log), { kind: 'trace', id: target.id });
    return;
  }
  const front = await idInFront(sessions);
  if (front === undefined) {
    if (activeLogUri() !== undefined) hintNoId();
    return showIncidentTimeline(sessions);
  }
  openCascade(sourceOf(sessions, front.log), { kind: 'trace', id: front.id });
}

export async function showIncidentTimeline(sessions: Sessions, target?: { root: string }): Promise<void> {
  const log = target?.root === undefined ? await sessions.current() : sessions.byRoot(target.root);
  if (log === undefined || !(await readAsked(sessions, log))) return;
  openCascade(sourceOf(sessions, log), { kind: 'incident' });
}

function sourceOf(sessions: Sessions, log: OpenLog): CascadeSource {
  return {
    root: log.root,
    timeline: (scope) => log.ask('timeline', scope),
    marks: (scope, from, to, buckets) => log.ask('marks', scope, from, to, buckets),
    entry: (entry) => log.ask('entry', entry),
    entryAt: (document, line) => entryOnLine(log, document, line - 1),
    // Only a finished reading gives another picture; its progress does not.
    onDidChange: (listener, thisArg, disposables) =>
      sessions.onDidChange(
        (changed) => {
          if (changed === log && log.summary !== undefined) listener.call(thisArg);
        },
        undefined,
        disposables,
      ),
    reveal: (row, { preview, beside, awayFrom }) =>
      reveal(uriOf(log.root, row.file), toPosition(row), { preview, beside, preserveFocus: preview, awayFrom }),
  };
}
