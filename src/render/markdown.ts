/** Text made safe for Markdown. What came out of a log is shown as code or with every mark escaped. */
import { plainText } from './plain.ts';

const MARKS = /[\\`*_{}[\]<>()#+!|~&$]/g;
/** What GitHub and editors turn into a link or a mention by itself. */
const AUTOLINKS = /(:)(?=\/\/)|(@)|(www)(?=\.)/gi;

/** As it stands: no emphasis, no link, no HTML, no table cell, no mention. */
export function escapeMarkdown(text: string): string {
  return plainText(text)
    .replace(MARKS, '\\$&')
    .replace(AUTOLINKS, '$&\u200b')
    .replace(/^(\s*)([-=>])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/**
 * As a code span, whose fence is longer than any run of backticks inside. Not for tables: those are
 * split at pipes before code spans are seen, and a backslash that the log wrote would undo the escape.
 */
export function codeSpan(text: string): string {
  const plain = plainText(text);
  if (plain.trim() === '') return '';
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return fence + space + plain + space + fence;
}

/** Cells must be escaped already (escapeMarkdown), and hold no code spans. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
