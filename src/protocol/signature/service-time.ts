import type { ClockMove } from '../../model/clock';
import { counted } from '../../text/counts';
import { type Said, say } from '../../text/reason';

/**
 * What time it is at the service for a URL or a form: its date names the second in which a client signed it, by the process's clock or by
 * the mock's, and the mock's clock may have been moved since (docs/decisions/0007-clocks-of-signatures.md).
 * @module
 */

export interface Times {
  readonly process: number;
  readonly mock: number;
  readonly moves: readonly ClockMove[];
  /** What is presumed of a move in the second of the signature, since the date does not say which of the two came first. */
  readonly presumed: 'signed first' | 'moved first';
}

/** Fifteen minutes. */
export const longestSkew = 900_000;

/** The date of the signature is undefined for version 2, which does not send it. */
export function serviceTime(signed: number | undefined, times: Times): number {
  const { process, mock } = times;
  const moved = process + Math.max(0, movedSince(signed, times));
  if (signed === undefined || mock - signed < -longestSkew) return moved;
  // A second that the process has not reached yet is one of the mock's clock.
  if (signed - process > 1000) return mock;
  return Math.min(moved, mock);
}

/** The milliseconds by which the mock's clock was moved after the signature; negative if it was moved back. */
function movedSince(signed: number | undefined, { process, moves, presumed }: Times): number {
  const from = signed === undefined ? undefined : secondOf(signed);
  const isSince =
    presumed === 'signed first'
      ? (second: number) => from === undefined || second >= from
      : // A move in the future of the process happened before faked system time was set back, and nobody knows in which order.
        (second: number) => from !== undefined && second > from && second <= secondOf(process);
  return moves.reduce((sum, { second, by }) => (isSince(second) ? sum + by : sum), 0);
}

function secondOf(moment: number): number {
  return Math.floor(moment / 1000);
}

/** Says by how much the mock's clock was moved after the signature for certain. Returns undefined if it was not moved forward. */
export function describeMove(signed: number | undefined, times: Times): Said | undefined {
  const moved = movedSince(signed, times);
  return moved > 0 ? say`the mock's clock was moved forward by ${counted(moved / 1000, 'second')}` : undefined;
}

/** The milliseconds by which the clock was moved forward before or after the signature, which nobody knows. */
export function movedInDoubt(signed: number | undefined, times: Times): number {
  const most = movedSince(signed, { ...times, presumed: 'signed first' });
  const least = movedSince(signed, { ...times, presumed: 'moved first' });
  return Math.max(0, most - Math.max(0, least));
}
