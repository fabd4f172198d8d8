/** The columns that entries begin with wherever they are lines of text: in a terminal, in a document. */
import type { Entry } from '../model.ts';
import { cut, plainText } from './plain.ts';
import { pad, widthOf } from './table.ts';
import { formatTime } from './time.ts';

const LEVEL_WIDTH = 5;
/** As wide as a time in UTC, so that an entry without one stands in line. */
export const TIME_WIDTH = 24;
/** Room for `+12 min 5 s`. */
export const GAP_WIDTH = 11;
/** Room for a short id; a longer one is known by its ends. */
export const ID_WIDTH = 12;
const MAX_SERVICE = 24;

export interface EntryColumns {
  time: string;
  level: string;
  /** Empty where no entry has a service. */
  service: string;
}

export function entryColumns(entry: Entry, serviceWidth: number, zone = 'UTC'): EntryColumns {
  return {
    time: pad(formatTime(entry.timestamp, zone), TIME_WIDTH),
    level: pad((entry.level ?? '').toUpperCase(), LEVEL_WIDTH),
    service: pad(cut(plainText(entry.service ?? ''), MAX_SERVICE), Math.min(serviceWidth, MAX_SERVICE)),
  };
}

/** The width of a column that holds these services. */
export function serviceWidth(services: readonly (string | null)[]): number {
  return services.reduce((width, name) => Math.max(width, widthOf(plainText(name ?? ''))), 0);
}
