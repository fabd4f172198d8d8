/** A place in a line from which digits, words and single characters are taken. */
export class ByteCursor {
  buffer: Uint8Array = new Uint8Array(0);
  limit = 0;
  at = 0;

  start(buffer: Uint8Array, at: number, limit: number): void {
    this.buffer = buffer;
    this.limit = limit;
    this.at = at;
  }

  /** The character here, or so many further on; 0 behind the end. */
  peek(ahead = 0): number {
    return this.at + ahead < this.limit ? this.buffer[this.at + ahead] : 0;
  }

  /** How many digits stand here. */
  digits(): number {
    let count = 0;
    while (isDigit(this.peek(count))) count++;
    return count;
  }

  /** Takes `count` digits as a number. */
  number(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 10 + this.peek(i) - 0x30;
    this.at += count;
    return value;
  }

  skip(c: number): boolean {
    if (this.peek() !== c) return false;
    this.at++;
    return true;
  }

  /** The number from 1 of a name, written out or as its first three letters; 0 where none stands here. */
  name(names: readonly string[]): number {
    let length = 0;
    while (isLetter(this.peek(length))) length++;
    if (length < 3) return 0;
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (length !== 3 && length !== name.length) continue;
      let same = 0;
      while (same < length && (this.peek(same) | 0x20) === name.charCodeAt(same)) same++;
      if (same < length) continue;
      this.at += length;
      return i + 1;
    }
    return 0;
  }
}

export const isDigit = (c: number) => c >= 0x30 && c <= 0x39;
export const isLetter = (c: number) => (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a;
