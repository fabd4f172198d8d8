/** The tools outside in which a trace can be opened, as the settings name them. */
import { traceAddress, traceLinks } from '../settings/traceLinks.ts';
import type { OpenLog } from './openLog.ts';
import type { Sessions } from './sessions.ts';

export interface OutsidePlace {
  name: string;
  address: string;
}

/** Of an id that leads no trace there are none. */
export async function outsidePlaces(sessions: Sessions, log: OpenLog, id: string): Promise<OutsidePlace[]> {
  const { links } = traceLinks(sessions.setting('traceLinks', log.root));
  if (links.length === 0) return [];
  const outside = await log.ask('outsideId', id);
  return outside === null ? [] : links.map((link) => ({ name: link.name, address: traceAddress(link, outside) }));
}
