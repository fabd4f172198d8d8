/** Reads a line of a text format: a pattern whose named groups say what stands where. */
import { decodeUtf8 } from '../../base/utf8.ts';
import type { Field } from '../../model.ts';
import { isNormalised, normaliseId } from '../correlation/normalise.ts';
import { type IdRank, idRankOf } from '../correlation/ownIdKeys.ts';
import { durationAt } from '../formats/duration.ts';
import { levelAt } from '../formats/levels.ts';
import { type OwnLevels, ownLevels } from '../formats/ownLevels.ts';
import type { PatternFormat } from '../formats/spec.ts';
import { NO_LEVEL } from '../index/log.ts';
import type { Clock } from './clock.ts';
import {
  DURATION,
  ID,
  LEVEL,
  MESSAGE,
  PLAIN,
  PRIORITY,
  rolesOfGroups,
  SERVICE,
  STATUS,
  TAIL,
  TIME,
} from './groupRoles.ts';
import type { KernelGroup } from './kernelPatterns.ts';
import type { LineTime } from './lineTime.ts';
import type { NameTable } from './nameTable.ts';
import { severityOfPriority, severityOfStatus } from './numbers.ts';
import { Matcher } from './pattern/matcher.ts';
import type { Program } from './pattern/program.ts';
import { programOf } from './pattern/programs.ts';
import type { FormatSet } from './profile.ts';
import { ENTRY, type LineRecord } from './record.ts';
import type { RecordMemory } from './recordMemory.ts';
import { TailFields } from './tailFields.ts';

/** A pattern that gave up on so many lines is not tried again: each of them cost as much as a hundred others. */
const MAX_OVERRUNS = 20;

/** So little may stand behind an object of JSON that a message ends with: what closes a bracket around it. */
const EMBEDDED_REST = 3;

export class PatternReader {
  readonly format: PatternFormat;
  /** Lines on which the pattern took too many steps and was given up. */
  overruns = 0;
  readonly #program: Program;
  readonly #matcher: Matcher;
  readonly #names: readonly string[];
  readonly #groupKeys: readonly string[];
  /** By number of a group. */
  readonly #roles: Uint8Array;
  readonly #idKeys: Int32Array;
  readonly #units: Float64Array;
  readonly #levels: OwnLevels | null;
  readonly #layout: number;
  readonly #clock: Clock;
  readonly #services: NameTable;
  readonly #time: LineTime;
  readonly #tail: TailFields | null;
  /** The groups that say something, as the kernel knows them; null where it does not know what one says. */
  readonly kernelGroups: readonly KernelGroup[] | null;
  readonly #idKeyNames: NameTable;
  readonly #idRank: IdRank;
  #embedded: TailFields | null = null;
  #hasEmbedded = false;

  constructor(
    format: PatternFormat,
    layout: number,
    clock: Clock,
    time: LineTime,
    idKeys: NameTable,
    services: NameTable,
    names: Pick<FormatSet, 'levels' | 'idKeys'>,
  ) {
    const program = programOf(format.pattern);
    const idRank = idRankOf(names.idKeys);
    this.format = format;
    this.#program = program;
    this.#matcher = new Matcher(program, time);
    const { keys, roles, units } = rolesOfGroups(program.groups, idRank);
    this.#names = program.groups;
    this.#groupKeys = keys;
    this.#roles = roles;
    this.#units = units;
    this.#idKeys = new Int32Array(roles.length);
    for (let i = 0; i < roles.length; i++) if (roles[i] === ID) this.#idKeys[i] = idKeys.internText(keys[i]);
    this.#levels = ownLevels(names.levels, format.levels);
    this.#layout = layout;
    this.#clock = clock;
    this.#time = time;
    this.#services = services;
    this.#idKeyNames = idKeys;
    this.#idRank = idRank;
    this.kernelGroups = roles.some((role) => role > ID)
      ? null
      : Array.from(roles, (role, i) => ({ slot: i * 2, role, key: this.#idKeys[i] })).filter(
          ({ role }) => role !== PLAIN,
        );
    this.#tail = this.#roles.includes(TAIL) ? new TailFields(idKeys, idRank) : null;
  }

  /** Whether the pattern gave up too often to be tried again. */
  get isOff(): boolean {
    return this.overruns >= MAX_OVERRUNS;
  }

  get program(): Program {
    return this.#program;
  }

  /** Where the time that was read last ends. */
  get timeEnd(): number {
    return this.#time.reader.end;
  }

  /** Whether a line that begins with this byte may be of the format. */
  mayBegin(byte: number): boolean {
    const { anchored, tables, first } = this.#program;
    return !anchored || tables[first + byte] !== 0;
  }

  /** The groups of the format, as the keys of its layout. */
  get keys(): string[] {
    return [...new Set(this.#groupKeys.filter((key) => key !== ''))];
  }

  /** What each group of the record just read holds, and what stands in its tail. */
  fields(bytes: Uint8Array): Field[] {
    const { slots } = this.#matcher;
    const groups = this.#names.flatMap((name, i): Field[] => {
      if (name === '' || slots[i * 2] < 0) return [];
      if (this.#roles[i] === TAIL) return this.#tail?.fields(bytes) ?? [];
      return [{ key: this.#groupKeys[i], value: decodeUtf8(bytes, slots[i * 2], slots[i * 2 + 1]) }];
    });
    return this.#hasEmbedded ? [...groups, ...(this.#embedded?.fields(bytes) ?? [])] : groups;
  }

  /** Whether the record is of this format; fills it. */
  read(record: LineRecord, envelopeTime: number): boolean {
    if (this.overruns >= MAX_OVERRUNS) return false;
    const { bytes } = record;
    const matcher = this.#matcher;
    if (!matcher.match(bytes, record.start, record.end)) {
      if (matcher.overrun) this.overruns++;
      return false;
    }
    const { slots } = matcher;
    const roles = this.#roles;
    const idsBefore = record.idCount;
    record.time = envelopeTime;
    for (let i = 1; i < roles.length; i++) {
      const role = roles[i];
      const from = slots[i * 2];
      if (role === PLAIN || from < 0) continue;
      const to = slots[i * 2 + 1];
      switch (role) {
        case TIME:
          if (!this.#time.readGroup(bytes, from, to)) {
            record.idCount = idsBefore;
            return false;
          }
          record.time = this.#clock.utc(this.#time.reader, envelopeTime);
          record.timeStart = from;
          record.timeEnd = to;
          break;
        case LEVEL:
          record.level = this.#levels === null ? NO_LEVEL : this.#levels.at(bytes, from, to);
          if (record.level === NO_LEVEL) record.level = levelAt(bytes, from, to);
          record.levelStart = from;
          record.levelEnd = to;
          break;
        case SERVICE:
          record.service = this.#services.intern(bytes, from, to);
          record.serviceStart = from;
          record.serviceEnd = to;
          break;
        case MESSAGE:
          record.messageStart = from;
          record.messageEnd = to;
          break;
        case ID:
          if (isId(bytes, from, to)) record.addId(from, to, this.#idKeys[i]);
          break;
        case STATUS:
          if (record.level === NO_LEVEL) record.level = severityOfStatus(bytes, from, to);
          break;
        case PRIORITY:
          if (record.level === NO_LEVEL) record.level = severityOfPriority(bytes, from, to);
          break;
        case DURATION:
          record.durationMs = durationAt(bytes, from, to, this.#units[i]);
          break;
        case TAIL:
          this.#tail?.read(record, from, to);
      }
    }
    this.#readEmbedded(record);
    record.layout = this.#layout;
    record.format = this.format.name;
    record.kind = ENTRY;
    return true;
  }

  /** Tells the kernel of the keys at the end of the message just read. */
  teachEmbedded(memory: RecordMemory, bytes: Uint8Array, place: number): void {
    if (this.#hasEmbedded) this.#embedded?.teach(memory, bytes, place);
  }

  /** An object of JSON at the message's end is part of what is said, but its ids are the record's. */
  #readEmbedded(record: LineRecord): void {
    this.#hasEmbedded = false;
    const { bytes, messageStart, messageEnd } = record;
    if (messageStart < 0) return;
    let close = messageEnd - 1;
    const lowest = Math.max(messageStart, messageEnd - EMBEDDED_REST);
    while (close > lowest && bytes[close] !== 0x7d) close--;
    if (close <= lowest || bytes[close] !== 0x7d) return;
    let open = messageStart;
    while (open < close && !(bytes[open] === 0x7b && bytes[open + 1] === 0x22)) open++;
    if (open === close) return;
    this.#embedded ??= new TailFields(this.#idKeyNames, this.#idRank);
    this.#embedded.read(record, open, close + 1);
    this.#hasEmbedded = true;
  }
}

/** Where there is no trace yet, patterns find `0`, `N/A` or `-` in its place. */
function isId(bytes: Uint8Array, from: number, to: number): boolean {
  return isNormalised(bytes, from, to) || normaliseId(decodeUtf8(bytes, from, to)) !== null;
}
