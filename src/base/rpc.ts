/**
 * Calls over a message port: one implementation for the worker thread and for the webview.
 *
 * The types come from a plain interface; only the method's name and its arguments travel, and
 * `{ ok }` or `{ err }` comes back. Values travel as the port's structured clone leaves them, so
 * typed arrays arrive as typed arrays. Both ends may serve on the same port: a call is never taken
 * for an answer, and a channel name keeps several interfaces on one port apart.
 */

/** The least a worker's `MessagePort`, a webview and a test have in common. */
export interface Port {
  post(message: unknown): void;
  /** Returns the function that stops listening. */
  onMessage(listener: (message: unknown) => void): () => void;
}

export interface Disposable {
  dispose(): void;
}

/** The interface as the far end sees it: every answer is a promise. */
export type Remote<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

/** What is left of an error once it has crossed: its class does not travel, its name does. */
interface Failure {
  name: string;
  message: string;
}

interface Call {
  channel: string;
  call: number;
  method: string;
  args: unknown[];
}

type Answer = { channel: string; answer: number } & ({ ok: unknown } | { err: Failure });

const DEFAULT_CHANNEL = 'main';

/** Answers calls that arrive on the port with the methods of `api`, until disposed. */
export function serve<T extends object>(port: Port, api: T, channel: string = DEFAULT_CHANNEL): Disposable {
  let stopped = false;
  const stop = port.onMessage(async (message) => {
    if (!isCall(message, channel)) return;
    const head = { channel, answer: message.call };
    let answer: Answer;
    try {
      answer = { ...head, ok: await invoke(api, message.method, message.args) };
    } catch (error) {
      answer = { ...head, err: toFailure(error) };
    }
    if (!stopped) postAnswer(port, answer);
  });
  return {
    dispose() {
      stopped = true;
      stop();
    },
  };
}

/**
 * The far end's methods as local ones. `dispose` stops listening and rejects all that is pending,
 * so that nobody waits for an answer that cannot come; later calls are rejected as well.
 */
export function connect<T extends object>(port: Port, channel: string = DEFAULT_CHANNEL): Remote<T> & Disposable {
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  let closed = false;

  const stop = port.onMessage((message) => {
    if (!isAnswer(message, channel)) return;
    const waiting = pending.get(message.answer);
    if (waiting === undefined) return;
    pending.delete(message.answer);
    if ('err' in message) waiting.reject(fromFailure(message.err));
    else waiting.resolve(message.ok);
  });

  const call = (method: string, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(closedError(method));
      const number = ++calls;
      pending.set(number, { resolve, reject });
      try {
        port.post({ channel, call: number, method, args } satisfies Call);
      } catch (error) {
        // An argument that cannot be cloned fails here, in the caller's own hands.
        pending.delete(number);
        reject(error);
      }
    });

  const dispose = (): void => {
    closed = true;
    stop();
    for (const { reject } of pending.values()) reject(closedError());
    pending.clear();
  };

  const methods = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  return new Proxy({} as Remote<T> & Disposable, {
    get(_target, name) {
      if (name === 'dispose') return dispose;
      // `await remote` and `return remote` from an async function probe for a `then` method.
      if (typeof name !== 'string' || name === 'then') return undefined;
      let method = methods.get(name);
      if (method === undefined) {
        method = (...args) => call(name, args);
        methods.set(name, method);
      }
      return method;
    },
  });
}

async function invoke(api: object, method: string, args: unknown[]): Promise<unknown> {
  // What every object inherits (`constructor`, `toString`) is no part of anybody's interface.
  const target: unknown = method in Object.prototype ? undefined : Reflect.get(api, method);
  if (typeof target !== 'function') throw new TypeError(`There is no method ${method} to call.`);
  return target.apply(api, args);
}

/** An answer that cannot be cloned must still end the caller's wait. */
function postAnswer(port: Port, answer: Answer): void {
  try {
    port.post(answer);
  } catch (error) {
    port.post({ channel: answer.channel, answer: answer.answer, err: toFailure(error) } satisfies Answer);
  }
}

function toFailure(error: unknown): Failure {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

function fromFailure(failure: Failure): Error {
  const error = new Error(failure.message);
  error.name = failure.name;
  return error;
}

function closedError(method?: string): Error {
  return new Error(method === undefined ? 'The connection was closed.' : `The connection is closed: ${method}.`);
}

function isCall(message: unknown, channel: string): message is Call {
  return isOn(message, channel) && 'call' in message;
}

function isAnswer(message: unknown, channel: string): message is Answer {
  return isOn(message, channel) && 'answer' in message;
}

/** A port may carry foreign messages, as a webview's window does; they are passed over. */
function isOn(message: unknown, channel: string): message is object {
  return typeof message === 'object' && message !== null && 'channel' in message && message.channel === channel;
}
