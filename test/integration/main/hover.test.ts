import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { eventually, openFile, placeOf, write } from '../logFiles.ts';

/** The Markdown of all hovers, and what a reader sees of it. */
async function hover(document: vscode.TextDocument, position: vscode.Position) {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const contents = hovers.flatMap(({ contents }) => contents).filter((each) => each instanceof vscode.MarkdownString);
  const markdown = contents.map(({ value }) => value).join('\n');
  const seen = markdown
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return { hovers, contents, markdown, seen };
}

describe('hover on an id', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  it('says when, how long, through which services, and what failed first', async () => {
    const document = await openFile('inventory-service.jsonl');
    const { seen, hovers } = await hover(document, placeOf(document, 12, '3d4e5f6a7b8c'));
    assert.equal(hovers.length, 1);
    assert.equal(hovers[0].range && document.getText(hovers[0].range), '3d4e5f6a7b8c');
    assert.match(seen, /14 entries, 4 services, 99\.1 s/);
    assert.match(seen, /2023-08-15 12:01:23\.\d+/);
    for (const service of ['order-service', 'payment-service', 'inventory-service', 'api-gateway']) {
      assert.ok(seen.includes(service), service);
    }
    assert.match(seen, /First error 12:01:58 inventory-service: Database query timeout/);
  });

  it('links to entries and timeline, with no other command trusted', async () => {
    const document = await openFile('inventory-service.jsonl');
    const { contents, markdown } = await hover(document, placeOf(document, 12, '3d4e5f6a7b8c'));
    const links = [...markdown.matchAll(/\]\(command:([\w.]+)\?/g)].map(([, command]) => command);
    assert.deepEqual([...new Set(links)].sort(), [
      'causeway.openEntry',
      'causeway.openTrace',
      'causeway.showReferences',
      'causeway.showTimeline',
    ]);
    const trusted = contents.flatMap(({ isTrusted }) =>
      typeof isTrusted === 'object' ? isTrusted.enabledCommands : [String(isTrusted)],
    );
    assert.deepEqual([...trusted].sort(), [...new Set(links)].sort());
  });

  it('the links work', async () => {
    const document = await openFile('inventory-service.jsonl');
    const { markdown } = await hover(document, placeOf(document, 12, '3d4e5f6a7b8c'));
    const [, query] = /\]\(command:causeway\.openEntry\?([^)]*)\)/.exec(markdown) ?? assert.fail('a link');
    await vscode.commands.executeCommand('causeway.openEntry', ...JSON.parse(decodeURIComponent(query)));
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, document.uri.path);
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 11);
  });

  it('tells of entries that are inferred, and lists them apart', async () => {
    const entry = (second: number, ids: object) =>
      JSON.stringify({ time: `2026-08-01T10:00:0${second}Z`, level: 'info', msg: 'x', ...ids });
    const others = Array.from({ length: 9 }, () => entry(9, {}));
    const uri = write(
      'inferred/depot.jsonl',
      [
        entry(1, { trace_id: 'de901001', parcel_id: 'parcel_31' }),
        entry(2, { parcel_id: 'parcel_31' }),
        entry(3, { trace_id: 'de901001' }),
        ...others,
      ].join('\n'),
    );
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      const place = placeOf(document, 3, 'de901001');
      const read = ({ seen }: { seen: string }) => /2 entries/.test(seen);
      const { seen, markdown } = await eventually('a card', () => hover(document, place), read);
      assert.match(seen, /Inferred from ids they share: \[1 entry\]/);
      const link = [...markdown.matchAll(/\]\(command:causeway\.showReferences\?([^)]*)\)/g)].map(([, query]) =>
        JSON.parse(decodeURIComponent(query)),
      );
      assert.ok(link.some(([target]) => target.joined === 'inferred' && target.id === 'de901001'));
    } finally {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(uri, '..'), { recursive: true });
    }
  });

  it('is silent elsewhere', async () => {
    const document = await openFile('inventory-service.jsonl');
    assert.equal((await hover(document, new vscode.Position(11, 0))).seen, '');
  });
});
