/** All that a log says, as plain values: equal logs have equal content, whatever way it came about. */
import type { Log } from '../../../src/engine/index/log.ts';

export function logContent(log: Log): object {
  const { count, time, file, line, level, service, template, layout, durationMs, trace, order } = log;
  return {
    count,
    columns: { time, file, line, level, service, template, layout, durationMs, trace, order },
    files: log.files,
    skipped: log.skipped,
    services: log.services,
    templates: log.templates,
    layouts: log.layouts,
    rows: Array.from({ length: count }, (_, entry) => log.row(entry)),
    ids: Array.from({ length: log.ids.count }, (_, i) => ({
      text: log.ids.text(i + 1),
      key: log.ids.key(i + 1),
      isTrace: log.ids.isTrace(i + 1),
      entries: log.ids.entries(i + 1),
    })),
  };
}
