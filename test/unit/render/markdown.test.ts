import { equal } from 'node:assert/strict';
import { codeSpan, escapeMarkdown } from '../../../src/render/markdown.ts';

describe('Markdown', () => {
  for (const [text, expected] of [
    ['plain words, 45 ms', 'plain words, 45 ms'],
    ['*a* _b_ `c`', '\\*a\\* \\_b\\_ \\`c\\`'],
    ['[x](command:y)', '\\[x\\]\\(command:y\\)'],
    ['<b>&amp;', '\\<b\\>\\&amp;'],
    ['http://evil.example', 'http:\u200b//evil.example'],
    ['www.evil.example', 'www\u200b.evil.example'],
    ['@everyone', '@\u200beveryone'],
    ['# heading\n- item', '\\# heading - item'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['a\\|b', 'a\\\\\\|b'],
  ] as const) {
    it(`escapes ${JSON.stringify(text)}`, () => equal(escapeMarkdown(text), expected));
  }

  for (const [text, expected] of [
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['``', '``` `` ```'],
    ['a\nb', '`a b`'],
    ['', ''],
    ['<b>|*', '`<b>|*`'],
  ] as const) {
    it(`shows ${JSON.stringify(text)} as code`, () => equal(codeSpan(text), expected));
  }
});
