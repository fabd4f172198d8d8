import assert from 'node:assert/strict';
import fc from 'fast-check';
import { colouredAsIn, readColours } from '../../../src/render/colourText.ts';

const ESC = '\u001b';
const colours = (text: string) =>
  readColours(text).ranges.map(({ start, end, style }) => ({
    text: readColours(text).text.slice(start, end),
    ...style,
  }));

describe('text with colours', () => {
  it('takes the codes off and says what they coloured', () => {
    assert.equal(readColours(`a ${ESC}[31mred${ESC}[0m b`).text, 'a red b');
    assert.deepEqual(colours(`a ${ESC}[31mred${ESC}[0m b`), [
      { text: 'red', colour: 'red', background: null, bold: false },
    ]);
  });

  for (const [name, code, style] of [
    ['bold', '1', { colour: null, background: null, bold: true }],
    ['several at once', '1;97;44', { colour: 'brightWhite', background: 'blue', bold: true }],
    ['bright ones', '92', { colour: 'brightGreen', background: null, bold: false }],
    ['sixteen of a palette', '38;5;12', { colour: 'brightBlue', background: null, bold: false }],
    ['a palette of 256, as the nearest', '38;5;196', { colour: 'brightRed', background: null, bold: false }],
    ['greys', '38;5;240', { colour: 'brightBlack', background: null, bold: false }],
    ['true colours, as the nearest', '38;2;0;150;0', { colour: 'green', background: null, bold: false }],
  ] as const) {
    it(`knows ${name}`, () => assert.deepEqual(colours(`${ESC}[${code}mx`), [{ text: 'x', ...style }]));
  }

  it('goes on with a style until it ends', () => {
    assert.deepEqual(
      colours(`${ESC}[1m${ESC}[33ma${ESC}[39mb${ESC}[mc`).map(({ text, colour, bold }) => [text, colour, bold]),
      [
        ['a', 'yellow', true],
        ['b', null, true],
      ],
    );
  });

  it('finds the colours of a piece in the line that it stands in', () => {
    const line = `${ESC}[2m12:00${ESC}[0m ${ESC}[32mstarted ${ESC}[1mnow${ESC}[0m`;
    const { text, ranges } = colouredAsIn('started now', line);
    assert.deepEqual(
      ranges.map(({ start, end, style }) => [text.slice(start, end), style.colour, style.bold]),
      [
        ['started ', 'green', false],
        ['now', 'green', true],
      ],
    );
  });

  it('survives any codes: ranges are in order, in the text, and not empty', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[\d;:]{0,12}$/).map((code) => `${ESC}[${code}m`),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { text, ranges } = readColours(pieces.join(''));
        let last = 0;
        for (const { start, end } of ranges) {
          assert.ok(start >= last && end > start && end <= text.length);
          last = end;
        }
      }),
    );
  });
});
