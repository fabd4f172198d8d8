import assert from 'node:assert/strict';
import { sourceFileFor } from '../../../src/host/sourceFiles.ts';

describe('the source file that a path means', () => {
  const cases: [path: string, candidates: string[], found: string | undefined][] = [
    ['com/shop/Orders.java', ['src/main/java/com/shop/Orders.java'], 'src/main/java/com/shop/Orders.java'],
    ['com/shop/Orders.java', ['a/com/shop/Orders.java', 'b/com/bank/Orders.java'], 'a/com/shop/Orders.java'],
    ['com/shop/Orders.java', ['a/com/shop/Orders.java', 'b/com/shop/Orders.java'], undefined],
    ['com/shop/Orders.java', ['b/com/shop/Orders.java', 'x/shop/Orders.java'], 'b/com/shop/Orders.java'],
    [
      'com/shop/Orders.java',
      ['x/shop/Orders.java', 'y/shop/Orders.java', 'com/shop/Orders.java'],
      'com/shop/Orders.java',
    ],
    ['app/src/till.js', ['src/till.js'], 'src/till.js'],
    ['app/till.js', ['till.js'], 'till.js'],
    ['app/index.js', ['web/index.js'], undefined],
    ['main.go', ['cmd/main.go'], 'cmd/main.go'],
    ['main.go', ['cmd/main.go', 'tool/main.go'], undefined],
    ['app/node_modules/express/index.js', ['node_modules/express/index.js'], undefined],
    ['main.go', [], undefined],
  ];
  for (const [path, candidates, found] of cases) {
    it(`is ${found ?? 'none'} for ${path} among ${candidates.join(', ') || 'none'}`, () => {
      assert.equal(sourceFileFor(path, candidates), found);
      assert.equal(sourceFileFor(path, candidates.toReversed()), found);
    });
  }
});
