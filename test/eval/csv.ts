/** Reads CSV as RFC 4180 writes it: fields may be quoted, and then hold commas, line ends and doubled quotes. */

/** The records of a text as objects by the names in its first record. */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...rows] = records(text.replace(/^\uFEFF/, ''));
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

function records(text: string): string[][] {
  const found: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') field += text[at];
        else if (text[at + 1] === '"') field += text[at++];
        else break;
      }
      at++;
    }
    const end = fieldEnd(text, at);
    row.push(field + text.slice(at, end));
    at = end + 1;
    if (text[end] === ',' && at < text.length) continue;
    if (text[end] === ',') row.push('');
    if (text[end] === '\r' && text[at] === '\n') at++;
    // An empty line is no record.
    if (row.length > 1 || row[0] !== '') found.push(row);
    row = [];
  }
  return found;
}

function fieldEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
