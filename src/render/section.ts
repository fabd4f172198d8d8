/** What the parts of a text share: how wide, how coloured, how headed. */
import type { Paint } from './paint.ts';

export interface TextOptions {
  paint: Paint;
  /** Columns of the terminal. */
  width: number;
  zone: string;
}

/** `SERVICES  5`: the heading of a section, and what it holds in short. */
export function heading(name: string, summary: string, { paint }: TextOptions): string {
  return summary === '' ? paint.bold(name) : `${paint.bold(name)}  ${paint.dim(summary)}`;
}
