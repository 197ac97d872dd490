import { describeRetention } from '../preset/parts/protection';
import type { StoredObject, StoredVersion } from '../preset/version-copies';
import { drawStack } from '../preset/version-picture';
import { writeValue } from '../text/values';
import { type MatcherResult, type StackedBucket, stackedBucketOf } from './bucket-like';
import { whyKeyIsSo } from './key-requests';

/** A bucket that knows the present time, on which its locks depend. */
interface LockableBucket extends StackedBucket {
  readonly now: number;
}

/** Whether a version cannot be deleted now: the current one of a key, or the one with an id. A retention that can be bypassed also counts. */
export function toBeLocked(handle: unknown, key: unknown, versionId?: unknown): MatcherResult {
  const bucket = stackedBucketOf(handle, 'toBeLocked') as LockableBucket; // handles of this library have the time
  if (typeof key !== 'string' || (versionId !== undefined && typeof versionId !== 'string'))
    throw new TypeError(
      `toBeLocked takes a key, and may be given a version id: expect(s3.bucket('vault')).toBeLocked('report.pdf'). It was given ${[key, ...(versionId === undefined ? [] : [versionId])].map((one) => writeValue(one)).join(', ')}.`,
    );
  const stack = bucket.versions(key);
  const version = versionId === undefined ? stack[0] : stack.find((one) => one.versionId === versionId);
  const what = `${versionId === undefined ? writeValue(key) : `version ${writeValue(versionId)} of ${writeValue(key)}`} locked`;
  const holds = version?.deleteMarker === false ? holdsOf(version, bucket.now) : [];
  const pass = holds.length > 0;
  const why = pass ? `it is ${holds.join(', ')}` : whyNot(version, stack.length > 0, bucket.now);
  const message = () => {
    const picture = stack.length > 0 ? drawStack(stack) : String(bucket);
    const headline = `Expected bucket '${bucket.name}' ${pass ? 'not ' : ''}to have ${what}, but ${why}.`;
    return [headline, picture, ...whyKeyIsSo(bucket, key)].join('\n\n');
  };
  return { pass, message };
}

/** The locks that hold a version now, in words. */
function holdsOf({ retention, legalHold, protection }: StoredObject, now: number): readonly string[] {
  const retained = retention !== undefined && retention.RetainUntilDate.getTime() > now;
  return [
    ...(retained ? [retentionInWords(retention)] : []),
    ...(legalHold === 'ON' ? ['under a legal hold'] : []),
    ...protectionsOf(protection, now),
  ];
}

function retentionInWords({ Mode, RetainUntilDate, EventHold }: NonNullable<StoredObject['retention']>): string {
  const end = RetainUntilDate.toISOString();
  if (EventHold !== 'ON') return `retained in ${Mode} mode until ${end}`;
  return `under an event hold, and retained in ${Mode} mode until ${end} if that were released now`;
}

/** The retention and the holds by which IBM COS keeps an object now, in words. */
function protectionsOf(protection: StoredObject['protection'], now: number): readonly string[] {
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
  if (version.deleteMarker) return 'it is a delete marker, and those cannot be locked';
  const { retention, legalHold, protection } = version;
  if (protection?.RetentionExpirationDate)
    return `its retention ended at ${protection.RetentionExpirationDate.toISOString()}, and it is ${new Date(now).toISOString()}`;
  const lifted = legalHold === 'OFF' ? ', and its legal hold is OFF' : '';
  if (retention === undefined)
    return lifted === '' ? 'it has neither a retention nor a legal hold' : `it has no retention${lifted}`;
  const end = retention.RetainUntilDate.toISOString();
  return `its retention in ${retention.Mode} mode ended at ${end}, and it is ${new Date(now).toISOString()}${lifted}`;
}
