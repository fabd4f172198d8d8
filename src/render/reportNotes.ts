/** What the report could not do or had to assume: the small print below it, in words. */
import type { Report } from '../incident.ts';
import { formatCount } from './number.ts';
import { plainText } from './plain.ts';
import { heading, type TextOptions } from './section.ts';
import { sentence } from './sentence.ts';
import { wrap } from './table.ts';

/** A folder may hold thousands of pictures; the text names a few and counts the rest. */
const MAX_SKIPPED = 5;

/** Each note is one sentence, as plain text. */
export function reportNotes(report: Report): string[] {
  const unrecognised = report.files.filter((file) => file.unrecognisedLines > 0);
  return [
    ...unrecognised.map(
      ({ path, unrecognisedLines }) =>
        `${plainText(path)}: ${formatCount(unrecognisedLines, ['line', 'lines'])} not recognised`,
    ),
    ...assumptions(report),
    ...skipped(report),
    ...report.notRun.map(({ rule, reason }) => `${rule}: ${sentence(reason)}`),
    ...muted(report),
  ];
}

/** Silence that somebody asked for must not read as health. */
function muted(report: Report): string[] {
  return report.muted
    .filter(({ anomalies }) => anomalies > 0)
    .map(
      ({ rule, template, anomalies }) =>
        `${rule}: ${formatCount(anomalies, ['anomaly', 'anomalies'])} muted on ${plainText(template)}`,
    );
}

function assumptions(report: Report): string[] {
  const files = new Map<string, string[]>();
  for (const { path, assumed } of report.files) {
    const what = [
      assumed.zone === null ? '' : `zone ${assumed.zone}`,
      assumed.year === null ? '' : `year ${assumed.year}`,
    ].filter((each) => each !== '');
    if (what.length > 0) files.set(what.join(' and '), [...(files.get(what.join(' and ')) ?? []), plainText(path)]);
  }
  return [...files].map(([what, [first, ...more]]) =>
    more.length === 0
      ? `${first}: ${what} assumed`
      : `${first} and ${formatCount(more.length, ['more file', 'more files'])}: ${what} assumed`,
  );
}

function skipped(report: Report): string[] {
  const named = report.skipped
    .slice(0, MAX_SKIPPED)
    .map(({ path, reason }) => `${plainText(path)} skipped: ${plainText(reason)}`);
  const rest = report.skipped.length - named.length;
  return rest > 0 ? [...named, `${formatCount(rest, ['more file', 'more files'])} skipped`] : named;
}

export function notesText(report: Report, options: TextOptions): string[] {
  const notes = reportNotes(report);
  if (notes.length === 0) return [];
  const lines = notes.flatMap((note) =>
    wrap(note, options.width - 4).map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`)),
  );
  return [heading('NOTES', '', options), ...lines.map(options.paint.dim)];
}
