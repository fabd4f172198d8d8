/** What the user looks at before previews begin, to bring it back when they give up. */
import * as vscode from 'vscode';

export function rememberEditor(): () => Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const tabsBefore = new Set(vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(nameOf));
  const selection = editor?.selection;
  const visible = editor?.visibleRanges[0];
  return async () => {
    if (editor !== undefined && selection !== undefined) {
      const shown = await vscode.window.showTextDocument(editor.document, {
        viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
        preview: tab?.isPreview ?? false,
        selection,
      });
      if (visible !== undefined) shown.revealRange(visible, vscode.TextEditorRevealType.AtTop);
    }
    // What is still a preview and was not there before was ours.
    const ours = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((each) => each.isPreview && !tabsBefore.has(nameOf(each)));
    if (ours.length > 0) await vscode.window.tabGroups.close(ours, true);
  };
}

function nameOf(tab: vscode.Tab): string {
  const uri = tab.input instanceof vscode.TabInputText ? tab.input.uri.toString() : tab.label;
  return `${tab.group.viewColumn} ${uri}`;
}
