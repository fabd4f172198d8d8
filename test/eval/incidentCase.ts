/** A labelled incident on disk: a folder with `logs/` and `label.json`; and its quiet minutes alone, as a folder of their own. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../../src/engine/index/log.ts';
import type { TimeRange } from '../../src/model.ts';

export interface IncidentCase {
  name: string;
  logs: string;
  /** Null where nothing was wrong. */
  cause: string | null;
  fault: string;
  window: TimeRange | null;
}

interface Label {
  root_cause_service?: string | null;
  fault?: string;
  window?: [string, string];
}

/** The cases in a folder, or the one that it is. */
export function casesIn(folder: string): IncidentCase[] {
  if (existsSync(join(folder, 'label.json'))) return [readCase(folder)];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'label.json')))
    .map(readCase);
}

function readCase(folder: string): IncidentCase {
  const label: Label = JSON.parse(readFileSync(join(folder, 'label.json'), 'utf8'));
  const [from, to] = (label.window ?? []).map((text) => Date.parse(text) * 1000);
  return {
    name: basename(folder),
    logs: join(folder, 'logs'),
    cause: label.root_cause_service ?? null,
    fault: label.fault ?? 'none',
    window: label.window ? { from, to } : null,
  };
}

/**
 * Writes what lies outside the window into a new folder, and tells its path: whole lines of text files, whole traces
 * of Jaeger's documents. A document of any other kind is left out.
 */
export function writeQuietMinutes(log: Log, logs: string, window: TimeRange): string {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-quiet-'));
  const isQuiet = (time: number): boolean => time < (window.from ?? 0) || time > (window.to ?? 0);
  for (const [number, file] of log.files.entries()) {
    const text = readFileSync(join(logs, file.path), 'utf8');
    const quiet = file.unpacked ? quietTraces(text, isQuiet) : quietLines(log, number, text, isQuiet);
    if (quiet === '') continue;
    mkdirSync(dirname(join(folder, file.path)), { recursive: true });
    writeFileSync(join(folder, file.path), quiet);
  }
  return folder;
}

/** A line without a time goes with the entry above it. */
function quietLines(log: Log, file: number, text: string, isQuiet: (time: number) => boolean): string {
  const keep: boolean[] = [];
  for (let entry = 0; entry < log.count; entry++) {
    if (log.file[entry] === file) keep[log.line[entry]] = isQuiet(log.time[entry]);
  }
  let kept = false;
  const lines = text.split('\n').filter((_, index) => {
    kept = keep[index + 1] ?? kept;
    return kept;
  });
  return lines.map((line) => `${line}\n`).join('');
}

function quietTraces(text: string, isQuiet: (time: number) => boolean): string {
  const document: { data?: { spans?: { startTime: number }[] }[] } = JSON.parse(text);
  if (!Array.isArray(document.data)) return '';
  const data = document.data.filter(({ spans }) => spans?.every(({ startTime }) => isQuiet(startTime)));
  return data.length === 0 ? '' : JSON.stringify({ ...document, data });
}
