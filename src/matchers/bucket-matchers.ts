import { writeDifference } from '../journal/difference-text';
import { requestColumns } from '../journal/entry-text';
import { findDifferences, fits } from '../journal/input-matching';
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
import { firstLines } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { checkPlainValues } from '../text/plain-values';
import { writeSuggestion } from '../text/spelling';
import { isArray, isAsymmetric, isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import { type BucketLike, isAccount, isRecorded, type MatcherResult, readBucket, whyUnchanged } from './subjects';

export function toHaveConfiguration(handle: unknown, name: unknown, literal?: unknown): MatcherResult {
  const account = isAccount(handle) ? handle : undefined;
  const bucket = account === undefined ? readBucket(handle, 'toHaveConfiguration') : undefined;
  if (!isConfigurationName(name)) throw unknownName(name, bucket?.name, literal);
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
    const lists = findOtherPlaces(expected, compared);
    const isOfList = (path: string, list: string) => path.startsWith(`${list}[`) || path === `${list}.length`;
    const others = differences.filter(({ path }) => !lists.some(({ name: list }) => isOfList(path, list)));
    const lines = [headline, ...others.map((one) => writeDifference(one)), ...lists.map(writeOtherPlaces)].join('\n');
    return [lines, ...(bucket === undefined ? [] : whyUnchanged(bucket))].join('\n\n');
  };
  return { pass, message };
}

/** A list of a configuration that has each expected item, in other places or beside others. */
interface OtherPlaces {
  readonly name: string;
  /** The places of the expected items, in their order. */
  readonly places: readonly number[];
  readonly items: readonly unknown[];
  readonly list: readonly unknown[];
}

function findOtherPlaces(expected: unknown, actual: unknown): readonly OtherPlaces[] {
  if (!isRecord(expected) || !isRecord(actual) || isAsymmetric(expected)) return [];
  return Object.entries(expected).flatMap(([name, items]) => {
    const list = actual[name];
    if (!isArray(items) || !isArray(list) || items.length === 0 || fits(items, list)) return [];
    const places = findPlaces(items, list);
    return places.includes(-1) ? [] : [{ name, places, items, list }];
  });
}

/** An item of the list is no more than one of the expected ones. */
function findPlaces(items: readonly unknown[], list: readonly unknown[]): readonly number[] {
  const places: number[] = [];
  for (const item of items)
    places.push(list.findIndex((one, at) => !places.includes(at) && isRecord(item) && fits(item, one)));
  return places;
}

/** Which line is wrong is no question if each expected item is there. */
function writeOtherPlaces({ name, places, items, list }: OtherPlaces): string {
  const pairs = places.map((place, at) => `${name}[${place}] is the expected ${name}[${at}]`);
  const [first] = items;
  const isCure = items.every((item, at) => hasEqualMembers(item, list[places[at] ?? 0]));
  const cure = isCure
    ? `, or write ${name}: expect.arrayContaining([expect.objectContaining(${writeValue(first)})${items.length === 1 ? '' : ', …'}])`
    : '';
  return `${firstLines(pairs, PLACES).join(', ')}. Two lists are equal if they have the same length, here ${list.length}, and the same order: expect all${cure}.`;
}

/** The matcher of the library takes a part of a member, and a matcher of the runner, where expect.objectContaining() wants equal members. */
function hasEqualMembers(item: unknown, actual: unknown): boolean {
  return (
    isRecord(item) &&
    !hasMatcher(item) &&
    isRecord(actual) &&
    Object.entries(item).every(([name, value]) => fits(value, actual[name]) && fits(actual[name], value))
  );
}

const PLACES = 3;

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
const membersOfBucket: ReadonlyMap<string, (bucket: string, literal: unknown) => string> = new Map([
  [
    'lifecycle',
    (bucket, literal) => {
      const rules = writeSomeRules(literal);
      return rules === undefined
        ? `Compare s3.bucket('${bucket}').lifecycle, which is undefined if the bucket has none.`
        : `Write expect(s3.bucket('${bucket}').lifecycle).toMatchObject({ Rules: ${rules} }).`;
    },
  ],
  ['versioning', (bucket) => `Write expect(s3.bucket('${bucket}')).toHaveVersioning('Enabled').`],
  ['mfaDelete', (bucket) => `Write expect(s3.bucket('${bucket}')).toHaveMfaDelete('Enabled').`],
]);

/** A bucket can have more rules than a test expects, and a list of toMatchObject has as many items as the other one. */
function writeSomeRules(literal: unknown): string | undefined {
  const rules = isRecord(literal) && !isAsymmetric(literal) ? literal['Rules'] : undefined;
  // A matcher of the runner is printed otherwise than it is written.
  const all = isArray(rules) && rules.every((rule) => isRecord(rule) && !hasMatcher(rule)) ? rules : [];
  const written = all.map((rule) => `expect.objectContaining(${writeValue(rule)})`);
  return written.length === 0 ? undefined : `expect.arrayContaining([${written.join(', ')}])`;
}

function hasMatcher(value: unknown): boolean {
  // A set, since the values of a test can contain themselves.
  const work = new Set([value]);
  for (const one of work) {
    if (isAsymmetric(one)) return true;
    if (isRecord(one) || isArray(one)) for (const member of Object.values(one)) work.add(member);
  }
  return false;
}

function unknownName(name: unknown, bucket = 'vault', literal?: unknown): TypeError {
  const ofMember = typeof name === 'string' ? membersOfBucket.get(name)?.(bucket, literal) : undefined;
  const near = typeof name === 'string' ? writeSuggestion(name, configurationNames, 1) : undefined;
  const names = `Give one of ${configurationNames.join(', ')}.`;
  const cure = ofMember ?? (near === undefined ? names : `${near} ${names}`);
  return makeMistake(`toHaveConfiguration: there is no configuration ${writeGiven(name)}. ${cure}`);
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
