import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { openFile, placeOf } from '../logFiles.ts';

/** What a reader sees of all cards at a place, and what they link to. */
async function cards(text: string, line = 12) {
  const document = await openFile('inventory-service.jsonl');
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    placeOf(document, line, text),
  );
  const markdown = hovers
    .flatMap(({ contents }) => contents)
    .map((each) => (each instanceof vscode.MarkdownString ? each.value : ''))
    .join('\n');
  const seen = markdown
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return { count: hovers.length, seen, markdown };
}

describe('cards', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  it('on a time tell how far away the neighbours of the trace and of the service are, and lead there', async () => {
    const { count, seen, markdown } = await cards('2023-08-15T12:01:58');
    assert.equal(count, 1);
    assert.match(seen, /\*\*2023-08-15 12:01:58\.\d{3}Z\*\*/);
    assert.match(seen, / before the end of the log/);
    assert.match(seen, /trace_id: \[[\d.]+ m?s after the previous entry\], \[[\d.]+ m?s before the next entry\]/);
    assert.match(seen, /inventory-service: \[.*after the previous entry\]/);
    const [, query] = /\]\(command:causeway\.openEntry\?([^)]*)\)/.exec(markdown) ?? assert.fail('a link');
    const [target] = JSON.parse(decodeURIComponent(query));
    assert.equal(typeof target.line, 'number');
  });

  it('on the key of a time are those of the time', async () => {
    assert.match((await cards('timestamp')).seen, /before the end of the log/);
  });

  it('on a level count the entries that have it, in the file and in the log', async () => {
    const { count, seen } = await cards('ERROR');
    assert.equal(count, 1);
    const document = await openFile('inventory-service.jsonl');
    const errors = document.getText().match(/"level":"ERROR"/g)?.length ?? 0;
    const [, inFile, inLog] = /\*\*ERROR\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\*/.exec(seen) ?? assert.fail(seen);
    assert.equal(Number(inFile), errors);
    assert.ok(Number(inLog) >= errors);
  });

  it('on a service count its entries, and tell how its clock stands or that calls do not tell', async () => {
    const { count, seen } = await cards('inventory-service');
    assert.equal(count, 1);
    assert.match(seen, /\*\*inventory-service\*\* {2}\n18 entries, 6 errors {2}\nClock/);
  });

  it('on a field tell its values', async () => {
    const { count, seen } = await cards('message');
    assert.equal(count, 1);
    assert.match(seen, /\*\*message\*\* {2}\n72 entries; \d+ different values/);
  });

  it('on an id are those of the id alone', async () => {
    assert.equal((await cards('3d4e5f6a7b8c')).count, 1);
    assert.equal((await cards('trace_id')).count, 1);
  });
});
