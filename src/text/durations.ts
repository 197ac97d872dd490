import { call } from './calls';
import { counted } from './counts';
import { clause, type Said, say } from './reason';

/** The units of time, largest first. */
export const durationUnits = ['days', 'hours', 'minutes', 'seconds', 'milliseconds'] as const;

const lengths = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

/** A part of a second counts as a whole second, since the clock may run. */
export function splitDuration(milliseconds: number): Readonly<Record<string, number>> {
  let seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const parts: Record<string, number> = {};
  for (const [name, length] of lengths) {
    const count = Math.floor(seconds / length);
    seconds -= count * length;
    if (count > 0) parts[name] = count;
  }
  return parts;
}

export function writeDue(at: number, now: number): Said {
  const advance = call('s3.clock.advance(...)', { '...': splitDuration(at - now) });
  return say`at ${new Date(at).toISOString()}${clause`, after ${advance}`}`;
}

export function writeSpan(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? counted(milliseconds / 1000, 'second') : `${milliseconds} ms`;
}
