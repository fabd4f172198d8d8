import { deepEqual, equal, ok } from 'node:assert/strict';
import { compareTraces } from '../../../../src/engine/compare/compare.ts';
import { nearestHealthy } from '../../../../src/engine/compare/nearest.ts';
import { NO_ID } from '../../../../src/engine/index/log.ts';
import type { Json } from '../../../../src/model.ts';
import { inTrace, type Line, story } from '../story.ts';

type Step = [second: number, service: string, level: string, message: string, fields?: Record<string, Json>];

/** A trace's lines, its steps' times counted from its begin. */
const trace = (name: string, begin: number, steps: Step[]): Line[] =>
  steps.map(
    ([second, service, level, message, fields]): Line => [
      begin + second,
      service,
      level,
      message,
      inTrace(name, fields),
    ],
  );

const CHECKOUT: Step[] = [
  [0, 'gate', 'INFO', 'Checkout'],
  [0.1, 'shop', 'INFO', 'Reserve'],
  [0.2, 'shop', 'INFO', 'Reserved'],
  [0.3, 'gate', 'INFO', 'Done'],
];
const LOOK: Step[] = [
  [0, 'gate', 'INFO', 'Look'],
  [0.1, 'gate', 'INFO', 'Done'],
];
const FAILED: Step[] = [
  [0, 'gate', 'INFO', 'Checkout'],
  [0.1, 'shop', 'INFO', 'Reserve'],
  [2, 'shop', 'ERROR', 'Refused by 10.0.0.3'],
];

const log = story([
  ...trace('far', 0, CHECKOUT),
  ...trace('near', 80, CHECKOUT),
  ...trace('look', 99, LOOK),
  ...trace('stuck', 98, CHECKOUT.slice(0, 2)),
  ...trace('bad', 100, FAILED),
  ...trace('worse', 101, FAILED),
]);
const idOf = (name: string) => log.ids.find(`trace-${name}`);
const nearestTo = (name: string, of = log) => {
  const found = nearestHealthy(of, of.ids.find(`trace-${name}`));
  return found === NO_ID ? null : of.ids.text(found).replace('trace-', '');
};

describe('the nearest healthy trace', () => {
  it('is of the same kind, went through to its end and is nearest in time', () => {
    equal(nearestTo('bad'), 'near');
    equal(nearestTo('worse'), 'near');
  });

  it('is another one where the trace itself is healthy', () => {
    equal(nearestTo('far'), 'near');
  });

  it('may begin otherwise where none begins alike, but not say other things', () => {
    const begun = trace('late', 50, FAILED.slice(1));
    equal(nearestTo('late', story([...trace('whole', 0, CHECKOUT), ...begun])), 'whole');
    equal(nearestTo('late', story([...trace('look', 0, LOOK), ...begun])), null);
  });

  it('is of the same kind however much the failed one says of its errors', () => {
    const told = ['Refused', 'Giving up', 'Rolling back', 'Answering 500', 'Closing'];
    const errors = told.map((message, i): Step => [2 + i, 'shop', 'ERROR', message]);
    const loud = trace('loud', 50, [...FAILED.slice(0, 2), ...errors]);
    equal(nearestTo('loud', story([...trace('whole', 0, CHECKOUT), ...loud])), 'whole');
  });

  it('is never one with an error', () => {
    equal(nearestTo('a', story([...trace('a', 0, FAILED), ...trace('b', 9, FAILED)])), null);
  });
});

describe('a comparison', () => {
  it('says of each service which steps are missing and which are extra', async () => {
    const found = await compareTraces(log, idOf('bad'), null);
    ok(found);
    deepEqual([found.left.id, found.right.id], ['trace-near', 'trace-bad']);
    deepEqual(
      found.services.map(({ name, steps }) => [
        name,
        steps.map(({ text, left, right }) => `${left ? 'L' : ' '}${right ? 'R' : ' '} ${text}`),
      ]),
      [
        ['gate', ['LR Checkout', 'L  Done']],
        ['shop', ['LR Reserve', 'L  Reserved', ' R Refused by 10.0.0.3']],
      ],
    );
  });

  it('puts the healthy one of two on the left, whichever is asked for', async () => {
    for (const [id, other] of [
      ['bad', 'far'],
      ['far', 'bad'],
    ]) {
      const found = await compareTraces(log, idOf(id), idOf(other));
      deepEqual([found?.left.id, found?.right.id], ['trace-far', 'trace-bad']);
    }
  });

  it('takes a step for another where its level is another', async () => {
    const both = story([
      ...trace('a', 0, [[0, 'shop', 'INFO', 'Status']]),
      ...trace('b', 9, [[0, 'shop', 'WARN', 'Status']]),
    ]);
    const found = await compareTraces(both, both.ids.find('trace-b'), both.ids.find('trace-a'));
    equal(found?.services[0].steps.length, 2);
  });

  it('marks what took longer, by what entries say or by the time since the step before', async () => {
    const steps = (gap: number, took: number): Step[] => [
      [0, 'shop', 'INFO', 'Begin'],
      [gap, 'shop', 'INFO', 'Middle'],
      [gap + 0.001, 'shop', 'INFO', 'Query', { duration_ms: took }],
      [gap + 0.002, 'shop', 'INFO', 'End'],
    ];
    const slower = async (gap: number, took: number) => {
      const both = story([...trace('a', 0, steps(0.04, 100)), ...trace('b', 60, steps(gap, took))]);
      const found = await compareTraces(both, both.ids.find('trace-b'), both.ids.find('trace-a'));
      return found?.services[0].steps.filter(({ isSlower }) => isSlower).map(({ text }) => text);
    };
    deepEqual(await slower(0.04, 100), []);
    deepEqual(await slower(0.09, 100), ['Middle']);
    deepEqual(await slower(0.055, 149), [], 'neither by enough milliseconds nor by enough of a factor');
    deepEqual(await slower(0.04, 150), ['Query']);
    deepEqual(await slower(0.01, 20), []);
  });

  it('compares orders where there are no traces', async () => {
    const order = (id: string, begin: number, message: string, level = 'INFO'): Line[] => [
      [begin, 'shop', 'INFO', 'Order created', { order_id: id }],
      [begin + 1, 'shop', level, message, { order_id: id }],
    ];
    const orders = story([...order('o-1', 0, 'Paid'), ...order('o-2', 10, 'Refused', 'ERROR')]);
    const found = await compareTraces(orders, orders.ids.find('o-2'), null);
    deepEqual([found?.left.id, found?.left.worstLevel, found?.right.worstLevel], ['o-1', 'info', 'error']);
  });

  it('is none with what is unknown, or with itself', async () => {
    equal(await compareTraces(log, NO_ID, null), null);
    equal(await compareTraces(log, idOf('bad'), NO_ID), null);
    equal(await compareTraces(log, idOf('bad'), idOf('bad')), null);
  });
});
