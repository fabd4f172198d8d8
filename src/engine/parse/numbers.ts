/** Numbers that text formats write, and the levels that some of them stand for. */
import { LEVELS } from '../../model.ts';
import { NO_LEVEL } from '../index/log.ts';

/** A plain number in buffer[start, end); NaN where it is none. */
export function numberAt(buffer: Uint8Array, start: number, end: number): number {
  let value = 0;
  let place = 1;
  for (let at = start; at < end; at++) {
    const c = buffer[at];
    if (c === 0x2e && place === 1) place = 0.1;
    else if (c < 0x30 || c > 0x39) return Number.NaN;
    else if (place === 1) value = value * 10 + c - 0x30;
    else {
      value += (c - 0x30) * place;
      place /= 10;
    }
  }
  return end > start ? value : Number.NaN;
}

const INFO = LEVELS.indexOf('info');
const WARN = LEVELS.indexOf('warn');
const ERROR = LEVELS.indexOf('error');
const FATAL = LEVELS.indexOf('fatal');

/** The level of an HTTP status: the server's errors are errors, the client's are warnings. */
export function severityOfStatus(buffer: Uint8Array, start: number, end: number): number {
  const status = numberAt(buffer, start, end);
  if (!(status >= 100 && status < 600)) return NO_LEVEL;
  return status >= 500 ? ERROR : status >= 400 ? WARN : INFO;
}

/** By syslog's severity, the priority modulo 8: emergency, alert, critical, error, warning, notice, info, debug. */
const SEVERITIES = [FATAL, FATAL, FATAL, ERROR, WARN, INFO, INFO, LEVELS.indexOf('debug')];

export function severityOfPriority(buffer: Uint8Array, start: number, end: number): number {
  const priority = numberAt(buffer, start, end);
  return priority >= 0 && priority <= 191 ? SEVERITIES[priority % 8] : NO_LEVEL;
}
