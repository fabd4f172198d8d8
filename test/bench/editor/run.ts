/** Runs inside VS Code: indexes the folder, then makes gestures, and leaves in a file how long all that took. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Sessions } from '../../../src/host/sessions.ts';
import { activeExtension } from '../../integration/activeExtension.ts';
import { ANSWER_VARIABLE, type EditorAnswer, TASK_VARIABLE, type Task } from './answer.ts';
import { editorGestures } from './editorGestures.ts';
import { engineGestures } from './engineGestures.ts';
import { delayWhile, type Gesture, measured } from './measure.ts';
import { Places } from './places.ts';

const IDLE_MS = 5_000;
const WATCH_MEMORY_EVERY_MS = 50;

export async function run(): Promise<void> {
  const { [ANSWER_VARIABLE]: path, [TASK_VARIABLE]: task } = process.env;
  assert.ok(path && task, 'a task, and a place for the answer');
  const window = vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop';
  const answer: EditorAnswer = {
    host: `${window}, VS Code ${vscode.version}`,
    entries: 0,
    failures: [],
    loop: null,
    memory: null,
    gestures: [],
  };
  const leave = (): void => writeFileSync(path, JSON.stringify(answer));
  try {
    await measure(answer, JSON.parse(task) as Task, leave);
  } catch (error) {
    answer.failures.push(`the measuring ended early: ${reasonOf(error)}`);
  }
  leave();
}

async function measure(answer: EditorAnswer, { runs }: Task, leave: () => void): Promise<void> {
  const { extensionPath, isActive } = await activeExtension();
  assert.equal(isActive, true);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  // Not shown yet, for what is shown is read.
  const document = await vscode.workspace.openTextDocument(
    vscode.Uri.joinPath(folder.uri, 'shop1-order-service.jsonl'),
  );
  const places = new Places(document);
  await index(answer, places);
  leave();
  const measureAll = async (gestures: readonly Gesture[]): Promise<void> => {
    for (const gesture of gestures) {
      // The others are worth knowing all the same.
      await measured(gesture, runs).then(
        (timing) => answer.gestures.push(timing),
        (error) => answer.failures.push(`${gesture.name}: ${reasonOf(error)}`),
      );
      leave();
    }
  };
  // The editor forgets documents that nobody looks at, and would have to load this one anew for each gesture.
  await vscode.window.showTextDocument(document, { preview: false });
  await measureAll(editorGestures(folder.uri, places));
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  // What has no command is asked of a second engine, with the parts of the extension that ask it.
  const output = vscode.window.createOutputChannel('benchmark', { log: true });
  const sessions = new Sessions(join(extensionPath, 'dist/worker.js'), output);
  try {
    const log = sessions.byRoot(folder.uri.fsPath);
    assert.ok(log);
    answer.entries = (await log.ready()).entries;
    await measureAll(engineGestures(log, places));
  } finally {
    sessions.dispose();
    output.dispose();
  }
}

/** Whole stacks of the editor would bury it. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first question reads the log, and is answered when it has been read. */
async function index(answer: EditorAnswer, places: Places): Promise<void> {
  const idle = await delayWhile(() => wait(IDLE_MS));
  const { document, position } = places.trace();
  const megabytes = (): number => process.memoryUsage.rss() / 1e6;
  const beforeMb = megabytes();
  let peakMb = beforeMb;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, megabytes());
  }, WATCH_MEMORY_EVERY_MS);
  const started = performance.now();
  const indexing = await delayWhile(() =>
    vscode.commands.executeCommand('vscode.executeReferenceProvider', document.uri, position),
  );
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  answer.loop = { idle, indexing, seconds };
  answer.memory = { beforeMb, peakMb, afterMb: megabytes() };
}
