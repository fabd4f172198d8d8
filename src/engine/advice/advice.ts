/** What a piece of advice is made of, before its example lines are read. */
import type { Message } from '../../incident.ts';
import type { Entry } from '../../model.ts';

export interface Draft {
  /** Of its sentence. */
  key: string;
  args: Message['args'];
  /** How many entries it is about. */
  count: number;
  /** Entries that show it, the most telling first. */
  examples: readonly number[];
}

/** What the advice looks at: each entry of the range once. */
export interface Advisor {
  see(entry: number): void;
  /** `sample`: some entries, taken apart. */
  drafts(sample: readonly Entry[]): Draft[];
}
