/** Copies a first diagnostic command of a known symptom: whether and where to run it is the user's to decide. */
import * as vscode from 'vscode';
import { labelText, oneLine } from '../host/escape.ts';

const LONGEST = 2_000;

/** A shell runs what it is pasted at the first line break, so there is none. */
export async function copyCommand(command: string): Promise<void> {
  const line = oneLine(command, LONGEST);
  await vscode.env.clipboard.writeText(line);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', labelText(line, 80)), 5_000);
}
