/**
 * Which span is the parent of which, within one trace. Whatever tracers and networks do to spans comes through
 * here: parents that never arrive, spans sent twice, circles.
 */

export interface SpanNode {
  /** Compared form; empty where the span has none. */
  id: string | number;
  parent: string | number | null;
  /** Zipkin's server half of a span that the client began. */
  shared: boolean;
  /** Microseconds; NaN where not known. */
  start: number;
  end: number;
}

export interface SpanLinks {
  /** By position: that of the parent, or -1. A parent is never reached through a circle. */
  parent: Int32Array;
  /** By position: flags of what is odd. */
  odd: Uint8Array;
}

export const ORPHAN = 1;
export const DUPLICATE = 2;
export const IN_CYCLE = 4;
export const OUTSIDE_PARENT = 8;
export const WITHOUT_TIME = 16;

/** Times are kept to the microsecond, and durations in columns to a part in ten million. */
const TOLERANCE = 2e-6;

export function linkSpans(spans: readonly SpanNode[]): SpanLinks {
  const parent = new Int32Array(spans.length).fill(-1);
  const odd = new Uint8Array(spans.length);
  const whole = new Map<string | number, number>();
  const sharedHalf = new Map<string | number, number>();
  for (const [i, { id, shared, start }] of spans.entries()) {
    if (Number.isNaN(start)) odd[i] |= WITHOUT_TIME;
    if (id === '') continue;
    const seen = shared ? sharedHalf : whole;
    if (seen.has(id)) odd[i] |= DUPLICATE;
    else seen.set(id, i);
  }
  for (const [i, span] of spans.entries()) {
    const half = span.shared ? whole.get(span.id) : undefined;
    if (half !== undefined && half !== i) parent[i] = half;
    else if (span.parent !== null) {
      // What a service does on its server's side is inside the half that is the server's.
      const found = sharedHalf.get(span.parent) ?? whole.get(span.parent);
      if (found === undefined) odd[i] |= ORPHAN;
      else parent[i] = found;
    }
  }
  cutCycles(parent, odd);
  for (let i = 0; i < spans.length; i++) {
    const outer = spans[parent[i]];
    if (outer === undefined || Number.isNaN(spans[i].start) || Number.isNaN(outer.start)) continue;
    const slack = 1 + TOLERANCE * (outer.end - outer.start);
    const endsLate = spans[i].end > outer.end + slack + TOLERANCE * (spans[i].end - spans[i].start);
    if (spans[i].start < outer.start - 1 || endsLate) odd[i] |= OUTSIDE_PARENT;
  }
  return { parent, odd };
}

/** Spans of a circle lose their parents, so that whoever follows parents comes to an end. */
function cutCycles(parent: Int32Array, odd: Uint8Array): void {
  /** By position: the walk that came there. */
  const walk = new Int32Array(parent.length);
  for (let from = 0; from < parent.length; from++) {
    let at = from;
    while (at >= 0 && walk[at] === 0) {
      walk[at] = from + 1;
      at = parent[at];
    }
    if (at < 0 || walk[at] !== from + 1) continue;
    for (let inside = at; (odd[inside] & IN_CYCLE) === 0; ) {
      odd[inside] |= IN_CYCLE;
      const next = parent[inside];
      parent[inside] = -1;
      inside = next;
    }
  }
}
