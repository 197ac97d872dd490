import { counted } from './counts';

/** The largest first. */
export const durationUnits = ['days', 'hours', 'minutes', 'seconds', 'milliseconds'] as const;

const lengths = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

/** A part of a second counts as one, since the clock may run. */
export function writeDuration(milliseconds: number): string {
  let seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const parts: string[] = [];
  for (const [name, length] of lengths) {
    const count = Math.floor(seconds / length);
    seconds -= count * length;
    if (count > 0) parts.push(`${name}: ${count}`);
  }
  return `{ ${parts.join(', ')} }`;
}

export function writeDue(at: number, now: number): string {
  return `at ${new Date(at).toISOString()}, after s3.clock.advance(${writeDuration(at - now)})`;
}

export function writeSpan(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? counted(milliseconds / 1000, 'second') : `${milliseconds} ms`;
}
