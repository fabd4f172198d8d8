/** One log of the editor: read at the first question, read again when its files change, given back on close. */
import type { Remote } from '../base/rpc.ts';
import type { Report } from '../incident.ts';
import type { AnalysisRules, EngineApi, LogRequest, LogSummary, Progress } from '../protocol.ts';

export type LogState =
  | { kind: 'closed' }
  | { kind: 'reading'; progress: Progress | null }
  | { kind: 'read'; summary: LogSummary }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: Error };

/** The engine's questions, and what each wants beside the root. */
type Question = Exclude<
  keyof EngineApi,
  'open' | 'close' | 'refresh' | 'report' | 'judge' | 'checkFormats' | 'checkAnalysis'
>;
type Arguments<K extends Question> = EngineApi[K] extends (root: string, ...rest: infer A) => unknown ? A : never;

/** A question that can have no answer because the user stopped the reading: nothing to report. */
export class ReadingCancelled extends Error {
  override name = 'ReadingCancelled';
}

/** What the user chose to read, where that is not all of the root. */
export interface ChosenPath {
  path: string;
  isFolder: boolean;
}

/** Where a log comes from; this decides how long it stays. */
export type LogOrigin = 'workspace' | 'folder' | 'chosen';

/** What a log needs of those who keep it. */
export interface LogKeeper {
  request(): Promise<LogRequest>;
  engine(): Remote<EngineApi>;
  changed(log: OpenLog): void;
}

export class OpenLog {
  state: LogState = { kind: 'closed' };
  /** Absolute path of the folder that file names are relative to. */
  readonly root: string;
  readonly origin: LogOrigin;
  /** Undefined where all of the root is read. */
  readonly paths: readonly ChosenPath[] | undefined;
  private readonly keeper: LogKeeper;
  private opening: Promise<LogSummary> | undefined;
  /** Tells a reading from one that was given up before it. */
  private readings = 0;
  private reporting: { generation: number; report: Promise<Report> } | undefined;
  /** How often other rules were given to judge the log by. */
  judgements = 0;
  private refreshing: Promise<void> | undefined;
  /** Paths that changed and are not yet read again; undefined stands for all of them. */
  private stale: Set<string> | undefined = new Set();

  constructor(root: string, origin: LogOrigin, paths: readonly ChosenPath[] | undefined, keeper: LogKeeper) {
    this.root = root;
    this.origin = origin;
    this.paths = paths;
    this.keeper = keeper;
  }

  get summary(): LogSummary | undefined {
    return this.state.kind === 'read' ? this.state.summary : undefined;
  }

  /** Reads the log if that has not been done. Rejects if it can't be, and again until somebody asks to refresh. */
  ready(): Promise<LogSummary> {
    if (this.state.kind === 'read') return Promise.resolve(this.state.summary);
    if (this.state.kind === 'cancelled') return Promise.reject(new ReadingCancelled());
    if (this.state.kind === 'failed') return Promise.reject(this.state.error);
    this.opening ??= this.open();
    return this.opening;
  }

  async ask<K extends Question>(question: K, ...args: Arguments<K>): Promise<Awaited<ReturnType<EngineApi[K]>>> {
    await this.ready();
    const method = this.keeper.engine()[question] as (
      root: string,
      ...rest: Arguments<K>
    ) => Promise<Awaited<ReturnType<EngineApi[K]>>>;
    return method(this.root, ...args);
  }

  /** The analysis of the whole log, made once for each generation of the index. */
  async report(): Promise<Report> {
    const { generation } = await this.ready();
    if (this.reporting?.generation !== generation) {
      this.reporting = { generation, report: this.keeper.engine().report(this.root) };
      // A report that failed must not answer for the next one who asks.
      this.reporting.report.catch(() => {
        this.reporting = undefined;
      });
    }
    return this.reporting.report;
  }

  /** Reads what changed on disk again; everything without `paths`. Does nothing before the first reading. */
  refresh(paths?: readonly string[]): Promise<void> {
    if (this.state.kind === 'closed') return Promise.resolve();
    if (this.state.kind === 'failed' || this.state.kind === 'cancelled') return this.reopen();
    if (paths === undefined) this.stale = undefined;
    else for (const path of paths) this.stale?.add(path);
    this.refreshing ??= this.refreshStale().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  /** Judges what was read by other rules, without reading it again. */
  async judge(rules: AnalysisRules): Promise<void> {
    if (this.state.kind !== 'reading' && this.state.kind !== 'read') return;
    await this.ready();
    await this.keeper.engine().judge(this.root, rules);
    this.reporting = undefined;
    this.judgements++;
    if (this.stateNow() === 'read') this.keeper.changed(this);
  }

  /** Reads the log anew from nothing, as changed settings need it. */
  async reopen(): Promise<void> {
    if (this.state.kind === 'closed') return;
    await this.close();
    await this.ready();
  }

  /** Stops a reading that is under way. */
  async cancel(): Promise<void> {
    if (this.state.kind !== 'reading') return;
    this.readings++;
    this.opening = undefined;
    this.become({ kind: 'cancelled' });
    await this.keeper.engine().close(this.root);
  }

  async close(): Promise<void> {
    const held = this.state.kind === 'reading' || this.state.kind === 'read';
    this.forget();
    if (held) await this.keeper.engine().close(this.root);
  }

  /** The engine is gone, and the index with it. The next question reads again. */
  forget(): void {
    this.readings++;
    this.opening = undefined;
    this.reporting = undefined;
    this.stale = new Set();
    if (this.state.kind !== 'closed') this.become({ kind: 'closed' });
  }

  progress(progress: Progress): void {
    if (this.state.kind === 'reading') this.become({ kind: 'reading', progress });
  }

  private async open(): Promise<LogSummary> {
    this.become({ kind: 'reading', progress: null });
    const mine = ++this.readings;
    // Closed, stopped or begun anew meanwhile: whoever did that has said what the state is.
    const isCurrent = () => this.readings === mine;
    try {
      const request = await this.keeper.request();
      // Else the engine would read, and keep, what nobody would ever close.
      if (!isCurrent()) throw new ReadingCancelled();
      const summary = await this.keeper.engine().open(request);
      if (isCurrent()) this.become({ kind: 'read', summary });
      return summary;
    } catch (error) {
      if (!isCurrent()) throw new ReadingCancelled();
      this.opening = undefined;
      this.become({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      throw error;
    }
  }

  private async refreshStale(): Promise<void> {
    // What changes during the first reading may have been read before it changed.
    await this.opening;
    while (this.stateNow() === 'read' && (this.stale === undefined || this.stale.size > 0)) {
      const paths = this.stale === undefined ? undefined : [...this.stale];
      this.stale = new Set();
      const summary = await this.keeper
        .engine()
        .refresh(this.root, paths)
        .catch((error: unknown) => {
          // They are as stale as before; the next refresh takes them along.
          if (paths === undefined) this.stale = undefined;
          else for (const path of paths) this.stale?.add(path);
          throw error;
        });
      if (this.stateNow() === 'read') this.become({ kind: 'read', summary });
    }
  }

  /** The state as it is after an `await`, which the compiler would otherwise take for unchanged. */
  private stateNow(): LogState['kind'] {
    return this.state.kind;
  }

  private become(state: LogState): void {
    this.state = state;
    this.keeper.changed(this);
  }
}
