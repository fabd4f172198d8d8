/** Has a document of entries written, page by page: all of it, or of what is too much for an editor the part around a line. */
import * as vscode from 'vscode';
import type { EntryList, LineLayout, WrittenEntries } from '../documents.ts';
import { countEntries, countServices } from '../host/counts.ts';
import type { DocumentLines, DocumentScope } from '../host/entryDocuments.ts';
import { oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Place } from '../host/place.ts';
import type { QueryFault, SearchPage } from '../protocol.ts';
import { serviceWidth } from '../render/entryColumns.ts';
import { formatNumber } from '../render/number.ts';

export interface DocumentLimits {
  characters: number;
  lines: number;
  /** Entries that are written at once. */
  page: number;
}

/** Of a document above 20 MiB or 300,000 lines the editor colours nothing, and folds nothing. */
const LIMITS: DocumentLimits = { characters: 15 * 2 ** 20, lines: 250_000, page: 1_000 };
const MOST_SERVICES = 12;
/** A log that grows faster than it can be written would otherwise be begun anew for ever. */
const MOST_TRIES = 5;

export interface MadeDocument {
  text: string;
  lines: DocumentLines;
}

type Asked = Pick<OpenLog, 'ask'>;
type Listed = EntryList & { notes: readonly string[] };

/** Starts anew where the log was read again meanwhile, for entries then have other numbers. */
export async function makeDocument(
  log: Asked,
  scope: DocumentScope,
  at: Place | undefined,
  limits = LIMITS,
): Promise<MadeDocument | string> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const list = scope.kind === 'query' ? await found(log, scope.query) : await log.ask('listEntries', scope);
    if (list === null) return vscode.l10n.t('The log does not hold this any more.');
    if (typeof list === 'string') return list;
    const made = list && (await written(log, scope, list, at, limits));
    if (made !== undefined) return made;
  }
  return vscode.l10n.t('The log changes faster than it can be written here.');
}

/** The entries that a query finds; what is wrong with it, in words. Undefined where the log was read again meanwhile. */
async function found(log: Asked, query: string): Promise<Listed | string | undefined> {
  const parts: Uint32Array[] = [];
  const services = new Map<string | null, number>();
  let notes: readonly string[] = [];
  let generation: number | undefined;
  for (let from: number | null = 0; from !== null; ) {
    const page: SearchPage | QueryFault = await log.ask('search', query, from, 0);
    if ('problem' in page) return page.problem;
    if (generation !== undefined && generation !== page.generation) return undefined;
    ({ generation, notes, next: from } = page);
    parts.push(page.entries);
    for (const { name, entries } of page.services) services.set(name, (services.get(name) ?? 0) + entries);
  }
  const entries = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    entries.set(part, end);
    end += part.length;
  }
  return {
    generation: generation ?? 0,
    id: null,
    entries,
    services: [...services].map(([name, count]) => ({ name, entries: count })),
    inferred: [],
    unclear: 0,
    unreadLines: 0,
    notes,
  };
}

/** Undefined where the log was read again meanwhile. */
async function written(
  log: Asked,
  scope: DocumentScope,
  list: EntryList | Listed,
  at: Place | undefined,
  limits: DocumentLimits,
): Promise<MadeDocument | undefined> {
  const layout: LineLayout = {
    serviceWidth: serviceWidth(list.services.map(({ name }) => name)),
    hasGap: scope.kind !== 'file',
    hasId: list.id === null,
    shared: list.id,
  };
  const middle = at === undefined ? 0 : await placeIn(log, list.entries, at);
  const write = (at: number, end: 'first' | 'last', most: DocumentLimits) =>
    pages(log, list, layout, { at, end }, most);
  // What it is opened for comes first: of the smallest document, too, it is a part.
  const below = await write(middle, 'first', half(limits));
  if (below === undefined) return undefined;
  const above = await write(middle, 'last', left(limits, below));
  if (above === undefined) return undefined;
  // What is not wanted above is there for what stands below.
  const far = middle + entriesOf(below);
  const rest = await write(far, 'first', left(limits, [...above, ...below]));
  if (rest === undefined) return undefined;
  const from = middle - entriesOf(above);
  const to = far + entriesOf(rest);
  return joined(head(scope, list, from, to), [...above, ...below, ...rest], layout);
}

async function placeIn(log: Asked, entries: Uint32Array, { file, line }: Place): Promise<number> {
  const entry = await log.ask('entryAt', file, line);
  return entry === null ? 0 : Math.max(0, entries.indexOf(entry.entry));
}

/** What is written of the entries from a place on, or up to it. */
async function pages(
  log: Asked,
  { generation, entries, inferred }: EntryList,
  layout: LineLayout,
  { at, end }: { at: number; end: 'first' | 'last' },
  limits: DocumentLimits,
): Promise<WrittenEntries[] | undefined> {
  const all: WrittenEntries[] = [];
  let { characters, lines } = limits;
  for (let place = at; characters > 0 && lines > 0 && (end === 'first' ? place < entries.length : place > 0); ) {
    const size = Math.min(limits.page, lines);
    const from = end === 'first' ? place : Math.max(0, place - size);
    const to = end === 'first' ? Math.min(entries.length, place + size) : place;
    // A copy: a part of an array crosses to the worker with all of the array.
    const some = entries.slice(from, to);
    const shown = new Set(some);
    const page = await log.ask('writeEntries', {
      generation,
      entries: some,
      layout,
      before: from === 0 ? null : entries[from - 1],
      inferred: inferred.filter(({ entry }) => shown.has(entry)),
      most: characters,
      end,
    });
    if (page === null) return undefined;
    all.push(page);
    place += end === 'first' ? page.entries : -page.entries;
    characters -= page.text.length;
    lines -= page.line.length;
  }
  return end === 'first' ? all : all.reverse();
}

function half({ characters, lines, page }: DocumentLimits): DocumentLimits {
  return { characters: characters / 2, lines: Math.ceil(lines / 2), page };
}

function left({ characters, lines, page }: DocumentLimits, taken: readonly WrittenEntries[]): DocumentLimits {
  return {
    characters: characters - sum(taken, ({ text }) => text.length),
    lines: lines - sum(taken, ({ line }) => line.length),
    page,
  };
}

function entriesOf(pages: readonly WrittenEntries[]): number {
  return sum(pages, ({ entries }) => entries);
}

function sum(pages: readonly WrittenEntries[], of: (page: WrittenEntries) => number): number {
  return pages.reduce((total, page) => total + of(page), 0);
}

/** What stands above the entries: what they are, how many of each service, and what is not among them. */
function head(scope: DocumentScope, list: EntryList | Listed, from: number, to: number): string[] {
  const { t } = vscode.l10n;
  const { entries, services, unclear, unreadLines } = list;
  const lines: string[] = [];
  if (scope.kind !== 'file') {
    const named = services.filter(({ name }) => name !== null).length;
    const counts = [countEntries(entries.length), ...(named > 0 ? [t('in {0}', countServices(named))] : [])];
    lines.push(`${whatIs(scope)}: ${counts.join(' ')}${servicesText(services)}`);
  }
  if ('notes' in list) lines.push(...list.notes.map((note) => oneLine(note)));
  if (unclear > 0) lines.push(t('Perhaps of this trace, perhaps of another, and left out: {0}', countEntries(unclear)));
  if (unreadLines > 0) {
    lines.push(t('Lines that are part of no entry, and left out: {0}', formatNumber(unreadLines)));
  }
  if (to - from < entries.length) {
    const [first, last, all] = [from + 1, to, entries.length].map(formatNumber);
    lines.push(t('Too large for an editor: these are entries {0} to {1} of {2}.', first, last, all));
  }
  return lines.length === 0 ? [] : [...lines, ''];
}

function whatIs(scope: Exclude<DocumentScope, { kind: 'file' }>): string {
  const { t } = vscode.l10n;
  if (scope.kind === 'trace') return oneLine(scope.id, 200);
  if (scope.kind === 'query') return oneLine(scope.query, 1_000);
  return scope.files.length === 0 ? t('All files') : scope.files.map((file) => oneLine(file, 100)).join(', ');
}

/** ` (orders 6 · payment 3 · 4 more)`, the most frequent first. */
function servicesText(services: EntryList['services']): string {
  if (services.length === 0) return '';
  const all = [...services].sort((a, b) => b.entries - a.entries);
  const shown = all
    .slice(0, MOST_SERVICES)
    .map(
      ({ name, entries }) =>
        `${name === null ? vscode.l10n.t('no service') : oneLine(name, 40)} ${formatNumber(entries)}`,
    );
  if (all.length > MOST_SERVICES) shown.push(vscode.l10n.t('{0} more', all.length - MOST_SERVICES));
  return ` (${shown.join(' · ')})`;
}

function joined(head: readonly string[], pages: readonly WrittenEntries[], layout: LineLayout): MadeDocument {
  const files = [...new Set(pages.flatMap((page) => page.files))];
  const length = head.length + sum(pages, ({ line }) => line.length);
  const lines = { file: new Uint16Array(length), line: new Uint32Array(length) };
  let at = head.length;
  for (const page of pages) {
    const numbers = page.files.map((file) => files.indexOf(file));
    lines.file.set(
      page.file.map((file) => numbers[file]),
      at,
    );
    lines.line.set(page.line, at);
    at += page.line.length;
  }
  return {
    text: [...head.map((line) => `${line}\n`), ...pages.map(({ text }) => text)].join(''),
    lines: { ...lines, layout, files, hasStyles: pages.some(({ hasStyles }) => hasStyles) },
  };
}
