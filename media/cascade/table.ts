/** The same data as text: rows, edges, and the entries of the visible range, for whoever does not see the picture. */

import type { TimelineModel } from '../../src/protocol.ts';
import { formatNumber } from '../../src/render/number.ts';
import { formatTime } from '../../src/render/time.ts';
import type { Cascade } from './cascade.ts';
import { button, element } from './element.ts';
import { firstAtOrAfter, flagsOfEntry } from './scene.ts';
import {
  countEntries,
  edgeReasons,
  hopReason,
  INFERRED_ENTRY,
  levelName,
  logText,
  rangeText,
  rowName,
} from './words.ts';

/** More rows than this make a page slow; the caption says how many there are. */
const MOST_ENTRIES = 500;

export function createTable(cascade: Cascade): HTMLElement {
  const root = element('div', { class: 'tables', hidden: true });
  const reader = readerOfMessages(cascade);
  let shown = '';
  const update = (): void => {
    const { model, view, marks, table } = cascade;
    root.hidden = !table || model === null;
    if (!table || model === null) return;
    const key = [cascade.scope.kind, model.title, view.from, view.to, marks.shown.marks.time.length].join(' ');
    if (key === shown) return;
    shown = key;
    reader.disconnect();
    const calls = model.hops.length > 0 ? [callsTable(model)] : [];
    root.replaceChildren(rowsTable(model), edgesTable(model), ...calls, entriesTable(cascade, model, reader));
  };
  cascade.onChange((change) => {
    if (change === 'model') shown = '';
    if (change === 'selection' || change === 'overlay') markSelected(root, cascade.selection?.entry ?? null);
    else update();
  });
  return root;
}

function table(caption: string, heads: string[], rows: Node[]): HTMLElement {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
}

function row(...cells: (string | Node)[]): HTMLTableRowElement {
  const cellOf = (cell: string | Node): Node => (cell instanceof HTMLTableCellElement ? cell : element('td', {}, cell));
  return element('tr', {}, ...cells.map(cellOf));
}

/** A cell whose text may be broken into lines. */
function sentence(text: string): HTMLTableCellElement {
  return element('td', { class: 'sentence' }, text);
}

function rowsTable(model: TimelineModel): HTMLElement {
  const rows = model.rows.map((line) => {
    const onset = line.onset === null ? '–' : `${formatTime(line.onset)} (${line.onsetCertainty})`;
    const counts = [line.entries, line.warnings, line.errors, line.fatals].map(formatNumber);
    return row(rowName(line), line.kind, ...counts, onset);
  });
  return table('Services and resources', ['Name', 'Kind', 'Entries', 'WARN', 'ERROR', 'FATAL', 'Onset'], rows);
}

function edgesTable(model: TimelineModel): HTMLElement {
  const rows = model.edges.map((edge) =>
    row(
      rowName(model.rows[edge.from]),
      rowName(model.rows[edge.to]),
      sentence(edgeReasons(edge).join(', ')),
      formatNumber(edge.support.count),
      formatNumber(edge.counterexamples.count),
    ),
  );
  return table('Cascade', ['Cause', 'Affected', 'Why', 'For', 'Against'], rows);
}

function callsTable(model: TimelineModel): HTMLElement {
  const rows = model.hops.map((hop) =>
    row(rowName(model.rows[hop.from]), rowName(model.rows[hop.to]), sentence(hopReason(hop)), formatTime(hop.toTime)),
  );
  return table('Calls', ['Caller', 'Callee', 'Known', 'Time'], rows);
}

function entriesTable(cascade: Cascade, model: TimelineModel, reader: IntersectionObserver): HTMLElement {
  const { view } = cascade;
  const { marks } = cascade.marks.shown;
  const rows: HTMLElement[] = [];
  let total = 0;
  let at = firstAtOrAfter(marks.time.length, (index) => marks.time[index], view.from);
  for (; at < marks.time.length && marks.time[at] <= view.to; at++) {
    const line = model.rows[marks.row[at]];
    if (line?.kind !== 'service') continue;
    total += marks.count[at];
    if (rows.length >= MOST_ENTRIES) continue;
    const entry = marks.entry[at];
    const time = button('link', formatTime(marks.time[at]), (event) => pick(cascade, entry, event), {
      'data-entry': entry,
    });
    time.addEventListener('dblclick', () => cascade.openEntry(entry, false));
    const notes = flagsOfEntry(model, entry)
      .map(({ message }) => logText(message))
      .join(' ');
    const more = marks.count[at] > 1 ? `the worst of ${formatNumber(marks.count[at])}` : '';
    const inferred = marks.inferred[at] === 1 ? INFERRED_ENTRY : '';
    const remarks = sentence([inferred, notes, more].filter(Boolean).join(' · '));
    const made = row(time, rowName(line), levelName(marks.level[at]), sentence('…'), remarks);
    made.dataset.entry = String(entry);
    rows.push(made);
  }
  for (const made of rows) reader.observe(made);
  const part = rows.length < total ? ` (${formatNumber(rows.length)} rows for them; zoom in to see each)` : '';
  const caption = `${countEntries(total)} ${rangeText(Math.max(view.from, model.from), Math.min(view.to, model.to))}${part}`;
  return table(caption, ['Time', 'Service', 'Level', 'Message', 'Notes'], rows);
}

function pick(cascade: Cascade, entry: number, event: MouseEvent): void {
  if (event.altKey) cascade.openEntry(entry, true);
  else void cascade.select(entry, true);
}

function markSelected(root: HTMLElement, entry: number | null): void {
  for (const line of root.querySelectorAll<HTMLElement>('tr[data-entry]')) {
    line.setAttribute('aria-selected', String(line.dataset.entry === String(entry)));
  }
}

/** Reads messages only of the rows that come into sight. */
function readerOfMessages(cascade: Cascade): IntersectionObserver {
  const reader: IntersectionObserver = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting || !(target instanceof HTMLTableRowElement)) continue;
      reader.unobserve(target);
      cascade.entries
        .get(Number(target.dataset.entry))
        .then((entry) => {
          target.cells[3].textContent = entry === null ? '' : logText(entry.message);
        })
        .catch(() => {
          target.cells[3].textContent = 'could not be read';
        });
    }
  });
  return reader;
}
