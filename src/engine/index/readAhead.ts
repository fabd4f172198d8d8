/**
 * Holds back those who work ahead of the one who takes their results in order, or results pile up where the
 * taker is the slowest. Whatever is taken next may always begin.
 */

/** A place in line; `begin` is there while somebody waits for it. */
export interface Turn {
  begin: (() => void) | null;
}

export class ReadAhead {
  readonly #most: number;
  #ahead = 0;
  readonly #waiting = new Set<Turn>();
  #wanted: Turn | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits until this turn may begin. */
  async begin(turn: Turn): Promise<void> {
    if (this.#ahead >= this.#most && turn !== this.#wanted) {
      await new Promise<void>((begin) => {
        turn.begin = begin;
        this.#waiting.add(turn);
      });
    } else this.#ahead++;
  }

  /** Says that the result of this turn is what the taker waits for. */
  want(turn: Turn): void {
    this.#wanted = turn;
    if (turn.begin) this.#start(turn);
  }

  /** Says that a result was taken. */
  took(): void {
    this.#ahead--;
    for (const turn of this.#waiting) {
      if (this.#ahead >= this.#most) return;
      this.#start(turn);
    }
  }

  #start(turn: Turn): void {
    this.#waiting.delete(turn);
    this.#ahead++;
    turn.begin?.();
    turn.begin = null;
  }
}
