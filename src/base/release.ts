/**
 * Gives memory back at once. The garbage collector sees how small a typed array is as an object, not how much
 * memory hangs on it, so it lets columns pile up that nobody uses any more.
 */

/** As newer versions of Node have it; the others leave it to the collector. */
interface Transferable {
  detached?: boolean;
  transfer?(bytes: number): unknown;
}

/** Nothing may use these arrays, or others on the same memory, any more. */
export function release(...arrays: readonly { readonly buffer: ArrayBufferLike }[]): void {
  for (const { buffer } of arrays) {
    const memory = buffer as Transferable;
    if (memory.detached === false) memory.transfer?.(0);
  }
}
