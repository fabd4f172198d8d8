/** The first of very many, without putting all of them in order: a page is short, a log is not. */

/**
 * The `wanted` best of the numbers below `count` that are let in, best first. `isBefore` is to tell any two
 * apart, or pages would overlap.
 */
export function best(
  count: number,
  wanted: number,
  isIn: (n: number) => boolean,
  isBefore: (a: number, b: number) => boolean,
): number[] {
  // A heap with the worst of the best on top.
  const heap: number[] = [];
  for (let n = 0; n < count; n++) {
    if (!isIn(n)) continue;
    if (heap.length < wanted) rise(heap, heap.push(n) - 1, isBefore);
    else if (wanted > 0 && isBefore(n, heap[0])) {
      heap[0] = n;
      sink(heap, isBefore);
    }
  }
  return heap.sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

function rise(heap: number[], at: number, isBefore: (a: number, b: number) => boolean): void {
  for (let i = at; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!isBefore(heap[parent], heap[i])) return;
    swap(heap, i, parent);
    i = parent;
  }
}

function sink(heap: number[], isBefore: (a: number, b: number) => boolean): void {
  for (let i = 0; ; ) {
    let worst = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      if (child < heap.length && isBefore(heap[worst], heap[child])) worst = child;
    }
    if (worst === i) return;
    swap(heap, i, worst);
    i = worst;
  }
}

function swap(heap: number[], a: number, b: number): void {
  const held = heap[a];
  heap[a] = heap[b];
  heap[b] = held;
}
