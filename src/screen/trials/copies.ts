import { areDeletesAlone, findRequestsOnKey } from '../../journal/key-requests';
import type { Bucket } from '../../model/bucket';
import type { Store } from '../../model/store';
import { standard } from '../../model/versions/content';
import { isObject, type ObjectVersion, type Version } from '../../model/versions/version';
import { findVersion } from '../../model/versions/version-lookup';
import { readCopySource } from '../../protocol/request/copy-source-address';
import type { Trial } from '../../service/trial';
import { memberOf } from '../../text/value-kinds';
import { writeKey, writeValue } from '../../text/values';
import type { WireRequest } from '../../wire';
import { readAnswer } from '../answer-texts';
import type { Asked, Change, Hint } from '../hint';
import { listMissing } from './expectation';
import { findLastWrite, findUnlocked, isLockMissing } from './locks';
import { makeRead, withHeader } from './wire';

/** A header of a copy, with the member of the input and the value of the source. */
interface CopiedPart {
  readonly header: string;
  readonly member: string;
  readonly value: string;
}

/** What a copy does not take along. */
interface LeftBehind {
  readonly what: string;
  readonly parts: readonly CopiedPart[];
  readonly isLock?: boolean;
}

/** Metadata and tags go along with a copy, and these do not. */
function listLeftBehind({ content, lock }: ObjectVersion): readonly LeftBehind[] {
  const { ServerSideEncryption, SSEKMSKeyId } = content.encryption;
  const algorithm = partOf('x-amz-server-side-encryption', 'ServerSideEncryption', ServerSideEncryption);
  const key = partOf('x-amz-server-side-encryption-aws-kms-key-id', 'SSEKMSKeyId', SSEKMSKeyId);
  const { retention, legalHold } = lock ?? {};
  const end = retention && new Date(retention.until).toISOString();
  const all: readonly LeftBehind[] = [
    { what: 'encryption', parts: ServerSideEncryption === 'AES256' ? [] : algorithm },
    { what: 'encryption', parts: key.length === 0 ? [] : [...algorithm, ...key] },
    {
      what: 'storage class',
      parts:
        content.storageClass === standard ? [] : partOf('x-amz-storage-class', 'StorageClass', content.storageClass),
    },
    {
      what: 'redirect',
      parts: partOf(
        'x-amz-website-redirect-location',
        'WebsiteRedirectLocation',
        content.headers['x-amz-website-redirect-location'],
      ),
    },
    {
      what: 'retention',
      isLock: true,
      parts: [
        ...partOf('x-amz-object-lock-mode', 'ObjectLockMode', retention?.Mode),
        ...partOf('x-amz-object-lock-retain-until-date', 'ObjectLockRetainUntilDate', end),
      ],
    },
    {
      what: 'legal hold',
      isLock: true,
      parts: legalHold === 'ON' ? partOf('x-amz-object-lock-legal-hold', 'ObjectLockLegalHoldStatus', 'ON') : [],
    },
  ];
  return all.filter(({ parts }) => parts.length > 0);
}

function partOf(header: string, member: string, value: string | undefined): readonly CopiedPart[] {
  return value === undefined ? [] : [{ header, member, value }];
}

interface ChangedCopy extends Pick<LeftBehind, 'parts'> {
  readonly isLock: boolean;
  readonly wire: WireRequest;
  readonly says: string;
}

function withParts(wire: WireRequest, parts: readonly CopiedPart[]): WireRequest {
  let changed = wire;
  for (const { header, value } of parts) changed = { ...changed, ...withHeader(changed, header, value) };
  return changed;
}

type Copy = Pick<Asked, 'store' | 'entry' | 'wire' | 'entries'>;

/** The copies that name what the copy has left behind. */
function listChangedCopies(copy: Copy): readonly ChangedCopy[] {
  const { store, entry, wire } = copy;
  const source = readCopySource(wire.headers.get('x-amz-copy-source') ?? '');
  const { bucket, key } = source;
  const named = store.buckets.get(bucket);
  const isDeleted = isSourceDeleted(copy);
  const copied: unknown = memberOf(entry.output, 'CopySourceVersionId');
  const versionId = isDeleted && typeof copied === 'string' ? copied : source.versionId;
  const version = named && findSource(store, named, key, versionId);
  if (version === undefined || !isObject(version)) return [];
  const sent = isDeleted ? withVersion(wire, source.sent, versionId) : wire;
  return listLeftBehind(version)
    .filter(({ parts }) => parts.every(({ header }) => !wire.headers.has(header)))
    .map(({ what, parts, isLock = false }) => ({
      parts,
      isLock,
      wire: withParts(sent, parts),
      says: `a copy does not take along the ${what} of ${writeKey(`${bucket}/${key}`)}: name ${parts.map(({ member, value }) => `${member}: ${writeValue(value)}`).join(', ')} in the copy`,
    }));
}

function withVersion(wire: WireRequest, source: string, versionId = ''): WireRequest {
  const [path = ''] = source.split('?versionId=', 1);
  return { ...wire, ...withHeader(wire, 'x-amz-copy-source', `${path}?versionId=${encodeURIComponent(versionId)}`) };
}

/** Whether a rename has added a delete marker above the source after the copy, and done nothing else to it, so that the version is as it was. */
function isSourceDeleted({ entry, entries, wire }: Copy): boolean {
  const { bucket, key } = readCopySource(wire.headers.get('x-amz-copy-source') ?? '');
  const since = entries.slice(entries.indexOf(entry) + 1);
  const requests = findRequestsOnKey({ dropped: 0, slice: () => since }, bucket, key);
  return requests.some(({ entry: { error } }) => error === undefined) && areDeletesAlone(requests);
}

function findSource(store: Store, source: Bucket, key: string, versionId: string | undefined): Version | undefined {
  return versionId === undefined ? source.versions.current(key) : findVersion(store, source, key, versionId);
}

/** A copy is tried with what it has left behind, and its object is read. */
export const tryCopyWithMore: Hint = {
  tries: 'a copy that names the encryption, the storage class, the redirect or the lock of its source',
  of: 'writes',
  changes: (asked) => (isCopy(asked) && !isSourceDeleted(asked) ? listCopies(asked) : []),
  succeeds: hasWhatIsMissed,
};

/** The same of a renamed object. A copy of its source would be refused now, so the copy names the version. */
export const tryRenameWithMore: Hint = {
  tries: 'a copy that names the lock and the rest of its source, which was deleted after it',
  of: 'writes',
  isOfPresent: true,
  changes: (asked) => (isCopy(asked) && isSourceDeleted(asked) && isCopyUntouched(asked) ? listCopies(asked) : []),
  succeeds: hasWhatIsMissed,
};

function isCopy({ entry }: Asked): boolean {
  return entry.operation === 'CopyObject';
}

function listCopies(asked: Asked): readonly Change[] {
  const { wire } = asked;
  if (readsAnother(asked)) return [];
  return listChangedCopies(asked)
    .filter((copy) => isMissed(asked, copy))
    .map((copy) => ({
      wire: makeRead(wire, 'HEAD', wire.url.split('?', 1)[0] ?? ''),
      options: { first: copy.wire },
      says: () => `${copy.says}, and it has what the test expects.`,
    }));
}

function hasWhatIsMissed({ refusal, output }: Trial, asked: Asked): boolean {
  const texts = readAnswer(output);
  const isFound = asked.compared.some((one) => listMissing(one).every((text) => texts.has(text)));
  return refusal === undefined && (isFound || isCopyUnlocked(asked));
}

function isCopyUntouched({ entry, entries }: Asked): boolean {
  const since = entries.slice(entries.indexOf(entry) + 1);
  return findRequestsOnKey({ dropped: 0, slice: () => since }, entry.bucket ?? '', entry.key ?? '').length === 0;
}

function isMissed(asked: Asked, { parts, isLock }: ChangedCopy): boolean {
  const values = new Set(parts.map(({ value }) => value));
  const isExpected = asked.compared.some((one) => listMissing(one).some((text) => values.has(text)));
  return isExpected || (isLock && isCopyUnlocked(asked));
}

/** Whether an assertion of the library has found no lock on the copy. */
function isCopyUnlocked({ entry, errors }: Asked): boolean {
  const versionId: unknown = memberOf(entry.output, 'VersionId');
  const found = findUnlocked(errors, entry);
  return found !== undefined && (found.versionId === undefined || found.versionId === versionId);
}

/** A copy is tried with the lock of its source, and the lock of the copy is asked for again. */
export const tryLockOfCopy: Hint = {
  tries: 'a copy that names the lock of its source, where the copy has none',
  of: 'refused requests',
  changes: ({ entry, entries, store, findSent }) => {
    if (!isLockMissing(entry)) return [];
    const copy = findLastWrite(entries, entry);
    const sent = copy?.operation === 'CopyObject' ? findSent(copy) : undefined;
    if (sent === undefined) return [];
    return listChangedCopies({ store, entries, ...sent })
      .filter(({ isLock }) => isLock)
      .map(({ wire, says }) => ({
        wire: {},
        options: { first: wire },
        says: () => `${says}, and this request is answered.`,
      }));
  },
};

/** Whether a test looks at another object after a request than at the one that the request wrote. */
function readsAnother({ entry, entries }: Asked): boolean {
  const read = entries
    .slice(entries.indexOf(entry) + 1)
    .findLast(({ method, key }) => key !== undefined && (method === 'GET' || method === 'HEAD'));
  return read !== undefined && (read.key !== entry.key || read.bucket !== entry.bucket);
}
