/** Colours and columns of a terminal. Sixteen-colour codes only, so that every theme stays in charge. */
import type { Level, Severity } from '../model.ts';

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  cyan(text: string): string;
  alarm(text: string): string;
}

const same = (text: string): string => text;
export const NO_PAINT: Paint = { bold: same, dim: same, red: same, yellow: same, blue: same, cyan: same, alarm: same };

const sgr =
  (on: string, off: string) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;

export const COLOURS: Paint = {
  bold: sgr('1', '22'),
  dim: sgr('2', '22'),
  red: sgr('31', '39'),
  yellow: sgr('33', '39'),
  blue: sgr('34', '39'),
  cyan: sgr('36', '39'),
  alarm: sgr('1;31', '22;39'),
};

export function paintLevel(paint: Paint, level: Level | null, text: string): string {
  if (level === 'fatal') return paint.alarm(text);
  if (level === 'error') return paint.red(text);
  if (level === 'warn') return paint.yellow(text);
  return level === 'info' ? paint.blue(text) : paint.dim(text);
}

/** A sign beside the colour, because colour is never the only sign. */
export const SIGNS: Readonly<Record<Severity, string>> = { error: '✖', warning: '▲', information: '•', hint: '·' };

export function paintSeverity(paint: Paint, severity: Severity, text: string): string {
  if (severity === 'error') return paint.red(text);
  if (severity === 'warning') return paint.yellow(text);
  return severity === 'information' ? paint.blue(text) : paint.dim(text);
}
