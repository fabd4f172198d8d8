/** Entries that are recorded spans, told from columns alone. */
import { SPAN_KEYS } from '../../model.ts';
import type { Log } from '../index/log.ts';

/** Whether an entry's time is that of its begin: any other entry is written when its work is done. */
export function isRecordedSpan(log: Pick<Log, 'files' | 'file' | 'layouts' | 'layout'>, entry: number): boolean {
  if (!log.files[log.file[entry]]?.spans) return false;
  return isSpanLayout(log.layouts[log.layout[entry]]);
}

/** Whether entries with these keys are recorded spans, in a file that has any. */
export function isSpanLayout(keys: readonly string[]): boolean {
  return SPAN_KEYS.every((key) => keys.includes(key));
}
