/** Numbers as a person reads them: grouped, rounded, with their noun. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** `41,208`, `0.27`: thousands grouped, at most two decimals. */
export function formatNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.01) return String(Number(value.toPrecision(2)));
  return grouped.format(value);
}

/** A share from 0 to 1 as `0.4 %`, `38 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const decimals = Math.abs(percent) < 9.95 && !Number.isInteger(percent) ? 1 : 0;
  return `${Number(percent.toFixed(decimals))} %`;
}

/** `1 entry`, `41,208 entries`. */
export function formatCount(value: number, [one, many]: readonly [one: string, many: string]): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}
