/** What a pattern is compiled to: numbers in one array, as the matcher reads them. */

export interface Program {
  code: Int32Array;
  /** Byte sets, one behind the other; an operand `table` is the position of a set's first entry. */
  tables: Uint8Array;
  /** Literal text. */
  text: Uint8Array;
  /** Names of the groups; slots 2·i and 2·i + 1 hold where group i begins and ends. */
  groups: readonly string[];
  slots: number;
  /** Table of the bytes that a match may begin with. */
  first: number;
  /** Whether a match can only stand at the start of the text. */
  anchored: boolean;
}
