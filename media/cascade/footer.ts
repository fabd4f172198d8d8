/** What the signs mean, and the keys. */
import { element } from './element.ts';
import { KEYS_TEXT } from './keys.ts';

const SIGNS: readonly [sign: string, className: string, meaning: string][] = [
  ['▲', 'level-warn', 'warn'],
  ['●', 'level-error', 'error'],
  ['■', 'level-fatal', 'fatal'],
  ['◆', 'onset', 'onset'],
  ['◇', 'onset', 'inferred onset'],
  ['▯', 'onset', 'inferred entry'],
  ['⇢', 'muted', 'call (dotted: inferred)'],
  ['⚑', 'level-error', 'anomaly'],
  ['◌', 'level-warn', 'time oddity'],
  ['→', 'onset', 'cause to affected (dashed: order undetermined)'],
];

export function createFooter(): HTMLElement {
  const signs = SIGNS.map(([sign, className, meaning]) =>
    element('span', {}, element('span', { class: className, 'aria-hidden': 'true' }, sign), ` ${meaning}`),
  );
  return element(
    'footer',
    {},
    element('div', { class: 'legend' }, ...signs),
    element('div', { id: 'keys', class: 'keys' }, KEYS_TEXT),
  );
}
