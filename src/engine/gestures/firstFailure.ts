/** Where a trace first failed. */
import { LEVELS } from '../../model.ts';
import { joinsOf } from '../correlation/joins.ts';
import { type Log, NO_ID, NO_LEVEL } from '../index/log.ts';

const ERROR = LEVELS.indexOf('error');

/** The first error of the entries that hold the id, else of those that join its trace; -1 where nothing failed. */
export function firstFailureOf(log: Log, id: number): { entry: number; via: number } {
  const isError = (entry: number) => log.level[entry] !== NO_LEVEL && log.level[entry] >= ERROR;
  const recorded = id === NO_ID ? undefined : log.ids.entries(id).find(isError);
  if (recorded !== undefined) return { entry: recorded, via: id };
  const inferred = joinsOf(log, id).joined.find(({ entry }) => isError(entry));
  return inferred ?? { entry: -1, via: NO_ID };
}
