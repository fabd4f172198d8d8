/** The form in which other tools know the id of a trace. */
import { normaliseId } from '../correlation/normalise.ts';
import { type Log, NO_ID } from '../index/log.ts';

/** Headers hold more than the trace's id, and no tool asks for all of it. */
const SIMPLE = /^[\w-]+$/;

/** Null for an id that leads no trace. As it is written, but of a header the trace alone. */
export function outsideIdOf(log: Log, id: number): string | null {
  if (id === NO_ID || !log.ids.isTrace(id)) return null;
  const text = log.ids.text(id);
  const compared = normaliseId(text);
  // Of a header that begins with the trace, what follows is the span's.
  const isHeader = compared !== null && text.includes(compared) && !text.endsWith(compared);
  return SIMPLE.test(text) && !isHeader ? text : compared;
}
