/** Reads a JSON record: each key has a role, looked up by number, and the values of the roles are read in place. */
import { ENTITY_RANK, idKeyRank, NOT_AN_ID } from '../correlation/idKeys.ts';
import { levelAt, levelOfNumber } from '../formats/levels.ts';
import { durationUnit, type JsonRoles } from '../formats/roles.ts';
import type { JsonFormat } from '../formats/spec.ts';
import { TimestampReader } from '../formats/timestamp.ts';
import { NO_LEVEL } from '../index/log.ts';
import type { Clock } from './clock.ts';
import { NUMBER, STRING } from './fieldList.ts';
import { JsonScanner } from './jsonScanner.ts';
import { numberAt, unquote } from './jsonText.ts';
import type { NameTable } from './nameTable.ts';
import { ENTRY, type LineRecord } from './record.ts';

const PLAIN = 0;
const TIME = 1;
const LEVEL = 2;
const SERVICE = 3;
const MESSAGE = 4;
const ID = 5;
const DURATION = 6;

/** Entity ids shorter than this are counters and enumerations. */
const MIN_ENTITY = 4;

export class JsonRecordReader {
  readonly scanner = new JsonScanner();
  readonly #roles: JsonRoles;
  readonly #clock: Clock;
  readonly #idKeys: NameTable;
  readonly #services: NameTable;
  readonly #time = new TimestampReader();
  /** By key number: role, preference among keys of one role (0 best), rank or number of an id key, unit. */
  #role = new Uint8Array(64);
  #preference = new Uint8Array(64);
  #rank = new Int8Array(64);
  #idKey = new Int32Array(64);
  #unit = new Float64Array(64);
  #known = 1;

  constructor(format: JsonFormat, roles: JsonRoles | null, clock: Clock, idKeys: NameTable, services: NameTable) {
    const { names } = format;
    const inferred = roles ?? { time: [], level: [], service: [], message: [], ids: [] };
    // Names the sample did not hold may still turn up later: they come after those that it did.
    this.#roles = {
      time: [...inferred.time, ...(names.time ?? [])],
      level: [...inferred.level, ...(names.level ?? [])],
      service: [...inferred.service, ...(names.service ?? [])],
      message: [...inferred.message, ...(names.message ?? [])],
      ids: inferred.ids,
    };
    this.#clock = clock;
    this.#idKeys = idKeys;
    this.#services = services;
  }

  /** Whether record.bytes[start, end) is a JSON object with a time, a level or a message; fills the record. */
  read(record: LineRecord, envelopeTime: number): boolean {
    const scanner = this.scanner;
    const { bytes, start, end } = record;
    if (!scanner.scan(bytes, start, end)) return false;
    if (scanner.keys.size > this.#known) this.#learn();
    let time = -1;
    let level = -1;
    let service = -1;
    let message = -1;
    for (let i = 0; i < scanner.count; i++) {
      const key = scanner.key[i];
      switch (this.#role[key]) {
        case PLAIN:
          break;
        case TIME:
          if (this.#better(key, time) && scanner.type[i] <= NUMBER) time = i;
          break;
        case LEVEL:
          if (this.#better(key, level) && scanner.type[i] <= NUMBER) level = i;
          break;
        case SERVICE:
          if (this.#better(key, service) && scanner.type[i] === STRING && scanner.end[i] > scanner.start[i])
            service = i;
          break;
        case MESSAGE:
          if (this.#better(key, message) && scanner.type[i] === STRING) message = i;
          break;
        case ID:
          this.#addId(record, i, key);
          break;
        case DURATION:
          if (scanner.type[i] === NUMBER)
            record.durationMs = numberAt(bytes, scanner.start[i], scanner.end[i]) * this.#unit[key];
          break;
      }
    }
    if (
      time >= 0 &&
      this.#time.read(bytes, scanner.start[time], scanner.end[time]) &&
      (this.#time.dated || !Number.isNaN(envelopeTime))
    ) {
      record.time = this.#clock.utc(this.#time, envelopeTime);
      record.timeStart = scanner.start[time];
      record.timeEnd = scanner.end[time];
    } else record.time = envelopeTime;
    if (level >= 0) {
      const from = scanner.start[level];
      const to = scanner.end[level];
      record.level =
        scanner.type[level] === STRING ? levelAt(bytes, from, to) : levelOfNumber(numberAt(bytes, from, to));
      record.levelStart = from;
      record.levelEnd = to;
    }
    if (service >= 0) {
      record.serviceStart = scanner.start[service];
      record.serviceEnd = scanner.end[service];
      record.service =
        scanner.escaped[service] === 1
          ? this.#services.internText(unquote(bytes, record.serviceStart, record.serviceEnd))
          : this.#services.intern(bytes, record.serviceStart, record.serviceEnd);
    }
    if (message >= 0) {
      record.messageStart = scanner.start[message];
      record.messageEnd = scanner.end[message];
      record.messageEscaped = scanner.escaped[message] === 1;
    }
    // An object without any of these is no record of a log, but data that a log quotes.
    if (time < 0 && message < 0 && record.level === NO_LEVEL) return false;
    record.layout = scanner.layout;
    record.format = 'json';
    record.kind = ENTRY;
    return true;
  }

  /** Of several keys with one role the preferred counts; of one key repeated, the last. */
  #better(key: number, chosen: number): boolean {
    return chosen < 0 || this.#preference[key] <= this.#preference[this.scanner.key[chosen]];
  }

  #addId(record: LineRecord, i: number, key: number): void {
    const { scanner } = this;
    if (scanner.type[i] > NUMBER) return;
    const length = scanner.end[i] - scanner.start[i];
    if (length === 0 || (this.#rank[key] <= ENTITY_RANK && length < MIN_ENTITY)) return;
    const text = scanner.escaped[i] === 1 ? unquote(record.bytes, scanner.start[i], scanner.end[i]) : null;
    record.addId(scanner.start[i], scanner.end[i], this.#idKey[key], text);
  }

  /** Gives a role to each key that the scanner met for the first time. */
  #learn(): void {
    const { names } = this.scanner.keys;
    while (names.length > this.#role.length) this.#grow();
    for (; this.#known < names.length; this.#known++) {
      const key = this.#known;
      const name = names[key];
      const rank = this.#roles.ids.includes(name) ? ENTITY_RANK : idKeyRank(name);
      const unit = durationUnit(name);
      if (!this.#assign(key, name) && rank !== NOT_AN_ID) {
        this.#role[key] = ID;
        this.#rank[key] = rank;
        this.#idKey[key] = this.#idKeys.internText(name);
      } else if (this.#role[key] === PLAIN && unit > 0) {
        this.#role[key] = DURATION;
        this.#unit[key] = unit;
      }
    }
  }

  #assign(key: number, name: string): boolean {
    const lower = name.toLowerCase();
    const roles = [PLAIN, TIME, LEVEL, SERVICE, MESSAGE];
    const lists = [[], this.#roles.time, this.#roles.level, this.#roles.service, this.#roles.message];
    for (let i = 1; i < lists.length; i++) {
      const exact = lists[i].indexOf(name);
      const at = exact >= 0 ? exact : lists[i].indexOf(lower);
      if (at < 0) continue;
      this.#role[key] = roles[i];
      this.#preference[key] = Math.min(at, 255);
      return true;
    }
    return false;
  }

  #grow(): void {
    const size = this.#role.length * 2;
    const grown = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#role = grown(new Uint8Array(size), this.#role);
    this.#preference = grown(new Uint8Array(size), this.#preference);
    this.#rank = grown(new Int8Array(size), this.#rank);
    this.#idKey = grown(new Int32Array(size), this.#idKey);
    this.#unit = grown(new Float64Array(size), this.#unit);
  }
}
