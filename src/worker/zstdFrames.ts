/** Follows the frames of a zstd stream (RFC 8878), to know what memory each asks for before a decoder gives it. */

/** What zstd itself decodes without being told that more is meant: windows up to `--long=27`. */
const LARGEST_WINDOW = 2 ** 27;

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const LONGEST_HEADER = 18;

export class ZstdFrames {
  readonly #header = new DataView(new ArrayBuffer(LONGEST_HEADER));
  #held = 0;
  #inFrame = false;
  #checksum = 0;
  /** Bytes up to the next header. */
  #skip = 0;

  /** Whether no frame that begins in the next bytes asks for too much. */
  accepts(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; ) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, bytes.length - at);
        this.#skip -= skipped;
        at += skipped;
        continue;
      }
      this.#header.setUint8(this.#held++, bytes[at++]);
      if (this.#held < this.#wanted()) continue;
      this.#held = 0;
      if (this.#inFrame) this.#block();
      else if (!this.#frame()) return false;
    }
    return true;
  }

  /** The length of the header that is being read, as far as it can be told. */
  #wanted(): number {
    if (this.#inFrame) return 3;
    if (this.#held < 5) return 5;
    return this.#isSkippable() ? 8 : 5 + this.#windowBytes() + this.#dictionaryBytes() + this.#sizeBytes();
  }

  #block(): void {
    const header = this.#header.getUint16(0, true) | (this.#header.getUint8(2) << 16);
    const isRepeatedByte = ((header >> 1) & 3) === 1;
    this.#skip = isRepeatedByte ? 1 : header >> 3;
    if ((header & 1) === 0) return;
    this.#skip += this.#checksum;
    this.#inFrame = false;
  }

  #frame(): boolean {
    if (this.#isSkippable()) {
      this.#skip = this.#header.getUint32(4, true);
      return true;
    }
    if (this.#header.getUint32(0, true) !== MAGIC) {
      // No frame: the decoder says so.
      this.#skip = Number.POSITIVE_INFINITY;
      return true;
    }
    this.#checksum = this.#header.getUint8(4) & 4;
    this.#inFrame = true;
    return this.#window() <= LARGEST_WINDOW;
  }

  #window(): number {
    if (this.#windowBytes() === 0) return this.#contentSize();
    const descriptor = this.#header.getUint8(5);
    return 2 ** (10 + (descriptor >> 3)) * (1 + (descriptor & 7) / 8);
  }

  #contentSize(): number {
    const at = 5 + this.#dictionaryBytes();
    switch (this.#sizeBytes()) {
      case 1:
        return this.#header.getUint8(at);
      case 2:
        return this.#header.getUint16(at, true) + 256;
      case 4:
        return this.#header.getUint32(at, true);
      default:
        return Number(this.#header.getBigUint64(at, true));
    }
  }

  #isSkippable(): boolean {
    return (this.#header.getUint32(0, true) & ~15) === SKIPPABLE;
  }

  /** A frame of a single segment has no window but its content. */
  #windowBytes(): number {
    return (this.#header.getUint8(4) >> 5) & 1 ? 0 : 1;
  }

  #dictionaryBytes(): number {
    return [0, 1, 2, 4][this.#header.getUint8(4) & 3];
  }

  #sizeBytes(): number {
    const flag = this.#header.getUint8(4) >> 6;
    return flag === 0 ? 1 - this.#windowBytes() : 2 ** flag;
  }
}
