import { types } from 'node:util';
import { whyUnheard } from '../events/absence';
import type { LoggedEvents } from '../events/expectations';
import { writeDifference } from '../journal/difference-text';
import { writeBodyForm } from '../journal/encoded-bodies';
import type { RequestEntry } from '../journal/entry';
import { findIgnored, writeIgnored } from '../journal/ignored-members';
import { type Difference, type ExpectedMembers, findDifferences, fits, matchesText } from '../journal/input-matching';
import { areDeletesAlone, findRequestsOnKey } from '../journal/key-requests';
import { writeEncodingHint, writeTaggingHint, writeTypeHint } from '../journal/stored-texts';
import type { VersioningHistory } from '../model/bucket';
import type { DeleteMarker } from '../preset/delete-marker';
import { whyOlderIsLocked } from '../preset/older-locks';
import { checkHeaderName, curesOfWrittenHeaders } from '../preset/parts/content';
import { describeRetention } from '../preset/parts/protection';
import { writeMarkerAlone, writeReplaced } from '../preset/replaced-versions';
import {
  mostInMemory,
  namesOfVersion,
  type StoredDeleteMarker,
  type StoredObject,
  type StoredVersion,
  versionShapes,
} from '../preset/version-copies';
import { structure } from '../shapes/elements';
import { checkExpectedKinds, checkIsSet } from '../shapes/expected-values';
import { checkMemberNames } from '../shapes/known-names';
import { namesOf } from '../shapes/member-names';
import { firstLines } from '../text/counts';
import { firstFound } from '../text/lists';
import { makeMistake } from '../text/mistakes';
import { checkPlainValues } from '../text/plain-values';
import { writeSentence } from '../text/sentences';
import { writeSuggestion } from '../text/spelling';
import { type AsymmetricMatcher, type Bytes, isAsymmetric, isRecord } from '../text/value-kinds';
import { BRIEF, writeBlock, writeValue } from '../text/values';
import {
  drawKey,
  hasMembers,
  isRecorded,
  type MatcherResult,
  makeNoVersion,
  readStackedBucket,
  type StackedBucket,
  whyKeyIsSo,
} from './subjects';

interface Scene {
  readonly bucket: StackedBucket;
  readonly key: string;
  /** Newest first. */
  readonly stack: readonly StoredVersion[];
  /** Whether the message names a cause that no request could have. */
  readonly isExplained?: boolean;
  /** Whether the result says that no handler was called. */
  readonly isUnheard?: boolean;
  /** Whether nothing else than a write that did not come explains that there is no such key. */
  readonly isUnwritten?: boolean;
}

const mostDifferences = 8;

export function toHaveObject(handle: unknown, key: unknown, expected?: unknown): MatcherResult {
  const scene = readScene(handle, key, 'toHaveObject');
  if (expected !== undefined) checkVersionMembers('toHaveObject', expected, setOfObjects);
  const what = `to have object ${writeValue(key)}${expected === undefined ? '' : ` with ${writeBlock(expected)}`}`;
  const [current, ...older] = scene.stack;
  if (current === undefined) return missingResult(scene, `${what}, but there is no such key.`);
  const fitting = older.find((one) => !one.deleteMarker && (expected === undefined || fits(expected, one)));
  const hint = fitting && writeFitting(scene, fitting);
  if (current.deleteMarker)
    return matcherResult(
      scene,
      false,
      `${what}, but its current version is a delete marker.`,
      hint,
      hint === undefined ? whyReplaced(scene) : [],
      whyUnheardOf(scene),
    );
  const lines = expected === undefined ? [] : findDifferences(expected, current).map(objectDifference);
  if (lines.length === 0)
    return matcherResult(
      scene,
      true,
      `not ${what}, but it does.`,
      expected === undefined ? whyLeft(scene) : undefined,
      whyUnheardOf(scene),
    );
  const unmoved = whyUnmoved(scene, expected);
  return matcherResult(
    { ...scene, isExplained: unmoved.length > 0 },
    false,
    `${what}, but it differs.`,
    bounded(lines),
    hint ??
      hintAtIgnored(scene, expected, current) ??
      hintAtContent(expected, current, lines.length, findLastWrite(scene)),
    unmoved,
    whyUnheardOf(scene),
  );
}

/** Code that restores a version finds it by its date, and versions that were written in one second have one. */
function writeFitting(scene: Scene, { versionId, lastModified }: StoredVersion): string {
  const last = findLastWrite(scene);
  const source: unknown = last?.operation === 'CopyObject' ? Reflect.get(last.input, 'CopySource') : undefined;
  const copied = scene.stack.find(
    (one) => typeof source === 'string' && source.endsWith(`?versionId=${one.versionId}`),
  );
  const isSame = copied?.lastModified.getTime() === lastModified.getTime() && copied.versionId !== versionId;
  const ofDates = isSame
    ? ` The copy named ${writeValue(copied.versionId)}, which has the same LastModified, since the clock of the mock did not move between their writes. If the code sorts by it, call s3.clock.advance({ seconds: 1 }) between them.`
    : '';
  return `A noncurrent version matches: ${writeValue(versionId)}.${ofDates}`;
}

export function toHaveVersions(handle: unknown, key: unknown, given: unknown): MatcherResult {
  const scene = readScene(handle, key, 'toHaveVersions');
  const expected = readExpectedVersions('toHaveVersions', given);
  const actual = scene.stack.toReversed();
  const what = `to have the versions ${writeVersions(expected)} of ${writeValue(key)}, oldest first`;
  const lines = versionDifferences(expected, actual);
  if (lines.length === 0) return matcherResult(scene, true, `not ${what}, but it does.`);
  const turned = Array.isArray(expected) && versionDifferences(expected.toReversed(), actual).length === 0;
  const hint = turned
    ? 'It has them in the opposite order. toHaveVersions takes them oldest first, as the literal of mockS3 does; versions() returns them newest first.'
    : undefined;
  if (scene.stack.length === 0 && scene.bucket.nearKey?.(scene.key) !== undefined)
    return missingResult(scene, `${what}, but there is no such key.`);
  const why = scene.stack.length === 0 ? 'there is no such key' : 'they differ';
  return matcherResult(
    { ...scene, isUnwritten: scene.stack.length === 0 && whyUnheardOf(scene).length === 0 },
    false,
    `${what}, but ${why}.`,
    bounded(lines),
    hint ?? hintAtMarker(expected, actual) ?? hintAtIds(expected, scene.stack) ?? hintAtContents(expected, actual),
    Array.isArray(expected) ? whyAnotherNumber(scene, expected) : undefined,
  );
}

export function toHaveDeleteMarker(handle: unknown, key: unknown): MatcherResult {
  const scene = readScene(handle, key, 'toHaveDeleteMarker');
  const what = `to have a delete marker as the current version of ${writeValue(key)}`;
  const [current] = scene.stack;
  if (current?.deleteMarker) return matcherResult(scene, true, `not ${what}, but it does.`);
  if (current === undefined) return missingResult(scene, `${what}, but there is no such key.`);
  return matcherResult(scene, false, `${what}, but it is an object.`, whyLeft(scene), whyUnheardOf(scene));
}

function missingResult(scene: Scene, headline: string): MatcherResult {
  const near = scene.bucket.nearKey?.(scene.key);
  const sentence = near === undefined ? [] : [writeSentence(near)];
  const unheard = whyUnheardOf(scene);
  const known = { isExplained: near !== undefined, isUnheard: unheard.length > 0, isUnwritten: unheard.length === 0 };
  return matcherResult({ ...scene, ...known }, false, headline, sentence, unheard);
}

/** Says which request replaced the null version, which a test expects as a noncurrent version. */
function whyReplaced({ bucket, key, stack }: Scene): readonly string[] {
  const [current] = stack;
  if (current?.versionId !== 'null' || bucket.versioning === undefined || !isRecorded(bucket.requests)) return [];
  const applied = findRequestsOnKey(bucket.requests, bucket.name, key)
    .map(({ entry }) => entry)
    .filter(({ error, versionId }) => error === undefined && versionId === undefined);
  const operation = current.deleteMarker ? 'DeleteObject' : 'PutObject';
  const last = applied.findLast((entry) => entry.operation === operation);
  // A write from before the bucket had versioning replaced what a bucket without versioning replaces.
  if (last === undefined || bucket.versioning !== 'Suspended') return [];
  const how = current.deleteMarker ? 'by a delete marker' : 'by its object';
  return [
    `Versioning was Suspended, so ${operation} ${bucket.name}/${key} replaced the null version ${how}, and no noncurrent version of it is left: set versioning: 'Enabled' to keep it.`,
  ];
}

/** Says why lifecycle has not removed the version yet. */
function whyLeft({ bucket, key }: Scene): readonly string[] {
  return bucket.whyKept?.(key) ?? [];
}

/** Says why no handler was called that should have written the object. */
function whyUnheardOf({ bucket: { events } }: Scene): readonly string[] {
  return hasMembers(events, 'context') ? whyUnheard(events as unknown as LoggedEvents) : []; // the log of events has it
}

/** Says why lifecycle has not moved the object to the expected storage class. */
function whyUnmoved({ bucket, key }: Scene, expected: unknown): readonly string[] {
  const storageClass = isRecord(expected) && !isAsymmetric(expected) ? expected['storageClass'] : undefined;
  return typeof storageClass === 'string' ? (bucket.whyUnmoved?.(key, storageClass) ?? []) : [];
}

function whyAnotherNumber(scene: Scene, expected: readonly ExpectedVersion[]): readonly string[] {
  const count = expected.length;
  const { bucket, key, stack } = scene;
  const requests = isRecorded(bucket.requests) ? findRequestsOnKey(bucket.requests, bucket.name, key) : [];
  const applied = requests.map(({ entry }) => entry).filter(({ error }) => error === undefined);
  if (count > stack.length) {
    const writes = applied.filter(({ operation }) => operation === 'PutObject');
    return stack.length === 1 &&
      (writes.length >= count || (bucket.versioning === undefined && isBelowWrites(expected, writes)))
      ? [writeReplaced({ bucket: bucket.name, key, versioning: versioningOf(bucket) })]
      : [...whyReplaced(scene), ...whyCopiedAlone(applied), ...whyUnheardOf(scene)];
  }
  if (count === stack.length) return [];
  const isDeleted = applied.some(({ operation, versionId }) => operation === 'DeleteObject' && versionId === undefined);
  if (stack[0]?.deleteMarker && isDeleted)
    return [stack.every(({ deleteMarker }) => deleteMarker) ? whyMarkerAlone(scene, requests) : afterDelete];
  return whyLeft(scene);
}

function whyMarkerAlone({ bucket, key, stack }: Scene, requests: ReturnType<typeof findRequestsOnKey>): string {
  const { versioning, mfaDelete, lifecycle } = bucket;
  return writeMarkerAlone({
    ...{ key, versioning, ids: stack.map(({ versionId }) => versionId) },
    hadNoObject: lifecycle === undefined && areDeletesAlone(requests),
    needsMfa: mfaDelete === 'Enabled',
  });
}

/** Whether a test expects, below what its requests have written, one more version, such as that of the fixture. */
function isBelowWrites(expected: readonly ExpectedVersion[], writes: readonly RequestEntry[]): boolean {
  const [, ...further] = expected;
  const bodies = further.map((one) => (isRecord(one) ? Reflect.get(one, 'body') : one));
  return (
    writes.length > 0 && further.length === writes.length && writes.every(({ body }, at) => fits(bodies[at], body))
  );
}

/** A rename is a copy and a delete, and leaves the older versions behind. */
function whyCopiedAlone(applied: readonly RequestEntry[]): readonly string[] {
  const writes = applied.filter(({ operation }) => operation !== 'DeleteObject');
  const [copy] = writes;
  if (writes.length !== 1 || copy?.operation !== 'CopyObject') return [];
  const source = Reflect.get(copy.input, 'CopySource');
  return [
    `CopyObject copies one version, here of ${writeValue(source)}, and no older ones: copy each by its id, the oldest first, with ?versionId= in the CopySource.`,
  ];
}

const afterDelete =
  'A delete without a version id puts a delete marker on top, and keeps the versions. To remove a version, delete it with its VersionId.';

/** The members of the input that set a member of a version; all others set headers. */
const sources: Readonly<Record<string, string>> = { Metadata: 'metadata', Tagging: 'tags', ContentType: 'contentType' };

/** Says what S3 ignored in the copy that made the version, if the test expects another value there. */
function hintAtIgnored({ bucket, key }: Scene, expected: unknown, current: StoredObject): string | undefined {
  const entry = findLastWrite({ bucket, key });
  if (entry === undefined) return undefined;
  const paths = findDifferences(expected, current).map(({ path }) => path.split(/[.[]/, 1)[0]);
  const found = findIgnored(entry).find(({ member }) => paths.includes(sources[member] ?? 'headers'));
  return found && writeIgnored(entry, found);
}

function findLastWrite({ bucket, key }: Pick<Scene, 'bucket' | 'key'>): RequestEntry | undefined {
  const requests = isRecorded(bucket.requests) ? findRequestsOnKey(bucket.requests, bucket.name, key) : [];
  return requests.findLast((one) => one.entry.error === undefined)?.recorded;
}

/** Whether a copy left behind more than the type of its source, so that the type alone is no cure. */
function lostWithMore(last: RequestEntry | undefined, differences: number): boolean {
  return differences > 1 && last !== undefined && Reflect.get(last.input, 'MetadataDirective') === 'REPLACE';
}

function hintAtContent(
  expected: unknown,
  current: StoredObject,
  differences = 1,
  write?: RequestEntry,
): string | undefined {
  const ofBody = hintAtBody(expected, current);
  if (ofBody !== undefined) return ofBody;
  if (!isRecord(expected) || isAsymmetric(expected)) return undefined;
  const { metadata, contentType: type } = expected;
  if (isRecord(metadata) && !isAsymmetric(metadata)) {
    const meant = Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name.toLowerCase().replace(/^x-amz-meta-/, ''), value]),
    );
    if (!fits({ metadata }, current) && fits({ metadata: meant }, current))
      return `S3 stores the names of metadata in lower case, and handles show them without x-amz-meta-. Write ${writeValue({ metadata: meant })}.`;
  }
  const ofValues =
    hintAtValues(metadata, current.metadata, writeEncodingHint) ??
    hintAtValues(expected['tags'], current.tags, writeTaggingHint);
  if (ofValues !== undefined) return ofValues;
  if (typeof type !== 'string' || type === current.contentType || lostWithMore(write, differences)) return undefined;
  return writeTypeHint(type, current.contentType, write);
}

/** A version is expected by its body alone, or by its members. */
function hintAtBody(expected: unknown, { body }: StoredObject): string | undefined {
  const wanted = isRecord(expected) && !isAsymmetric(expected) ? expected['body'] : expected;
  if (!Buffer.isBuffer(body) || !(typeof wanted === 'string' || types.isUint8Array(wanted))) return undefined;
  return writeBodyForm(wanted, body);
}

/** Explains the first value that S3 stored otherwise than the test expects. */
function hintAtValues(
  expected: unknown,
  stored: Readonly<Record<string, string>>,
  explain: (text: string, stored: string) => string | undefined,
): string | undefined {
  if (!isRecord(expected) || isAsymmetric(expected)) return undefined;
  return firstFound(Object.entries(expected), ([name, text]) => {
    const value = stored[name];
    return typeof text === 'string' && value !== undefined ? explain(text, value) : undefined;
  });
}

function hintAtContents(expected: ExpectedVersions, actual: readonly StoredVersion[]): string | undefined {
  if (isAsymmetric(expected)) return undefined;
  return firstFound(expected, (item, index) => {
    const version = actual[index];
    return version === undefined || version.deleteMarker ? undefined : hintAtContent(item, version);
  });
}

const writtenMarker =
  "the constant deleteMarker for a delete marker: import { deleteMarker } from 's3-versioning-mock'";

/** A text is the body of a version, but whoever writes the name of the constant means the constant. */
function hintAtMarker(expected: unknown, actual: readonly StoredVersion[]): string | undefined {
  if (!Array.isArray(expected)) return undefined;
  const isNamed = (item: unknown) => typeof item === 'string' && /^delete[ _-]?marker$/i.test(item);
  return actual.some(({ deleteMarker: isMarker }, index) => isMarker && isNamed(expected[index]))
    ? `A text is the body of a version. Write ${writtenMarker}.`
    : undefined;
}

/** A text is the body of a version, but whoever writes an id there means the version. */
function hintAtIds(expected: unknown, stack: readonly StoredVersion[]): string | undefined {
  const texts: readonly unknown[] = Array.isArray(expected) ? expected : [];
  const id = stack.find(({ versionId }) => texts.includes(versionId))?.versionId;
  return id === undefined
    ? undefined
    : `A text is the body of a version. To expect a version by its id, write { versionId: ${writeValue(id)} }.`;
}

function readScene(handle: unknown, key: unknown, matcher: string): Scene {
  const bucket = readStackedBucket(handle, matcher);
  if (typeof key !== 'string')
    throw makeMistake(
      `${matcher} takes a key: expect(s3.bucket('vault')).${matcher}('report.pdf'). It was given ${writeValue(key)}.`,
    );
  return { bucket, key, stack: bucket.versions(key).map(withComparableBody) };
}

/** A handle knows it; what only looks like one has no past. */
function versioningOf(bucket: StackedBucket): VersioningHistory {
  return bucket.versioningHistory?.() ?? { first: undefined, begun: undefined, present: bucket.versioning };
}

/** The bytes of a large placeholder cannot be read: they differ from all others, and are printed as their number. */
function withComparableBody(version: StoredVersion): StoredVersion {
  if (version.deleteMarker || version.size < mostInMemory) return version;
  const body: unknown = { size: version.size };
  return { ...version, body: body as Buffer }; // what is compared with it differs
}

function matcherResult(
  { bucket, key, stack, isExplained, isUnheard, isUnwritten = false }: Scene,
  pass: boolean,
  headline: string,
  ...more: readonly (string | readonly string[] | undefined)[]
): MatcherResult {
  const message = () => {
    const picture = drawKey(bucket, stack);
    const parts = [
      `Expected bucket '${bucket.name}' ${headline}`,
      ...more.flat(),
      picture,
      ...whyKeyIsSo(bucket, key, { isExplained, isUnheard, isMissing: isUnwritten }),
    ];
    return parts.filter((part) => part !== undefined).join('\n\n');
  };
  return { pass, message };
}

function objectDifference(one: Difference): string {
  return writeDifference(one, 'the object');
}

function bounded(lines: readonly string[]): string {
  return firstLines(lines, mostDifferences, 'difference')
    .map((line) => `- ${line}`)
    .join('\n');
}

interface LockableBucket extends StackedBucket {
  readonly now: number;
}

/** Passes if the version is locked; a retention that can be bypassed locks too. */
export function toBeLocked(handle: unknown, key: unknown, versionId?: unknown): MatcherResult {
  const bucket = readStackedBucket(handle, 'toBeLocked') as LockableBucket; // handles of this library have the time
  if (typeof key !== 'string' || (versionId !== undefined && typeof versionId !== 'string'))
    throw makeMistake(
      `toBeLocked takes a key, and may be given a version id: expect(s3.bucket('vault')).toBeLocked('report.pdf'). It was given ${[key, ...(versionId === undefined ? [] : [versionId])].map((one) => writeValue(one)).join(', ')}.`,
    );
  const stack = bucket.versions(key);
  const version = versionId === undefined ? stack[0] : stack.find((one) => one.versionId === versionId);
  const what = `${versionId === undefined ? writeValue(key) : `version ${writeValue(versionId)} of ${writeValue(key)}`} locked`;
  const holds = version?.deleteMarker === false ? listHolds(version, bucket.now) : [];
  const pass = holds.length > 0;
  const why = pass ? `it is ${holds.join(', ')}` : whyNot(version, stack.length > 0, bucket.now);
  const ofOlder = pass || versionId !== undefined ? undefined : whyOlderIsLocked(stack, bucket.now);
  const headline = `${pass ? 'not ' : ''}to have ${what}, but ${why}.`;
  const result = matcherResult({ bucket, key, stack }, pass, headline, ofOlder);
  if (version !== undefined) return result;
  return {
    ...result,
    mistakeIfNegated: () => makeNoVersion('toBeLocked', bucket, { key, versionId, state: 'not locked' }),
  };
}

function listHolds({ retention, legalHold, protection }: StoredObject, now: number): readonly string[] {
  const retained = retention !== undefined && retention.RetainUntilDate.getTime() > now;
  return [
    ...(retained ? [retentionInWords(retention)] : []),
    ...(legalHold === 'ON' ? ['under a legal hold'] : []),
    ...listProtections(protection, now),
  ];
}

function retentionInWords({ Mode, RetainUntilDate, EventHold }: NonNullable<StoredObject['retention']>): string {
  const end = RetainUntilDate.toISOString();
  if (EventHold !== 'ON') return `retained in ${Mode} mode until ${end}`;
  return `under an event hold, and retained in ${Mode} mode until ${end} if the hold were released now`;
}

function listProtections(protection: StoredObject['protection'], now: number): readonly string[] {
  if (protection === undefined) return [];
  const { RetentionExpirationDate: end, LegalHolds } = protection;
  const isRetained = end === undefined || end.getTime() > now;
  return [
    ...(isRetained ? [describeRetention(protection, (date) => date.toISOString())] : []),
    ...LegalHolds.map(({ ID }) => `under the legal hold '${ID}'`),
  ];
}

function whyNot(version: StoredVersion | undefined, isKey: boolean, now: number): string {
  if (version === undefined) return isKey ? 'the key has no such version' : 'there is no such key';
  if (version.deleteMarker) return 'it is a delete marker, and delete markers cannot be locked';
  const { retention, legalHold, protection } = version;
  if (protection?.RetentionExpirationDate)
    return `its retention ended at ${protection.RetentionExpirationDate.toISOString()}, and it is ${new Date(now).toISOString()}`;
  const lifted = legalHold === 'OFF' ? ', and its legal hold is OFF' : '';
  if (retention === undefined)
    return lifted === '' ? 'it has neither a retention nor a legal hold' : `it has no retention${lifted}`;
  const end = retention.RetainUntilDate.toISOString();
  return `its retention in ${retention.Mode} mode ended at ${end}, and it is ${new Date(now).toISOString()}${lifted}`;
}

/** Any members of an object. The compiler's message about a misspelt member contains the names of this type and the next. */
interface ExpectedObject extends ExpectedMembers<StoredObject> {}

/** Any members of a delete marker, beside `deleteMarker: true`. */
interface ExpectedDeleteMarker
  extends ExpectedMembers<
    Pick<StoredDeleteMarker, 'key' | 'versionId' | 'isLatest' | 'lastModified' | 'replicationStatus'>
  > {
  readonly deleteMarker: true;
}

/** A version as a test can expect it: its bytes, `deleteMarker`, or any members that `versions()` returns. */
export type ExpectedVersion = string | Bytes | DeleteMarker | AsymmetricMatcher | ExpectedObject | ExpectedDeleteMarker;

type ExpectedVersions = AsymmetricMatcher | readonly ExpectedVersion[];

const versionNames = namesOf(versionShapes);

/** The members that each version has. Delete markers have no others. */
const setOfVersions: ReadonlySet<string> = new Set(['key', 'versionId', 'isLatest', 'deleteMarker', 'lastModified']);
const setOfObjects: ReadonlySet<string> = new Set([
  ...setOfVersions,
  ...['body', 'size', 'etag', 'metadata', 'headers', 'storageClass', 'tags', 'annotations', 'encryption'],
]);

function checkVersionMembers(matcher: string, expected: unknown, alwaysSet: ReadonlySet<string>): void {
  if (isAsymmetric(expected)) return;
  if (!isRecord(expected))
    throw makeMistake(`${matcher} expects an object such as { body: 'first' }; it was given ${writeValue(expected)}.`);
  const unknown = Object.keys(expected).find((name) => !namesOfVersion.includes(name));
  if (unknown === undefined) {
    checkMemberNames(`${matcher}: a version`, versionNames, expected);
    checkPlainValues(`${matcher}: a version`, expected);
    checkIsSet(`${matcher}: a version`, expected, (name) => alwaysSet.has(name));
    checkExpectedKinds(`${matcher}: a version`, structure(versionShapes), expected);
    checkHeaderNames(`${matcher}: a version`, expected['headers']);
    return;
  }
  const hint = Object.hasOwn(curesOfWrittenHeaders, unknown)
    ? curesOfWrittenHeaders[unknown]
    : writeSuggestion(unknown, namesOfVersion, 1);
  throw makeMistake(
    `${matcher}: a version has no '${unknown}'. ${hint === undefined ? '' : `${hint} `}It has: ${namesOfVersion.join(', ')}.`,
  );
}

/** Throws for a header that no version has, so that its absence proves nothing. */
function checkHeaderNames(at: string, headers: unknown): void {
  if (!isRecord(headers) || isAsymmetric(headers)) return;
  for (const name of Object.keys(headers)) checkHeaderName(at, name);
}

function readExpectedVersions(matcher: string, given: unknown): ExpectedVersions {
  if (isAsymmetric(given)) return given;
  if (!Array.isArray(given))
    throw makeMistake(
      `${matcher} expects a list of versions, oldest first, such as ['first', deleteMarker]; it was given ${writeValue(given)}.`,
    );
  const items: readonly unknown[] = given;
  for (const item of items) {
    if (item === null || item === undefined)
      throw makeMistake(
        `${matcher} expects the bytes of each version, an object such as { body: 'first' }, or ${writtenMarker}; it was given ${writeValue(item)} in the list.`,
      );
    if (typeof item !== 'string' && !ArrayBuffer.isView(item)) checkVersionMembers(matcher, item, setOfVersions);
  }
  return given as readonly ExpectedVersion[]; // each item was checked
}

/** Compares the expected versions with the actual versions, both oldest first. */
function versionDifferences(expected: ExpectedVersions, actual: readonly StoredVersion[]): readonly string[] {
  if (isAsymmetric(expected)) {
    const received = `[${actual.map(writeStoredVersion).join(', ')}]`;
    return fits(expected, actual) ? [] : [`expected ${writeValue(expected)}, received ${received}`];
  }
  const indexes = Array.from({ length: Math.max(expected.length, actual.length) }, (_, index) => index);
  return indexes.flatMap((index) => {
    const [item, version] = [expected[index], actual[index]];
    if (version === undefined) return [`[${index}]: expected ${writeExpectedVersion(item)}, received nothing`];
    if (index >= expected.length) return [`[${index}]: expected nothing, received ${writeStoredVersion(version)}`];
    return itemDifferences(`[${index}]`, item, version);
  });
}

function itemDifferences(path: string, item: unknown, version: StoredVersion): readonly string[] {
  const differs = [`${path}: expected ${writeExpectedVersion(item)}, received ${writeStoredVersion(version)}`];
  if (isPlainMarker(item)) return version.deleteMarker ? [] : differs;
  // A matcher of texts is asked about the bytes, any other matcher about the version.
  if (typeof item === 'string' || ArrayBuffer.isView(item) || (isAsymmetric(item) && matchesText(item))) {
    if (version.deleteMarker) return differs;
    return findDifferences(item, version.body).map((one) => writeDifference({ ...one, path }));
  }
  if (isAsymmetric(item)) return fits(item, version) ? [] : differs;
  return findDifferences(item, version).map((one) => writeDifference({ ...one, path: `${path}.${one.path}` }));
}

function writeVersions(versions: ExpectedVersions): string {
  return isAsymmetric(versions) ? writeValue(versions) : `[${versions.map(writeExpectedVersion).join(', ')}]`;
}

function writeExpectedVersion(item: unknown): string {
  return isPlainMarker(item) ? 'deleteMarker' : writeValue(item, BRIEF);
}

/** Whether a value is the constant `deleteMarker`, perhaps of another copy of the library. */
function isPlainMarker(item: unknown): boolean {
  return isRecord(item) && !isAsymmetric(item) && item['deleteMarker'] === true && Object.keys(item).length === 1;
}

function writeStoredVersion({ deleteMarker: isMarker, body }: StoredVersion): string {
  return isMarker ? 'a delete marker' : writeValue(body, BRIEF);
}
