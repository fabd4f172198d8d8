/** Lets other work of the thread go first: who asks for little is answered between two steps of something long. */
export function letOthers(signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve) => setTimeout(resolve, 0));
}
