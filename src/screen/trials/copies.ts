import type { Bucket } from '../../model/bucket';
import type { Store } from '../../model/store';
import { standard } from '../../model/versions/content';
import { isObject, type ObjectVersion, type Version } from '../../model/versions/version';
import { findVersion } from '../../model/versions/version-lookup';
import { readCopySource } from '../../protocol/request/copy-source-address';
import { memberOf } from '../../text/value-kinds';
import { writeKey, writeValue } from '../../text/values';
import type { WireRequest } from '../../wire';
import type { Asked, Hint } from '../hint';
import { listMissing, readAnswer } from './expectation';
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

/** The copies that name what the copy has left behind. */
function listChangedCopies(store: Store, wire: WireRequest): readonly ChangedCopy[] {
  const sent = wire.headers.get('x-amz-copy-source') ?? '';
  const { bucket, key, versionId } = readCopySource(sent);
  const source = store.buckets.get(bucket);
  const version = source && findSource(store, source, key, versionId);
  if (version === undefined || !isObject(version)) return [];
  return listLeftBehind(version)
    .filter(({ parts }) => parts.every(({ header }) => !wire.headers.has(header)))
    .map(({ what, parts, isLock = false }) => ({
      parts,
      isLock,
      wire: withParts(wire, parts),
      says: `a copy does not take along the ${what} of ${writeKey(`${bucket}/${key}`)}: name ${parts.map(({ member, value }) => `${member}: ${writeValue(value)}`).join(', ')} in the copy`,
    }));
}

function findSource(store: Store, source: Bucket, key: string, versionId: string | undefined): Version | undefined {
  return versionId === undefined ? source.versions.current(key) : findVersion(store, source, key, versionId);
}

/** A copy is tried with what it has left behind, and its object is read. */
export const tryCopyWithMore: Hint = {
  tries: 'a copy that names the encryption, the storage class, the redirect or the lock of its source',
  of: 'writes',
  changes: (asked) => {
    const { entry, wire, store } = asked;
    if (entry.operation !== 'CopyObject' || readsAnother(asked)) return [];
    return listChangedCopies(store, wire)
      .filter((copy) => isMissed(asked, copy))
      .map((copy) => ({
        wire: makeRead(wire, 'HEAD', wire.url.split('?', 1)[0] ?? ''),
        options: { first: copy.wire },
        says: () => `${copy.says}, and it has what the test expects.`,
      }));
  },
  succeeds: ({ refusal, output }, asked) => {
    const texts = readAnswer(output);
    const isFound = asked.compared.some((one) => listMissing(one).every((text) => texts.has(text)));
    return refusal === undefined && (isFound || isCopyUnlocked(asked));
  },
};

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
    return listChangedCopies(store, sent.wire)
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
