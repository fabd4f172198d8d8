/** The arithmetic of what is usual. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import {
  chanceOfAtLeast,
  countZ,
  median,
  onsetBefore,
  preceding,
  quantileOfSorted,
  sigmaAround,
  usualBelow,
} from '../../../../src/engine/anomalies/baseline.ts';

const many = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('a baseline', () => {
  it('takes the middle, and of two middles their mean', () => {
    equal(median([9, 1, 5]), 5);
    equal(median([9, 1, 5, 7]), 6);
  });

  it('takes quantiles by nearest rank', () => {
    deepEqual(
      [0, 0.5, 0.95, 1].map((share) => quantileOfSorted([1, 2, 3, 4], share)),
      [1, 2, 4, 4],
    );
  });

  it('is not moved by a few that are far off', () => {
    const calm = Array.from({ length: 51 }, (_, index) => index % 7);
    const stormy = [...calm.slice(5), ...many(5, 1e6)];
    ok(Math.abs(median(stormy) - median(calm)) <= 1);
    ok(sigmaAround(stormy, median(stormy)) <= 2 * sigmaAround(calm, median(calm)));
  });

  it('looks back over what is not left out, and not for ever', () => {
    deepEqual(
      preceding(5, (place) => place === 3),
      [4, 2, 1, 0],
    );
    equal(preceding(1000, () => false).length, 60);
  });

  it('needs ten buckets before it says what is usual', () => {
    equal(usualBelow(20, many(9, 1)), null);
    equal(usualBelow(20, many(10, 1)), 1);
  });

  it('tells a count from three times the usual on, and from five', () => {
    equal(usualBelow(4, many(10, 0)), null);
    equal(usualBelow(29, many(20, 10)), null);
    equal(usualBelow(31, many(20, 10)), 10);
  });

  it('asks for more where counts are spread', () => {
    const even = many(20, 10);
    const spread = even.map((_, index) => (index % 2 === 0 ? 0 : 20));
    equal(usualBelow(31, even), 10);
    equal(usualBelow(31, spread), null);
    ok(countZ(30, 10, 4) < countZ(30, 10, 1));
  });
});

describe('the onset of a change', () => {
  it('is the bucket that tells it where nothing came before', () => {
    equal(onsetBefore([0, -1, 0.2, -0.3, 6], 4), 4);
  });

  it('is where it slowly began', () => {
    equal(onsetBefore([0, -1, 0.2, -0.3, 1.5, 2, 2.5, 6], 7), 4);
  });

  it('is no outlier that was over long before', () => {
    equal(onsetBefore([0, 40, -0.2, 0, 0.1, -0.1, -0.1, 0, -1, 6], 9), 9);
  });

  it('lies at or before the bucket that tells it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1 }), (deviations) => {
        const at = deviations.length - 1;
        const onset = onsetBefore(deviations, at);
        return onset >= 0 && onset <= at;
      }),
    );
  });
});

describe('the chance of so many', () => {
  it('is that of the binomial distribution', () => {
    // 5 of 5 heads; at least 1 of 3 with a share of a tenth; at least 3 of 5 with a share of 0.4.
    const [all, some, most] = [chanceOfAtLeast(5, 5, 0.5), chanceOfAtLeast(1, 3, 0.1), chanceOfAtLeast(3, 5, 0.4)];
    ok(Math.abs(all - 1 / 32) < 1e-12);
    ok(Math.abs(some - 0.271) < 1e-12);
    ok(Math.abs(most - 0.31744) < 1e-12);
  });

  it('is between 0 and 1, and less for more hits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.nat(500),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, hits, share) => {
          const [one, more] = [chanceOfAtLeast(hits, count, share), chanceOfAtLeast(hits + 1, count, share)];
          return one >= 0 && one <= 1 && more <= one + 1e-9;
        },
      ),
    );
  });
});
