/** Reads a line of a text format: a regular expression with named groups. */
import { levelAt } from '../formats/levels.ts';
import type { PatternFormat } from '../formats/spec.ts';
import { TimestampReader } from '../formats/timestamp.ts';
import type { Clock } from './clock.ts';
import { latin1 } from './envelope.ts';
import type { NameTable } from './nameTable.ts';
import { ENTRY, type LineRecord } from './record.ts';

/** Text past this is message whatever it holds; no pattern looks further. */
const HEAD_LIMIT = 2000;
const GROUPS = /^(time|level|service|trace|span|message)\d*$/;

export class PatternReader {
  readonly format: PatternFormat;
  readonly #pattern: RegExp;
  readonly #groups: [name: string, role: string][];
  /** All groups of the pattern, in order of appearance. */
  readonly #names: string[];
  #ranges: Record<string, [number, number]> = {};
  #start = 0;
  readonly #layout: number;
  readonly #clock: Clock;
  readonly #services: NameTable;
  readonly #time = new TimestampReader();
  readonly #traceKey: number;
  readonly #spanKey: number;

  constructor(format: PatternFormat, layout: number, clock: Clock, idKeys: NameTable, services: NameTable) {
    this.format = format;
    this.#pattern = new RegExp(format.pattern, 'd');
    // A role may have several groups (trace, trace3) where a format writes it in several places.
    this.#names = [...format.pattern.matchAll(/\(\?<(\w+)>/g)].map((match) => match[1]);
    this.#groups = this.#names.flatMap((name): [string, string][] => {
      const role = GROUPS.exec(name)?.[1];
      return role ? [[name, role]] : [];
    });
    this.#layout = layout;
    this.#clock = clock;
    this.#services = services;
    this.#traceKey = idKeys.internText('trace');
    this.#spanKey = idKeys.internText('span');
  }

  /** The groups of the format, as the keys of its layout. */
  get keys(): string[] {
    return [...new Set(this.#names.map(keyOfGroup))];
  }

  /** What each group of the record just read holds. */
  get fields(): [key: string, start: number, end: number][] {
    return this.#names.flatMap((name): [string, number, number][] => {
      const range = this.#ranges[name];
      return range ? [[keyOfGroup(name), this.#start + range[0], this.#start + range[1]]] : [];
    });
  }

  read(record: LineRecord, envelopeTime: number): boolean {
    const { bytes, start, end } = record;
    const match = this.#pattern.exec(latin1(bytes, start, Math.min(end, start + HEAD_LIMIT)));
    const groups = match?.indices?.groups;
    if (!groups) return false;
    record.time = envelopeTime;
    for (const [name, role] of this.#groups) {
      const range = groups[name];
      if (!range) continue;
      const from = start + range[0];
      const to = start + range[1];
      switch (role) {
        case 'time':
          if (!this.#time.read(bytes, from, to)) return false;
          record.time = this.#clock.utc(this.#time, envelopeTime);
          record.timeStart = from;
          record.timeEnd = to;
          break;
        case 'level':
          record.level = levelAt(bytes, from, to);
          record.levelStart = from;
          record.levelEnd = to;
          break;
        case 'service':
          record.service = this.#services.intern(bytes, from, to);
          record.serviceStart = from;
          record.serviceEnd = to;
          break;
        case 'trace':
          record.addId(from, to, this.#traceKey);
          break;
        case 'span':
          record.addId(from, to, this.#spanKey);
          break;
        default:
          record.messageStart = from;
          record.messageEnd = range[1] === HEAD_LIMIT ? end : to;
      }
    }
    this.#ranges = groups;
    this.#start = start;
    record.layout = this.#layout;
    record.format = this.format.name;
    record.kind = ENTRY;
    return true;
  }
}

/** Groups of one role that stand in several places of a pattern are numbered: `trace`, `trace3`. */
const keyOfGroup = (name: string) => name.replace(/\d+$/, '');
