import type { OperationName } from '../operations/table';
import { counted } from '../text/counts';
import type { RecordedCall, RecordedCases } from './case';
import { subjects } from './cases';
import type { Outcome } from './run';
import { findOperationName } from './wire-form';

/** What a service is known to answer otherwise than S3, so that a run against it shows news alone. */
export type Profile = RunProfile | DocumentedProfile;

interface Profiled {
  /** The name that its own project uses, with its version if there is one. */
  readonly service: string;
  readonly source: string;
  /** The day of the run, or on which the source was read: `2026-11-23`. */
  readonly date: string;
}

/** The cases were played against the service. `npm run tool profile` writes it from the file of that run. */
export interface RunProfile extends Profiled {
  readonly evidence: 'run';
  readonly played: number;
  readonly same: number;
  /** A line for each place of a case, by file and title of the case. `findPlaces` returns the places. */
  readonly places: Readonly<Record<string, string>>;
}

/** Nobody has run the service here: the profile repeats what its documents say. */
export interface DocumentedProfile extends Profiled {
  readonly evidence: 'documented';
  readonly operations: readonly OperationName[];
}

/**
 * Finds where a case was answered otherwise: the call and the part of its answer. The expected and the actual values are left out, since
 * they vary. A case that failed has one place: the operation that should have made its state, or an empty text if there was no answer.
 */
export function findPlaces({ outcome, differences, reason = '' }: Outcome): readonly string[] {
  return outcome === 'failed' ? [/: (\w+) is /.exec(reason)?.[1] ?? ''] : differences.map(readPlace);
}

export function readPlace(difference: string): string {
  const [place = ''] = difference.split(': expected ');
  return place;
}

export function isProfiled(profile: Profile, outcome: Outcome, place: string): boolean {
  const { file, title } = outcome;
  if (profile.evidence === 'run') return profile.places[`${file}: ${title}`]?.split('\n').includes(place) === true;
  const operation = outcome.outcome === 'failed' ? place : findOperationAt(outcome, place);
  return profile.operations.some((name) => name === operation);
}

function findOperationAt({ subject, file, title }: Outcome, place: string): string | undefined {
  const ofSubject = new Map<string, readonly RecordedCases[]>(Object.entries(subjects)).get(subject);
  const recordings = ofSubject?.find((one) => one.file === file && title in one.cases);
  const calls: readonly RecordedCall[] = recordings?.cases[title]?.calls ?? [];
  const [call] = calls
    .filter(([label]) => place === label || place.startsWith(`${label}: `))
    .toSorted(([one], [other]) => other.length - one.length);
  return call === undefined ? undefined : findName(call[1]);
}

function findName(operation: string): string | undefined {
  if (!operation.includes(' ')) return operation;
  const [method = '', path = ''] = operation.split(' ');
  return findOperationName({ method, path, headers: {} });
}

export function writeProfile(profile: Profile, known: number): string {
  const { service, date, evidence } = profile;
  const origin =
    evidence === 'run'
      ? `against which the cases were played on ${date}`
      : `which nobody has run here; its documents, read on ${date}, name operations that it lacks`;
  return `Compared with the profile of ${service}, ${origin}: it knows ${counted(known, 'difference')}.`;
}
