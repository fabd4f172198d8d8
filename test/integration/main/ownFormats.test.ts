import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { eventually, placeOf } from '../logFiles.ts';

const LINES = '#26-08-01 10:00:00.250|WARN|depot|r1234|shelf is full\n#26-08-01 10:00:01.000|INFO|shop|r1234|told\n';
const PATTERN = '^#(?<when>[^|]*)\\|(?<level>\\w+)\\|(?<service>[\\w-]+)\\|(?<request_id>\\w*)\\|(?<message>.*)$';

describe('formats of the user’s own', () => {
  let root: vscode.Uri;
  let log: vscode.Uri;
  const settings = () => vscode.workspace.getConfiguration('causeway');
  const set = (formats: unknown) => settings().update('formats', formats, vscode.ConfigurationTarget.Workspace);

  before(async () => {
    assert.equal((await activeExtension()).isActive, true);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    root = folder.uri;
    log = vscode.Uri.joinPath(root, 'shelves.log');
    await vscode.workspace.fs.writeFile(log, Buffer.from(LINES));
  });
  after(async () => {
    await set(undefined);
    await vscode.workspace.fs.delete(log);
  });

  it('make a log readable that nothing else reads', async () => {
    const document = await vscode.workspace.openTextDocument(log);
    await vscode.window.showTextDocument(document);
    const found = async () => {
      const place = placeOf(document, 1, 'r1234');
      return vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', log, place);
    };
    assert.deepEqual(await found(), []);
    await set({ shelves: { kind: 'pattern', pattern: PATTERN } });
    const locations = await eventually('two entries', found, (all) => all.length === 2);
    assert.deepEqual(
      locations.map(({ range }) => range.start.line),
      [0, 1],
    );
  });

  it('that are broken are told of where they stand in the settings', async () => {
    await set({ broken: { kind: 'pattern', pattern: '(' }, shelves: { kind: 'pattern', pattern: PATTERN } });
    const uri = vscode.Uri.joinPath(root, '.vscode', 'settings.json');
    const document = await vscode.workspace.openTextDocument(uri);
    const ours = async () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Causeway');
    const [problem] = await eventually('one problem', ours, (all) => all.length === 1);
    assert.equal(document.getText(problem.range), '"("');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    await set({ shelves: { kind: 'pattern', pattern: PATTERN } });
    await eventually('no problem', ours, (all) => all.length === 0);
  });
});
