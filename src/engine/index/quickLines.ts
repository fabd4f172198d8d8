/**
 * Takes the lines of JSON and of text formats that hold nothing new: the kernel reads them into rows, whole batches
 * at once. What it may take it is taught here, from the entries that the parser read line by line: which field of a
 * layout or group of a pattern gives which column, and what a minute, a level word, a service or a shape came out as. The rest is left to the
 * parser, so an index is the same with and without.
 */
import { SCALES, type Scale } from '../formats/levels.ts';
import { LONGEST_ISO, SECONDS, SECONDS_END, secondsAt } from '../formats/timestamp.ts';
import {
  PATTERN_KNOWN,
  PATTERN_LAYOUT,
  PATTERN_NEXT,
  PATTERN_SEED,
  PATTERN_SERVICE,
  SERVICES,
  SLOTS_MAX,
  TEXT_LEVELS,
} from '../kernel/memory.ts';
import { STRING } from '../parse/fieldList.ts';
import { MIN_ENTITY } from '../parse/fieldRecord.ts';
import { layPlan } from '../parse/kernelPatterns.ts';
import type { LayoutPlan } from '../parse/layoutPlan.ts';
import type { LineParser } from '../parse/lineParser.ts';
import type { PatternReader } from '../parse/patternRecord.ts';
import type { LineRecord } from '../parse/record.ts';
import { recordMemory } from '../parse/recordMemory.ts';
import type { EntryColumnBuilder, EntryColumns, PairColumnBuilder } from './columns.ts';
import type { IdTable } from './idTable.ts';
import { NO_ID, NO_LEVEL } from './log.ts';
import type { SegmentIds } from './segmentIds.ts';
import type { SegmentNumbers } from './segmentNumbers.ts';

/** After so many lines in a row that could not be taken, it is tried again only after REST lines. */
const MOST_MISSES = 32;
const REST = 512;
/** Of so many formats, the last of them included, the kernel tries one after the other. */
const MOST_PATTERNS = 4;
/** Fewer rows than this are copied one by one. */
const FEW = 24;

/** The same word or number is a level of its own on each of these. */
const SCALE_SEEDS: (Scale | null)[] = [null, ...Object.values(SCALES)];

/** The number that all layouts past the range of their column share. */
const SHARED_LAYOUT = 0xffff;

interface TakenOfLayout {
  format: string;
  hasMessage: boolean;
  rows: number;
}

export class QuickLines {
  /** What was taken, by the number of the layout: of text formats, and of records made of fields. */
  readonly ofText: TakenOfLayout[] = [];
  readonly ofFields: TakenOfLayout[] = [];
  /** Whether the last line taken was of a text format. */
  lastIsText = false;
  /** Lines taken by the last call. */
  taken = 0;
  readonly #memory = recordMemory();
  readonly #numbers: SegmentNumbers;
  #owner = -1;
  /** Plans of the text formats that are tried first, in their order; of the memory's epoch. */
  #plans: number[] = [];
  #textEpoch = -1;
  #misses = 0;
  #rest = 0;

  constructor(numbers: SegmentNumbers) {
    this.#numbers = numbers;
  }

  /**
   * Takes lines of buffer[start, end) that begin before `stop`; where the first one begins that it left. `root`: of the
   * layouts of JSON, or of text the plan of the format tried first; `pairsRoot`: of the layouts of logfmt among text.
   * `offset` is the position in the segment of buffer[0], `line` the number of the first line.
   */
  take(
    root: number,
    pairsRoot: number,
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    stop: number,
    end: number,
    offset: number,
    line: number,
    entries: EntryColumnBuilder,
    pairs: PairColumnBuilder,
    ids: SegmentIds,
  ): number {
    this.taken = 0;
    if (this.#rest > 0) {
      this.#rest--;
      return start;
    }
    const memory = this.#memory;
    const place = memory.placeOf(buffer);
    if (place < 0 || this.#owner !== memory.owner) return start;
    let at = place + start;
    for (;;) {
      ids.makeRoom();
      memory.numbersIds = ids.table === null;
      const next = line + this.taken;
      at = isText
        ? memory.takeText(root, pairsRoot, at, place + stop, place + end, offset - place, next)
        : memory.take(root, at, place + stop, place + end, offset - place, next);
      const rows = memory.rowCount;
      const odd = memory.oddId;
      if (rows > 0) this.#keep(rows, entries, pairs, ids.table);
      // The next row is given as soon as its ids are known.
      if (odd !== 0) ids.intern(memory.bytes, odd, memory.oddIdEnd);
      else if (rows === 0) break;
      this.taken += rows;
    }
    if (this.taken > 0) this.#misses = 0;
    else if (++this.#misses > MOST_MISSES) {
      this.#misses = 0;
      this.#rest = REST;
    }
    return at - place;
  }

  #keep(count: number, entries: EntryColumnBuilder, pairs: PairColumnBuilder, table: IdTable | null): void {
    const { rows } = this.#memory;
    const first = entries.addMany(count);
    const { columns } = entries;
    if (count < FEW) {
      for (let i = 0; i < count; i++) {
        columns.time[first + i] = rows.time[i];
        columns.offset[first + i] = rows.offset[i];
        columns.line[first + i] = rows.line[i];
        columns.level[first + i] = rows.level[i];
        columns.service[first + i] = rows.service[i];
        columns.shape[first + i] = rows.shape[i];
        columns.layout[first + i] = rows.layout[i];
        columns.durationMs[first + i] = rows.durationMs[i];
      }
    } else {
      columns.time.set(rows.time.subarray(0, count), first);
      columns.offset.set(rows.offset.subarray(0, count), first);
      columns.line.set(rows.line.subarray(0, count), first);
      columns.level.set(rows.level.subarray(0, count), first);
      columns.service.set(rows.service.subarray(0, count), first);
      columns.shape.set(rows.shape.subarray(0, count), first);
      columns.layout.set(rows.layout.subarray(0, count), first);
      columns.durationMs.set(rows.durationMs.subarray(0, count), first);
    }
    for (let i = 0; i < count; i++) (rows.isText[i] === 1 ? this.ofText : this.ofFields)[rows.layout[i]].rows++;
    this.lastIsText = rows.isText[count - 1] === 1;
    if (table === null) this.#keepPairs(count, first, columns, pairs);
    else this.#numberIds(first, columns, pairs, table);
  }

  #keepPairs(count: number, first: number, { idCount }: EntryColumns, pairs: PairColumnBuilder): void {
    const { rows, pairCount } = this.#memory;
    const from = pairs.addMany(pairCount);
    const { pairId, pairKey } = pairs.columns;
    for (let i = 0; i < count; i++) idCount[first + i] = rows.idCount[i];
    for (let i = 0; i < pairCount; i++) {
      pairId[from + i] = rows.pairId[i];
      pairKey[from + i] = this.#numbers.idKeyOf(rows.pairKey[i]);
    }
  }

  /** As the kernel does where it has the table. */
  #numberIds(first: number, columns: EntryColumns, pairs: PairColumnBuilder, table: IdTable): void {
    const { rows, bytes, idCount } = this.#memory;
    let firstPair = pairs.count;
    let row = -1;
    for (let i = 0; i < idCount; i++) {
      if (rows.idRow[i] !== row) {
        row = rows.idRow[i];
        firstPair = pairs.count;
      }
      const id = table.internHashed(bytes, rows.idStart[i], rows.idEnd[i], rows.idHash[i]);
      if (id === NO_ID || holds(pairs, firstPair, id)) continue;
      pairs.add(id, this.#numbers.idKeyOf(rows.idKey[i]));
      columns.idCount[first + row]++;
    }
  }

  /** The plan of the text format tried first; 0 where none was learned. */
  get textHead(): number {
    return this.#owner === this.#memory.owner && this.#textEpoch === this.#memory.epoch ? (this.#plans[0] ?? 0) : 0;
  }

  /** Learns from the entry of text that the parser has just read. */
  teachText(parser: LineParser, columns: EntryColumns, entry: number): void {
    const memory = this.#memory;
    const { record } = parser;
    const place = memory.placeOf(record.bytes);
    const layout = columns.layout[entry];
    if (place < 0 || record.messageStart < 0 || layout === SHARED_LAYOUT) return;
    const tried = parser.triedPatterns;
    const plan = this.#planOf(tried);
    if (plan === 0) return;
    const reader = tried[tried.length - 1];
    const seed = TEXT_LEVELS + layout;
    this.ofText[layout] ??= { format: record.format, hasMessage: true, rows: 0 };
    memory.set(plan + PATTERN_LAYOUT, layout);
    memory.set(plan + PATTERN_SEED, seed);
    memory.set(plan + PATTERN_KNOWN, reader.kernelGroups === null || tried.some(({ isOff }) => isOff) ? 0 : 1);
    if (record.service === 0) memory.set(plan + PATTERN_SERVICE, columns.service[entry]);
    else memory.learnName(SERVICES, place + record.serviceStart, place + record.serviceEnd, columns.service[entry]);
    if (record.levelStart >= 0)
      memory.learnName(seed, place + record.levelStart, place + record.levelEnd, record.level);
    if (record.timeStart >= 0 && reader.timeEnd === record.timeEnd) this.#teachMinute(record, place);
    memory.learnShape(parser.textIds.shape, columns.shape[entry]);
    reader.teachEmbedded(memory, record.bytes, place);
    parser.textIds.teach(memory, record);
  }

  /** The plan of the last of the patterns, behind plans of those tried before it; 0 where the kernel cannot try them all. */
  #planOf(tried: readonly PatternReader[]): number {
    const memory = this.#memory;
    if (tried.length > MOST_PATTERNS) return 0;
    for (const { program } of tried) if (!program.anchored || program.slots > SLOTS_MAX) return 0;
    if (this.#owner !== memory.owner) this.#owner = memory.claim();
    else if (this.#textEpoch === memory.epoch && this.#plans.length >= tried.length)
      return this.#plans[tried.length - 1];
    const plans = tried.map(({ program, kernelGroups }) => layPlan(memory, program, kernelGroups ?? []));
    this.#plans = [];
    if (plans.includes(0)) return 0;
    for (let i = 1; i < plans.length; i++) memory.set(plans[i - 1] + PATTERN_NEXT, plans[i]);
    this.#plans = plans;
    this.#textEpoch = memory.epoch;
    return plans[plans.length - 1];
  }

  /** Learns from the entry that the parser has just read; `plan` is of its layout, `fields` are its fields. */
  teach(parser: LineParser, plan: LayoutPlan, columns: EntryColumns, entry: number): void {
    const { record, fieldList: fields, textIds } = parser;
    const memory = this.#memory;
    const place = memory.placeOf(record.bytes);
    const step = memory.lastStep;
    const seed = plan.level.length === 0 ? SERVICES + 1 : SCALE_SEEDS.indexOf(plan.scales[0]) + 1;
    if (place < 0 || step === 0 || seed === SERVICES || !isSimple(plan)) return;
    if (this.#owner !== memory.owner) this.#owner = memory.claim();
    const layout = columns.layout[entry];
    if (layout === SHARED_LAYOUT) return;
    this.ofFields[layout] ??= { format: record.format, hasMessage: plan.message.length > 0, rows: 0 };
    const service = plan.service[0] ?? (plan.logger < 0 ? null : plan.logger);
    if (!memory.hasPlan(step)) {
      memory.learnPlan(step, {
        time: plan.time[0],
        level: plan.level[0] ?? null,
        impliedLevel: columns.level[entry],
        levelSeed: seed,
        service,
        impliedService: columns.service[entry],
        message: plan.message[0] ?? null,
        impliedShape: columns.shape[entry],
        duration: plan.duration[0] ?? null,
        unit: plan.units[0] ?? 1,
        layout,
        ids: plan.ids.map((field, i) => ({
          place: field,
          key: plan.idKeys[i],
          leastLength: plan.isEntity[i] ? MIN_ENTITY : 0,
        })),
      });
    }
    if (record.timeStart === fields.start[plan.time[0]] && fields.type[plan.time[0]] === STRING)
      this.#teachMinute(record, place);
    if (record.level !== NO_LEVEL && plan.level.length > 0 && record.levelStart === fields.start[plan.level[0]]) {
      memory.learnName(seed, place + record.levelStart, place + record.levelEnd, record.level);
    }
    if (service !== null && record.service !== 0 && record.serviceStart === fields.start[service]) {
      memory.learnName(SERVICES, place + record.serviceStart, place + record.serviceEnd, columns.service[entry]);
    }
    if (plan.message.length > 0 && record.messageStart === fields.start[plan.message[0]]) {
      memory.learnShape(textIds.shape, columns.shape[entry]);
      textIds.teach(memory, record);
    }
  }

  #teachMinute(record: LineRecord, place: number): void {
    const { bytes, timeStart: start, timeEnd: end } = record;
    if (end - start < SECONDS_END || end - start > LONGEST_ISO || bytes[start + SECONDS - 1] !== 0x3a) return;
    if (bytes[start + 4] !== bytes[start + 7] || isDigit(bytes[start + 4])) return;
    // What is damaged is read as something, but tells nothing of other times.
    if (!isDigit(bytes[start + SECONDS]) || !isDigit(bytes[start + SECONDS + 1])) return;
    let fractionEnd = SECONDS_END;
    const separator = bytes[start + SECONDS_END];
    if (end - start > SECONDS_END + 1 && (separator === 0x2e || separator === 0x2c)) {
      for (fractionEnd++; start + fractionEnd < end && isDigit(bytes[start + fractionEnd]); ) fractionEnd++;
    }
    const seconds = secondsAt(bytes, start, start + fractionEnd);
    this.#memory.learnMinute(place + start, place + end, fractionEnd, record.time - seconds);
  }
}

/** Whether the kernel knows all that the plan asks for. */
function isSimple(plan: LayoutPlan): boolean {
  return plan.time.length > 0 && plan.nanos < 0 && plan.start < 0 && plan.end < 0 && !plan.isDatadog.includes(true);
}

function holds(pairs: PairColumnBuilder, from: number, id: number): boolean {
  const { pairId } = pairs.columns;
  for (let pair = from; pair < pairs.count; pair++) if (pairId[pair] === id) return true;
  return false;
}

const isDigit = (c: number) => c >= 0x30 && c <= 0x39;
