import { deepEqual, equal } from 'node:assert/strict';
import { cascadeOrder } from '../../../../src/engine/timeline/cascadeOrder.ts';
import { timelineRows } from '../../../../src/engine/timeline/rows.ts';
import { reportOf } from '../../emptyReport.ts';
import { edge, logOfLines, node } from './logOfLines.ts';

const INCIDENT = { kind: 'incident' } as const;

describe('timeline rows', () => {
  it('follow the cascade and then the first entry', () => {
    const log = logOfLines([
      { at: 1, service: 'calm' },
      { at: 2, service: 'front' },
      { at: 3, service: 'back' },
      { at: 4, service: 'monitor' },
    ]);
    const nodes = [node('front', 'service', 2), node('back', 'service', 3), node('db', 'resource', 4, [3, 2])];
    const cascade = { nodes, edges: [edge('back', 'front'), edge('db', 'back')] };
    const rows = timelineRows(log, INCIDENT, reportOf({ cascade }))?.rows ?? [];
    deepEqual(
      rows.map(({ name, kind, entries, onset }) => [name, kind, entries, onset]),
      [
        ['db', 'resource', 2, 4e6],
        ['back', 'service', 1, 3e6],
        ['front', 'service', 1, 2e6],
        ['calm', 'service', 1, null],
        ['monitor', 'service', 1, null],
      ],
    );
  });

  it('count levels, and evidence of a resource once however often it is named', () => {
    const log = logOfLines([
      { at: 1, service: 'a', level: 'warn' },
      { at: 2, service: 'a', level: 'error' },
      { at: 3, service: 'a', level: 'fatal' },
      { at: null, service: 'a', level: 'fatal' },
      { at: 5 },
    ]);
    const cascade = { nodes: [node('db', 'resource', 1, [2, 2, 1])], edges: [] };
    const rows = timelineRows(log, INCIDENT, reportOf({ cascade }))?.rows ?? [];
    deepEqual(
      rows.map(({ name, entries, warnings, errors, fatals }) => [name, entries, warnings, errors, fatals]),
      [
        ['db', 2, 0, 1, 1],
        ['a', 3, 1, 1, 1],
        ['', 1, 0, 0, 0],
      ],
    );
  });

  it('of a trace are its services by first entry, and trouble begins at the first warning', () => {
    const log = logOfLines([
      { at: 3, service: 'a', trace: 't', level: 'error' },
      { at: 1, service: 'b', trace: 't', level: 'info' },
      { at: 2, service: 'c', trace: 'other' },
    ]);
    const rows = timelineRows(log, { kind: 'trace', id: 't' }, reportOf())?.rows ?? [];
    deepEqual(
      rows.map(({ name, onset }) => [name, onset]),
      [
        ['b', null],
        ['a', 3e6],
      ],
    );
  });

  it('are none without an entry that has a time', () => {
    equal(timelineRows(logOfLines([{ at: null }]), INCIDENT, reportOf()), null);
    equal(timelineRows(logOfLines([{ at: 1, trace: 't' }]), { kind: 'trace', id: 'u' }, reportOf()), null);
  });
});

describe('cascade order', () => {
  for (const [name, onsets, edges, expected] of [
    ['puts the cause above although it is seen later', { a: 1, b: 2 }, ['b a'], 'b a'],
    ['starts with the first to fail', { a: 3, b: 1, c: 2 }, [], 'b c a'],
    ['keeps a chain in one piece', { a: 1, b: 2, x: 1.5, y: 1.7, c: 3 }, ['a b', 'b c', 'x y'], 'a b c x y'],
    ['brings a second cause right above what it affects', { a: 1, b: 3, z: 2, m: 1.5 }, ['a b', 'z b'], 'a z b m'],
    ['orders nodes of one time by name', { b: 1, a: 1 }, [], 'a b'],
    ['ends where causes go round', { a: 1, b: 2, c: 3 }, ['a b', 'b c', 'c a'], 'b c a'],
    ['passes over an edge to nowhere', { a: 1 }, ['a gone', 'gone a'], 'a'],
  ] as const) {
    it(name, () => {
      const nodes = Object.entries(onsets).map(([node_, onset]) => node(node_, 'service', onset));
      const pairs = edges.map((pair) => pair.split(' ')).map(([from, to]) => edge(from, to));
      equal(cascadeOrder({ nodes, edges: pairs }).join(' '), expected);
    });
  }
});
