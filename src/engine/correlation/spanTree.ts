/** The recorded spans among the entries of a trace: who called whom, who worked how long, what the whole waited for. */
import type { Entry, Json, Span } from '../../model.ts';
import { SPAN_TYPE } from '../content/records/spanLine.ts';
import { normaliseId } from './normalise.ts';
import { linkSpans, type SpanNode } from './spanLinks.ts';

export interface SpanTree {
  /** In order of time; those without one at the end. */
  spans: Span[];
  /** Ids of the spans that the end of the trace waited for, from the root on. */
  criticalPath: string[];
  /** By position in `spans`: the position of the parent, or -1. */
  parent: Int32Array;
  /** By position in `spans`: the number of the span's entry. */
  entries: number[];
}

export function spanTree(entries: readonly Entry[]): SpanTree {
  const found = entries.flatMap((entry) => recorded(entry) ?? []);
  found.sort((a, b) => order(a.node.start, b.node.start));
  const nodes = found.map(({ node }) => node);
  const { parent } = linkSpans(nodes);
  const children = nodes.map((): number[] => []);
  for (let i = 0; i < nodes.length; i++) if (parent[i] >= 0) children[parent[i]].push(i);
  const spans = found.map(({ span }, i) => ({ ...span, selfMs: selfTime(nodes, i, children[i]) / 1000 }));
  return {
    spans,
    criticalPath: criticalPath(nodes, parent, children).map((i) => spans[i].id),
    parent,
    entries: found.map(({ entry }) => entry),
  };
}

function order(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

/** A span as it was recorded; null for any other entry. */
function recorded(entry: Entry): { node: SpanNode; span: Span; entry: number } | null {
  const fields = new Map<string, Json>();
  for (const { key, value } of entry.fields) if (!fields.has(key)) fields.set(key, value);
  const [id, name] = [text(fields.get('span_id')), text(fields.get('name'))];
  if (fields.get('type') !== SPAN_TYPE || fields.get('trace_id') === undefined) return null;
  const parent = text(fields.get('parent_span_id'));
  const duration = Number(fields.get('duration_ms') ?? 0);
  const durationMs = Number.isFinite(duration) && duration > 0 ? duration : 0;
  const start = entry.timestamp ?? Number.NaN;
  const shared = fields.get('shared') === true;
  return {
    entry: entry.entry,
    node: {
      id: compared(id),
      parent: parent === null ? null : compared(parent),
      shared,
      start,
      end: start + durationMs * 1000,
    },
    span: {
      id: id ?? '',
      parent,
      service: entry.service,
      operation: name ?? entry.message,
      start: entry.timestamp,
      durationMs,
      selfMs: 0,
      error: entry.level === 'error' || entry.level === 'fatal',
      file: entry.file,
      line: entry.line,
    },
  };
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Tracers write leading zeros, or leave them out. */
function compared(id: string | null): string {
  return id === null ? '' : (normaliseId(id) ?? id).replace(/^0+(?=[0-9a-f])/, '');
}

/** Microseconds of a span in which none of its children was at work. */
function selfTime(nodes: readonly SpanNode[], i: number, children: readonly number[]): number {
  const { start, end } = nodes[i];
  let self = Number.isNaN(start) ? 0 : end - start;
  let covered = start;
  for (const child of children) {
    // Children stand in order of time.
    const from = Math.max(nodes[child].start, covered);
    const to = Math.min(nodes[child].end, end);
    if (!(to > from)) continue;
    self -= to - from;
    covered = to;
  }
  return Math.max(0, self);
}

/**
 * From the root that lasts longest, backwards from its end: the child that ended last held it up until the child
 * began, and before that the one that ended last before, and so on down.
 */
function criticalPath(nodes: readonly SpanNode[], parent: Int32Array, children: readonly number[][]): number[] {
  let root = -1;
  for (let i = 0; i < nodes.length; i++) {
    if (parent[i] >= 0 || Number.isNaN(nodes[i].start)) continue;
    if (root < 0 || nodes[i].end - nodes[i].start > nodes[root].end - nodes[root].start) root = i;
  }
  const path: number[] = [];
  const waiting = root < 0 ? [] : [{ span: root, until: nodes[root].end }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    path.push(next.span);
    let { until } = next;
    const held: typeof waiting = [];
    for (const child of children[next.span].toSorted((a, b) => nodes[b].end - nodes[a].end)) {
      const { start, end } = nodes[child];
      // What began later than the moment looked at held up nothing; what outlasts its parent counts to its end.
      if (!(start < until)) continue;
      if (held.length > 0 && end > until) continue;
      held.push({ span: child, until: Math.min(end, until) });
      until = start;
    }
    // Found from the end to the start: the last pushed is the next to be walked.
    waiting.push(...held);
  }
  return path;
}
