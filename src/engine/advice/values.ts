/** One field with values in several units: `0.27`, `"3.8%"` and `12` under one key cannot be compared or charted. */
import type { Entry, Json } from '../../model.ts';
import { isUnit } from '../anomalies/quantity.ts';
import type { Log } from '../index/log.ts';
import type { Draft } from './advice.ts';

const WITH_UNIT = /^[-+]?\d+(?:[.,]\d+)?\s?(%|[a-zµ]{1,12})$/i;
const BARE = /^[-+]?\d+(?:[.,]\d+)?$/;
const MOST_KEYS = 2000;

interface Form {
  shown: string;
  entry: number;
}

export function unitDrafts(log: Log, entries: readonly Entry[], layoutCounts: Uint32Array): Draft[] {
  const keys = new Map<string, Map<string, Form>>();
  for (const entry of entries) {
    for (const { key, value } of entry.fields) {
      const form = formOf(value);
      if (form === null) continue;
      let forms = keys.get(key);
      if (!forms) {
        if (keys.size >= MOST_KEYS) continue;
        forms = new Map();
        keys.set(key, forms);
      }
      if (!forms.has(form)) forms.set(form, { shown: JSON.stringify(value), entry: entry.entry });
    }
  }
  return [...keys].flatMap(([key, forms]): Draft[] => {
    const told = distinct(forms);
    if (told.length < 2) return [];
    const count = log.layouts.reduce((sum, names, layout) => sum + (names.includes(key) ? layoutCounts[layout] : 0), 0);
    const values = told.map(({ shown }) => shown).join(', ');
    return [
      {
        key: 'advice.units',
        args: { key, ways: told.length, values, count },
        count,
        examples: told.map(({ entry }) => entry),
      },
    ];
  });
}

/** How a value is written: its unit in lower case, or as a bare number, of which a share of one looks different; null of other text. */
function formOf(value: Json): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  if (typeof value === 'string') {
    const [, unit] = WITH_UNIT.exec(value.trim()) ?? [];
    if (unit !== undefined) return isUnit(unit.toLowerCase()) ? unit.toLowerCase() : null;
    if (!BARE.test(value.trim())) return null;
  }
  const amount = Math.abs(Number(value));
  return amount > 0 && amount < 1 ? 'share' : 'number';
}

/** Several bare numbers are one form, unless percentages beside them make a share of one another. */
function distinct(forms: ReadonlyMap<string, Form>): Form[] {
  const units = [...forms.keys()].filter((form) => form !== 'share' && form !== 'number');
  if (units.length === 0) return [];
  const bare = units.includes('%') ? ['share', 'number'] : forms.has('number') ? ['number'] : ['share'];
  return [...bare, ...units].flatMap((form) => forms.get(form) ?? []);
}
