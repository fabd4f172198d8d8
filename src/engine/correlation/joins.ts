/**
 * Which trace an entry belongs to that holds no trace's id, but an order's, a payment's or a connection's that
 * entries of a trace hold too. It is inferred, never recorded, and where it is not clear the entry is left alone.
 *
 * An entry belongs to one trace at most, whichever trace is asked for: what is joined is asked of the entry, not of
 * the trace. Nothing is kept for the log as a whole; a question costs the entries of the ids that it meets.
 */
import { type Log, NO_ID } from '../index/log.ts';
import { idKeyRank, TRACE_RANK } from './idKeys.ts';

/** An id on more entries than this is no id of one thing. */
const MOST_ENTRIES = 200;
/** An id that leads more entries than this is no journey that one would follow; and a card must not wait for it. */
const LONGEST_TRACE = 20_000;
/** An id that more traces share than this belongs to none of them. */
const MOST_TRACES = 3;
/** In a file of fewer entries half of them are too few to tell. */
const TELLING_ENTRIES = 8;
/** Payment → order → trace: what hangs on more steps than this is not followed. */
const MOST_STEPS = 2;
/** What a trace causes may be logged a little before its first entry or behind its last. */
const SLACK_US = 1_000_000;
/** Shorter words of letters up to F may be words. */
const LONG_HEX = 16;

export interface Join {
  entry: number;
  /** The id that both share. */
  via: number;
  /** How many traces the entry's ids lead to; only one of them is likely. */
  traces: number;
}

export interface Joins {
  /** In order of time, then file, then line. */
  joined: Join[];
  /** Entries that share an id with the trace, but as well with others. */
  unclear: number;
}

interface Owner {
  /** NO_ID where none is likely. */
  trace: number;
  via: number;
  traces: number;
}

const NOBODY: Owner = { trace: NO_ID, via: NO_ID, traces: 0 };

/** What joins a trace, or an order where there are no traces, beside the entries that hold its id. */
export function joinsOf(log: Log, trace: number): Joins {
  return new JoinFinder(log).of(trace);
}

class JoinFinder {
  readonly #log: Log;
  readonly #bridges = new Map<number, boolean>();
  readonly #leads = new Map<number, boolean>();
  /** By the steps that were left when it was asked: with fewer, less is found. */
  readonly #owners = Array.from({ length: MOST_STEPS + 1 }, () => new Map<number, Owner>());

  constructor(log: Log) {
    this.#log = log;
  }

  of(trace: number): Joins {
    const { ids } = this.#log;
    const joins: Joins = { joined: [], unclear: 0 };
    if (trace === NO_ID || ids.entries(trace).length > LONGEST_TRACE) return joins;
    if (!this.#isRoot(trace)) return this.#ofThing(trace);
    const met = new Set<number>(ids.entries(trace));
    let reached = [...met];
    for (let step = 0; step < MOST_STEPS && reached.length > 0; step++) {
      const next: number[] = [];
      for (const id of new Set(reached.flatMap((entry) => ids.of(entry)))) {
        if (!this.#isBridge(id)) continue;
        for (const entry of ids.entries(id)) {
          if (met.has(entry) || this.#recorded(entry) !== NO_ID) continue;
          met.add(entry);
          const { trace: likely, via, traces } = this.#ownerOf(entry, MOST_STEPS);
          if (likely === NO_ID) joins.unclear++;
          if (likely !== trace) continue;
          joins.joined.push({ entry, via, traces });
          next.push(entry);
        }
      }
      reached = next;
    }
    const { time } = this.#log;
    joins.joined.sort((a, b) => time[a.entry] - time[b.entry] || a.entry - b.entry);
    return joins;
  }

  /**
   * Of an order, where no trace tells what belongs together: entries of its time that hold an id, a payment's, which
   * stands beside this order and beside no other. One step only, for each makes it less sure.
   */
  #ofThing(thing: number): Joins {
    const { ids, time } = this.#log;
    const joins: Joins = { joined: [], unclear: 0 };
    if (this.#isHub(thing)) return joins;
    const met = new Set<number>(ids.entries(thing));
    for (const id of new Set([...met].flatMap((entry) => ids.of(entry)))) {
      if (id === thing || !this.#isBridge(id)) continue;
      const isClear = !this.#hasRival(id, thing);
      for (const entry of ids.entries(id)) {
        if (met.has(entry) || this.#recorded(entry) !== NO_ID) continue;
        met.add(entry);
        if (isClear && this.#fits(entry, thing)) joins.joined.push({ entry, via: id, traces: 1 });
        else joins.unclear++;
      }
    }
    joins.joined.sort((a, b) => time[a.entry] - time[b.entry] || a.entry - b.entry);
    return joins;
  }

  /** Whether an id stands beside another of the same kind. */
  #hasRival(id: number, thing: number): boolean {
    const { ids } = this.#log;
    const key = ids.key(thing).toLowerCase();
    const form = formOf(ids.text(thing));
    for (const entry of ids.entries(id)) {
      for (const other of ids.of(entry)) {
        if (other === id || other === thing) continue;
        if (ids.key(other).toLowerCase() === key || formOf(ids.text(other)) === form) return true;
      }
    }
    return false;
  }

  /** The trace that an entry itself names. */
  #recorded(entry: number): number {
    const leading = this.#log.trace[entry];
    return leading !== NO_ID && this.#isRoot(leading) ? leading : NO_ID;
  }

  /** Whether an id leads a journey of its own: a request's id within a trace does not. */
  #isRoot(id: number): boolean {
    let found = this.#leads.get(id);
    if (found === undefined) {
      const { ids, trace } = this.#log;
      const isTrace = id !== NO_ID && ids.isTrace(id);
      found =
        isTrace &&
        (idKeyRank(ids.key(id)) >= TRACE_RANK ||
          ids.entries(id).every((entry) => trace[entry] === id || trace[entry] === NO_ID));
      this.#leads.set(id, found);
    }
    return found;
  }

  /** Whether what shares the id belongs together: never where many do, or half of a file. */
  #isBridge(id: number): boolean {
    let found = this.#bridges.get(id);
    if (found === undefined) {
      found = !this.#isRoot(id) && !this.#isHub(id);
      this.#bridges.set(id, found);
    }
    return found;
  }

  #isHub(id: number): boolean {
    const { ids, file, files } = this.#log;
    const entries = ids.entries(id);
    if (entries.length < 2 || entries.length > MOST_ENTRIES) return true;
    const traces = new Set<number>();
    const ofFile = new Map<number, number>();
    for (const entry of entries) {
      const trace = this.#recorded(entry);
      if (trace !== NO_ID) traces.add(trace);
      ofFile.set(file[entry], (ofFile.get(file[entry]) ?? 0) + 1);
    }
    if (traces.size > MOST_TRACES) return true;
    return [...ofFile].some(([of, count]) => {
      const all = files[of].entries;
      return all >= TELLING_ENTRIES && count * 2 >= all;
    });
  }

  /** Of an entry that names no trace: the one that its ids make likely. */
  #ownerOf(entry: number, steps: number): Owner {
    const known = this.#owners[steps].get(entry);
    if (known) return known;
    const { ids } = this.#log;
    const via = new Map<number, number>();
    for (const id of ids.of(entry)) {
      if (!this.#isBridge(id)) continue;
      for (const other of ids.entries(id)) {
        if (other === entry) continue;
        let trace = this.#recorded(other);
        if (trace === NO_ID && steps > 1) trace = this.#ownerOf(other, steps - 1).trace;
        if (trace !== NO_ID && !via.has(trace)) via.set(trace, id);
      }
    }
    const fitting = [...via.keys()].filter((trace) => this.#fits(entry, trace));
    const owner =
      fitting.length === 1
        ? { trace: fitting[0], via: via.get(fitting[0]) ?? NO_ID, traces: via.size }
        : { ...NOBODY, traces: via.size };
    this.#owners[steps].set(entry, owner);
    return owner;
  }

  /** Whether an entry's time is that of a trace. */
  #fits(entry: number, trace: number): boolean {
    const { ids, time } = this.#log;
    const entries = ids.entries(trace);
    const from = time[entries[0]];
    const to = time[entries[entries.length - 1]];
    return time[entry] >= from - SLACK_US && time[entry] <= to + SLACK_US;
  }
}

/** Ids of one kind look alike: as many hex digits in each group, or the same but for their numbers. */
function formOf(text: string): string {
  const groups = text.split('-');
  const isHex = text.length >= LONG_HEX && groups.every((group) => /^[0-9a-f]+$/i.test(group));
  return isHex ? groups.map((group) => group.length).join('-') : text.toLowerCase().replace(/\d+/g, '#');
}
