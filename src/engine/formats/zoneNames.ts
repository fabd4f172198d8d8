/**
 * Zones as a time names them: `UTC`, `GMT+2`, `UTC+02:00`, `CET`. Abbreviations that stand for zones of several
 * continents (CST, IST, BST) tell nothing and are left alone.
 */

const PLUS = 0x2b;
const MINUS = 0x2d;

/** The zone just read. One object per reader, overwritten by each call. */
export class ZoneName {
  /** East of UTC. */
  minutes = 0;
  end = 0;

  /** Reads a name at `at`; false where there is none. */
  read(buffer: Uint8Array, at: number, limit: number): boolean {
    const first = at < limit ? buffer[at] : 0;
    if (first < 0x41 || first > 0x5a || at + 3 > limit) return false;
    const letters = (first << 16) | (buffer[at + 1] << 8) | buffer[at + 2];
    const fourth = at + 3 < limit ? buffer[at + 3] : 0;
    if (letters === UTC || letters === GMT) {
      if (isWord(fourth)) return false;
      this.minutes = 0;
      this.end = at + 3;
      if (fourth === PLUS || fourth === MINUS) this.#offset(buffer, at + 3, limit);
      return true;
    }
    const isFour = fourth >= 0x41 && fourth <= 0x5a;
    const minutes = isFour ? minutesOfFour(letters, fourth) : minutesOfThree(letters);
    const end = isFour ? at + 4 : at + 3;
    const behind = end < limit ? buffer[end] : 0;
    if (Number.isNaN(minutes) || isWord(behind) || behind === MINUS) return false;
    this.minutes = minutes;
    this.end = end;
    return true;
  }

  /** `+2`, `-05`, `+0530`, `+05:30`; nothing where it is none. */
  #offset(buffer: Uint8Array, sign: number, limit: number): void {
    let at = sign + 1;
    let value = 0;
    while (at < limit && at <= sign + 4 && isDigit(buffer[at])) value = value * 10 + buffer[at++] - 0x30;
    const digits = at - sign - 1;
    let hours = digits <= 2 ? value : Math.floor(value / 100);
    let minutes = digits <= 2 ? 0 : value % 100;
    if (digits === 0 || digits === 3) return;
    if (digits <= 2 && at + 2 < limit && buffer[at] === 0x3a && isDigit(buffer[at + 1]) && isDigit(buffer[at + 2])) {
      hours = value;
      minutes = (buffer[at + 1] - 0x30) * 10 + buffer[at + 2] - 0x30;
      at += 3;
    }
    if (hours > 14 || minutes > 59 || (at < limit && isWord(buffer[at]))) return;
    this.minutes = (hours * 60 + minutes) * (buffer[sign] === MINUS ? -1 : 1);
    this.end = at;
  }
}

const code = (name: string) => (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2);
const UTC = code('UTC');
const GMT = code('GMT');
const WET = code('WET');
const CET = code('CET');
const EET = code('EET');
const MSK = code('MSK');
const EST = code('EST');
const EDT = code('EDT');
const CDT = code('CDT');
const MST = code('MST');
const MDT = code('MDT');
const PST = code('PST');
const PDT = code('PDT');
const JST = code('JST');
const KST = code('KST');
const CEST = code('CES');
const EEST = code('EES');
const WEST = code('WES');
const AEST = code('AES');
const AEDT = code('AED');

function minutesOfThree(letters: number): number {
  switch (letters) {
    case WET:
      return 0;
    case CET:
      return 60;
    case EET:
      return 120;
    case MSK:
      return 180;
    case EDT:
      return -240;
    case EST:
    case CDT:
      return -300;
    case MDT:
      return -360;
    case MST:
    case PDT:
      return -420;
    case PST:
      return -480;
    case JST:
    case KST:
      return 540;
    default:
      return Number.NaN;
  }
}

/** All names of four letters that are known end in T. */
function minutesOfFour(letters: number, fourth: number): number {
  if (fourth !== 0x54) return Number.NaN;
  switch (letters) {
    case WEST:
      return 60;
    case CEST:
      return 120;
    case EEST:
      return 180;
    case AEST:
      return 600;
    case AEDT:
      return 660;
    default:
      return Number.NaN;
  }
}

/** Whether a name may stand at `at`, told by its first three letters; the kernel asks the same. */
export function mayBeZone(buffer: Uint8Array, at: number, limit: number): boolean {
  if (at + 3 > limit || !isCapital(buffer[at]) || !isCapital(buffer[at + 1])) return false;
  const third = buffer[at + 2];
  return third === 0x54 || third === 0x53 || third === 0x43 || third === 0x44 || third === 0x4b;
}

const isCapital = (c: number) => c >= 0x41 && c <= 0x5a;
const isDigit = (c: number) => c >= 0x30 && c <= 0x39;
const isWord = (c: number) => isDigit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a);
