/** The thresholds that users may set, by rule, with what they are else. Rules read them here and nowhere else. */

export const THRESHOLDS = {
  /** Shares of a capacity from which it is worth a word, a warning, an error. */
  'threshold-breach': { near: 0.8, high: 0.9, full: 0.98 },
  /** How far ahead a trend is followed. */
  'threshold-trend': { minutes: 30 },
  /** The fewest errors, and how many times the usual. */
  'error-burst': { count: 5, times: 3 },
  'error-rate': { times: 3 },
  /**
   * How many times the usual, and how many milliseconds more: less is nobody's trouble, and from one to two is what a
   * clock of whole milliseconds makes of the same work.
   */
  'latency-shift': { times: 1.5, ms: 5 },
  'latency-outlier': { times: 3, ms: 100 },
  /** The share of its timeout at which work has evidently been cut off. */
  timeout: { share: 0.98 },
  /** Attempts for each request, the first included; further ones, against those before. */
  'retry-storm': { attempts: 1.5, times: 2 },
  /** The gap between a service and the rest of its trace. */
  'time-oddity': { seconds: 60 },
  'clock-skew': { ms: 50 },
};

export type Thresholds = typeof THRESHOLDS;

/** Least and most, by the name of the threshold. */
export const BOUNDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  near: [0, 1],
  high: [0, 1],
  full: [0, 1],
  share: [0, 1],
  times: [1, 1e6],
  attempts: [1, 1e6],
  count: [1, 1e9],
  ms: [0, 1e9],
  seconds: [1, 1e9],
  minutes: [1, 1440],
};
