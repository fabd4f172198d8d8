/**
 * Numbers for what the entries of a segment have, in order of first appearance. A parser outlives the segment, so its
 * own numbers hang on what it read before; a segment's must not.
 */
import type { LayoutPlan } from '../parse/layoutPlan.ts';
import type { LineParser } from '../parse/lineParser.ts';
import type { LineRecord } from '../parse/record.ts';
import { HashNumbers } from './hashNumbers.ts';
import { NO_SERVICE } from './log.ts';
import { ANYTHING } from './segment.ts';

/** Shapes and layouts past their column's range share the last number. */
const MOST = 0xffff;
/** A text that is cut there tells as much. */
const LONGEST_SHAPE = 1 << 12;

export class SegmentNumbers {
  readonly services: string[] = [];
  readonly shapes: string[] = [];
  readonly layouts: string[][] = [];
  /** Number 0 is of no key. */
  readonly idKeys: string[] = [''];
  readonly #parser: LineParser;
  /** The service that the file's name tells. */
  readonly #ownService: string;
  /** By the parser's numbers. */
  readonly #serviceNumbers: number[] = [];
  readonly #idKeyNumbers: number[] = [0];
  readonly #shapeByHash = new HashNumbers();
  /** By the keys, whatever the kind of record: the same keys are one layout. */
  readonly #layoutByKeys = new Map<string, number>();
  readonly #layoutByPlan = new Map<LayoutPlan, number>();
  /** By the number of the pattern. */
  readonly #layoutByPattern: number[] = [];

  constructor(path: string, parser: LineParser) {
    this.#parser = parser;
    this.#ownService = serviceOfFile(path);
  }

  /** Services past the column's range are none: a key with so many values names something else. */
  serviceOf(record: LineRecord): number {
    let { service } = record;
    if (service === 0) {
      // In a file whose records name their service, one that does not is left without.
      if (this.#parser.namesService || this.#ownService === '') return NO_SERVICE;
      service = this.#parser.services.internText(this.#ownService);
    }
    const known = this.#serviceNumbers[service];
    if (known !== undefined) return known;
    const number = Math.min(this.services.length, NO_SERVICE);
    if (number < NO_SERVICE) this.services.push(this.#parser.services.names[service]);
    this.#serviceNumbers[service] = number;
    return number;
  }

  shapeOf(record: LineRecord): number {
    const hash = record.messageStart < 0 ? -1 : this.#parser.textIds.shape;
    const known = this.#shapeByHash.get(hash);
    if (known >= 0) return known;
    // Where every message has a shape of its own, shapes tell nothing.
    if (this.shapes.length > MOST) return MOST;
    const shape = this.shapes.length;
    if (shape === MOST) this.shapes.push(ANYTHING);
    else this.shapes.push(hash < 0 ? '' : this.#parser.textIds.shapeText(LONGEST_SHAPE));
    this.#shapeByHash.add(hash, shape);
    return shape;
  }

  layoutOf(record: LineRecord): number {
    const plan = record.isFields ? this.#parser.fieldPlan : null;
    if (plan === null) {
      this.#layoutByPattern[record.layout] ??= this.#numberLayout();
      return this.#layoutByPattern[record.layout];
    }
    let layout = this.#layoutByPlan.get(plan);
    if (layout === undefined) {
      layout = this.#numberLayout();
      this.#layoutByPlan.set(plan, layout);
    }
    return layout;
  }

  #numberLayout(): number {
    const keys = this.#parser.keys();
    const name = JSON.stringify(keys);
    const layout = this.#layoutByKeys.get(name) ?? Math.min(this.layouts.length, MOST);
    if (layout < this.layouts.length) return layout;
    // The keys of entries with the last number are read from the entry where they are needed.
    this.layouts.push(layout === MOST ? [] : keys);
    if (layout < MOST) this.#layoutByKeys.set(name, layout);
    return layout;
  }

  /** `key`: the parser's number. Keys past the column's range are none. */
  idKeyOf(key: number): number {
    return this.#idKeyNumbers[key] ?? this.#numberIdKey(key);
  }

  #numberIdKey(key: number): number {
    const number = this.idKeys.length > MOST ? 0 : this.idKeys.length;
    if (number > 0) this.idKeys.push(this.#parser.idKeys.names[key]);
    this.#idKeyNumbers[key] = number;
    return number;
  }
}

/** `logs/stock-6bb8fcd48d-rfljt.log` and `stock.2026-08-01.log.1` → `stock`. */
function serviceOfFile(path: string): string {
  return (path.split('/').at(-1) ?? '')
    .replace(/(?:\.(?:log|jsonl?|ndjson|txt|out|err|gz|zst|\d{1,4}))+$/i, '')
    .replace(/[-_.]?\d{4}-?\d\d-?\d\d.*$/, '')
    .replace(/(?:\.(?:log|jsonl?|ndjson|txt|out|err))+$/i, '')
    .replace(/-[0-9a-f]{6,10}-[0-9a-z]{5}$|[-_]\d+$/, '');
}
