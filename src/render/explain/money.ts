/** Amounts in words. */
import type { EntityImpact, Worth } from '../../explanation.ts';
import { formatNumber } from '../number.ts';
import { plainText } from '../plain.ts';

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

/** `402.47 USD`; plain text. */
export function moneyWords(amount: number, currency: string | null): string {
  return currency === null ? cents.format(amount) : `${cents.format(amount)} ${plainText(currency)}`;
}

/** `402.47 USD and 12.00 EUR (of 5 of 6)`; null where nothing is known. */
export function worthWords({ amounts, failed }: Pick<EntityImpact, 'amounts' | 'failed'>): string | null {
  if (amounts.length === 0) return null;
  const known = amounts.reduce((sum, { entities }) => sum + entities, 0);
  const sums = amounts.map(({ total, currency }: Worth) => moneyWords(total, currency)).join(' and ');
  return known < failed ? `${sums} (of the ${formatNumber(known)} that say it)` : sums;
}
