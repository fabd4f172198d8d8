/** Entries that lack what every entry should have: a service, a time that can be read. By file, from columns alone. */
import { type Log, NO_SERVICE } from '../index/log.ts';
import type { Advisor, Draft } from './advice.ts';

/** A line here and there is no habit of logging. */
const FEWEST = 2;
const SHOWN = 3;

interface Missing {
  count: number;
  examples: number[];
}

export function gapAdvisor(log: Log): Advisor {
  const nameless = log.files.map((): Missing => ({ count: 0, examples: [] }));
  const timeless = log.files.map((): Missing => ({ count: 0, examples: [] }));
  return {
    see(entry) {
      if (log.service[entry] === NO_SERVICE) add(nameless[log.file[entry]], entry);
      if (Number.isNaN(log.time[entry])) add(timeless[log.file[entry]], entry);
    },
    drafts: () => [
      // In a log of one file, whose name says who speaks, a service is missed by nobody.
      ...(log.files.length > 1 ? draftsOf(log, nameless, 'advice.no-service') : []),
      ...draftsOf(log, timeless, 'advice.no-time'),
    ],
  };
}

function add(missing: Missing, entry: number): void {
  missing.count++;
  if (missing.examples.length < SHOWN) missing.examples.push(entry);
}

function draftsOf(log: Log, missing: readonly Missing[], key: string): Draft[] {
  return missing.flatMap(({ count, examples }, file): Draft[] =>
    count < FEWEST
      ? []
      : [{ key, args: { count, entries: log.files[file].entries, file: log.files[file].path }, count, examples }],
  );
}
