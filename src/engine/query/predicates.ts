/** One term held against one log: which column, field or folder its key means there. */
import { type Entry, LEVELS, type TimeRange } from '../../model.ts';
import { idKeyRank, NOT_AN_ID } from '../correlation/idKeys.ts';
import { findId } from '../correlation/lookup.ts';
import { normaliseId } from '../correlation/normalise.ts';
import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import { labelsOf } from './labels.ts';
import { type Needles, needlesOf } from './needles.ts';
import type { Term, Test } from './syntax.ts';
import { mayHaveTails } from './tailKeys.ts';
import { levelIndex } from './terms.ts';
import { micros } from './times.ts';
import { compares, contains, equals, isPattern, textOf, wordsOf } from './values.ts';
import { NO, UNREAD, type Verdict, YES } from './verdict.ts';

export interface Predicate {
  column(entry: number): Verdict;
  /** Asked only where the columns cannot tell. */
  text(entry: Entry): boolean;
  /** What an entry's bytes hold wherever its text does; `decided` where no text is ever asked. */
  needles: Needles | 'decided';
  /** Whether columns alone may say yes. */
  mayHold: boolean;
}

export interface Surroundings {
  log: Log;
  /** Absolute path of the folder that file names are relative to. */
  root: string;
  range: TimeRange;
  /** Keys of fields that no layout has; in lower case. */
  tailKeys: ReadonlySet<string>;
  timeOf(entry: number): number;
}

/** As many layouts as a log tells apart; those past them share one without keys, so that nothing is known of theirs. */
const MOST_LAYOUTS = 0xffff;
const STACK_KEY = 'stack_trace';
const ALIASES: Readonly<Record<string, string>> = {
  msg: 'message',
  '@message': 'message',
  severity: 'level',
  lvl: 'level',
};

/** Null where the log knows nothing of the key. */
export function predicateOf(term: Term, around: Surroundings): Predicate | null {
  const { log } = around;
  const { key, test } = term;
  if (key === null) return anywhere(test, log);
  if (key === 'level') return ofLevel(test, log);
  if (key === 'service') return ofNames(test, log.service, log.services, NO_SERVICE);
  if (key === 'file') {
    const names = log.files.map(({ path }) => path);
    return ofNames(test, log.file, names, -1);
  }
  if (test.kind === 'times') return ofTime(test, around);
  if (key === 'message') return decidedByText((entry) => holdsInText(test, entry.message), needlesOf(test));
  if (key === 'id') return ofId(test, log);
  return (
    ofField(key, test, around) ??
    (key.startsWith('@') ? ofField(key.slice(1), test, around) : null) ??
    ofAlias(term, around) ??
    labelsOf(key).reduce<Predicate | null>((found, label) => found ?? ofField(label, test, around), null) ??
    ofFolder(test, around) ??
    (test.kind === 'exists' ? decided(() => NO) : null)
  );
}

function decided(column: (entry: number) => Verdict): Predicate {
  return { column, text: () => false, needles: 'decided', mayHold: true };
}

function decidedByText(text: (entry: Entry) => boolean, needles: Needles): Predicate {
  return { column: () => UNREAD, text, needles, mayHold: false };
}

/** Datadog's and others' names for what the log has under no such key; `status` only where it is a level's word. */
function ofAlias(term: Term, around: Surroundings): Predicate | null {
  const key = ALIASES[term.key ?? ''];
  if (key !== undefined) return predicateOf({ ...term, key }, around);
  const isLevel = term.test.kind === 'text' && levelIndex(term.test.value) >= 0;
  return term.key === 'status' && isLevel ? ofLevel(term.test, around.log) : null;
}

function anywhere(test: Test, log: Log): Predicate {
  if (test.kind !== 'text') return decided(() => NO);
  const { value, isPhrase } = test;
  const found = (text: string): boolean => contains(text, value, isPhrase);
  const services = log.services.map(found);
  const level = levelIndex(value);
  const known = postings(log, value);
  return {
    column(entry) {
      if (level >= 0 && log.level[entry] === level) return YES;
      if (log.service[entry] !== NO_SERVICE && services[log.service[entry]]) return YES;
      return known?.has(entry) ? YES : UNREAD;
    },
    text: ({ message, fields }) => found(message) || fields.some((field) => found(textOf(field.value))),
    needles: needlesOf(test),
    mayHold: level >= 0 || known !== null || services.includes(true),
  };
}

function ofLevel(test: Test, log: Log): Predicate {
  const holds = LEVELS.map((name, index) => {
    if (test.kind === 'levels') return test.bounds.every(({ operator, value }) => compares(operator, index - value));
    if (test.kind === 'exists') return true;
    return test.kind === 'text' && (equals(name, test.value, test.isPhrase) || levelIndex(test.value) === index);
  });
  return decided((entry) => (log.level[entry] !== NO_LEVEL && holds[log.level[entry]] ? YES : NO));
}

function ofNames(test: Test, column: ArrayLike<number>, names: readonly string[], none: number): Predicate {
  const holds = names.map((name) => test.kind === 'exists' || holdsOfValue(test, name));
  return decided((entry) => (column[entry] !== none && holds[column[entry]] ? YES : NO));
}

function ofTime(test: Test & { kind: 'times' }, { range, timeOf }: Surroundings): Predicate {
  const bounds = test.bounds.map(({ operator, value }) => ({ operator, value: micros(value, range) }));
  return decided((entry) => {
    const time = timeOf(entry);
    return bounds.every(({ operator, value }) => compares(operator, time - value)) ? YES : NO;
  });
}

function ofId(test: Test, log: Log): Predicate {
  const holds = ({ ids }: Entry): boolean =>
    ids.some((id) => test.kind === 'exists' || [id.value, id.normalised].some((text) => holdsOfValue(test, text)));
  const known = test.kind === 'text' && !isPattern(test.value) ? postings(log, test.value) : null;
  // An id's compared form need not stand in the line.
  const column = (entry: number): Verdict => (known === null ? UNREAD : known.has(entry) ? YES : NO);
  return { column, text: holds, needles: null, mayHold: known !== null };
}

/** The entries of an id; null for what the log knows as none. */
function postings(log: Log, text: string): ReadonlySet<number> | null {
  const id = findId(log, text);
  return id === NO_ID ? null : new Set(log.ids.entries(id));
}

/** `code` means `http.status.code` too, for whoever does not know where it is nested. */
export function isKey(key: string, wanted: string): boolean {
  return key === wanted || key.endsWith(`.${wanted}`);
}

function ofField(key: string, test: Test, { log, tailKeys }: Surroundings): Predicate | null {
  const has = log.layouts.map((keys) => keys.some((each) => isKey(each.toLowerCase(), key)));
  const isKnown = has.includes(true) || [...tailKeys].some((each) => isKey(each, key));
  if (!isKnown && log.layouts.length < MOST_LAYOUTS && key !== STACK_KEY) return null;
  const normalised = test.kind === 'text' && idKeyRank(key) !== NOT_AN_ID ? normaliseId(test.value) : null;
  const known = test.kind === 'text' && normalised !== null ? postings(log, test.value) : null;
  const tails = mayHaveTails(log);
  return {
    column(entry) {
      const keys = log.layouts[log.layout[entry]];
      if (key === STACK_KEY || keys === undefined || keys.length === 0) return UNREAD;
      if (!has[log.layout[entry]]) return tails[log.file[entry]] ? UNREAD : NO;
      if (test.kind === 'exists') return YES;
      return known === null || known.has(entry) ? UNREAD : NO;
    },
    text: ({ fields }) =>
      fields.some((field) => {
        if (!isKey(field.key.toLowerCase(), key)) return false;
        const value = textOf(field.value);
        // Ids are one however they are written.
        return holdsOfValue(test, value) || (normalised !== null && normaliseId(value, field.key) === normalised);
      }),
    needles: normalised === null ? needlesOf(test) : null,
    mayHold: test.kind === 'exists',
  };
}

/** A tag of some platform (`kube_namespace:shop`) that is a folder or the name of a file here. */
function ofFolder(test: Test, { log, root }: Surroundings): Predicate | null {
  if (test.kind !== 'text') return null;
  const holds = log.files.map(({ path }) =>
    `${root}/${path}`
      .split(/[\\/]/)
      .some((part) =>
        [part, part.replace(/\..*$/, '')].some((name) => name !== '' && equals(name, test.value, test.isPhrase)),
      ),
  );
  return holds.includes(true) ? decided((entry) => (holds[log.file[entry]] ? YES : NO)) : null;
}

/** A whole value. */
function holdsOfValue(test: Test, value: string): boolean {
  switch (test.kind) {
    case 'text':
      return equals(value, test.value, test.isPhrase);
    case 'numbers':
      return test.bounds.every((bound) => compares(bound.operator, Number.parseFloat(value) - bound.value));
    case 'words':
      return holdsWords(test, value);
    default:
      return test.kind === 'exists';
  }
}

/** A piece of a longer text; a pattern is one of all of it, for it says itself where anything may stand. */
function holdsInText(test: Test, text: string): boolean {
  const isPiece = test.kind === 'text' && (test.isPhrase || !isPattern(test.value));
  return isPiece ? contains(text, test.value, true) : holdsOfValue(test, text);
}

function holdsWords({ words, all }: Test & { kind: 'words' }, text: string): boolean {
  const own = ` ${wordsOf(text).join(' ')} `;
  const holds = (word: string): boolean => own.includes(` ${word} `);
  return words.length > 0 && (all ? words.every(holds) : words.some(holds));
}
