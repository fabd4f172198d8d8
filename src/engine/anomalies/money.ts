/** What an entry says something is worth: `amount: 312.5, currency: "USD"`, `total_eur: "89,97"`. */
import type { Entry, Field, Json } from '../../model.ts';
import { wordsOf } from './words.ts';

export interface Money {
  amount: number;
  /** In capitals; null where nothing names it. */
  currency: string | null;
}

/** Words of a key that is an amount of money, the clearest first. */
const AMOUNT_WORDS = ['amount', 'total', 'price', 'grandtotal', 'subtotal'];
/** Words that make it an amount of something else. */
const OTHER_WORDS = new Set(
  'count items entries requests bytes size ms seconds time duration id memory disk retries pages rows number errors'.split(
    ' ',
  ),
);
const CURRENCIES = new Set(
  'usd eur gbp jpy cny inr chf sek nok dkk pln czk huf cad aud nzd brl mxn zar krw sgd hkd try'.split(' '),
);
const SIGNS: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' };
const NUMBER = /^([$€£]?)\s?(\d{1,12}(?:[.,]\d{1,4})?)\s?([$€£]|[A-Za-z]{3})?$/;

export function moneyOf(entry: Entry): Money | null {
  for (const wanted of AMOUNT_WORDS) {
    for (const field of entry.fields) {
      const money = moneyIn(field, wanted, entry.fields);
      if (money) return money;
    }
  }
  return null;
}

/** Of an entity whose amount several lines tell, the first that names a currency, else the first. */
export function worthOf(entries: readonly Entry[]): Money | null {
  const told = entries.map(moneyOf).filter((money) => money !== null);
  return told.find(({ currency }) => currency !== null) ?? told[0] ?? null;
}

/** Sums by currency: of two currencies there is no sum. */
export function amountsOf(
  entities: readonly { amount: number | null; currency: string | null }[],
): { currency: string | null; total: number; entities: number }[] {
  const sums = new Map<string | null, { total: number; entities: number }>();
  for (const { amount, currency } of entities) {
    if (amount === null) continue;
    const sum = sums.get(currency) ?? { total: 0, entities: 0 };
    sums.set(currency, { total: sum.total + amount, entities: sum.entities + 1 });
  }
  return [...sums].map(([currency, { total, entities: count }]) => ({
    currency,
    total: Math.round(total * 10_000) / 10_000,
    entities: count,
  }));
}

/** Whether entries with this key may say what something is worth. */
export function isAmountKey(key: string): boolean {
  const words = wordsOf(key);
  return AMOUNT_WORDS.some((word) => words.includes(word)) && !words.some((word) => OTHER_WORDS.has(word));
}

function moneyIn(field: Field, wanted: string, fields: readonly Field[]): Money | null {
  const words = wordsOf(field.key);
  if (!words.includes(wanted) || !isAmountKey(field.key)) return null;
  const [amount, own] = numberIn(field.value);
  if (amount === null) return null;
  const inKey = words.find((word) => CURRENCIES.has(word));
  return { amount, currency: own ?? inKey?.toUpperCase() ?? currencyBeside(field, fields) };
}

function numberIn(value: Json): [amount: number | null, currency: string | null] {
  if (typeof value === 'number') return [Number.isFinite(value) && value >= 0 ? value : null, null];
  if (typeof value !== 'string') return [null, null];
  const [, before = '', digits, after = ''] = NUMBER.exec(value.trim()) ?? [];
  if (digits === undefined) return [null, null];
  const named = CURRENCIES.has(after.toLowerCase()) ? after.toUpperCase() : null;
  if (after !== '' && named === null && !Object.hasOwn(SIGNS, after)) return [null, null];
  return [Number(digits.replace(',', '.')), SIGNS[before] ?? SIGNS[after] ?? named];
}

/** The currency of the same object, else that of the entry. */
function currencyBeside({ key }: Field, fields: readonly Field[]): string | null {
  const inside = key.slice(0, key.lastIndexOf('.') + 1);
  const named = fields.filter(
    (field) =>
      wordsOf(field.key).at(-1) === 'currency' && typeof field.value === 'string' && /^[A-Za-z]{3}$/.test(field.value),
  );
  const found = named.find((field) => field.key.startsWith(inside)) ?? named[0];
  return found ? String(found.value).toUpperCase() : null;
}
