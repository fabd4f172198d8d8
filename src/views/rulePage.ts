/** The page of a rule, as it is shipped: it needs no network. */
import * as vscode from 'vscode';

export async function openRule(extension: vscode.Uri, rule: string): Promise<void> {
  // Whoever may run commands may give any text: only the name of a page leads to a page.
  if (!/^[a-z]+(-[a-z]+)*$/.test(rule)) return;
  const page = vscode.Uri.joinPath(extension, 'docs', 'rules', `${rule}.md`);
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
