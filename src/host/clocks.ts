/** How a service's clock stands against those of the services that it calls or that call it. */
import * as vscode from 'vscode';
import { clockWords } from '../render/clockText.ts';
import type { OpenLog } from './openLog.ts';

/** More partners than this fill a card. */
const MOST_PARTNERS = 4;

/** One line for each partner; of none, what that means. */
export async function clockLines(log: OpenLog, service: string): Promise<string[]> {
  const { t } = vscode.l10n;
  const own = (await log.ask('clocks')).filter((offset) => offset.service === service || offset.reference === service);
  if (own.length === 0) return [t('Clock: undetermined, too few calls tell')];
  const lines = own.slice(0, MOST_PARTNERS).map((offset) => t('Clock of {0}', clockWords(offset)));
  const left = own.length - lines.length;
  return left > 0 ? [...lines, t('{0} more', left)] : lines;
}
