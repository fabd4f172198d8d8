/** Runs so many tasks at a time: urgent ones first, then in the order in which they came. */

export class TaskQueue {
  readonly #width: number;
  #running = 0;
  readonly #urgent: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  async run<T>(task: () => Promise<T>, urgent: boolean): Promise<T> {
    if (this.#running === this.#width) {
      await new Promise<void>((start) => (urgent ? this.#urgent : this.#waiting).push(start));
    } else this.#running++;
    try {
      return await task();
    } finally {
      // Whoever waits takes over the place, so that nobody slips in between.
      const next = this.#urgent.shift() ?? this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
