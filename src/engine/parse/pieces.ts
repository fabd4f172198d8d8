/**
 * Puts together a record that a collector split over several lines. Pieces join only from one line to the
 * next and within one stream: a record that another interrupts never comes to its end.
 */
export class Pieces {
  #stream = '';
  #bytes: Uint8Array[] = [];

  /** Lines waiting for the rest of their record. */
  get lines(): number {
    return this.#bytes.length;
  }

  /** Keeps a copy of a piece; the number of lines given up because they are of another stream. */
  add(stream: string, piece: Uint8Array): number {
    const lost = stream === this.#stream ? 0 : this.drop();
    this.#stream = stream;
    this.#bytes.push(piece.slice());
    return lost;
  }

  /** Whether a line of this stream is the rest of what waits. */
  continuedBy(stream: string): boolean {
    return this.#bytes.length > 0 && stream === this.#stream;
  }

  /** The whole record, its last piece given. */
  join(last: Uint8Array): Uint8Array {
    const whole = Buffer.concat([...this.#bytes, last]);
    this.#bytes = [];
    return whole;
  }

  /** Gives up what waits; the number of its lines. */
  drop(): number {
    const lost = this.#bytes.length;
    this.#bytes = [];
    return lost;
  }
}
