/**
 * Whom slow calls are charged to. Between two services that are both quick, what is slow is the way; a service whose
 * network or whose threads are slow makes all ways slow that begin or end at it. So the service that accounts for the
 * most slow ways, and the fewest quick ones, is charged with them, then the next with those that are left.
 */
import { type Slowdown, slownessOf, sumOf, type Tally } from './slowdowns.ts';

/** A quick way speaks against a service half as much as a slow one for it. */
const QUICK_SHARE = 0.5;
/** Of few calls nothing says that they are quick. */
const FEWEST_QUICK = 5;

export interface SlowWays {
  service: number;
  /** Whether it makes the calls, each to another; else it is called. */
  isCaller: boolean;
  tally: Tally;
}

/** `isSlow` tells which tallies are beyond chance. */
export function chargeWays(slowdowns: readonly Slowdown[], leastZ: number): SlowWays[] {
  const ways = slowdowns.filter(({ what }) => what === 'call');
  let slow = ways.filter(({ tally }) => slownessOf(tally) >= leastZ);
  const quick = ways.filter((way) => !slow.includes(way) && way.tally.n >= FEWEST_QUICK);
  const charged: SlowWays[] = [];
  while (slow.length > 0) {
    const service = mostGuilty(slow, quick);
    for (const isCaller of [false, true]) {
      const its = slow.filter((way) => (isCaller ? way.caller : way.service) === service);
      // A lone slow way from a service says no more of it than of the one that is called.
      if (its.length > 0) charged.push({ service, isCaller, tally: sumOf(its.map(({ tally }) => tally)) });
    }
    slow = slow.filter((way) => way.service !== service && way.caller !== service);
  }
  return charged;
}

function mostGuilty(slow: readonly Slowdown[], quick: readonly Slowdown[]): number {
  const touches = ({ service, caller }: Slowdown, one: number): boolean => service === one || caller === one;
  const guiltOf = (one: number): number =>
    slow.filter((way) => touches(way, one)).length - QUICK_SHARE * quick.filter((way) => touches(way, one)).length;
  // The called before the callers: where nothing else tells them apart, who is called is charged.
  const suspects = [...new Set([...slow.map(({ service }) => service), ...slow.map(({ caller }) => caller)])];
  return suspects.reduce((most, one) => (guiltOf(one) > guiltOf(most) ? one : most));
}
