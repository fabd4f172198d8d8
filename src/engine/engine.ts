/** The one door of the engine: opens logs and answers questions about them. It knows no editor and no disk. */
import type { Message, Report } from '../incident.ts';
import type { ClockOffset, TimeRange } from '../model.ts';
import type { EngineApi, IndexCachePlace, LogRequest, Progress, QueryFault, TimelineScope } from '../protocol.ts';
import { againstReport } from './alerts/against.ts';
import { deriveAlerts } from './alerts/derive.ts';
import libraryRules from './alerts/library.yaml';
import { testRules } from './alerts/testRules.ts';
import { type RuleSettings, readRuleSettings } from './anomalies/ruleSettings.ts';
import { contentSource } from './content/contentSource.ts';
import { readContent } from './content/readContent.ts';
import { type AppliedClocks, applyClocks, applyToHops } from './correlation/appliedClocks.ts';
import { clockOffsets } from './correlation/clockOffsets.ts';
import { hopsOf } from './correlation/hops.ts';
import { joinsOf } from './correlation/joins.ts';
import { findId, occurrence, searchIds, summarise, traceOf } from './correlation/lookup.ts';
import { normaliseId } from './correlation/normalise.ts';
import { differences } from './differs/differs.ts';
import { listEntries } from './documents/entryList.ts';
import { type EntryWriter, lineParts, writeEntries } from './documents/entryWriting.ts';
import { explain } from './explain/explain.ts';
import { builtinFormats } from './formats/builtin.ts';
import { tooSlow, withOwnFormats } from './formats/ownFormats.ts';
import type { Format } from './formats/spec.ts';
import { gestureAnswers } from './gestures/answers.ts';
import { analyse } from './incident/analyse.ts';
import type { IndexCache } from './index/cache.ts';
import type { ThreadStarter } from './index/indexing.ts';
import { type Log, NO_ID } from './index/log.ts';
import { idAt, lineTokens } from './lineTokens.ts';
import { type OpenLog, openLog } from './openLog.ts';
import { overviewAnswers } from './overview/answers.ts';
import { formatSet } from './parse/profile.ts';
import { type BoundQuery, bindQuery } from './query/bind.ts';
import { completions } from './query/complete.ts';
import { type ParsedQuery, parseQuery } from './query/parse.ts';
import { searchStretch } from './query/search.ts';
import type { QueryProblem } from './query/syntax.ts';
import { tailKeys } from './query/tailKeys.ts';
import type { ByteSource } from './source.ts';
import { errorRows, fileServiceSummaries, serviceSummaries } from './summaries.ts';
import { timelineMarks } from './timeline/marks.ts';
import { modelOfRows } from './timeline/model.ts';
import { type TimelineRows, timelineRows } from './timeline/rows.ts';

export interface EngineOptions {
  source: ByteSource;
  /** Makes words of the engine's messages, where an answer holds sentences. */
  sentence(message: Message): string;
  /** Writes entries as lines of documents; who asks for none needs none. */
  writer?: EntryWriter;
  formats?: readonly Format[];
  /** Threads to index in; all is done in the caller's own where absent. */
  threads?: ThreadStarter;
  /** Opens a place where indexes are kept; without it none are. */
  cache?(place: IndexCachePlace): IndexCache;
  onProgress?(root: string, progress: Progress): void;
}

export interface Engine extends EngineApi {
  /** The open log itself, for callers in the same thread. */
  log(root: string): Log;
  /** What is wrong with a query, whatever log it is for; null where nothing is. `zone` is that of its times. */
  queryFault(query: string, zone?: string): QueryFault | null;
  /** A query as it means the open log; rejects where something is wrong with it. */
  query(root: string, query: string): Promise<BoundQuery>;
}

/** A log with what was derived from it; all of it is of one generation. */
interface Session {
  open: OpenLog;
  rules: RuleSettings;
  /** Aborted when the log is closed; a report under way when files changed is still worth showing. */
  ended: AbortController;
  report?: Promise<Report>;
  rows: Map<string, Promise<TimelineRows | null>>;
  clocks?: Promise<ClockOffset[]>;
  applied?: Promise<AppliedClocks>;
  /** The query that was asked last. */
  query?: { text: string; bound: BoundQuery };
  tailKeys?: Promise<ReadonlySet<string>>;
}

/** A reading under way. */
interface Reading {
  controller: AbortController;
  /** Absolute paths of what it reads again; undefined stands for all. */
  changed: readonly string[] | undefined;
}

export function createEngine({
  source,
  sentence,
  writer,
  formats = builtinFormats(),
  threads,
  cache,
  onProgress,
}: EngineOptions): Engine {
  const contents = contentSource(source);
  const sessions = new Map<string, Session>();
  const running = new Map<string, Reading>();

  const session = (root: string): Session => {
    const found = sessions.get(root);
    if (!found) throw new Error(`no log is open at ${root}`);
    return found;
  };
  const logOf = (root: string) => session(root).open.log;
  const fileNumber = (root: string, path: string) => logOf(root).files.findIndex((file) => file.path === path);
  const inLog = (root: string, entry: number) => entry >= 0 && entry < logOf(root).count;

  async function load(request: LogRequest, previous?: OpenLog, changed?: string[]) {
    const givenUp = running.get(request.root);
    givenUp?.controller.abort();
    const controller = new AbortController();
    // What the reading that is given up should have read again is not forgotten with it.
    const stale = givenUp && changed ? givenUp.changed && [...givenUp.changed, ...changed] : changed;
    running.set(request.root, { controller, changed: stale });
    try {
      const progress = (p: Progress) => onProgress?.(request.root, p);
      const own = withOwnFormats(request.formats, formats);
      const open = await openLog(
        request,
        {
          source: contents,
          formats: formatSet(own.formats, request, own.own),
          threads,
          cache: request.cache && cache?.(request.cache),
          progress,
          signal: controller.signal,
        },
        previous,
        stale,
      );
      controller.signal.throwIfAborted();
      open.summary.formatProblems = [...own.problems, ...tooSlow(open.log.switchedOff, request.formats, own.problems)];
      const held = sessions.get(request.root);
      const ended = held?.ended ?? new AbortController();
      // A log that is read again is judged by the rules that were given last, be it meanwhile.
      const judged = previous && held ? { ...open, request: held.open.request } : open;
      const rules = readRuleSettings(judged.request.analysis).settings;
      sessions.set(request.root, { open: judged, rules, ended, rows: new Map() });
      return open.summary;
    } finally {
      if (running.get(request.root)?.controller === controller) running.delete(request.root);
    }
  }

  async function analysed({ open, rules, ended }: Session, range?: TimeRange): Promise<Report> {
    const found = await analyse(open.log, range, ended.signal, rules);
    return { ...found, alerts: await deriveAlerts(open.log, found, null, ended.signal) };
  }

  /** The report of the whole log is made once; one of a range, each time. */
  function report(s: Session, range?: TimeRange): Promise<Report> {
    if (range && (range.from !== null || range.to !== null)) return analysed(s, range);
    s.report ??= analysed(s);
    return s.report;
  }

  function rows(s: Session, scope: TimelineScope): Promise<TimelineRows | null> {
    const isTrace = scope.kind === 'trace';
    const key = isTrace ? `trace ${scope.clocks === 'applied'} ${normaliseId(scope.id)}` : scope.kind;
    let found = s.rows.get(key);
    if (!found) {
      const { log } = s.open;
      const joined = scope.kind === 'trace' ? joinsOf(log, findId(log, scope.id)).joined.map(({ entry }) => entry) : [];
      const shown = appliedTo(s, scope);
      found = report(s).then(async (whole) => timelineRows((await shown)?.log ?? log, scope, whole, joined));
      s.rows.set(key, found);
    }
    return found;
  }

  function clocks(held: Session): Promise<ClockOffset[]> {
    held.clocks ??= clockOffsets(held.open.log, held.ended.signal);
    return held.clocks;
  }

  /** Null where the times are shown as written. */
  async function appliedTo(held: Session, scope: TimelineScope): Promise<AppliedClocks | null> {
    if (scope.kind !== 'trace' || scope.clocks !== 'applied') return null;
    held.applied ??= clocks(held).then((offsets) => applyClocks(held.open.log, offsets));
    return held.applied;
  }

  const faultOf = (parsed: ParsedQuery | QueryProblem): QueryFault | null =>
    'message' in parsed ? { problem: sentence(parsed.message), start: parsed.start, end: parsed.end } : null;

  /** Bound once for each query, for a search comes back for stretch after stretch. */
  async function bound(root: string, text: string): Promise<BoundQuery | QueryFault> {
    const held = session(root);
    const { log, request } = held.open;
    if (held.query?.text === text) return held.query.bound;
    const parsed = parseQuery(text, request.zone);
    if ('message' in parsed) return faultOf(parsed) as QueryFault;
    held.tailKeys ??= tailKeys(log);
    const made = bindQuery(parsed, log, root, await held.tailKeys);
    held.query = { text, bound: made };
    return made;
  }

  return {
    log: logOf,
    queryFault: (text, zone) => faultOf(parseQuery(text, zone)),
    async query(root, text) {
      const query = await bound(root, text);
      if ('problem' in query) throw new Error(query.problem);
      return query;
    },
    open: (request) => load(request),
    async close(root) {
      running.get(root)?.controller.abort();
      const held = sessions.get(root);
      held?.ended.abort();
      sessions.delete(root);
      const paths = new Set(held?.open.log.files.map((file) => contents.resolve(root, file.path)));
      await contents.release((path) => paths.has(path));
    },
    checkFormats: async (given) => withOwnFormats(given, formats).problems,
    checkAnalysis: async (given) => readRuleSettings(given).problems,
    async judge(root, analysis) {
      const { open, ended } = session(root);
      // What the log holds stays; what was derived from the report goes with it.
      const rules = readRuleSettings(analysis).settings;
      const judged = { ...open, request: { ...open.request, analysis } };
      sessions.set(root, { open: judged, rules, ended, rows: new Map() });
    },
    async templateOf(root, entry) {
      const log = logOf(root);
      return inLog(root, entry) ? log.templates[log.template[entry]].text : '';
    },
    async refresh(root, paths) {
      const { open } = session(root);
      return load(open.request, open, paths);
    },
    files: async (root) => [...logOf(root).files],
    async services(root) {
      const firstAnomaly = new Map((await report(session(root))).services.map((s) => [s.name, s.firstAnomaly]));
      return serviceSummaries(logOf(root)).map((s) => ({ ...s, firstAnomaly: firstAnomaly.get(s.name) ?? null }));
    },
    async fileServices(root, path) {
      const file = fileNumber(root, path);
      const log = logOf(root);
      return file < 0 ? [] : fileServiceSummaries(log, log.firstEntry[file], log.firstEntry[file + 1]);
    },
    async errors(root, path, service, limit, least) {
      const file = fileNumber(root, path);
      const log = logOf(root);
      return file < 0 ? [] : errorRows(log, log.firstEntry[file], log.firstEntry[file + 1], service, limit, least);
    },
    async tokens(root, path, lines) {
      const file = fileNumber(root, path);
      if (file < 0) return lines.map(() => []);
      const parser = session(root).open.reader.parser(file);
      return lines.map((line) => lineTokens(parser, line));
    },
    async idAt(root, path, line, column) {
      const file = fileNumber(root, path);
      const found = file < 0 ? null : idAt(session(root).open.reader.parser(file), line, column);
      // A word without a key is an id only where the index knows it as one.
      return found?.key === '' && logOf(root).ids.find(found.normalised) === NO_ID ? null : found;
    },
    async correlation(root, text) {
      const id = findId(logOf(root), text);
      return id === NO_ID ? null : summarise(logOf(root), id);
    },
    async occurrences(root, text, limit) {
      const log = logOf(root);
      const id = findId(log, text);
      if (id === NO_ID) return { total: 0, entries: [] };
      const entries = log.ids.entries(id);
      const read = await session(root).open.reader.readLines(entries.subarray(0, limit));
      const isIt = (normalised: string) => log.ids.find(normalised) === id;
      return { total: entries.length, entries: read.map((entry) => occurrence(entry, isIt)) };
    },
    async inferred(root, text, limit) {
      const log = logOf(root);
      const { joined, unclear } = joinsOf(log, findId(log, text));
      const shown = joined.slice(0, limit);
      const read = await session(root).open.reader.readLines(shown.map(({ entry }) => entry));
      const shares = (id: number) => (normalised: string) => log.ids.find(normalised) === id;
      const entries = read.map((entry, i) => occurrence(entry, shares(shown[i].via), 'inferred'));
      return { total: joined.length, unclear, entries };
    },
    findIds: async (root, text, limit) => searchIds(logOf(root), text, limit),
    async trace(root, text) {
      const log = logOf(root);
      const id = findId(log, text);
      return id === NO_ID ? null : traceOf(log, id);
    },
    hops: async (root, text) => hopsOf(logOf(root), findId(logOf(root), text)),
    clocks: (root) => clocks(session(root)),
    async search(root, text, from, most) {
      const { open } = session(root);
      const query = await bound(root, text);
      if ('problem' in query) return query;
      const stretch = await searchStretch(open.log, query, from, most);
      return { ...stretch, generation: open.generation, notes: query.notes.map(sentence) };
    },
    completions: (root, text, most) => completions(logOf(root), text, most),
    async entryAt(root, path, line) {
      const log = logOf(root);
      const file = fileNumber(root, path);
      const entry = file < 0 ? -1 : log.entryAt(file, line);
      return entry < 0 ? null : (await log.read([entry]))[0];
    },
    entry: async (root, entry) => (inLog(root, entry) ? (await logOf(root).read([entry]))[0] : null),
    async content(root, path, line, mostBytes) {
      const file = fileNumber(root, path);
      if (file < 0) return null;
      return readContent(session(root).open.log, contents, contents.resolve(root, path), file, line, mostBytes);
    },
    listEntries: async (root, scope) => listEntries(session(root).open, scope),
    writeEntries: (root, batch) => writeEntries(session(root).open, needed(writer), batch),
    lineParts: (root, layout, lines) => lineParts(session(root).open, needed(writer), layout, lines),
    async neighbour(root, text, entry, step) {
      const log = logOf(root);
      const entries = log.ids.entries(findId(log, text));
      const at = entries.indexOf(entry) + step;
      return at >= 0 && at < entries.length && entries.includes(entry) ? log.row(entries[at]) : null;
    },
    ...gestureAnswers(
      (root) => session(root).open,
      fileNumber,
      (root) => report(session(root)),
    ),
    ...overviewAnswers(logOf),
    report: async (root, range) => report(session(root), range),
    async differs(root, text, range) {
      const query = text.trim() === '' ? null : await bound(root, text);
      return query !== null && 'problem' in query ? query : differences(logOf(root), query, range);
    },
    explain: (root, scope) => {
      const held = session(root);
      return explain(held.open.log, scope, (range) => report(held, range), held.ended.signal);
    },
    async alerts(root, incident) {
      const held = session(root);
      return deriveAlerts(held.open.log, await report(held), incident, held.ended.signal);
    },
    alertLibrary: async () => libraryRules,
    async testRules(root, yaml, incident) {
      const held = session(root);
      const found = await report(held);
      const against = againstReport(found, incident);
      return testRules(held.open.log, yaml ?? libraryRules, found.timeRange, against, held.ended.signal);
    },
    async timeline(root, scope) {
      // Read again meanwhile, the log has other entries: all that is shown is of one reading.
      const held = session(root);
      const { log } = held.open;
      const found = await rows(held, scope);
      if (!found) return null;
      const applied = await appliedTo(held, scope);
      const hops = scope.kind === 'trace' ? await hopsOf(log, findId(log, scope.id)) : [];
      if (!applied) return modelOfRows(log, found, await report(held), { sentence }, hops);
      const moved = applyToHops(applied, hops);
      return modelOfRows(applied.log, found, await report(held), { sentence }, moved, applied.shiftMs);
    },
    async marks(root, scope, from, to, buckets) {
      const held = session(root);
      const found = await rows(held, scope);
      if (!found) throw new Error('nothing to show: the log does not hold that id');
      const applied = await appliedTo(held, scope);
      return timelineMarks(applied?.log ?? held.open.log, found, from, to, buckets);
    },
  };
}

function needed(writer: EntryWriter | undefined): EntryWriter {
  if (!writer) throw new Error('this engine writes no documents');
  return writer;
}
