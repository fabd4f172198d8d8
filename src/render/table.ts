/** Aligned columns and wrapped lines of plain text; widths count characters, not bytes. */

export type Align = 'left' | 'right';

export function widthOf(text: string): number {
  let width = 0;
  for (const _ of text) width++;
  return width;
}

export function pad(text: string, width: number, align: Align = 'left'): string {
  const fill = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Every cell padded to its column; the last column of a row is left as it is. */
export function alignRows(rows: readonly (readonly string[])[], aligns: readonly Align[]): string[][] {
  const widths = aligns.map((_, column) => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row.map((cell, column) => {
      const align = aligns[column] ?? 'left';
      return column === row.length - 1 && align === 'left' ? cell : pad(cell, widths[column] ?? 0, align);
    }),
  );
}

/** Breaks at spaces; a word longer than the width stands alone and sticks out rather than being lost. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
