/** What the editor gives a webview: a way to post messages and a state that outlives the page. */
import type { Port } from '../../src/base/rpc.ts';
import type { TimelineScope } from '../../src/protocol.ts';

export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Kept while the panel is hidden and when the window is opened again. */
export interface SavedState {
  root: string;
  scope: TimelineScope;
  range: { from: number; to: number } | null;
  /** The selected entry with its place: entry numbers change when the log is indexed again. */
  selected: { entry: number; file: string; line: number } | null;
  table: boolean;
}

export function portOfWindow(api: VsCodeApi): Port {
  return {
    post: (message) => api.postMessage(message),
    onMessage(listener) {
      const heard = (event: MessageEvent<unknown>): void => listener(event.data);
      window.addEventListener('message', heard);
      return () => window.removeEventListener('message', heard);
    },
  };
}
