/** Entries, traces and files as lines of a terminal. */
import type { Entry, FileSummary, SkippedFile, Trace } from '../model.ts';
import { entryColumns, serviceWidth } from './entryColumns.ts';
import { joinedText } from './entryLines.ts';
import { callsText } from './hopText.ts';
import { formatCount, formatNumber } from './number.ts';
import { paintLevel } from './paint.ts';
import { cut, plainText } from './plain.ts';
import type { TextOptions } from './section.ts';
import { alignRows } from './table.ts';
import { formatDuration, formatTime } from './time.ts';
import { place } from './words.ts';

const MAX_SERVICE = 24;

/** `2023-08-15 12:01:58.325Z ERROR service  message  file:12`. Cut only where a width is given. */
export function entryText(entry: Entry, { paint, zone }: TextOptions, serviceWidth: number): string {
  const { time, level, service } = entryColumns(entry, serviceWidth, zone);
  return [
    paint.dim(time),
    paintLevel(paint, entry.level, level),
    ...(service === '' ? [] : [paint.cyan(service)]),
    plainText(entry.message),
    paint.dim(place(entry)),
  ].join('  ');
}

/** Ends with a line break. */
export function traceText(trace: Trace, options: TextOptions): string {
  const { paint } = options;
  const files = new Set(trace.entries.map((entry) => entry.file)).size;
  const counts = [
    formatCount(trace.entries.length, ['entry', 'entries']),
    `in ${formatCount(trace.services.length, ['service', 'services'])}`,
    `and ${formatCount(files, ['file', 'files'])}`,
  ].join(' ');
  const took = trace.durationMs === null ? '' : `, ${formatDuration(trace.durationMs)}`;
  const width = serviceWidth(trace.services);
  const lines = trace.entries.map((entry) => {
    return `  ${entryText(entry, options, width)}${paint.dim(entry.via === null ? '' : `  ${joinedText(entry.via)}`)}`;
  });
  const head = `${paint.bold(plainText(trace.id))}  ${plainText(trace.key)}, ${counts}${took}`;
  const unclear = unclearText(trace.unclear).map((line) => paint.dim(`  ${line}`));
  return `${[head, ...lines, ...unclear, ...callsText(trace, options), ...spansText(trace, options)].join('\n')}\n`;
}

function unclearText(unclear: number): string[] {
  if (unclear === 0) return [];
  const entries = formatCount(unclear, ['more entry shares', 'more entries share']);
  return [`${entries} an id with it, but it is not clear with which trace: left out`];
}

/** Recorded spans as a table; nothing where there are none. */
export function spansText(
  { spans, criticalPath }: Pick<Trace, 'spans' | 'criticalPath'>,
  { paint }: TextOptions,
): string[] {
  if (spans.length === 0) return [];
  const critical = new Set(criticalPath);
  const rows = spans.map((span) => [
    critical.has(span.id) ? '*' : '',
    cut(plainText(span.service ?? ''), MAX_SERVICE),
    formatDuration(span.durationMs),
    formatDuration(span.selfMs),
    place(span),
    `${plainText(span.operation)}${span.error ? ' (error)' : ''}`,
  ]);
  const header = ['', 'service', 'duration', 'self', 'line', 'operation'];
  const lines = alignRows([header, ...rows], ['left', 'left', 'right', 'right', 'left', 'left']);
  return ['', paint.bold('SPANS'), ...lines.map((cells) => `  ${cells.join('  ')}`.trimEnd())];
}

/** Ends with a line break. */
export function filesText(
  files: readonly FileSummary[],
  skipped: readonly SkippedFile[],
  options: TextOptions,
): string {
  const { paint, zone } = options;
  const rows = files.map((file) => [
    plainText(file.path),
    plainText(file.format),
    formatNumber(file.entries),
    formatNumber(file.lines),
    formatNumber(file.unrecognisedLines),
    share(file.withTimestamp, file.entries),
    share(file.withLevel, file.entries),
    share(file.withService, file.entries),
    share(file.withId, file.entries),
    formatTime(file.from, zone),
  ]);
  const header = ['file', 'format', 'entries', 'lines', 'unread', 'time', 'level', 'service', 'id', 'from'];
  const aligns = ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'] as const;
  const [head = [], ...body] = alignRows([header, ...rows], aligns);
  const lines = [paint.dim(head.join('  ')), ...body.map((cells) => cells.join('  '))];
  const spans = files.flatMap((file) => spansLine(file, paint));
  const left = skipped.map(({ path, reason }) => paint.dim(`${plainText(path)}  skipped: ${plainText(reason)}`));
  return `${[...(files.length > 0 ? lines : []), ...spans, ...left].join('\n')}\n`;
}

/** What is odd about the spans of a file, where anything is. */
function spansLine({ path, spans }: FileSummary, paint: TextOptions['paint']): string[] {
  if (spans === null) return [];
  const parents = formatCount(spans.missingParents, ['parent', 'parents']);
  const missing = spans.missingParents > 0 ? ` of ${parents} not here` : '';
  const odd = [
    [spans.orphans, ['orphan', 'orphans'], missing],
    [spans.duplicates, ['duplicate', 'duplicates'], ''],
    [spans.inCycles, ['its own ancestor', 'their own ancestors'], ''],
    [spans.outsideParent, ['outside its parent’s time', 'outside their parents’ time'], ''],
    [spans.withoutTime, ['without a time', 'without a time'], ''],
  ] as const;
  const parts = odd.filter(([count]) => count > 0).map(([count, names, more]) => `${formatCount(count, names)}${more}`);
  if (parts.length === 0) return [];
  return [paint.dim(`${plainText(path)}  of ${formatCount(spans.spans, ['span', 'spans'])}: ${parts.join(', ')}`)];
}

/** How many of the entries have it; `all` and `none` are what one looks for. */
function share(count: number, of: number): string {
  if (count === 0) return 'none';
  return count === of ? 'all' : formatNumber(count);
}
