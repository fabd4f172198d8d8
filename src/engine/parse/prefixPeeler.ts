/** Takes off what a collector wrote in front of a record: a pattern whose named groups say what stands where. */
import { decodeUtf8 } from '../../base/utf8.ts';
import { levelAt } from '../formats/levels.ts';
import type { EnvelopeFormat } from '../formats/spec.ts';
import { NO_LEVEL } from '../index/log.ts';
import type { Clock } from './clock.ts';
import { keyOfGroup } from './groupRoles.ts';
import { InnerRecord, TELLS_LEVEL, TELLS_MESSAGE, TELLS_TIME } from './innerRecord.ts';
import { LineTime } from './lineTime.ts';
import { NameTable } from './nameTable.ts';
import { severityOfPriority } from './numbers.ts';
import { Matcher } from './pattern/matcher.ts';
import { programOf } from './pattern/programs.ts';
import { numberOfStream, type Peeler, type PeelerTools } from './peeler.ts';
import type { LineRecord } from './record.ts';
import { TailFields } from './tailFields.ts';

export class PrefixPeeler implements Peeler {
  readonly name: string;
  service = 0;
  time = Number.NaN;
  level = NO_LEVEL;
  partial = false;
  readonly #time = new LineTime();
  readonly #matcher: Matcher;
  readonly #inner: InnerRecord | null;
  readonly #clock: Clock;
  readonly #services: NameTable;
  readonly #pods = new NameTable();
  /** By number of a pod, that of its service: pods are few and lines are many. */
  readonly #serviceOfPod: number[] = [];
  readonly #tails: readonly { slot: number; fields: TailFields }[];
  #bytes: Uint8Array = new Uint8Array(0);
  // Slots of the groups that play each role: a role may stand in several places.
  readonly #times: Int32Array;
  readonly #serviceNames: Int32Array;
  readonly #podNames: Int32Array;
  readonly #levels: Int32Array;
  readonly #priorities: Int32Array;
  readonly #streams: Int32Array;
  readonly #partials: Int32Array;

  constructor(format: EnvelopeFormat, { formats, clock, services, idKeys, idRank }: PeelerTools) {
    const program = programOf(format.prefix ?? '');
    const slotsOf = (role: string) =>
      Int32Array.from(program.groups.flatMap((group, i) => (keyOfGroup(group) === role ? [i * 2] : [])));
    this.name = format.name;
    this.#inner = format.fields ? new InnerRecord(formats, idRank) : null;
    this.#matcher = new Matcher(program, this.#time);
    this.#clock = clock;
    this.#services = services;
    this.#times = slotsOf('time');
    this.#serviceNames = slotsOf('service');
    this.#podNames = slotsOf('pod');
    this.#levels = slotsOf('level');
    this.#priorities = slotsOf('priority');
    this.#streams = slotsOf('stream');
    this.#partials = slotsOf('partial');
    this.#tails = program.groups.flatMap((group, i) =>
      keyOfGroup(group) === 'tail' ? [{ slot: i * 2, fields: new TailFields(idKeys, idRank) }] : [],
    );
  }

  peel(record: LineRecord, outerTime: number): boolean {
    const { bytes } = record;
    const { slots } = this.#matcher;
    this.#time.forget();
    if (!this.#matcher.match(bytes, record.start, record.end)) return false;
    const pod = this.#find(this.#podNames);
    // `INFO | started` is no container's line.
    if (pod >= 0 && levelAt(bytes, slots[pod], slots[pod + 1]) !== NO_LEVEL) return false;
    if (this.#inner !== null && !this.#isBeforeRecord(this.#inner, bytes, slots[1], record.end)) return false;
    this.#bytes = bytes;
    this.service = this.#serviceNumber(pod);
    this.time = this.#timeOf(outerTime);
    this.level = this.#levelOf();
    this.partial = this.#find(this.#partials) >= 0;
    for (let i = 0; i < this.#tails.length; i++) {
      const { slot, fields } = this.#tails[i];
      if (slots[slot] >= 0) fields.read(record, slots[slot], slots[slot + 1]);
    }
    record.moveTo(bytes, slots[1], record.end);
    return true;
  }

  /** Fields behind a time alone need no time of their own; behind words, data may stand that is quoted. */
  #isBeforeRecord(inner: InnerRecord, bytes: Uint8Array, start: number, end: number): boolean {
    const tells = inner.tells(bytes, start, end) | (this.#find(this.#times) >= 0 ? TELLS_TIME : 0);
    if ((tells & TELLS_MESSAGE) === 0) return (tells & TELLS_LEVEL) !== 0 && (tells & TELLS_TIME) !== 0;
    return (tells & (TELLS_LEVEL | TELLS_TIME)) !== 0;
  }

  stream(): string {
    return this.#textOf(this.#podNames) + this.#textOf(this.#streams);
  }

  #textOf(candidates: Int32Array): string {
    const { slots } = this.#matcher;
    const slot = this.#find(candidates);
    return slot < 0 ? '' : decodeUtf8(this.#bytes, slots[slot], slots[slot + 1]);
  }

  streamNumber(): number {
    const { slots } = this.#matcher;
    const slot = this.#find(this.#streams);
    return slot < 0 ? 0 : numberOfStream(this.#bytes, slots[slot], slots[slot + 1]);
  }

  /** The slot of the group that took part in the match; -1 where none of them did. */
  #find(candidates: Int32Array): number {
    const { slots } = this.#matcher;
    for (let i = 0; i < candidates.length; i++) if (slots[candidates[i]] >= 0) return candidates[i];
    return -1;
  }

  #serviceNumber(pod: number): number {
    const { slots } = this.#matcher;
    const slot = this.#find(this.#serviceNames);
    if (slot >= 0) return this.#services.intern(this.#bytes, slots[slot], slots[slot + 1]);
    if (pod < 0) return 0;
    const number = this.#pods.intern(this.#bytes, slots[pod], slots[pod + 1]);
    this.#serviceOfPod[number] ??= this.#services.internText(serviceOfPod(this.#pods.names[number]));
    return this.#serviceOfPod[number];
  }

  #timeOf(outerTime: number): number {
    const { slots } = this.#matcher;
    const slot = this.#find(this.#times);
    if (slot < 0 || !this.#time.readGroup(this.#bytes, slots[slot], slots[slot + 1])) return Number.NaN;
    return this.#clock.utc(this.#time.reader, outerTime);
  }

  #levelOf(): number {
    const { slots } = this.#matcher;
    const level = this.#find(this.#levels);
    if (level >= 0) return levelAt(this.#bytes, slots[level], slots[level + 1]);
    const priority = this.#find(this.#priorities);
    return priority < 0 ? NO_LEVEL : severityOfPriority(this.#bytes, slots[priority], slots[priority + 1]);
  }
}

/** `stock-6bb8fcd48d-rfljt` (deployment), `queue-0` (stateful set), `stock-1` and `shop_worker_1` (compose). */
function serviceOfPod(pod: string): string {
  return pod.replace(/-[0-9a-f]{6,10}-[0-9a-z]{5}$|[-_]\d+$/, '');
}
