/** Lines that no trace leads to: of services that write ids on others, and of services that never do. */
import { idUseOf } from '../anomalies/missingTraceId.ts';
import type { Survey } from '../anomalies/survey.ts';
import type { Draft } from './advice.ts';

const SHOWN = 3;
/** In fewer entries, or of one service, nobody misses ids. */
const FEWEST_ENTRIES = 20;
const FEWEST_SERVICES = 2;

/** An id on more entries than this is no id of one thing. */
const MOST_ENTRIES = 200;
/** Where so large a share of the entries hold an id that another service logs too, they can be followed without a trace's. */
const JOINED = 0.5;

/** Whether orders, requests or jobs lead from service to service. */
function isJoined({ log, includes, entries }: Survey): boolean {
  const joined = new Uint8Array(log.count);
  let count = 0;
  for (let id = 1; id <= log.ids.count; id++) {
    const holders = log.ids.entries(id);
    if (holders.length < 2 || holders.length > MOST_ENTRIES) continue;
    if (holders.every((entry) => log.service[entry] === log.service[holders[0]])) continue;
    for (const entry of holders) {
      if (joined[entry] === 0 && includes(entry)) count++;
      joined[entry] = 1;
    }
  }
  return count >= JOINED * entries;
}

export function idDrafts(survey: Survey): Draft[] {
  const { log } = survey;
  const uses = idUseOf(survey);
  const without = uses.filter((use) => use.without > 0);
  const hasIds = uses.some((use) => use.without < use.entries);
  if (!hasIds) {
    if (uses.length < FEWEST_SERVICES || survey.entries < FEWEST_ENTRIES || isJoined(survey)) return [];
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
