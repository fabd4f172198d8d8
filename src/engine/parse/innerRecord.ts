/** What an object of JSON, or pairs, inside of a line would tell as a record: whether they are one, and not data that is quoted. */
import type { IdRank } from '../correlation/ownIdKeys.ts';
import type { FieldScanner } from './fieldScanner.ts';
import { JsonScanner } from './jsonScanner.ts';
import { LayoutPlans } from './layoutPlan.ts';
import { LogfmtScanner } from './logfmtScanner.ts';
import { NameTable } from './nameTable.ts';
import type { FieldFormats } from './peeler.ts';

export const TELLS_TIME = 1;
export const TELLS_LEVEL = 2;
export const TELLS_MESSAGE = 4;

export class InnerRecord {
  readonly #formats: FieldFormats;
  readonly #idRank: IdRank;
  // Made when first needed.
  #json: Probe | null = null;
  #logfmt: Probe | null = null;

  constructor(formats: FieldFormats, idRank: IdRank) {
    this.#formats = formats;
    this.#idRank = idRank;
  }

  /** Bits of what all of bytes[start, end) tells; 0 where it is not made of fields. */
  tells(bytes: Uint8Array, start: number, end: number): number {
    const { json, logfmt } = this.#formats;
    const isJson = bytes[start] === 0x7b;
    if (isJson) this.#json ??= new Probe(new JsonScanner(), new LayoutPlans(json, null, new NameTable(), this.#idRank));
    else {
      this.#logfmt ??= new Probe(new LogfmtScanner(), new LayoutPlans(logfmt, null, new NameTable(), this.#idRank));
    }
    const probe = isJson ? this.#json : this.#logfmt;
    return probe === null ? 0 : probe.tells(bytes, start, end);
  }
}

class Probe {
  readonly #scanner: FieldScanner;
  readonly #plans: LayoutPlans;

  constructor(scanner: FieldScanner, plans: LayoutPlans) {
    this.#scanner = scanner;
    this.#plans = plans;
  }

  tells(bytes: Uint8Array, start: number, end: number): number {
    if (!this.#scanner.scan(bytes, start, end)) return 0;
    const { time, level, message } = this.#plans.of(this.#scanner);
    return (
      (time.length > 0 ? TELLS_TIME : 0) |
      (level.length > 0 ? TELLS_LEVEL : 0) |
      (message.length > 0 ? TELLS_MESSAGE : 0)
    );
  }
}
