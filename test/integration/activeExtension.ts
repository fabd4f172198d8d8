import * as vscode from 'vscode';

/** The extension under test, activated. Each suite asks for it first. */
export async function activeExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension('causeway.causeway');
  if (!extension)
    throw new Error('VS Code does not know causeway.causeway; it drops an extension whose engine is newer.');
  await extension.activate();
  return extension;
}
