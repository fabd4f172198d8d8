/** Every FATAL entry: whoever logs it gives up. */
import type { LineRule } from './study.ts';
import { FATAL } from './survey.ts';

export const fatal: LineRule = {
  name: 'fatal',
  quiet: false,
  habitual: false,
  judge: ({ cluster, entry }) =>
    cluster.level === FATAL
      ? { severity: 'error', badness: 0, message: { key: 'fatal.entry', args: { text: entry.message } } }
      : null,
};
