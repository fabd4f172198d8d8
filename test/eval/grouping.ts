/** How well messages are grouped into templates: our groups, the true ones, and what they have in common. */
import { mineTemplates } from '../../src/engine/templates/drain.ts';
import { ShapeScanner } from '../../src/engine/templates/shape.ts';

/** The template of each message, found as the index finds it: shapes by their hash, then Drain over the shapes. */
export function groupMessages(messages: readonly string[]): { groups: number[]; texts: string[] } {
  const scanner = new ShapeScanner();
  const shapes: string[] = [];
  const shapeByHash = new Map<number, number>();
  const shapeOf = messages.map((message) => {
    const bytes = Buffer.from(message);
    const hash = scanner.hash(bytes, 0, bytes.length);
    let shape = shapeByHash.get(hash);
    if (shape === undefined) {
      shape = shapes.length;
      shapeByHash.set(hash, shape);
      shapes.push(scanner.text(bytes, 0, bytes.length));
    }
    return shape;
  });
  const { template, texts } = mineTemplates(shapes);
  return { groups: shapeOf.map((shape) => template[shape]), texts };
}

/** The share of messages whose group holds the same messages as their true group does. */
export function groupingAccuracy(groups: readonly unknown[], truth: readonly unknown[]): number {
  if (groups.length === 0) return 1;
  const sizeOfGroup = countOf(groups);
  const sizeOfTruth = countOf(truth);
  const both = groups.map((group, i) => `${group} ${truth[i]}`);
  const sizeOfBoth = countOf(both);
  const right = groups.filter((group, i) => {
    const size = sizeOfBoth.get(both[i]);
    return size === sizeOfGroup.get(group) && size === sizeOfTruth.get(truth[i]);
  });
  return right.length / groups.length;
}

function countOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
