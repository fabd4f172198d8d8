/** Entries read back for tooltips and tables: each asked for once, the latest few hundred kept. */
import type { Entry } from '../../src/model.ts';
import type { CascadeHostApi } from '../../src/protocol.ts';

const MOST_ENTRIES = 400;

export class EntryStore {
  private readonly host: Pick<CascadeHostApi, 'select'>;
  private readonly held = new Map<number, Promise<Entry | null>>();

  constructor(host: Pick<CascadeHostApi, 'select'>) {
    this.host = host;
  }

  /** The entry with its text; shows nothing in the editor. */
  get(entry: number): Promise<Entry | null> {
    let answer = this.held.get(entry);
    if (answer === undefined) {
      answer = this.host.select(entry, false);
      // An answer that failed must not stand for the next one who asks.
      answer.catch(() => this.held.delete(entry));
      this.held.set(entry, answer);
      const [oldest] = this.held.keys();
      if (this.held.size > MOST_ENTRIES && oldest !== undefined) this.held.delete(oldest);
    }
    return answer;
  }

  clear(): void {
    this.held.clear();
  }
}
