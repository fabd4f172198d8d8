/** How many entries of a file, and of its log, have each level. */
import type { LevelCount } from '../../gestures.ts';
import { LEVELS } from '../../model.ts';
import type { Log } from '../index/log.ts';

/** The entries [from, to) are those of the file. From the worst level down, without those that no entry has. */
export function levelCounts(log: Log, from: number, to: number): LevelCount[] {
  const inLog = counted(log.level, 0, log.count);
  const inFile = counted(log.level, from, to);
  return LEVELS.map((level, i) => ({ level, inFile: inFile[i], inLog: inLog[i] }))
    .filter((each) => each.inLog > 0)
    .reverse();
}

function counted(level: Uint8Array, from: number, to: number): Uint32Array {
  const counts = new Uint32Array(256);
  for (let entry = from; entry < to; entry++) counts[level[entry]]++;
  return counts;
}
