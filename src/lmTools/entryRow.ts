/** An entry as one line for a model. */
import type { Entry } from '../model.ts';
import { cut, plainText } from '../render/plain.ts';
import { formatTime } from '../render/time.ts';
import { place } from '../render/words.ts';

const MOST_OF_MESSAGE = 300;

/** `2024-05-01 06:00:00.000Z ERROR [orders] message (orders.log:12)` */
export function rowText(
  row: Pick<Entry, 'timestamp' | 'level' | 'service' | 'message' | 'file' | 'line'>,
  zone: string,
): string {
  return [
    formatTime(row.timestamp, zone),
    row.level?.toUpperCase() ?? '–',
    `[${plainText(row.service ?? '')}]`,
    cut(plainText(row.message), MOST_OF_MESSAGE),
    `(${place(row)})`,
  ].join(' ');
}
