/**
 * Which logs are open, and the one way from a document to the log that holds it. A folder of the
 * workspace is one log; a file outside brings its own folder; `Open Logs…` adds what was chosen.
 * Nothing is read before somebody asks.
 */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { AnalysisRules, FormatProblem, LogRequest, SettingProblem } from '../protocol.ts';
import { ANALYSIS_SETTINGS, analysisRules, readingRules, SECTION } from '../settings/rules.ts';
import { clearIndexCache } from '../worker/indexCache.ts';
import { DEFAULTS, enabledGlobs, INDEX_SETTINGS, readSetting, type Settings } from './config.ts';
import { fileUri, forgetContents, rememberContents } from './contentFiles.ts';
import { EngineThread } from './engineThread.ts';
import { entryDocument } from './entryDocuments.ts';
import { activeLogUri } from './logDocuments.ts';
import { watchLog } from './logWatcher.ts';
import { type ChosenPath, type LogOrigin, OpenLog, ReadingCancelled } from './openLog.ts';
import { isCandidateName, isLogName, relativeFile } from './paths.ts';
import { fileOf } from './positions.ts';

export class Sessions implements vscode.Disposable {
  private readonly logs = new Map<string, { log: OpenLog; watcher: vscode.Disposable }>();
  private readonly thread: EngineThread;
  private readonly output: vscode.LogOutputChannel;
  private readonly cacheFolder: string | undefined;
  private readonly disposables: vscode.Disposable[] = [];
  private readonly changes = new vscode.EventEmitter<OpenLog>();
  private readonly settingsChanges = new vscode.EventEmitter<void>();
  /** A log came, went, was read (again) or came further in being read. */
  readonly onDidChange = this.changes.event;
  /** A setting that changes what is shown, not what is read. */
  readonly onDidChangeSettings = this.settingsChanges.event;

  /** Without `cacheFolder`, no index outlives the editor. */
  constructor(workerScript: string, output: vscode.LogOutputChannel, cacheFolder?: string) {
    this.output = output;
    this.cacheFolder = cacheFolder;
    this.thread = new EngineThread(workerScript, output, {
      progress: (root, progress) => this.logs.get(root)?.log.progress(progress),
      crashed: () => {
        for (const { log } of this.logs.values()) log.forget();
      },
    });
    this.disposables.push(
      this.changes,
      this.settingsChanges,
      vscode.workspace.onDidChangeConfiguration((event) => this.onConfiguration(event)),
      vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
        for (const folder of removed) this.close(folder.uri.fsPath);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) this.closeUnused();
      }),
    );
  }

  /** The logs somebody has asked about, those of the workspace first. */
  all(): OpenLog[] {
    const order = { workspace: 0, chosen: 1, folder: 2 };
    return [...this.logs.values()].map(({ log }) => log).sort((a, b) => order[a.origin] - order[b.origin]);
  }

  /** The logs that are not of the workspace. */
  opened(): OpenLog[] {
    return this.all().filter((log) => log.origin !== 'workspace');
  }

  byRoot(root: string): OpenLog | undefined {
    return this.logs.get(root)?.log ?? this.ofFolder(root);
  }

  /** The log a file belongs to. What was chosen comes first, then the workspace, then the file's own folder. */
  of(shown: vscode.Uri): OpenLog | undefined {
    const document = entryDocument(shown);
    if (document !== undefined) return this.byRoot(document.root);
    const uri = fileUri(shown);
    if (uri === undefined) return undefined;
    const chosen = this.all()
      .filter((log) => log.origin === 'chosen' && covers(log, uri.fsPath))
      .sort((a, b) => b.root.length - a.root.length);
    if (chosen.length > 0) return chosen[0];
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder?.uri.scheme === 'file') return this.add(folder.uri.fsPath, 'workspace');
    const beside = dirname(uri.fsPath);
    return isLogName(uri.fsPath) ? this.add(beside, 'folder') : this.logs.get(beside)?.log;
  }

  /** The log a command means that names none: that of the file in front, else the only one there is. */
  async current(): Promise<OpenLog | undefined> {
    const uri = activeLogUri();
    const log = uri && this.of(uri);
    if (log !== undefined) return log;
    const candidates = this.candidates();
    if (candidates.length <= 1) return candidates[0];
    const items = candidates.map((log) => ({ label: `$(folder) ${log.root}`, log }));
    const title = vscode.l10n.t('Which log?');
    return (await vscode.window.showQuickPick(items, { title }))?.log;
  }

  /** All logs that could be asked: those that are open, and the folders of the workspace. */
  candidates(): OpenLog[] {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      if (uri.scheme === 'file') this.add(uri.fsPath, 'workspace');
    }
    return this.all();
  }

  /** Opens what the user chose; a log with the same root gives way to it. */
  choose(root: string, paths?: readonly ChosenPath[]): OpenLog {
    this.close(root);
    return this.add(root, 'chosen', paths);
  }

  close(root: string): void {
    const held = this.logs.get(root);
    if (held === undefined) return;
    this.logs.delete(root);
    forgetContents(root);
    held.watcher.dispose();
    held.log.close().catch((error) => this.report(error));
    this.changes.fire(held.log);
    this.offerCommands();
  }

  /**
   * Asks the log of a document, for a language feature: no log, no answer in time or an engine that
   * failed all come back as undefined, which to the editor means there is nothing to show. A document of entries is
   * no file of the log: its name is empty, and what is asked of a file by name has no answer there.
   */
  async answer<T>(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
    question: (log: OpenLog, file: string) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const log = this.of(document.uri);
    const file = log && (entryDocument(document.uri) ? '' : fileOf(log.root, document.uri));
    if (log === undefined || file === undefined) return undefined;
    try {
      await log.ready();
      return token.isCancellationRequested ? undefined : await question(log, file);
    } catch (error) {
      this.report(error);
      return undefined;
    }
  }

  /** Removes the indexes that are kept on disk; how many bytes that were. */
  async clearCache(): Promise<number> {
    return this.cacheFolder === undefined ? 0 : clearIndexCache(this.cacheFolder);
  }

  setting<K extends keyof Settings>(key: K, root?: string): Settings[K] {
    const scope = root === undefined ? undefined : vscode.Uri.file(root);
    const section = vscode.workspace.getConfiguration(SECTION, scope);
    return readSetting((name) => section.get(name), key);
  }

  /** What is wrong with formats of the user's own. */
  checkFormats(formats: unknown): Promise<FormatProblem[]> {
    return this.thread.engine.checkFormats(formats);
  }

  /** What is wrong with settings of rules. */
  checkAnalysis(rules: AnalysisRules): Promise<SettingProblem[]> {
    return this.thread.engine.checkAnalysis(rules);
  }

  /** For what fails where nobody waits: it is written down, and shown only by the status bar. */
  report(error: unknown): void {
    if (!(error instanceof ReadingCancelled)) this.output.error(error instanceof Error ? error : String(error));
  }

  dispose(): void {
    for (const { watcher } of this.logs.values()) watcher.dispose();
    this.logs.clear();
    this.thread.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private add(root: string, origin: LogOrigin, paths?: readonly ChosenPath[]): OpenLog {
    const held = this.logs.get(root);
    if (held !== undefined) return held.log;
    const log = new OpenLog(root, origin, paths, {
      request: () => this.request(root, origin, paths),
      engine: () => this.thread.engine,
      changed: (changed) => {
        if (changed.summary !== undefined) rememberContents(root, changed.summary);
        this.changes.fire(changed);
      },
    });
    const concerns = (name: string) =>
      isCandidateName(name) || paths !== undefined || this.setting('files.include', root).length > 0;
    const watcher = watchLog(log, concerns, (error) => this.report(error));
    this.logs.set(root, { log, watcher });
    this.offerCommands();
    return log;
  }

  /** Commands that need a log are greyed out where there is none; only logs from elsewhere can be closed. */
  private offerCommands(): void {
    void vscode.commands.executeCommand('setContext', 'causeway.hasLogs', this.logs.size > 0);
    void vscode.commands.executeCommand('setContext', 'causeway.hasOpenedLogs', this.opened().length > 0);
  }

  private ofFolder(root: string): OpenLog | undefined {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === root);
    return folder && this.add(root, 'workspace');
  }

  private async request(root: string, origin: LogOrigin, paths?: readonly ChosenPath[]): Promise<LogRequest> {
    const include = this.setting('files.include', root);
    const year = this.setting('year', root);
    const hidden = vscode.workspace.getConfiguration('files', vscode.Uri.file(root)).get('exclude');
    return {
      root,
      exclude: [
        ...enabledGlobs(hidden).flatMap((glob) => [glob, `${glob}/**`]),
        ...this.setting('files.exclude', root),
      ],
      zone: this.setting('zone', root) || DEFAULTS.zone,
      ...(include.length > 0 && { include }),
      ...(year !== null && { year }),
      ...readingRules((key) => this.setting(key, root)),
      analysis: this.analysis(root),
      ...this.cachePlace(root),
      ...(paths !== undefined && { paths: paths.map(({ path }) => path) }),
      ...(origin === 'folder' && { paths: await siblings(root) }),
    };
  }

  private analysis(root: string): AnalysisRules {
    return analysisRules((key) => this.setting(key, root));
  }

  private cachePlace(root: string): Pick<LogRequest, 'cache'> {
    const maxBytes = this.setting('cache.maxSize', root) * 2 ** 20;
    return this.cacheFolder && maxBytes > 0 ? { cache: { folder: this.cacheFolder, maxBytes } } : {};
  }

  private onConfiguration(event: vscode.ConfigurationChangeEvent): void {
    const changed = (key: string, root: string) => event.affectsConfiguration(key, vscode.Uri.file(root));
    for (const log of this.all()) {
      const keys = ['files.exclude', ...INDEX_SETTINGS.map((key) => `${SECTION}.${key}`)];
      if (keys.some((key) => changed(key, log.root))) log.reopen().catch((error) => this.report(error));
      else if (ANALYSIS_SETTINGS.some((key) => changed(`${SECTION}.${key}`, log.root))) {
        log.judge(this.analysis(log.root)).catch((error) => this.report(error));
      }
    }
    if (event.affectsConfiguration(SECTION)) this.settingsChanges.fire();
  }

  /** A log that only a file outside the workspace brought goes with the last tab that shows one of its files. */
  private closeUnused(): void {
    const shown = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .flatMap((tab) => (tab.input instanceof vscode.TabInputText ? [tab.input.uri] : []))
      .map((uri) => entryDocument(uri)?.root ?? dirname(uri.fsPath));
    for (const log of this.all()) {
      if (log.origin === 'folder' && !shown.includes(log.root)) this.close(log.root);
    }
  }
}

function covers(log: OpenLog, path: string): boolean {
  if (log.paths === undefined) return relativeFile(log.root, path) !== undefined;
  return log.paths.some((chosen) => chosen.path === path || relativeFile(chosen.path, path) !== undefined);
}

/**
 * The log files beside a file outside the workspace, without what lies deeper: one file opened from
 * a home folder must not have all of that folder read.
 */
async function siblings(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory() && isLogName(entry.name)).map(({ name }) => join(folder, name));
}
