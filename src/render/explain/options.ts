/** For whom an explanation is written, and how its lines are linked. */
import type { Micros, Position } from '../../model.ts';
import { escapeMarkdown } from '../markdown.ts';
import { place } from '../words.ts';

export const AUDIENCES = ['engineers', 'everybody'] as const;
export type Audience = (typeof AUDIENCES)[number];

export interface ExplainOptions {
  /** What was explained: a folder, a file. */
  title: string;
  zone: string;
  audience: Audience;
  /** Where the file of a line is, for a link from the document; null where no link leads to the line. */
  link(file: string): string | null;
}

export type Clock = (time: Micros | null) => string;

/** `shop.jsonl:12` as a link to the line; as text where there is no way to it. Fit for tables. */
export function lineLink(position: Pick<Position, 'file' | 'line'>, { link }: Pick<ExplainOptions, 'link'>): string {
  const text = escapeMarkdown(place(position));
  const target = link(position.file);
  return target === null ? text : `[${text}](${linkPath(target)}#L${position.line})`;
}

export function lineLinks(
  positions: readonly Pick<Position, 'file' | 'line'>[],
  options: Pick<ExplainOptions, 'link'>,
  most: number,
): string {
  const distinct = new Map(positions.map((position) => [place(position), position]));
  return [...distinct.values()]
    .slice(0, most)
    .map((position) => lineLink(position, options))
    .join(', ');
}

/** A file's name may hold whatever its writer liked: nothing of it may end the link, or begin another scheme. */
function linkPath(path: string): string {
  const encoded = wellFormed(path)
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[()!*'~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
  // Of two slashes at its begin, the first part would be the name of a computer.
  return encoded.startsWith('//') ? `.${encoded}` : encoded;
}

/** Half a character, which no address can hold, becomes the sign for what is not one. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
