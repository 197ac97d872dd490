/** Writes a number with commas. `toLocaleString` would first load all languages, which takes 14 ms of a process. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function firstLines<Line>(lines: readonly Line[], limit: number, noun?: string): readonly (Line | string)[] {
  const rest = lines.length - limit;
  return rest > 0 ? [...lines.slice(0, limit), restLine(rest, noun)] : lines;
}

/** Writes `... and 12 more` or `... and 1 more difference`. */
export function restLine(rest: number, noun?: string): string {
  return `... and ${noun === undefined ? `${grouped(rest)} more` : counted(rest, `more ${noun}`)}`;
}

export function beforeLine(count: number): string {
  return `(${grouped(count)} before these)`;
}
