/** The engine's answers to the editor's own gestures, all from columns but for the few lines that are shown. */
import type { GestureApi } from '../../gestures.ts';
import type { Report } from '../../incident.ts';
import { findId, occurrence } from '../correlation/lookup.ts';
import type { OpenLog } from '../openLog.ts';
import { calleesOf, callsOf } from './calls.ts';
import { fieldValuesOf } from './fieldValues.ts';
import { firstFailureOf } from './firstFailure.ts';
import { foldingsOf } from './foldings.ts';
import { levelCounts } from './levelCounts.ts';
import { neighbourAlong, surroundingsOf } from './neighbours.ts';
import { outlineOf } from './outline.ts';
import { outsideIdOf } from './outsideId.ts';
import { sourcePlacesIn } from './sourcePlaces.ts';
import { symbolsOf } from './symbols.ts';

/** `fileNumber` is -1 for no file of the log. */
export function gestureAnswers(
  openOf: (root: string) => OpenLog,
  fileNumber: (root: string, path: string) => number,
  reportOf: (root: string) => Promise<Report>,
): GestureApi {
  const logOf = (root: string) => openOf(root).log;
  return {
    symbols: async (root, text, limit) => symbolsOf(logOf(root), text, limit),
    async outline(root, path, mostTraces) {
      // The log that the report is of, whatever is read again meanwhile.
      const log = logOf(root);
      const file = fileNumber(root, path);
      if (file < 0) return null;
      return outlineOf(log, log.firstEntry[file], log.firstEntry[file + 1], await reportOf(root), mostTraces);
    },
    async foldings(root, path, limit) {
      const log = logOf(root);
      const file = fileNumber(root, path);
      return file < 0 ? [] : foldingsOf(log, log.firstEntry[file], log.firstEntry[file + 1], limit);
    },
    async firstFailure(root, text) {
      const { log, reader } = openOf(root);
      const id = findId(log, text);
      const { entry, via } = firstFailureOf(log, id);
      if (entry < 0) return null;
      const [read] = await reader.readLines([entry]);
      return occurrence(read, (other) => log.ids.find(other) === via, via === id ? 'recorded' : 'inferred');
    },
    sourcePlaces: async (_root, lines) => lines.map(sourcePlacesIn),
    async surroundings(root, path, line) {
      const log = logOf(root);
      const file = fileNumber(root, path);
      const entry = file < 0 ? -1 : log.entryAt(file, line);
      return entry < 0 ? null : surroundingsOf(log, entry);
    },
    async levelCounts(root, path) {
      const log = logOf(root);
      const file = fileNumber(root, path);
      return file < 0 ? [] : levelCounts(log, log.firstEntry[file], log.firstEntry[file + 1]);
    },
    fieldValues: (root, key) => fieldValuesOf(logOf(root), key),
    step: async (root, entry, along, step) => neighbourAlong(logOf(root), entry, along, step),
    calls: (root, text) => callsOf(logOf(root), findId(logOf(root), text)),
    outsideId: async (root, text) => outsideIdOf(logOf(root), findId(logOf(root), text)),
    callees: (root, text, entry) => calleesOf(logOf(root), findId(logOf(root), text), entry),
  };
}
