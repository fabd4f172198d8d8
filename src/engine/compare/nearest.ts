/**
 * The healthy trace that a failed one should have been like, from columns alone: it begins as the failed one does, says
 * no error, and holds most of what the failed one says besides its errors.
 */
import { LEVELS } from '../../model.ts';
import { type Log, NO_ID, NO_LEVEL } from '../index/log.ts';

const ERROR = LEVELS.indexOf('error');
/** An id on more entries than this is no journey that could be read beside another. */
const LONGEST = 5000;

/** Traces that say the same things; one of them stands for all. */
interface Alike {
  /** How many of the failed trace's templates they hold. */
  covered: number;
  templates: number;
  traces: number;
  nearest: number;
  distance: number;
}

/** NO_ID where no healthy trace is of the same kind. */
export function nearestHealthy(log: Log, id: number): number {
  const finder = new HealthyFinder(log, id);
  return finder.find((first) => finder.beginsAlike(first)) || finder.find(() => true);
}

class HealthyFinder {
  readonly #log: Log;
  readonly #id: number;
  readonly #first: number;
  /** 1 for the templates of the failed trace, but for those of its errors, which no healthy one could hold. */
  readonly #wanted: Uint8Array;
  #templates = 0;
  /** Of each template, the last id in whose entries it was met. */
  readonly #metIn: Uint32Array;

  constructor(log: Log, id: number) {
    this.#log = log;
    this.#id = id;
    this.#wanted = new Uint8Array(log.templates.length);
    this.#metIn = new Uint32Array(log.templates.length);
    const entries = log.ids.entries(id);
    this.#first = entries[0];
    for (const entry of entries) {
      if (isError(log, entry)) continue;
      if (this.#wanted[log.template[entry]] === 0) this.#templates++;
      this.#wanted[log.template[entry]] = 1;
    }
  }

  /** Whether a trace begins in the same service with the same words. */
  beginsAlike(first: number): boolean {
    const { service, template } = this.#log;
    return service[first] === service[this.#first] && template[first] === template[this.#first];
  }

  /**
   * Of those that hold most of what the failed trace says, the most usual: one that was cut short holds as much as
   * one that went through to its end, and is rare. Of these the nearest in time.
   */
  find(isCandidate: (firstEntry: number) => boolean): number {
    const { ids } = this.#log;
    const isTrace = ids.isTrace(this.#id);
    const kinds = new Map<number, Alike>();
    this.#metIn.fill(0);
    for (let id = 1; id <= ids.count; id++) {
      if (id === this.#id || ids.isTrace(id) !== isTrace) continue;
      const entries = ids.entries(id);
      if (entries.length === 0 || entries.length > LONGEST || !isCandidate(entries[0])) continue;
      this.#add(kinds, id, entries);
    }
    // Half of what the failed trace says, or it is of another kind.
    const alike = [...kinds.values()].filter(({ covered }) => covered * 2 >= this.#templates);
    alike.sort(
      (a, b) =>
        b.covered - a.covered ||
        b.traces - a.traces ||
        a.templates - b.templates ||
        a.distance - b.distance ||
        a.nearest - b.nearest,
    );
    return alike[0]?.nearest ?? NO_ID;
  }

  #add(kinds: Map<number, Alike>, id: number, entries: Uint32Array): void {
    const { template, time } = this.#log;
    let [covered, templates, signature] = [0, 0, 0];
    for (const entry of entries) {
      if (isError(this.#log, entry)) return;
      const of = template[entry];
      if (this.#metIn[of] === id) continue;
      this.#metIn[of] = id;
      templates++;
      covered += this.#wanted[of];
      // A sum, for the same things are said in any order.
      signature = (signature + Math.imul(of + 1, 0x9e3779b1)) >>> 0;
    }
    if (covered === 0) return;
    const distance = Math.abs(time[entries[0]] - time[this.#first]) || 0;
    const known = kinds.get(signature);
    if (!known) {
      kinds.set(signature, { covered, templates, traces: 1, nearest: id, distance });
      return;
    }
    known.traces++;
    if (distance < known.distance) {
      known.nearest = id;
      known.distance = distance;
    }
  }
}

function isError({ level }: Log, entry: number): boolean {
  return level[entry] !== NO_LEVEL && level[entry] >= ERROR;
}
