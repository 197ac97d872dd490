import { writeDifference } from '../journal/difference-text';
import { requestColumns } from '../journal/entry-text';
import { findDifferences } from '../journal/input-matching';
import { LISTED, numbered, writeLast } from '../journal/lines';
import {
  checkExpectedConfiguration,
  checkExpectedNames,
  configurationNames,
  isConfigurationName,
  readExpected,
  writeDocument,
} from '../preset/configurations';
import { count } from '../preset/parts/part';
import type { BucketUsage, UsageOptions } from '../preset/usage';
import { structure } from '../shapes/elements';
import { checkExpectedKinds, checkIsSet } from '../shapes/expected-values';
import type { Members } from '../shapes/shape';
import { date } from '../shapes/values';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { checkPlainValues } from '../text/plain-values';
import { writeSuggestion } from '../text/spelling';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import { type BucketLike, isAccount, isRecorded, type MatcherResult, readBucket, whyUnchanged } from './subjects';

export function toHaveConfiguration(handle: unknown, name: unknown, literal?: unknown): MatcherResult {
  const account = isAccount(handle) ? handle : undefined;
  const bucket = account === undefined ? readBucket(handle, 'toHaveConfiguration') : undefined;
  if (!isConfigurationName(name)) throw unknownName(name, bucket?.name);
  if (account !== undefined && name !== 'publicAccessBlock') throw notOfAccount(name);
  const actual: unknown = Reflect.get(account ?? Object(bucket), name);
  checkExpectedNames(name, literal);
  checkPlainValues(`toHaveConfiguration: ${name}`, literal);
  checkExpectedConfiguration(name, literal);
  const expected = readExpected(name, literal, bucket?.region);
  const isThere = actual !== undefined && actual !== null;
  // A configuration that is only a word may also be expected as SDKs write it.
  const compared = isThere && isRecord(expected) && !isAsymmetric(expected) ? writeDocument(name, actual) : actual;
  const differences = isThere && expected !== undefined ? findDifferences(expected, compared) : [];
  const pass = isThere && differences.length === 0;
  const message = () => {
    const what = expected === undefined ? name : `${name} ${writeValue(expected)}`;
    const subject = account === undefined ? `bucket '${bucket?.name}'` : `account '${account.name}'`;
    const state = account !== undefined && !isThere ? 'it has none' : writeState(actual, isThere);
    const headline = `Expected ${subject} ${pass ? 'not ' : ''}to have the configuration ${what}, but ${state}.`;
    const lines = [headline, ...differences.map((one) => writeDifference(one))].join('\n');
    return [lines, ...(bucket === undefined ? [] : whyUnchanged(bucket))].join('\n\n');
  };
  return { pass, message };
}

function notOfAccount(name: string): TypeError {
  return makeMistake(
    `toHaveConfiguration: an account has one configuration, publicAccessBlock, and no ${name}. Take a bucket: expect(s3.bucket('vault')).`,
  );
}

function writeState(actual: unknown, isThere: boolean): string {
  if (isThere) return `it has ${writeValue(actual)}`;
  return actual === null
    ? 'it was deleted'
    : 'it was never put, and the default that S3 answers for a new bucket does not count';
}

/** What a bucket has beside its configurations. */
const membersOfBucket: ReadonlyMap<string, (bucket: string) => string> = new Map([
  [
    'lifecycle',
    (bucket) => `Write expect(s3.bucket('${bucket}').lifecycle).toMatchObject({ Rules: [{ ID: 'logs' }] }).`,
  ],
  ['versioning', (bucket) => `Write expect(s3.bucket('${bucket}')).toHaveVersioning('Enabled').`],
  ['mfaDelete', (bucket) => `Write expect(s3.bucket('${bucket}')).toHaveMfaDelete('Enabled').`],
]);

function unknownName(name: unknown, bucket = 'vault'): TypeError {
  const hint =
    typeof name === 'string'
      ? (membersOfBucket.get(name)?.(bucket) ?? writeSuggestion(name, configurationNames, 1))
      : undefined;
  return makeMistake(
    `toHaveConfiguration: there is no configuration ${writeGiven(name)}.${hint === undefined ? '' : ` ${hint}`} Give one of ${configurationNames.join(', ')}.`,
  );
}

const amount = structure({ count, bytes: count });
const ofClass = {
  versions: amount,
  current: amount,
  noncurrent: amount,
  belowMinimumSize: amount,
  belowMinimumDays: amount,
  archiveMetadata: structure({ count, bytes: count, standardBytes: count }),
};
const ofPrefix = {
  bytes: count,
  ...ofClass,
  deleteMarkers: amount,
  restoredCopies: amount,
  uploads: structure({ count, bytes: count, parts: count }),
};

const named = { storageClasses: ofClass, prefixes: { ...ofPrefix, storageClasses: structure({}) } };

const members: Members = { at: date, ...ofPrefix, storageClasses: structure({}), prefixes: structure({}) };

type UsedBucket = BucketLike & { readonly lifecycle: unknown; usage(options: unknown): BucketUsage };

const whatLifecycleLeaves =
  'This is its usage now. To compare what its lifecycle rules will leave, say when: toHaveUsage({ at: { days: 30 }, ... }).';

export function toHaveUsage(handle: unknown, expected: unknown, options?: unknown): MatcherResult {
  const bucket = readBucket(handle, 'toHaveUsage') as UsedBucket; // handles of this library are that
  checkExpected(expected);
  const moment = readUsageOptions(expected, options);
  const usage = bucket.usage(moment); // which checks them
  const differences = findDifferences(withoutMoment(expected), usage);
  const pass = differences.length === 0;
  const message = () =>
    [
      `Expected bucket '${bucket.name}' ${pass ? 'not ' : ''}to have the usage ${writeValue(expected)}, but it ${pass ? 'has' : 'differs'}.`,
      ...(pass ? [] : [differences.map((one) => writeDifference(one)).join('\n')]),
      ...(pass || moment?.at !== undefined || bucket.lifecycle === undefined ? [] : [whatLifecycleLeaves]),
      String(usage),
    ].join('\n\n');
  return { pass, message };
}

/** Reads the options. `at` can also stand among the expected members. */
function readUsageOptions(expected: unknown, options: unknown): UsageOptions | undefined {
  const at = isRecord(expected) && !isAsymmetric(expected['at']) ? expected['at'] : undefined;
  if (at === undefined) return options as UsageOptions | undefined; // which the caller's usage() checks
  if (isRecord(options) && options['at'] !== undefined)
    throw invalidValue('toHaveUsage', 'at', at, 'undefined: the options already have { at }');
  return { ...(options as UsageOptions | undefined), at: at as UsageOptions['at'] }; // as above
}

function withoutMoment(expected: unknown): unknown {
  if (!isRecord(expected) || isAsymmetric(expected) || isAsymmetric(expected['at'])) return expected;
  const { at: _, ...others } = expected;
  return others;
}

function checkExpected(expected: unknown): void {
  if (isAsymmetric(expected)) return;
  if (!isRecord(expected))
    throw makeMistake(
      `toHaveUsage takes members of what usage() returns: expect(s3.bucket('vault')).toHaveUsage({ noncurrent: { count: 0 } }). It was given ${writeGiven(expected)}.`,
    );
  checkUsage('toHaveUsage', members, withoutMoment(expected));
  for (const [name, ofPart] of Object.entries(named))
    for (const [part, expectedPart] of Object.entries(expected[name] ?? {}))
      checkUsage(`toHaveUsage: ${name}, ${writeGiven(part)}`, ofPart, expectedPart);
}

function checkUsage(at: string, known: Members, expected: unknown): void {
  checkPlainValues(at, expected);
  checkExpectedKinds(at, structure(known), expected);
  if (!isRecord(expected) || isAsymmetric(expected)) return;
  checkOptionNames(at, expected, Object.keys(known));
  checkIsSet(at, expected, (name) => name !== 'at' && name !== 'prefixes');
  for (const [name, shape] of Object.entries(known)) {
    const value = expected[name];
    const isNamed = Object.hasOwn(named, name);
    if (!isNamed && shape.kind === 'structure' && isRecord(value) && !isAsymmetric(value)) {
      checkOptionNames(`${at}: ${name}`, value, Object.keys(shape.members));
      checkIsSet(`${at}: ${name}`, value, () => true);
    }
  }
}

export function toHaveVersioning(handle: unknown, ...values: readonly unknown[]): MatcherResult {
  const bucket = readBucket(handle, 'toHaveVersioning');
  const expected = readState('toHaveVersioning', ['Enabled', 'Suspended', undefined], values);
  return stateResult(bucket, 'versioning', bucket.versioning, expected);
}

export function toHaveMfaDelete(handle: unknown, ...values: readonly unknown[]): MatcherResult {
  const bucket = readBucket(handle, 'toHaveMfaDelete');
  const expected = readState('toHaveMfaDelete', ['Enabled', 'Disabled', undefined], values);
  return stateResult(bucket, 'MFA Delete', bucket.mfaDelete, expected);
}

function stateResult(
  bucket: BucketLike,
  what: string,
  actual: string | undefined,
  expected: string | undefined,
): MatcherResult {
  const pass = actual === expected;
  const headline = pass
    ? `Expected bucket '${bucket.name}' not to have ${what} ${stateName(expected)}, but it does.`
    : `Expected bucket '${bucket.name}' to have ${what} ${stateName(expected)}, but it has ${stateName(actual)}.`;
  return { pass, message: () => [headline, ...requestsFor(bucket)].join('\n\n') };
}

function stateName(state: string | undefined): string {
  return state === undefined ? 'undefined (never set)' : `'${state}'`;
}

function requestsFor(bucket: BucketLike): readonly string[] {
  const { name, requests } = bucket;
  const unchanged = whyUnchanged(bucket);
  if (!isRecorded(requests) || unchanged.length > 0) return unchanged;
  const came = numbered(requests).filter(
    ({ entry }) => entry.operation === 'PutBucketVersioning' && entry.bucket === name,
  );
  requests.written.noteRequests(came.slice(-LISTED).map(({ entry }) => entry));
  return [
    came.length === 0
      ? 'No PutBucketVersioning request came for it.'
      : `The PutBucketVersioning requests for it:\n${writeLast(requestColumns, came)}`,
  ];
}

function readState<State extends string | undefined>(
  matcher: string,
  states: readonly State[],
  values: readonly unknown[],
): State {
  const [status] = values;
  const state = states.find((one) => one === status);
  // Without an argument, the matcher would read as "has any versioning", but undefined is the state of a bucket without versioning.
  if (state !== undefined || (status === undefined && values.length > 0)) return state as State; // undefined is one of the states
  const it = values.length === 0 ? 'no argument' : writeGiven(status);
  throw makeMistake(`${matcher} expects ${states.map(stateName).join(', ')}; it was given ${it}.`);
}
