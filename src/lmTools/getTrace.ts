/** All that shares an id: its lines, who called whom, recorded spans. */
import { readingsOf } from '../host/pastedId.ts';
import type { CorrelationSummary, Trace } from '../model.ts';
import { spansText } from '../render/entryText.ts';
import { callsText } from '../render/hopText.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import { NO_PAINT } from '../render/paint.ts';
import { plainText } from '../render/plain.ts';
import type { TextOptions } from '../render/section.ts';
import { formatDuration, formatTime } from '../render/time.ts';
import type { Answer } from './answer.ts';
import type { Asking } from './asking.ts';
import { rowText } from './entryRow.ts';
import type { ToolInput } from './table.ts';

/** What is told of one id: lines beyond these would not fit into an answer. */
const MOST_ENTRIES = 60;
/** An id of more entries is none of one request: no tree of spans is made of them, and not all lines are read back. */
const MOST_OF_TRACE = 1_000;
const MOST_CALLS = 20;
const MOST_SPANS = 30;

const NARROWER = 'Look for entries with the id in the query and a level, a service or a time beside it.';

export async function getTrace(
  { id: text }: ToolInput<'causeway_getTrace'>,
  { log, zone, isWanted }: Asking,
): Promise<Answer> {
  const found = await correlationOf(text, log);
  if (found === null) {
    return {
      about: ['The log does not hold this id. An id is asked for whole; parts of one can be looked for in entries.'],
      lines: [],
      narrower: '',
    };
  }
  const inferred = await log.ask('inferred', found.id, 1);
  const all = found.entries + inferred.total;
  const trace = all <= MOST_OF_TRACE && isWanted() ? await log.ask('trace', found.id) : null;
  if (trace !== null) return ofTrace(found, trace, zone);
  const { entries } = await log.ask('occurrences', found.id, MOST_ENTRIES);
  return {
    about: [
      `${aboutText(found, zone)}; ${formatCount(inferred.total, ['more entry joins', 'more entries join'])} through another id.`,
      `An id of so many entries is not that of one request: the first ${formatNumber(entries.length)} follow, without calls and spans.`,
    ],
    lines: [headText(found), ...entries.map((entry) => rowText(entry, zone))],
    narrower: NARROWER,
  };
}

async function correlationOf(text: string, log: Asking['log']): Promise<CorrelationSummary | null> {
  for (const reading of readingsOf(text)) {
    const found = await log.ask('correlation', reading);
    if (found !== null) return found;
  }
  return null;
}

function ofTrace(found: CorrelationSummary, trace: Trace, zone: string): Answer {
  const options: TextOptions = { paint: NO_PAINT, width: 120, zone };
  const told = telling(trace.entries);
  const joined = trace.entries.length - found.entries;
  const took = trace.durationMs === null ? '' : `, took ${formatDuration(trace.durationMs)}`;
  return {
    about: [
      `${aboutText(found, zone)}${took}.`,
      ...(joined > 0
        ? [
            `${formatCount(joined, ['more entry joins', 'more entries join'])} through another id: inferred, not recorded.`,
          ]
        : []),
      ...(trace.unclear > 0
        ? [`${formatCount(trace.unclear, ['entry', 'entries'])} might belong to it or to another trace: left out.`]
        : []),
      ...(told.length < trace.entries.length
        ? [
            `Of its entries ${formatNumber(told.length)} follow: the first and the last, the gravest, then the earliest.`,
          ]
        : []),
    ],
    lines: [
      headText(found),
      // Before the entries, because what does not fit is left out from the end.
      ...some(callsText(trace, options), MOST_CALLS),
      ...some(spansText(trace, options), MOST_SPANS),
      '',
      'ENTRIES',
      ...told.map((entry) => `${rowText(entry, zone)}${entry.joined === 'inferred' ? ' (inferred)' : ''}`),
    ],
    narrower: NARROWER,
  };
}

/** In order of time; of many the first, the last and those that say what went wrong. */
function telling(entries: Trace['entries']): Trace['entries'] {
  if (entries.length <= MOST_ENTRIES) return entries;
  const grave = ['fatal', 'error', 'warn'].flatMap((level) => entries.filter((entry) => entry.level === level));
  const wanted = new Set([entries[0], entries[entries.length - 1], ...grave, ...entries]);
  const kept = new Set([...wanted].slice(0, MOST_ENTRIES));
  return entries.filter((entry) => kept.has(entry));
}

function aboutText({ entries, files, services, from, to }: CorrelationSummary, zone: string): string {
  const counts = [
    formatCount(entries, ['entry', 'entries']),
    `in ${formatCount(services.length, ['service', 'services'])}`,
    `and ${formatCount(files, ['file', 'files'])}`,
  ].join(' ');
  return `${counts} ${entries === 1 ? 'holds' : 'hold'} the id, from ${formatTime(from, zone)} to ${formatTime(to, zone)}`;
}

function headText({ id, key, services }: CorrelationSummary): string {
  return `${plainText(key)} ${plainText(id)}: ${services.map((name) => plainText(name)).join(', ')}`;
}

/** The table's blank line, its heading and its header count as no rows. */
function some(table: readonly string[], rows: number): string[] {
  const shown = table.slice(0, rows + 3);
  const more = table.length - shown.length;
  return more > 0 ? [...shown, `  ${formatNumber(more)} more`] : shown;
}
