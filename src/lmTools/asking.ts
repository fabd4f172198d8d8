/** What a tool needs to answer. */
import type { OpenLog } from '../host/openLog.ts';

export interface Asking {
  log: Pick<OpenLog, 'ask' | 'report' | 'root'>;
  /** Of the times that are shown. */
  zone: string;
  /** False once nobody waits for the answer any more. */
  isWanted(): boolean;
}
