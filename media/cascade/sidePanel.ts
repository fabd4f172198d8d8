/** Beside the picture: what is selected, and the ranked causes with the lines that speak for them. */
import type { Evidence } from '../../src/incident.ts';
import { type Entry, type Field, LEVELS } from '../../src/model.ts';
import type { TimelineModel } from '../../src/protocol.ts';
import { otherFields } from '../../src/render/otherFields.ts';
import { formatTime } from '../../src/render/time.ts';
import { type Cascade, traceOf } from './cascade.ts';
import { button, element } from './element.ts';
import { flagsOfEntry } from './scene.ts';
import { countEntries, edgeName, edgeReasons, logText } from './words.ts';

const MOST_FIELDS = 60;

export function createSidePanel(cascade: Cascade): HTMLElement {
  const causes = element('section', { 'aria-label': titleOfCauses(cascade) });
  const selected = element('section', { 'aria-label': 'Selected' });
  const root = element('aside', {}, causes, selected);
  const showCauses = (): void => {
    causes.setAttribute('aria-label', titleOfCauses(cascade));
    causes.replaceChildren(...(cascade.model ? causesOf(cascade, cascade.model) : []));
  };
  const showSelected = (): void => selected.replaceChildren(...selectedOf(cascade));
  cascade.onChange((change) => {
    if (change === 'model') showCauses();
    if (change === 'model' || change === 'selection') showSelected();
  });
  return root;
}

/** Causes are ranked over the whole log, so beside a single trace it is said whose they are. */
function titleOfCauses({ scope }: Cascade): string {
  return scope.kind === 'trace' ? 'Likely causes of the incident' : 'Likely causes';
}

function causesOf(cascade: Cascade, model: TimelineModel): Node[] {
  const ranked = model.verdict === 'ranked' && model.causes.length > 0;
  const heading = element(
    'div',
    { class: 'heading' },
    element('h2', {}, titleOfCauses(cascade)),
    element('span', { class: 'muted' }, ranked ? 'ranked, not proven' : 'insufficient evidence'),
  );
  if (!ranked) {
    return [
      heading,
      element('p', { class: 'muted' }, 'Nothing here stands out clearly enough to be named as a cause.'),
    ];
  }
  const best = Math.max(...model.causes.map(({ score }) => score), Number.MIN_VALUE);
  const items = model.causes.map((cause) => {
    const bar = element('div', { class: 'score' }, element('div'));
    // A style attribute would be refused by the page's policy; the property is not.
    (bar.firstElementChild as HTMLElement).style.width = `${Math.round((cause.score / best) * 100)}%`;
    bar.title = `${Math.round(cause.score * 100)} % of all evidence`;
    return element(
      'li',
      {},
      element('strong', {}, logText(cause.name)),
      bar,
      element('p', {}, logText(cause.why)),
      links(cascade, cause.evidence),
    );
  });
  return [heading, element('ol', { class: 'causes' }, ...items)];
}

/** `database:7 service:6, 12`: a file is named once for lines that follow each other. */
function links(cascade: Cascade, evidence: readonly Evidence[]): HTMLElement {
  const root = element('div', { class: 'links' });
  evidence.forEach((line, index) => {
    const again = index > 0 && evidence[index - 1].file === line.file;
    if (index > 0) root.append(again ? ', ' : ' ');
    root.append(evidenceLink(cascade, line, again ? String(line.line) : `${stem(line.file)}:${line.line}`));
  });
  return root;
}

/** Click selects and previews, double click opens, with Alt to the side: as everywhere. */
function evidenceLink(cascade: Cascade, evidence: Evidence, label: string): HTMLButtonElement {
  const { file, line, message, entry } = evidence;
  const select = (event: MouseEvent): void => {
    if (event.altKey) cascade.openEntry(entry, true);
    else cascade.selectEvidence(evidence);
  };
  const made = button('link', logText(label, 60), select, {
    title: logText(`${file}:${line} ${message}`),
  });
  made.addEventListener('dblclick', () => cascade.openEntry(entry, false));
  return made;
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** A file's name without its folder and the ending that most files of a log share. */
function stem(file: string): string {
  return baseName(file).replace(/(?<=.)\.(?:jsonl|ndjson|json|log|txt)$/i, '');
}

function selectedOf(cascade: Cascade): Node[] {
  const { selection, edge, model, notice } = cascade;
  const nodes: Node[] = [];
  if (notice !== null) nodes.push(element('p', { role: 'alert', class: 'notice' }, logText(notice)));
  if (edge !== null && model !== null) return [...nodes, ...edgeDetails(cascade, model, edge)];
  if (selection === null) {
    if (model === null) return nodes;
    return [
      ...nodes,
      element('p', { class: 'muted' }, 'Click an entry to see its fields; double click opens its line.'),
    ];
  }
  const heading = element('div', { class: 'heading' }, element('h2', {}, 'Selected'));
  if (selection.details === null) return [...nodes, heading, element('p', { class: 'muted' }, 'Reading the entry…')];
  heading.append(openButton(cascade, selection.details));
  return [...nodes, heading, ...entryDetails(cascade, selection.details)];
}

function openButton(cascade: Cascade, { file, line, entry }: Entry): HTMLElement {
  const open = (event: MouseEvent): void => cascade.openEntry(entry, event.altKey);
  return button('link', `${logText(baseName(file), 40)}:${line}`, open, {
    title: `Open ${logText(file)}:${line} (Enter; with Alt beside)`,
  });
}

function entryDetails(cascade: Cascade, entry: Entry): Node[] {
  const level = entry.level === null ? LEVELS.length : LEVELS.indexOf(entry.level);
  const facts: [string, Node][] = [
    ['time', document.createTextNode(formatTime(entry.timestamp))],
    ['level', element('span', { class: `level-${LEVELS[level] ?? 'none'}` }, entry.level?.toUpperCase() ?? 'none')],
    ['service', document.createTextNode(entry.service === null ? 'none' : logText(entry.service))],
  ];
  const fields = otherFields(entry);
  const shown = fields.slice(0, MOST_FIELDS);
  for (const field of shown) facts.push([logText(field.key, 60), fieldValue(cascade, entry, field)]);
  const flags = cascade.model ? flagsOfEntry(cascade.model, entry.entry) : [];
  const nodes: Node[] = [
    element('p', { class: 'message' }, logText(entry.message, 600)),
    ...flags.map((flag) => element('p', { class: `flag severity-${flag.severity}` }, logText(flag.message))),
    element('dl', {}, ...facts.flatMap(([key, value]) => [element('dt', {}, key), element('dd', {}, value)])),
  ];
  if (shown.length < fields.length) {
    nodes.push(element('p', { class: 'muted' }, `${fields.length - shown.length} more fields in the line itself.`));
  }
  const trace = traceOf(entry);
  if (trace !== null && cascade.scope.kind === 'incident') {
    const follow = (): void => void cascade.show({ kind: 'trace', id: trace });
    nodes.push(button('action', `Show trace ${logText(trace, 32)}`, follow));
  } else if (cascade.scope.kind === 'trace') {
    nodes.push(button('action', 'Back to the incident', () => void cascade.show({ kind: 'incident' })));
  }
  return nodes;
}

/** An id leads to all that shares it; any other value is text. */
function fieldValue(cascade: Cascade, entry: Entry, { key, value }: Field): Node {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const id = entry.ids.find((candidate) => candidate.key === key && candidate.value === text);
  if (id === undefined) return document.createTextNode(logText(text));
  const show = (): void => void cascade.show({ kind: 'trace', id: id.value });
  return button('link', logText(id.value, 60), show, { title: 'Show all entries with this id' });
}

function edgeDetails(cascade: Cascade, model: TimelineModel, number: number): Node[] {
  const edge = model.edges[number];
  const lines = (title: string, { count, examples }: typeof edge.support): Node[] => [
    element('p', {}, `${title}: ${count === 0 ? 'nothing' : countLines(count, examples.length)}`),
    links(cascade, examples),
  ];
  return [
    element('div', { class: 'heading' }, element('h2', {}, edgeName(model, edge))),
    element('p', { class: 'muted' }, edgeReasons(edge).join(' · ')),
    ...lines('For it', edge.support),
    ...lines('Against it', edge.counterexamples),
  ];
}

function countLines(count: number, shown: number): string {
  return shown < count ? `${countEntries(count)}, of which` : countEntries(count);
}
