/**
 * Takes a record out of another record, whose message it is as a whole: collectors parse what they collect no
 * further than they are told to. What the outer record says of time, level, service and trace counts where the
 * inner one says nothing.
 */
import { decodeUtf8 } from '../../base/utf8.ts';
import { REQUEST_RANK } from '../correlation/idKeys.ts';
import { NO_LEVEL } from '../index/log.ts';
import { FieldRecordReader } from './fieldRecord.ts';
import { InnerRecord, TELLS_LEVEL, TELLS_MESSAGE, TELLS_TIME } from './innerRecord.ts';
import { unescapeJson } from './jsonPeeler.ts';
import { JsonScanner } from './jsonScanner.ts';
import { unquote } from './jsonText.ts';
import { LayoutPlans } from './layoutPlan.ts';
import { numberOfStream, type Peeler, type PeelerTools } from './peeler.ts';
import { LineRecord } from './record.ts';

/** What collectors call the line that a process wrote; in other keys text is a message, and read as such. */
const LINE_KEY = /(?:^|\.)log$/i;
const STREAM_KEY = 'stream';
/** The keys of Docker's own driver, whose records may be pieces: see docker-json.jsonc. */
const DOCKER_KEYS = 5;

export class NestedPeeler implements Peeler {
  readonly name: string;
  readonly partial = false;
  service = 0;
  time = Number.NaN;
  level = NO_LEVEL;
  readonly #tools: PeelerTools;
  readonly #scanner = new JsonScanner();
  readonly #outer: FieldRecordReader;
  readonly #inner: InnerRecord;
  readonly #record = new LineRecord();
  #bytes: Uint8Array = new Uint8Array(0);
  #line: Uint8Array = new Uint8Array(0);

  constructor(name: string, tools: PeelerTools) {
    const { formats, clock, services, idKeys, idRank } = tools;
    this.name = name;
    this.#tools = tools;
    const plans = new LayoutPlans(formats.json, null, idKeys, idRank);
    this.#outer = new FieldRecordReader(this.#scanner, unquote, plans, clock, services, null);
    this.#inner = new InnerRecord(formats, idRank);
  }

  peel(record: LineRecord, outerTime: number): boolean {
    const { bytes, start, end } = record;
    if (bytes[start] !== 0x7b) return false;
    const outer = this.#record;
    outer.reset(bytes, start, end);
    if (!this.#outer.read(outer, outerTime) || !outer.inPlace || outer.messageEnd <= outer.messageStart) return false;
    const isObject = bytes[outer.messageStart] === 0x7b;
    if (!isObject && outer.level !== NO_LEVEL) return false;
    const key = this.#keyAt(outer.messageStart);
    if (LINE_KEY.test(key) && this.#isDockers()) return false;
    if (this.#bytes.length < end - start) this.#bytes = new Uint8Array((end - start) * 2);
    const target = this.#bytes;
    let length = unescapeJson(bytes, outer.messageStart, outer.messageEnd, target);
    while (length > 0 && (target[length - 1] === 0x0a || target[length - 1] === 0x0d)) length--;
    if (target.subarray(0, length).includes(0x0a)) return false;
    const tells = this.#inner.tells(target, 0, length);
    if (!(isRecord(tells, outer.level !== NO_LEVEL) || (!isObject && LINE_KEY.test(key)))) return false;
    this.time = outer.time;
    this.level = outer.level;
    this.service = outer.isServiceLogger ? 0 : outer.service;
    this.#line = bytes;
    for (let i = 0; i < outer.idCount; i++) {
      const idKey = outer.idKey[i];
      // What a collector knows things by says nothing of the journey.
      if (this.#tools.idRank(this.#tools.idKeys.names[idKey]) >= REQUEST_RANK)
        record.addId(outer.idStart[i], outer.idEnd[i], idKey, outer.idText[i]);
    }
    record.moveTo(target, 0, length);
    return true;
  }

  stream(): string {
    const at = this.#streamAt();
    return at < 0 ? '' : decodeUtf8(this.#line, this.#scanner.start[at], this.#scanner.end[at]);
  }

  streamNumber(): number {
    const at = this.#streamAt();
    return at < 0 ? 0 : numberOfStream(this.#line, this.#scanner.start[at], this.#scanner.end[at]);
  }

  #streamAt(): number {
    const scanner = this.#scanner;
    for (let i = 0; i < scanner.count; i++) if (scanner.keys.names[scanner.key[i]] === STREAM_KEY) return i;
    return -1;
  }

  #keyAt(start: number): string {
    const scanner = this.#scanner;
    for (let i = 0; i < scanner.count; i++) if (scanner.start[i] === start) return scanner.keys.names[scanner.key[i]];
    return '';
  }

  #isDockers(): boolean {
    const scanner = this.#scanner;
    if (scanner.count > DOCKER_KEYS) return false;
    for (let i = 0; i < scanner.count; i++) if (scanner.keys.names[scanner.key[i]] === 'time') return true;
    return false;
  }
}

/** Whether fields in a message are a record of a log; where the outer one tells a level, data may well have a message. */
function isRecord(tells: number, outerHasLevel: boolean): boolean {
  if (outerHasLevel) return (tells & TELLS_LEVEL) !== 0 && (tells & (TELLS_MESSAGE | TELLS_TIME)) !== 0;
  return (tells & TELLS_MESSAGE) !== 0 && (tells & (TELLS_LEVEL | TELLS_TIME)) !== 0;
}
