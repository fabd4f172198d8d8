import assert from 'node:assert/strict';
import { readCsv } from '../../eval/csv.ts';
import { groupingAccuracy, groupMessages } from '../../eval/grouping.ts';

describe('CSV', () => {
  it('reads quoted fields with commas, quotes and line ends', () => {
    const text = '\uFEFFLineId,Content,EventId\r\n1,"said ""no"", twice\nand left",E1\r\n\r\n2,plain,E2\r\n3,,';
    assert.deepEqual(readCsv(text), [
      { LineId: '1', Content: 'said "no", twice\nand left', EventId: 'E1' },
      { LineId: '2', Content: 'plain', EventId: 'E2' },
      { LineId: '3', Content: '', EventId: '' },
    ]);
  });
});

describe('grouping accuracy', () => {
  const cases: [string, number[], string, number][] = [
    ['of the same groups under other names', [5, 5, 7], 'aab', 1],
    ['counts no message of a group that is parted', [1, 2, 3], 'aab', 1 / 3],
    ['counts no message of groups that are joined', [1, 1, 1, 2], 'aabc', 1 / 4],
    ['counts groups that changed a member as wrong', [1, 1, 2, 2], 'aaab', 0],
    ['of nothing is full', [], '', 1],
  ];
  for (const [name, groups, truth, accuracy] of cases) {
    it(name, () => assert.equal(groupingAccuracy(groups, [...truth]), accuracy));
  }

  it('groups by the shape and then by Drain', () => {
    const { groups, texts } = groupMessages([
      'parcel 17 left depot.north.example.org',
      'door shut',
      'parcel 4 left depot.south.example.org',
    ]);
    assert.deepEqual(groups, [0, 1, 0]);
    assert.deepEqual(texts, ['parcel <*> left <*>', 'door shut']);
  });
});
