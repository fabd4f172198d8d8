/** When to read a log again whose files change: soon after they rest, and seldom where reading it takes long. */

const QUIET_MS = 300;
/** A file that grows without pause is read again at this interval, */
const LONGEST_WAIT_MS = 2_000;
/** or at one so much longer than reading takes: merging costs what the whole log is large, and others wait meanwhile. */
const REST_FACTOR = 10;

export class RefreshPace {
  #since = 0;
  #notBefore = 0;

  /** How long to wait from a change on, unless another one comes; `isFirst`: since the last refresh began. */
  wait(now: number, isFirst: boolean): number {
    if (isFirst) this.#since = now;
    const quiet = Math.min(QUIET_MS, this.#since + LONGEST_WAIT_MS - now);
    return Math.max(0, quiet, this.#notBefore - now);
  }

  /** A refresh took from `began` to `now`. */
  refreshed(began: number, now: number): void {
    this.#notBefore = now + (now - began) * REST_FACTOR;
  }
}
