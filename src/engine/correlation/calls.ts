/**
 * The calls between services that the lines of one trace tell of. Times only say which of a callee's lines belong to
 * which call; who called whom is what a line says, or, where no line says it, that one service was asked while
 * another waited.
 */
import type { Entry } from '../../model.ts';
import type { ServiceNames } from '../incident/serviceNames.ts';
import { type CallWords, callWordsOf, type Named } from './callWords.ts';

/** An entry of a trace, as far as calls are concerned. */
export interface Told {
  entry: Entry;
  service: number;
  /** Microseconds. */
  time: number;
  /** What its work took; NaN where it does not say. */
  durationMs: number;
  /** The span that it was written in, where it says; else empty. */
  span: string;
}

export interface Call {
  /** A service's number. */
  caller: number;
  /** Null for one that never logs. */
  callee: number | null;
  name: string;
  how: 'peer' | 'mention' | 'order';
  /** Positions among the entries; -1 where none. */
  from: number;
  to: number;
  /** The caller's line that tells of the end of the call. */
  answer: number;
  /** When the call began by the caller's clock; NaN where that is not known. */
  begin: number;
  /** Whether a line was written before the call, rather than behind it. */
  isSent: boolean;
}

/** Milliseconds; a longer duration is a number of another kind. */
const LONGEST_WORK = 86_400_000;

/** `told` are of one trace, in order of time, and have one. */
export function callsIn(told: readonly Told[], names: ServiceNames): Call[] {
  const words = told.map(({ entry, service }) => callWordsOf(entry, service, names));
  const calls = namedCalls(told, words);
  assignLines(calls, told, words);
  return [...calls, ...orderedCalls(calls, told, words)].sort((a, b) => placeOf(a) - placeOf(b));
}

/** A line that says how long its work took was written at its end. */
function beginOf({ time, durationMs }: Told): number {
  return durationMs > 0 && durationMs <= LONGEST_WORK ? time - durationMs * 1000 : time;
}

function placeOf({ from, to }: Call): number {
  return from >= 0 ? from : to;
}

function namedCalls(told: readonly Told[], words: readonly CallWords[]): Call[] {
  const calls: Call[] = [];
  for (let at = 0; at < told.length; at++) {
    const { service, time } = told[at];
    const { sends, answers, callees } = words[at];
    for (const callee of callees) {
      const known = calls.findLast((call) => call.caller === service && isSame(call, callee));
      // A sentence and a request line of one call, or what became of it: only a new sending behind an answer is a new call.
      const isNew = !known || (sends && (known.answer >= 0 || workedSince(told, known, at)));
      if (!isNew) {
        if (answers) known.answer = at;
        continue;
      }
      const began = beginOf(told[at]);
      calls.push({
        caller: service,
        callee: callee.service,
        name: callee.name,
        how: callee.how,
        from: at,
        to: -1,
        answer: answers ? at : -1,
        begin: sends ? time : answers && began === time ? Number.NaN : began,
        isSent: sends,
      });
    }
  }
  return calls.filter((call) => !isRelayed(call, calls, told));
}

/** An error that names a service is told again by all who wait for it: the first to tell is the one who called. */
function isRelayed(call: Call, calls: readonly Call[], told: readonly Told[]): boolean {
  if (call.isSent || call.how !== 'mention' || call.callee === null) return false;
  const { callee, caller } = call;
  const { time } = told[call.from];
  return calls.some((other) => other.callee === callee && other.caller !== caller && told[other.from].time < time);
}

function isSame(call: Call, { service, name }: Named): boolean {
  return call.callee === service && (service !== null || call.name === name);
}

function workedSince(told: readonly Told[], { callee, from }: Call, before: number): boolean {
  for (let at = from + 1; at < before; at++) if (told[at].service === callee) return true;
  return false;
}

/** The callee's lines: each call takes the first that no earlier call of the caller's took, from its begin on, or the very first. */
function assignLines(calls: Call[], told: readonly Told[], words: readonly CallWords[]): void {
  const takenBy = new Map<number, Set<number>>();
  for (const call of calls) {
    const taken = takenBy.get(call.caller) ?? new Set();
    takenBy.set(call.caller, taken);
    const isFirst = !calls.some((other) => other !== call && other.callee === call.callee && other.from < call.from);
    const own = told.flatMap(({ service }, at) => (service === call.callee && !taken.has(at) ? at : []));
    const later = own.find((at) => !(told[at].time < call.begin));
    const isTimed = call.isSent || told[call.from].time !== call.begin;
    // Of a line that may stand behind the call, and of a clock that is behind, the callee's first line counts.
    const at = isTimed ? (later ?? (isFirst ? own[0] : undefined)) : own[0];
    if (at === undefined) continue;
    // A clock may be behind; but what is told afterwards may as well tell of another try.
    if (!call.isSent && told[at].time < call.begin) call.begin = Number.NaN;
    const until = calls.find((other) => other.callee === call.callee && other.from > call.from && other.isSent);
    if (until && told[at].time > until.begin && until.caller !== call.caller) continue;
    call.to = at;
    // What came of it names the callee; the line that asked did not.
    if (!call.isSent && told[at - 1]?.service === call.caller && isAsked(told, words, at)) {
      Object.assign(call, { from: at - 1, begin: told[at - 1].time });
    }
    for (const each of own) if (each <= at) taken.add(each);
  }
  for (let at = 0; at < told.length; at++) {
    for (const { service, how } of words[at].callers) {
      if (service === null) continue;
      const known = calls.find((call) => call.caller === service && call.callee === told[at].service);
      if (known) {
        if (known.to < 0) known.to = at;
        continue;
      }
      const from = lastOf(told, service, at);
      const begin = from < 0 ? Number.NaN : told[from].time;
      const callee = told[at].service;
      calls.push({ caller: service, callee, name: '', how, from, to: at, answer: -1, begin, isSent: false });
    }
  }
}

function lastOf(told: readonly Told[], service: number, before: number): number {
  for (let at = before - 1; at >= 0; at--) if (told[at].service === service) return at;
  return -1;
}

/**
 * Who asked a service of which no line says who did: the one whose line before it says that it sends, or the one
 * that was at work before and behind all of it. Where several were, the innermost of those that enclose each other.
 */
function orderedCalls(calls: readonly Call[], told: readonly Told[], words: readonly CallWords[]): Call[] {
  const found: Call[] = [];
  const first = new Map<number, number>();
  for (let at = 0; at < told.length; at++) if (!first.has(told[at].service)) first.set(told[at].service, at);
  for (const [callee, to] of first) {
    if (to === 0 || calls.some((call) => call.callee === callee)) continue;
    // Who tells first of an end may as well be the one who asked all others.
    if (words[to].answers) continue;
    const asked = isAsked(told, words, to);
    const caller = asked ? told[to - 1].service : innermost(callee, told);
    if (caller === null || isCalledBy(caller, callee, [...calls, ...found])) continue;
    const from = lastOf(told, caller, to);
    found.push({
      caller,
      callee,
      name: '',
      how: 'order',
      from,
      to,
      answer: -1,
      begin: from < 0 ? Number.NaN : told[from].time,
      isSent: asked,
    });
  }
  return found;
}

/** Whether the line right before one of another service asks for what that one begins. */
function isAsked(told: readonly Told[], words: readonly CallWords[], to: number): boolean {
  const [asks, begins] = [words[to - 1], words[to]];
  if (!asks || told[to - 1].service === told[to].service || !(told[to - 1].time < beginOf(told[to]))) return false;
  if (asks.callees.length > 0 || begins.answers) return false;
  return asks.sends || (asks.begins && (begins.receives || begins.begins));
}

interface Stay {
  service: number;
  from: number;
  to: number;
}

/**
 * The service that was there strictly before and behind all of the callee's first piece of work, for equal times
 * prove no order. Lines of one span are one piece; of a service without spans, all its lines are.
 */
function innermost(callee: number, told: readonly Told[]): number | null {
  const stays = new Map<string, Stay>();
  let inner: Stay | null = null;
  for (const each of told) {
    const { service, span, time } = each;
    const known = stays.get(`${service} ${span}`);
    const stay = known ?? { service, from: time, to: time };
    stay.from = Math.min(stay.from, beginOf(each));
    stay.to = Math.max(stay.to, time);
    stays.set(`${service} ${span}`, stay);
    if (service === callee) inner ??= stay;
  }
  if (inner === null) return null;
  const { from, to } = inner;
  const around = [...stays.values()]
    .filter((outer) => outer.service !== callee && outer.from < from && outer.to > to)
    .sort((a, b) => b.from - a.from || a.to - b.to);
  for (let at = 1; at < around.length; at++) {
    // Two that overlap without one enclosing the other: either may have asked.
    if (around[at].to < around[at - 1].to) return null;
  }
  return around[0]?.service ?? null;
}

/** A service that was called, whether or not through others, does not call back on the word of times alone. */
function isCalledBy(service: number, caller: number, calls: readonly Call[]): boolean {
  const seen = new Set<number>([caller]);
  const open = [caller];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const call of calls) {
      if (call.caller !== at || call.callee === null || seen.has(call.callee)) continue;
      if (call.callee === service) return true;
      seen.add(call.callee);
      open.push(call.callee);
    }
  }
  return false;
}
