/** Returns the widths of the columns. A cell that is wider than `widest` does not widen its column. */
export function columnWidths(
  rows: readonly (readonly string[])[],
  columns: number,
  widest = Number.POSITIVE_INFINITY,
): readonly number[] {
  return Array.from({ length: columns }, (_, column) =>
    Math.min(longestLength(rows.map((row) => row[column] ?? '')), widest),
  );
}

export function longestLength(texts: readonly string[]): number {
  return texts.reduce((longest, { length }) => Math.max(longest, length), 0);
}

/** A column that is empty in all rows takes no space; the columns beyond `widths` are not padded. */
export function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .filter((cell) => cell !== '')
    .join('  ')
    .trimEnd();
}
