import { doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict';
import { escapeHtml, webviewHtml } from '../../../src/views/webviewHtml.ts';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;`;

function page(over: Partial<Parameters<typeof webviewHtml>[0]> = {}): string {
  return webviewHtml({ title: 'T', script: 'app:/m.js', style: 'app:/m.css', cspSource: 'app:', data: {}, ...over });
}

function nonceOf(html: string): string | undefined {
  return /script-src 'nonce-([\w-]+)'/.exec(html.replaceAll('&#39;', "'"))?.[1];
}

describe('the page of a webview', () => {
  it('lets only its own script run, by a nonce that is new each time', () => {
    const html = page();
    const nonce = nonceOf(html);
    match(html, new RegExp(`<script nonce="${nonce}" src="app:/m.js"></script>`));
    match(html.replaceAll('&#39;', "'"), /default-src 'none'; style-src app:; script-src 'nonce-/);
    notEqual(nonceOf(page()), nonce);
  });

  it('keeps text of the log text, in the title and in attributes', () => {
    const html = page({ title: HOSTILE, data: { name: HOSTILE } });
    equal(html.match(/<script/g)?.length, 1);
    doesNotMatch(html, /<img/);
    ok(html.includes(`data-name="${escapeHtml(HOSTILE)}"`));
  });

  it('escapes what has a meaning in HTML, once', () => {
    equal(escapeHtml(`<a href="x">'&'</a>`), '&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
  });
});
