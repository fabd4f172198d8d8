/** Where the command line writes: results on standard output, everything else on standard error. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Progress } from '../protocol.ts';
import { formatPercent } from '../render/number.ts';
import { COLOURS, NO_PAINT, type Paint } from '../render/paint.ts';
import { cut, plainText } from '../render/plain.ts';

export interface Output {
  paint: Paint;
  /** Columns for text that is laid out. */
  width: number;
  /** Resolves once there is room for more, so that a slow reader of the pipe slows us down too. */
  write(text: string): Promise<void>;
  /** One line on standard error. */
  note(text: string): void;
  progress(progress: Progress): void;
  /** Takes the progress line away. */
  settle(): void;
}

export interface Stream extends Writable {
  isTTY?: boolean;
  columns?: number;
}

const DEFAULT_WIDTH = 100;
const CLEAR_LINE = '\r\u001b[K';

export function createOutput(out: Stream, err: Stream, environment: NodeJS.ProcessEnv, quiet: boolean): Output {
  // NO_COLOR counts when it is set to anything but nothing: https://no-color.org
  const coloured = out.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
  const showsProgress = err.isTTY === true && !quiet;
  let shown = '';
  return {
    paint: coloured ? COLOURS : NO_PAINT,
    width: Math.min(Math.max(out.columns ?? DEFAULT_WIDTH, 80), 120),
    async write(text) {
      if (!out.write(text)) await once(out, 'drain');
    },
    note(text) {
      err.write(`${text}\n`);
    },
    progress({ doneBytes, totalBytes, file }) {
      if (!showsProgress || totalBytes === 0) return;
      const line = `Reading ${formatPercent(Math.min(1, doneBytes / totalBytes))}  ${plainText(file)}`;
      const fitting = cut(line, (err.columns ?? 80) - 1);
      if (fitting === shown) return;
      shown = fitting;
      err.write(CLEAR_LINE + fitting);
    },
    settle() {
      if (shown !== '') err.write(CLEAR_LINE);
      shown = '';
    },
  };
}
