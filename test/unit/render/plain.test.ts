import { equal } from 'node:assert/strict';
import { cut, plainText } from '../../../src/render/plain.ts';

describe('plain text', () => {
  for (const [name, text, expected] of [
    ['keeps what people write', 'Größe 10 µs — ok 🙂', 'Größe 10 µs — ok 🙂'],
    ['drops colours', '\u001b[31;1mFATAL\u001b[0m gone', 'FATAL gone'],
    ['drops colours in eight-bit form', '\u009b31mFATAL', 'FATAL'],
    ['drops a window title', 'a\u001b]0;owned\u0007b', 'ab'],
    ['drops a link', '\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['shows a lone escape', 'a\u001bb', 'a\ufffdb'],
    ['keeps a line one line', 'first\r\n  second\u2028third\tfourth', 'first   second third fourth'],
    ['shows other control characters', 'a\u0000b\u0008c', 'a\ufffdb\ufffdc'],
    ['shows marks that turn the direction', 'user\u202etxt.exe', 'user\ufffdtxt.exe'],
  ] as const) {
    it(name, () => equal(plainText(text), expected));
  }

  it('is cut to a width without splitting a character', () => {
    equal(cut('0123456789', 10), '0123456789');
    equal(cut('0123456789', 5), '0123…');
    equal(cut('012 456789', 5), '012…');
    equal(cut('🙂🙂🙂🙂', 3), '🙂🙂…');
  });
});
