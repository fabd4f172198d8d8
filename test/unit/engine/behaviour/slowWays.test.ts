import { deepEqual } from 'node:assert/strict';
import type { Slowdown } from '../../../../src/engine/behaviour/slowdowns.ts';
import { chargeWays } from '../../../../src/engine/behaviour/slowWays.ts';

const [SHOP, STOCK, PRICE, TAX, MAIL] = [0, 1, 2, 3, 4];

/** Calls of which so many of twenty are slow now, and none usually. */
function way(caller: number, service: number, slow: number): Slowdown {
  const tally = { n: 20, slow, usualN: 40, usualSlow: 0, excess: slow * 100, usualExcess: 0 };
  return { what: 'call', service, caller, tally: { ...tally, first: 1, worst: 1, ms: 100, usualMs: 1 } };
}

function charged(...ways: Slowdown[]): string[] {
  return chargeWays(ways, 3.5).map(({ service, isCaller, tally }) => `${service} ${isCaller} ${tally.slow}`);
}

describe('slow ways between services', () => {
  it('are charged to the one that is called, where nothing tells them apart', () => {
    deepEqual(charged(way(SHOP, STOCK, 15)), [`${STOCK} false 15`]);
  });

  it('to a caller that is slow to all, each of them quick for others', () => {
    deepEqual(charged(way(SHOP, STOCK, 15), way(SHOP, PRICE, 12), way(TAX, STOCK, 0), way(TAX, PRICE, 0)), [
      `${SHOP} true 27`,
    ]);
  });

  it('to one in the midst, whom they reach and leave', () => {
    deepEqual(charged(way(SHOP, STOCK, 15), way(STOCK, PRICE, 15), way(SHOP, MAIL, 0)), [
      `${STOCK} false 15`,
      `${STOCK} true 15`,
    ]);
  });

  it('to the one that is called, where its caller is quick to all others', () => {
    deepEqual(charged(way(SHOP, STOCK, 15), way(SHOP, PRICE, 0), way(SHOP, TAX, 0)), [`${STOCK} false 15`]);
  });

  it('to two that have nothing to do with each other', () => {
    deepEqual(charged(way(SHOP, STOCK, 15), way(TAX, MAIL, 9)).sort(), [`${STOCK} false 15`, `${MAIL} false 9`].sort());
  });

  it('to nobody where chance may explain them', () => deepEqual(charged(way(SHOP, STOCK, 2)), []));
});
