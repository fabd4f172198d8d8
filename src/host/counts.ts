/** Counted things in words. English has two forms; translations get each form as a sentence of its own. */
import { l10n } from 'vscode';
import { formatNumber } from '../render/number.ts';

export function countFiles(n: number): string {
  return n === 1 ? l10n.t('1 file') : l10n.t('{0} files', formatNumber(n));
}

export function countEntries(n: number): string {
  return n === 1 ? l10n.t('1 entry') : l10n.t('{0} entries', formatNumber(n));
}

export function countServices(n: number): string {
  return n === 1 ? l10n.t('1 service') : l10n.t('{0} services', formatNumber(n));
}

export function countErrors(n: number): string {
  return n === 1 ? l10n.t('1 error') : l10n.t('{0} errors', formatNumber(n));
}

export function countFatals(n: number): string {
  return l10n.t('{0} fatal', formatNumber(n));
}

export function countAnomalies(n: number): string {
  return n === 1 ? l10n.t('1 anomaly') : l10n.t('{0} anomalies', formatNumber(n));
}
