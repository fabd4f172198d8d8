/** The recorded spans of a whole log: their numbers and who is whose parent, from columns alone. No line is read back. */
import { SPAN_KEYS, type SpanCounts } from '../../model.ts';
import type { PairColumns } from '../index/columns.ts';
import { type Ids, NO_ID, NO_PARENT, NO_SPAN } from '../index/log.ts';
import {
  DUPLICATE,
  IN_CYCLE,
  linkSpans,
  ORPHAN,
  OUTSIDE_PARENT,
  type SpanLinks,
  type SpanNode,
  WITHOUT_TIME,
} from './spanLinks.ts';

/** What is needed of a log. */
export interface SpanColumns {
  time: Float64Array;
  durationMs: Float32Array;
  layout: Uint16Array;
  trace: Uint32Array;
  idCount: Uint8Array;
  pairs: PairColumns;
  ids: Pick<Ids, 'text'>;
  idKeys: readonly string[];
  layouts: readonly (readonly string[])[];
  firstEntry: readonly number[];
}

/** Stands for an id that is that of the trace: an id that an entry has twice is kept once. */
const AS_TRACE = 'as trace';

/** Hex digits of the 64 bits that all tracers use. */
const LONGEST_SPAN_ID = 16;

export interface RecordedSpans {
  /** Of each file for which `holdsSpans`; null for the others. */
  counts: (SpanCounts | null)[];
  /** The entries of the spans whose parent is nowhere, ascending. */
  orphans: number[];
  /** As in `Log`. */
  parent: Int32Array | null;
}

/** Parents are looked for in all files. */
export function recordedSpans(columns: SpanColumns, holdsSpans: readonly boolean[]): RecordedSpans {
  const counts = holdsSpans.map((holds) => (holds ? noSpans() : null));
  const orphans: number[] = [];
  if (!holdsSpans.includes(true)) return { counts, orphans, parent: null };
  const { layouts, firstEntry } = columns;
  const isSpan = layouts.map((keys) => SPAN_KEYS.every((key) => keys.includes(key)));
  const hasKey = (wanted: string) => layouts.map((keys) => keys.includes(wanted));
  const [isShared, hasId, hasParent] = [hasKey('shared'), hasKey('span_id'), hasKey('parent_span_id')];
  const spanKey = columns.idKeys.indexOf('span_id');
  const parentKey = columns.idKeys.indexOf('parent_span_id');
  const traces = new Map<number, TraceSpans>();
  let pair = 0;
  let file = 0;
  for (let entry = 0; entry < columns.time.length; entry++) {
    while (entry >= firstEntry[file + 1]) file++;
    const first = pair;
    pair += columns.idCount[entry];
    const count = counts[file];
    if (count === null || !isSpan[columns.layout[entry]]) continue;
    count.spans++;
    const trace = columns.trace[entry];
    const layout = columns.layout[entry];
    const start = columns.time[entry];
    const duration = columns.durationMs[entry];
    const node: SpanNode = {
      id: idUnder(columns.pairs, first, pair, spanKey) || (hasId[layout] ? AS_TRACE : ''),
      parent: idUnder(columns.pairs, first, pair, parentKey) || null,
      shared: isShared[layout],
      start,
      end: start + (duration > 0 ? duration * 1000 : 0),
    };
    // Kept once, a parent's id is that of the span, or of the trace where that is short enough for a span's.
    if (node.parent === null && hasParent[layout]) {
      node.parent = trace === NO_ID || columns.ids.text(trace).length > LONGEST_SPAN_ID ? node.id : AS_TRACE;
    }
    const known = traces.get(trace);
    if (known) {
      known.nodes.push(node);
      known.files.push(file);
      known.entries.push(entry);
    } else traces.set(trace, { nodes: [node], files: [file], entries: [entry] });
  }
  if (traces.size === 0) return { counts, orphans, parent: null };
  const parent = new Int32Array(columns.time.length).fill(NO_SPAN);
  for (const spans of traces.values()) {
    const links = linkTrace(spans, parent);
    countTrace(spans, links.odd, counts, orphans);
  }
  return { counts, orphans: orphans.sort((a, b) => a - b), parent };
}

/** The spans of a trace, and by the same position where each stands. */
interface TraceSpans {
  nodes: SpanNode[];
  files: number[];
  entries: number[];
}

function idUnder({ pairId, pairKey }: PairColumns, from: number, to: number, key: number): number {
  for (let pair = from; pair < to; pair++) if (pairKey[pair] === key) return pairId[pair];
  return NO_ID;
}

function linkTrace({ nodes, entries }: TraceSpans, parents: Int32Array): SpanLinks {
  // Where several go without an id, it is because they are too short for ids: who is whose parent cannot be told.
  if (nodes.filter(({ id, shared }) => id === AS_TRACE && !shared).length > 1) {
    for (const node of nodes) {
      if (node.id === AS_TRACE) node.id = '';
      if (node.parent === AS_TRACE) node.parent = null;
    }
  }
  const links = linkSpans(nodes);
  for (const [i, parent] of links.parent.entries()) parents[entries[i]] = parent < 0 ? NO_PARENT : entries[parent];
  return links;
}

function countTrace(
  { nodes, files, entries }: TraceSpans,
  odd: Uint8Array,
  counts: (SpanCounts | null)[],
  orphans: number[],
): void {
  const missing = new Set<string | number>();
  for (let i = 0; i < nodes.length; i++) {
    const count = counts[files[i]];
    if (count === null || odd[i] === 0) continue;
    if (odd[i] & ORPHAN) {
      count.orphans++;
      orphans.push(entries[i]);
      const { parent } = nodes[i];
      if (parent !== null && !missing.has(parent)) count.missingParents++;
      if (parent !== null) missing.add(parent);
    }
    if (odd[i] & DUPLICATE) count.duplicates++;
    if (odd[i] & IN_CYCLE) count.inCycles++;
    if (odd[i] & OUTSIDE_PARENT) count.outsideParent++;
    if (odd[i] & WITHOUT_TIME) count.withoutTime++;
  }
}

function noSpans(): SpanCounts {
  return {
    spans: 0,
    orphans: 0,
    missingParents: 0,
    duplicates: 0,
    inCycles: 0,
    outsideParent: 0,
    withoutTime: 0,
  };
}
