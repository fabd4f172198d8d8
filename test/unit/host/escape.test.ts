import assert from 'node:assert/strict';
import { commandLink } from '../../../src/host/commands.ts';
import { labelText, markdownText, oneLine } from '../../../src/host/escape.ts';

/** What a character reference stands for, as a Markdown renderer shows it. */
function shown(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '[click](command:workbench.action.quit)',
  '![x](https://evil.example/x.png)',
  'https://evil.example www.evil.example a@b.example',
  '# heading | table | `code` *bold* _it_ ~no~',
  '1. list',
  '&lt;b&gt; \\*',
  '$(trash) $(sync~spin)',
];

describe('log text in Markdown', () => {
  for (const text of HOSTILE) {
    it(`is shown and not obeyed: ${text}`, () => {
      const markdown = markdownText(text);
      assert.match(markdown, /^(?:[\w\s]|&#\d+;)*$/);
      assert.equal(shown(markdown), text);
    });
  }

  it('stays on one line, without control characters', () => {
    assert.doesNotMatch(shown(markdownText('a\r\n\n- b\u001b[31mred\u0007')), /\p{Cc}/u);
  });

  it('is cut before it fills the screen', () => {
    assert.ok(shown(markdownText('x'.repeat(1_000_000))).length <= 400);
  });
});

describe('log text in labels', () => {
  it('makes no icons', () => {
    assert.equal(labelText('$(trash) and \\$(bug)'), '\\$(trash) and \\\\$(bug)');
  });

  it('keeps everything else', () => {
    assert.equal(labelText('order_54321 <b> $5 (five)'), 'order_54321 <b> $5 (five)');
  });

  it('is trimmed', () => {
    assert.equal(oneLine('  a  '), 'a');
  });
});

describe('command links', () => {
  it('carry their arguments where log text cannot end the link', () => {
    const link = commandLink('showTimeline', { root: '/a (b)', id: 'x) [y](command:z "' });
    assert.match(link, /^command:causeway\.showTimeline\?[\w%.~*'!-]+$/);
    const query = decodeURIComponent(link.slice(link.indexOf('?') + 1));
    assert.deepEqual(JSON.parse(query), [{ root: '/a (b)', id: 'x) [y](command:z "' }]);
  });
});
