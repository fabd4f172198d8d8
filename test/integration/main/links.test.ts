import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { eventually, inFolder, write } from '../logFiles.ts';

describe('links in a log', () => {
  const lines = [
    '2026-08-01 10:00:01.000 ERROR [main] shop.Till - no paper, see https://shop.example/help',
    'java.io.IOException: x',
    '\tat com.shop.Till.print(Till.java:12)',
    '\tat com.bank.Till.print(Till.java:7)',
    '  File "/app/shop/pay.py", line 3, in pay',
    '    at pay (/srv/shop/pay.js:10:5)',
    '    at evil (command:workbench.action.quit) {a,b}.js:1 ../../../../etc/passwd.py:1',
    '2026-08-01 10:00:02.000 ERROR [main] shop.Till - closed',
  ];

  before(async () => {
    assert.equal((await activeExtension()).isActive, true);
    write('linked/src/com/shop/Till.java', 'class Till {}\n');
    write('linked/shop/pay.py', 'pass\n');
    write('linked/shop/pay.js', '\n');
    write('linked/till.log', `${lines.join('\n')}\n`);
  });
  after(() => vscode.workspace.fs.delete(inFolder('linked'), { recursive: true }));

  it('lead to sources that exist, at their line, and to nothing else but the web', async () => {
    const document = await vscode.workspace.openTextDocument(inFolder('linked/till.log'));
    const links = async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      return found
        .map(({ range, target }) => [
          document.getText(range),
          target?.scheme === 'file'
            ? `${vscode.workspace.asRelativePath(target.with({ fragment: '' }), false)}#${target.fragment}`
            : target?.toString(),
        ])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    };
    const found = await eventually('links', links, (some) => some.length > 3);
    assert.deepEqual(found, [
      ['/app/shop/pay.py", line 3', 'linked/shop/pay.py#L3'],
      ['/srv/shop/pay.js:10:5', 'linked/shop/pay.js#L10,5'],
      ['Till.java:12', 'linked/src/com/shop/Till.java#L12'],
      ['https://shop.example/help', 'https://shop.example/help'],
    ]);
  });
});
