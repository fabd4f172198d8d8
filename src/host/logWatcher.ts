/** Tells a log that its files changed, a while after they did: a log being written changes all the time. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { OpenLog } from './openLog.ts';
import { isNeverRead, relativeFile } from './paths.ts';
import { RefreshPace } from './refreshPace.ts';

/** `concerns` says of a name inside the log whether it may be one of its files: compilers write thousands that are not. */
export function watchLog(
  log: OpenLog,
  concerns: (name: string) => boolean,
  onError: (error: unknown) => void,
): vscode.Disposable {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const pace = new RefreshPace();

  const flush = (): void => {
    timer = undefined;
    const paths = [...changed];
    changed.clear();
    const began = Date.now();
    log
      .refresh(paths)
      .catch(onError)
      .finally(() => pace.refreshed(began, Date.now()));
  };
  const note = (uri: vscode.Uri): void => {
    const name = relativeFile(log.root, uri.fsPath);
    if (name === undefined || isNeverRead(name) || !concerns(name)) return;
    const wait = pace.wait(Date.now(), changed.size === 0);
    changed.add(uri.fsPath);
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  };

  const watchers = patterns(log).map((pattern) => {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(note),
      watcher.onDidCreate(note),
      watcher.onDidDelete(note),
    );
  });
  return vscode.Disposable.from(...watchers, { dispose: () => clearTimeout(timer) });
}

/** Only what belongs to the log: the common folder of files chosen here and there may be the whole disk. */
function patterns(log: OpenLog): vscode.RelativePattern[] {
  const pattern = (folder: string, glob: string) => new vscode.RelativePattern(vscode.Uri.file(folder), glob);
  if (log.origin === 'folder') return [pattern(log.root, '*')];
  if (log.paths === undefined) return [pattern(log.root, '**/*')];
  const folders = log.paths.filter(({ isFolder }) => isFolder).map(({ path }) => path);
  const files = log.paths.filter(({ isFolder }) => !isFolder).map(({ path }) => dirname(path));
  return [
    ...folders.map((folder) => pattern(folder, '**/*')),
    ...[...new Set(files)].map((folder) => pattern(folder, '*')),
  ];
}
