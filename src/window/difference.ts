/** What changed from one text to another, line by line. */

export interface DifferentLine {
  readonly kind: 'same' | 'added' | 'removed' | 'left-out';
  readonly text: string;
}

/** The lines beside a change that are shown, so that its place is known. */
const context = 3;
/** The products of lengths up to which the shortest difference is looked for: some 10 ms. */
const most = 4_000_000;

/** Empty if the texts are the same. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly DifferentLine[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const changed = compareMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end));
  if (changed.length === 0) return [];
  const same = (text: string): DifferentLine => ({ kind: 'same', text });
  return shorten([...before.slice(0, start).map(same), ...changed, ...before.slice(before.length - end).map(same)]);
}

function compareMiddle(before: readonly string[], after: readonly string[]): readonly DifferentLine[] {
  const removed = (text: string): DifferentLine => ({ kind: 'removed', text });
  const added = (text: string): DifferentLine => ({ kind: 'added', text });
  const width = after.length + 1;
  if (before.length * after.length > most) return [...before.map(removed), ...after.map(added)];
  // How many lines the rests behind each pair of places have in common.
  const common = new Uint32Array((before.length + 1) * width);
  const at = (left: number, right: number) => common[left * width + right] ?? 0;
  for (let left = before.length - 1; left >= 0; left -= 1)
    for (let right = after.length - 1; right >= 0; right -= 1)
      common[left * width + right] =
        before[left] === after[right]
          ? at(left + 1, right + 1) + 1
          : Math.max(at(left + 1, right), at(left, right + 1));
  const lines: DifferentLine[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    const [old, now] = [before[left], after[right]];
    if (old !== undefined && old === now) {
      lines.push({ kind: 'same', text: old });
      left += 1;
      right += 1;
    } else if (old !== undefined && (now === undefined || at(left + 1, right) >= at(left, right + 1))) {
      lines.push(removed(old));
      left += 1;
    } else if (now !== undefined) {
      lines.push(added(now));
      right += 1;
    }
  }
  return lines;
}

/** Leaves out lines that are far from each change. */
function shorten(lines: readonly DifferentLine[]): readonly DifferentLine[] {
  const near = new Set<number>();
  for (const [at, { kind }] of lines.entries())
    if (kind !== 'same') for (let by = -context; by <= context; by += 1) near.add(at + by);
  const shown: DifferentLine[] = [];
  let omitted = 0;
  const close = () => {
    if (omitted > 0) shown.push({ kind: 'left-out', text: `${omitted} ${omitted === 1 ? 'line' : 'lines'} as before` });
    omitted = 0;
  };
  for (const [at, line] of lines.entries()) {
    if (!near.has(at)) {
      omitted += 1;
      continue;
    }
    close();
    shown.push(line);
  }
  close();
  return shown;
}

/** Returns the place of the first byte that differs; undefined if one list of bytes begins with the other. */
export function findFirstDifference(before: Uint8Array, after: Uint8Array): number | undefined {
  const length = Math.min(before.length, after.length);
  for (let at = 0; at < length; at += 1) if (before[at] !== after[at]) return at;
  return undefined;
}
