/** Numbers that grow by name: the same name in two segments is one. How much is kept is bounded: a log may be hostile. */

/** Characters of all names together. */
const MOST_CHARACTERS = 1 << 24;

export class Interned<T> {
  readonly all: T[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #most: number;
  readonly #mostCharacters: number;
  #characters = 0;

  constructor(most: number, mostCharacters = MOST_CHARACTERS) {
    this.#most = most;
    this.#mostCharacters = mostCharacters;
  }

  /** -1 for a new name when there is no room for it; from then on for all new ones. */
  number(name: string, value: T): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#characters += name.length;
    if (this.all.length >= this.#most || this.#characters > this.#mostCharacters) {
      this.#characters = this.#mostCharacters;
      return -1;
    }
    return this.#add(name, value);
  }

  /** The number of what stands for all that found no room; there is always room for one such. */
  always(name: string, value: T): number {
    return this.#numbers.get(name) ?? this.#add(name, value);
  }

  #add(name: string, value: T): number {
    const number = this.all.push(value) - 1;
    this.#numbers.set(name, number);
    return number;
  }
}
