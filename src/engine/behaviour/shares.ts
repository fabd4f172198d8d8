/** Shares of few, compared. */

/**
 * By how many standard deviations a share of `n` differs from one of `usualN`: after an arcsine transform, which makes
 * the spread of shares independent of their size. 0 where there is nothing to compare.
 */
export function shareShift(hits: number, n: number, usualHits: number, usualN: number): number {
  if (n === 0 || usualN === 0) return 0;
  return (2 * (angle(hits / n) - angle(usualHits / usualN))) / Math.sqrt(1 / n + 1 / usualN);
}

function angle(share: number): number {
  return Math.asin(Math.sqrt(Math.min(1, Math.max(0, share))));
}
