/** What of a file can be folded: an entry of several lines, and entries of one trace or one template that follow each other. */
import type { Fold } from '../../gestures.ts';
import { type Log, NO_ID } from '../index/log.ts';

/** Fewer entries are as quickly read as unfolded. */
const LEAST_RUN = 3;

/** The entries [from, to) are those of the file. Outer stretches come before those inside them. */
export function foldingsOf(log: Log, from: number, to: number, limit: number): Fold[] {
  const folds: Fold[] = [];
  /** The run of one template that goes on, and that of one trace. */
  let template = from;
  let trace = from;
  for (let entry = from; entry < to && folds.length < limit; entry++) {
    const next = entry + 1;
    const isLast = next === to;
    if (isLast || log.line[next] > log.line[entry] + 1) {
      const { line, endLine } = log.row(entry);
      if (endLine > line) folds.push({ firstLine: line, lastLine: endLine, kind: 'entry' });
    }
    const traceEnds = isLast || log.trace[next] !== log.trace[entry];
    const templateEnds = isLast || log.template[next] !== log.template[entry];
    if (traceEnds && log.trace[entry] !== NO_ID) add(folds, log, trace, entry, 'trace');
    // Where a run of both kinds is the same, one fold is enough.
    if (templateEnds && !(traceEnds && trace === template && log.trace[entry] !== NO_ID)) {
      add(folds, log, template, entry, 'template');
    }
    if (traceEnds) trace = next;
    if (templateEnds) template = next;
  }
  return nested(folds).slice(0, limit);
}

function add(folds: Fold[], log: Log, first: number, last: number, kind: Fold['kind']): void {
  if (last - first + 1 < LEAST_RUN) return;
  folds.push({ firstLine: log.line[first], lastLine: log.row(last).endLine, kind });
}

/** In order of lines, without those that cross one that began before: an editor can only fold what is nested. */
function nested(folds: Fold[]): Fold[] {
  folds.sort((a, b) => a.firstLine - b.firstLine || b.lastLine - a.lastLine);
  const open: Fold[] = [];
  return folds.filter((fold) => {
    while ((open.at(-1)?.lastLine ?? fold.firstLine) < fold.firstLine) open.pop();
    const outer = open.at(-1);
    // A second fold at the same line could not be told from the first.
    if (outer && (outer.lastLine < fold.lastLine || outer.firstLine === fold.firstLine)) return false;
    open.push(fold);
    return true;
  });
}
