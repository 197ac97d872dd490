import type { Clock, ClockMove, Sighting } from '../../model/clock';
import { call } from '../../text/calls';
import { counted } from '../../text/counts';
import { clause, type Said, say } from '../../text/reason';

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
  /** The first request with the same signature. It is undefined if none came, and for what is signed anew for each request. */
  readonly seen?: Sighting | undefined;
}

/** `signature` is that of a presigned URL, as `findUrlSignature` returns it. */
export function readTimes(clock: Clock, presumed: Times['presumed'], signature?: string): Times {
  const seen = signature === undefined ? undefined : clock.findSighting(signature);
  return { process: clock.processNow(), mock: clock.now(), moves: clock.moves, presumed, seen };
}

/** Fifteen minutes. */
export const longestSkew = 900_000;

/** A week, in seconds. */
export const longestExpiry = 604_800;

export function serviceTime(signed: number, times: Times): number {
  const { process, mock } = times;
  const moved = process + Math.max(0, movedSince(signed, times));
  if (mock - signed < -longestSkew) return moved;
  // A second that the process has not reached yet is one of the mock's clock.
  if (signed - process > 1000) return mock;
  return Math.min(moved, mock);
}

/**
 * The time for a URL or a form that names only the end of its validity, as version 2 does. Few are valid for more than a week, so the clock
 * that is nearer to the end is taken for the signer's. If both are that near, the younger age counts.
 */
export function serviceTimeAtEnd(end: number, times: Times): number {
  const { mock } = times;
  const moved = times.process + Math.max(0, movedSince(undefined, times));
  const [toMoved, toMock] = [Math.abs(end - moved), Math.abs(end - mock)];
  if (Math.max(toMoved, toMock) <= longestExpiry * 1000) return Math.min(moved, mock);
  return toMoved <= toMock ? moved : mock;
}

/** The clock that is nearer to a date. */
export function nearestTime(date: number, { process, mock }: Pick<Times, 'process' | 'mock'>): number {
  return Math.abs(process - date) <= Math.abs(mock - date) ? process : mock;
}

/** The milliseconds by which the mock's clock was moved after the signature; negative if it was moved back. */
function movedSince(signed: number | undefined, times: Times): number {
  const { process, moves, presumed } = times;
  if (countsFromFirstRequest(signed, times)) return movedSinceSeen(times);
  const from = signed === undefined ? undefined : secondOf(signed);
  const isSince =
    presumed === 'signed first'
      ? (second: number) => from === undefined || second >= from
      : // A move in the future of the process happened before faked system time was set back, and nobody knows in which order.
        (second: number) => from !== undefined && second > from && second <= secondOf(process);
  return moves.reduce((sum, { second, by }) => (isSince(second) ? sum + by : sum), 0);
}

/** Whether the first request with the signature says more about the moves than its date: it came in the second of the date, or there is no date. */
function countsFromFirstRequest(signed: number | undefined, { presumed, seen }: Times): boolean {
  if (presumed === 'signed first' || seen === undefined) return false;
  return signed === undefined || seen.second <= secondOf(signed);
}

function movedSinceSeen({ moves, seen }: Times): number {
  return moves.reduce((sum, { by }) => sum + by, 0) - (seen?.moved ?? 0);
}

function secondOf(moment: number): number {
  return Math.floor(moment / 1000);
}

/** Says by how much the mock's clock was moved after the signature, to be added to a reason. It is empty if it was not moved forward. */
export function describeMove(signed: number | undefined, times: Times): Said {
  const moved = movedSince(signed, times);
  if (moved <= 0) return '';
  const by = say`the mock's clock was moved forward by ${counted(moved / 1000, 'second')}`;
  const signLater = clause`, ${call('s3.clock.now()', {})}`;
  if (countsFromFirstRequest(signed, times))
    return say`; ${by} since the first request with the url. If the code has signed it anew since then, the url is the same, since it names only a second: sign later requests with that clock's time${signLater}`;
  if (movedInDoubt(signed, times) === 0) return say`; ${by} since then`;
  return say`; ${by} in that second or since then, so sign later requests with its time${signLater}`;
}

/** The milliseconds by which the clock was moved forward before or after the signature, which nobody knows. */
export function movedInDoubt(signed: number | undefined, times: Times): number {
  const most = movedSince(signed, { ...times, presumed: 'signed first' });
  const least = movedSince(signed, { ...times, presumed: 'moved first' });
  return Math.max(0, most - Math.max(0, least));
}
