import { equal } from 'node:assert/strict';
import { cut, plainText } from '../../../src/render/plain.ts';

describe('plain text', () => {
  for (const [name, text, expected] of [
    ['keeps what people write', 'Größe 10 µs — ok 🙂', 'Größe 10 µs — ok 🙂'],
    ['drops colours', '\u001b[31;1mFATAL\u001b[0m gone', 'FATAL gone'],
    ['drops colours in eight-bit form', '\u009b31mFATAL', 'FATAL'],
    ['drops a window title', 'a\u001b]0;owned\u0007b', 'ab'],
    ['drops a link', '\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['drops a link in eight-bit form', '\u009d8;;http://evil\u009ctext\u009d8;;\u0007', 'text'],
    [
      'keeps the text after a title that never ends',
      'start \u001b]0;title and the whole rest',
      'start \ufffd]0;title and the whole rest',
    ],
    ['keeps the text before the next sequence', 'a\u001bPb\u001b[31mc\u0007', 'a\ufffdPbc\ufffd'],
    ['keeps the text after a colour that never ends', 'a\u001b[31', 'a\ufffd[31'],
    ['shows a lone escape', 'a\u001bb', 'a\ufffdb'],
    ['keeps a line one line', 'first\r\n  second\u2028third\tfourth', 'first   second third fourth'],
    ['shows other control characters', 'a\u0000b\u0008c', 'a\ufffdb\ufffdc'],
    ['shows marks that turn the direction', 'user\u202etxt.exe', 'user\ufffdtxt.exe'],
  ] as const) {
    it(name, () => equal(plainText(text), expected));
  }

  it('is not led astray by sequences built to run away', () => {
    const opened = '\u001b]0;'.repeat(20_000);
    equal(plainText(opened), '\ufffd]0;'.repeat(20_000));
  });

  it('is cut to a width without splitting a character', () => {
    equal(cut('0123456789', 10), '0123456789');
    equal(cut('0123456789', 5), '0123…');
    equal(cut('012 456789', 5), '012…');
    equal(cut('🙂🙂🙂🙂', 3), '🙂🙂…');
  });
});
