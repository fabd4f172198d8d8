/** Makes the words of the engine's messages. Plain text: whoever shows it as markup must escape it. */
import type { Message } from '../incident.ts';
import { MESSAGES, NOUNS } from './messages.ts';
import { formatCount, formatNumber, formatPercent } from './number.ts';
import { cut, plainText } from './plain.ts';
import { formatClock, formatDuration, formatTime } from './time.ts';

const SLOT = /\{(\w+(?:, \w+)?(?:; \w+, \w+)*)\}/g;
/** Log text may stand among the arguments; a sentence stays a sentence. */
const MAX_ARGUMENT = 200;

/** The sentence of a message. An unknown key is shown with its arguments, so that nothing is lost. */
export function sentence(message: Message): string {
  const template = Object.hasOwn(MESSAGES, message.key) ? MESSAGES[message.key] : undefined;
  if (template === undefined) return unworded(message);
  return template.replace(SLOT, (slot, inside: string) => {
    const said = inside.split('; ').map((part) => worded(part, message.args));
    if (said.includes(null)) return slot;
    return said.length === 1 ? (said[0] ?? slot) : listed(said.filter((each) => !each?.startsWith('0 ')));
  });
}

/** `name` or `name, form`; null where there is no such argument. */
function worded(part: string, args: Message['args']): string | null {
  const [name = '', form] = part.split(', ');
  const value = Object.hasOwn(args, name) ? args[name] : undefined;
  return value === undefined ? null : argument(value, form);
}

function listed(items: readonly (string | null)[]): string {
  return items.length < 2 ? (items[0] ?? 'none') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function argument(value: string | number, form: string | undefined): string {
  if (typeof value === 'string') return cut(plainText(value), MAX_ARGUMENT);
  switch (form) {
    case 'duration':
      return formatDuration(value);
    case 'time':
      return formatTime(value);
    case 'clock':
      return formatClock(value);
    case 'percent':
      return formatPercent(value);
    case undefined:
    case 'number':
      return formatNumber(value);
    default:
      return formatCount(value, NOUNS[form] ?? [form, form]);
  }
}

function unworded(message: Message): string {
  const args = Object.entries(message.args).map(([name, value]) => `${name} ${argument(value, undefined)}`);
  return plainText([message.key, ...args].join(', '));
}
