/** Lines that no trace leads to: of services that write ids on others, and of services that never do. */
import { idUseOf } from '../anomalies/missingTraceId.ts';
import type { Survey } from '../anomalies/survey.ts';
import type { Draft } from './advice.ts';

const SHOWN = 3;
/** In fewer entries, or of one service, nobody misses ids. */
const FEWEST_ENTRIES = 20;
const FEWEST_SERVICES = 2;

export function idDrafts(survey: Survey): Draft[] {
  const { log } = survey;
  const uses = idUseOf(survey);
  const without = uses.filter((use) => use.without > 0);
  const hasIds = uses.some((use) => use.without < use.entries);
  if (!hasIds) {
    if (uses.length < FEWEST_SERVICES || survey.entries < FEWEST_ENTRIES) return [];
    const count = uses.reduce((sum, use) => sum + use.without, 0);
    const examples = uses.slice(0, SHOWN).map(({ templates }) => templates[0].first);
    return [{ key: 'advice.no-ids', args: { count, services: uses.length }, count, examples }];
  }
  return without.map(
    (use): Draft => ({
      key: use.without < use.entries ? 'advice.some-ids' : 'advice.never-ids',
      args: {
        service: log.services[use.service],
        count: use.without,
        entries: use.entries,
        templates: use.templates.length,
      },
      count: use.without,
      examples: use.templates.slice(0, SHOWN).map(({ first }) => first),
    }),
  );
}
