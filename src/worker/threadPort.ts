/** Both ends of a thread as ports for base/rpc. */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../base/rpc.ts';

export function portOf(end: Worker | MessagePort, transferOf?: (message: unknown) => ArrayBuffer[]): Port {
  return {
    post: (message) => end.postMessage(message, transferOf?.(message) ?? []),
    onMessage(listener) {
      end.on('message', listener);
      return () => void end.off('message', listener);
    },
  };
}
