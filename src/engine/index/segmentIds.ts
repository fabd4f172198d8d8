/**
 * Numbers the ids of a segment: in the kernel's memory, where the lines are as well, as long as there is room and nobody
 * else needs it; from then on in a table like the log's. The numbers are the same.
 */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { normaliseId } from '../correlation/normalise.ts';
import { type IdsHolder, type KernelIds, ODD_ID } from '../parse/kernelIds.ts';
import { type RecordMemory, recordMemory } from '../parse/recordMemory.ts';
import { IdTable } from './idTable.ts';
import { NO_ID } from './log.ts';
import type { SegmentIndex } from './segment.ts';

export class SegmentIds implements IdsHolder {
  /** Null as long as the ids are in the kernel's memory. */
  table: IdTable | null = null;
  readonly #memory: RecordMemory = recordMemory();
  readonly #ids: KernelIds = this.#memory.ids;

  constructor() {
    this.#ids.claim(this);
  }

  get count(): number {
    return this.table === null ? this.#ids.count : this.table.count;
  }

  /** Makes sure that the kernel finds room for the ids of as many rows as it gives at once, if it is to number them. */
  makeRoom(): void {
    if (this.table === null && !this.#ids.hasRoom()) this.leave();
  }

  /** The number of the id in buffer[start, end); NO_ID where that names nothing. */
  intern(buffer: Uint8Array, start: number, end: number): number {
    if (this.table !== null) return this.table.intern(buffer, start, end);
    const memory = this.#memory;
    const place = memory.placeOf(buffer);
    const base = place < 0 ? memory.copy(buffer, start, end) : place;
    if (Number.isNaN(base) || !this.#ids.hasRoom(end - start)) return this.leave().intern(buffer, start, end);
    const number = this.#ids.intern(base + start, base + end);
    return number === ODD_ID ? this.#add(buffer, start, end, base) : number;
  }

  internText(text: string): number {
    const bytes = encodeUtf8(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /** As IdTable: the compared form is a spelling of its own, under which all others find the id. */
  #add(buffer: Uint8Array, start: number, end: number, base: number): number {
    const ids = this.#ids;
    const spelling = ids.addSpelling(base + start, base + end);
    const normalised = normaliseId(decodeUtf8(buffer, start, end));
    if (normalised === null) return NO_ID;
    const bytes = encodeUtf8(normalised);
    if (Buffer.compare(bytes, buffer.subarray(start, end)) === 0) {
      const own = ids.newId(spelling);
      ids.setId(spelling, own);
      return own;
    }
    const before = ids.count;
    const copied = this.#memory.copy(bytes, 0, bytes.length);
    let id = ids.intern(copied, copied + bytes.length);
    if (id === ODD_ID) id = this.#add(bytes, 0, bytes.length, copied);
    if (ids.count > before) ids.setFirstSpelling(id, spelling);
    ids.setId(spelling, id);
    return id;
  }

  /** Moves to a table of its own. */
  leave(): IdTable {
    this.table ??= this.#moved();
    return this.table;
  }

  #moved(): IdTable {
    const table = new IdTable();
    const { spellings } = this.#ids;
    table.adopt(
      spellings,
      spellings.hash.map((_, i) => i),
    );
    this.#ids.giveBack(this);
    return table;
  }

  /** To be called last: the ids as plain data. */
  finish(): SegmentIndex['ids'] {
    const { spellings, firstSpellings } = this.table ?? this.#ids;
    const { arena, start, hash, plain } = spellings;
    const used = firstSpellings.slice();
    const numbers = new Uint32Array(used.length);
    for (let i = 0; i < numbers.length; i++) numbers[i] = i + 1;
    const copy = { arena: arena.slice(), start: start.slice(), hash: hash.slice(), plain: plain.slice() };
    this.#ids.giveBack(this);
    return { spellings: copy, used, numbers };
  }
}
