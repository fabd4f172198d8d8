/** The sample's files, as they are and under other names, and the report on them in a few words. */
import { readdirSync, readFileSync } from 'node:fs';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import type { Report } from '../../../../src/incident.ts';
import type { Json } from '../../../../src/model.ts';
import { memoryLog } from '../memoryLog.ts';

export type Files = Record<string, string>;

const FOLDER = 'samples/primomart';

export function sampleFiles(): Files {
  return Object.fromEntries(readdirSync(FOLDER).map((file) => [file, readFileSync(`${FOLDER}/${file}`, 'utf8')]));
}

export function report(files: Files): Promise<Report> {
  return analyse(memoryLog(files));
}

/** Renames files by name, keys and strings of every line by what `rename` makes of them. */
export function rewrite(files: Files, fileName: (name: string) => string, rename: (text: string) => string): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [fileName(name), text.split('\n').map(rename).join('\n')]),
  );
}

/** Replaces strings of parsed lines, keys and messages left alone. */
export function inFields(names: Readonly<Record<string, string>>): (line: string) => string {
  const replaced = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(replaced);
    return typeof value === 'string' && Object.hasOwn(names, value) ? names[value] : value;
  };
  return (line) => {
    if (line.trim() === '') return line;
    const fields = Object.entries(JSON.parse(line) as Record<string, Json>);
    return JSON.stringify(
      Object.fromEntries(fields.map(([key, value]) => [key, key === 'message' ? value : replaced(value)])),
    );
  };
}

/** What a reader sees, without numbers of entries and times: to compare two reports line by line. */
export function picture(report: Report, name: (name: string) => string = (same) => same, file = name): string[] {
  const at = (place: { file: string; line: number }): string => `${file(place.file)}:${place.line}`;
  return [
    ...report.anomalies
      .map((anomaly) => `${anomaly.rule} ${anomaly.severity} ${at(anomaly)} ${name(anomaly.consequenceOf ?? '')}`)
      .sort(),
    ...report.cascade.nodes.map((node) => `node ${node.kind} ${name(node.name)} ${node.onsetCertainty}`).sort(),
    ...report.cascade.edges
      .map(({ from, to, order, lagMs }) => `edge ${name(from)} → ${name(to)} ${order} ${lagMs}`)
      .sort(),
    ...report.rootCauses.map(
      (cause) => `cause ${name(cause.name)} ${cause.score.toFixed(3)} ${cause.evidence.map(at)}`,
    ),
    report.verdict,
  ];
}

/** The name of the first cause; null where none is named. */
export function firstCause(report: Report): string | null {
  return report.rootCauses[0]?.name ?? null;
}
