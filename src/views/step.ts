/** Going on from the cursor's entry in time: to the next of the same service, to the next error, in whatever file. */
import * as vscode from 'vscode';
import { entryOnLine } from '../host/place.ts';
import { toPosition, uriOf } from '../host/positions.ts';
import { reveal } from '../host/reveal.ts';
import type { Sessions } from '../host/sessions.ts';
import { goInDocument, hint } from './navigate.ts';

export async function goAlong(sessions: Sessions, along: 'service' | 'error', step: 1 | -1): Promise<void> {
  const { t } = vscode.l10n;
  const editor = vscode.window.activeTextEditor;
  const log = editor && sessions.of(editor.document.uri);
  if (editor === undefined || log === undefined) return hint(t('No log file in front'));
  const entry = await entryOnLine(log, editor.document.uri, editor.selection.active.line);
  if (entry === null) return hint(t('No entry on this line'));
  if (along === 'service' && entry.service === null) return hint(t('No service is known of this entry'));
  const row = await log.ask('step', entry.entry, along, step);
  if (row !== null && (await goInDocument(log, row))) return;
  if (row !== null) return reveal(uriOf(log.root, row.file), toPosition(row), { preview: true });
  if (along === 'service')
    return hint(
      step === 1 ? t('Last entry of {0}', entry.service ?? '') : t('First entry of {0}', entry.service ?? ''),
    );
  hint(step === 1 ? t('No later error') : t('No earlier error'));
}
