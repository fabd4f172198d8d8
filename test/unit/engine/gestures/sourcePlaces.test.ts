import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sourcePlacesIn } from '../../../../src/engine/gestures/sourcePlaces.ts';

describe('places of source files', () => {
  const cases: [line: string, ...places: string[]][] = [
    ['\tat com.shop.Orders.create(Orders.java:42)', 'com/shop/Orders.java 42 [Orders.java:42]'],
    ['\tat app//com.shop.Orders$1.run(Orders.java:7) ~[app.jar:1]', 'com/shop/Orders.java 7 [Orders.java:7]'],
    ['\tat Orders.create(Orders.java:42)', 'Orders.java 42 [Orders.java:42]'],
    ['\tat java.base/java.lang.Thread.run(Unknown Source)'],
    ['  File "/app/src/till.py", line 12, in pay', 'app/src/till.py 12 [/app/src/till.py", line 12]'],
    ['{"stack":"File \\"/app/till.py\\", line 3, in x"}', 'app/till.py 3 [/app/till.py\\", line 3]'],
    ['    at pay (/app/src/till.js:10:5)', 'app/src/till.js 10:5 [/app/src/till.js:10:5]'],
    ['    at file:///app/src/till.mjs:10:5', 'app/src/till.mjs 10:5 [///app/src/till.mjs:10:5]'],
    ['\t/go/src/shop/main.go:123 +0x1d', 'go/src/shop/main.go 123 [/go/src/shop/main.go:123]'],
    ['I0801 10:00:00.000000 1 main.go:12] started', 'main.go 12 [main.go:12]'],
    ['   at Shop.Till.Pay() in /src/Shop/Till.cs:line 12', 'src/Shop/Till.cs 12 [/src/Shop/Till.cs:line 12]'],
    ['   at Till.Pay() in C:\\src\\Till.cs:line 12', 'src/Till.cs 12 [\\src\\Till.cs:line 12]'],
    ['{"stack":"x\\n\\tat a.B.c(B.java:1)\\n./src/d.ts:2"}', 'a/B.java 1 [B.java:1]', 'src/d.ts 2 [./src/d.ts:2]'],
    ['two: src/a.rs:1 and src/b.rs:2:3', 'src/a.rs 1 [src/a.rs:1]', 'src/b.rs 2:3 [src/b.rs:2:3]'],
    ['a.java:1\\b.java:2', 'a.java 1 [a.java:1]', 'b.java 2 [\\b.java:2]'],
    ['GET http://localhost:3000/static/app.js:10:5'],
    ['see https://shop.example/app.js:10'],
    ['till.py:0 and .py:12 and till.pyc:3 and till.py:1.5'],
    ['2026-08-01 10:00:00 nothing at 10:00'],
  ];
  for (const [line, ...places] of cases) {
    it(`in ${JSON.stringify(line)}`, () => {
      const found = sourcePlacesIn(line).map(
        ({ path, line: at, column, start, end }) =>
          `${path} ${at}${column === null ? '' : `:${column}`} [${line.slice(start, end)}]`,
      );
      assert.deepEqual(found, places);
    });
  }

  it('lie inside the line, one behind the other, whatever the line is', () => {
    const piece = fc.constantFrom(
      'a.java:1',
      '(',
      ')',
      '/',
      '\\',
      '\\n',
      '.',
      ':',
      '"',
      ', line 2',
      'x.py',
      ' ',
      'at ',
      'C:',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const line = pieces.join('');
        let end = 0;
        for (const place of sourcePlacesIn(line)) {
          assert.ok(place.start >= end && place.end > place.start && place.end <= line.length);
          assert.ok(place.line > 0 && place.path !== '');
          end = place.end;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
