import type { RequestEntry } from '../../journal/entry';
import { writeCall } from '../../journal/entry-text';
import { findRequestsOnKey } from '../../journal/key-requests';
import { isObject } from '../../model/versions/version';
import { firstFound } from '../../text/lists';
import { memberOf } from '../../text/value-kinds';
import { writeKey } from '../../text/values';
import type { FailedError } from '../../thrown-errors';
import type { WireRequest } from '../../wire';
import { readAnswer } from '../answer-texts';
import type { Asked, Hint } from '../hint';
import { listMissing } from './expectation';
import { makeRead, withBody, withHeader } from './wire';

/** What `toBeLocked` says of a version that has no lock. */
const ofUnlocked =
  /^Expected bucket '(?<bucket>[^'\n]*)' to have (?:version '(?<versionId>[^'\n]*)' of )?'(?<key>[^\n]*)' locked, but it has (?:neither|no) /m;

interface UnlockedVersion {
  readonly bucket: string;
  readonly key: string;
  /** Undefined for the current version. */
  readonly versionId: string | undefined;
}

/** The version that an assertion of the library expects to be locked, and that has no lock. */
export function findUnlockedVersion(errors: readonly FailedError[]): UnlockedVersion | undefined {
  return firstFound(errors, ({ message }) => {
    const { bucket, key, versionId } = ofUnlocked.exec(message)?.groups ?? {};
    return bucket === undefined || key === undefined ? undefined : { bucket, key, versionId };
  });
}

/** The same, if it is a version of a bucket, or of a key of it. */
export function findUnlocked(
  errors: readonly FailedError[],
  { bucket, key }: { readonly bucket: string | undefined; readonly key?: string | undefined },
): UnlockedVersion | undefined {
  return firstFound(errors, (error) => {
    const found = findUnlockedVersion([error]);
    return found?.bucket === bucket && (key === undefined || key === found?.key) ? found : undefined;
  });
}

/** Whether S3 refused a request for the lock of a version that has none. */
export function isLockMissing({ operation, error }: RequestEntry): boolean {
  const isOfLock = operation === 'GetObjectRetention' || operation === 'GetObjectLegalHold';
  return isOfLock && error?.code === 'NoSuchObjectLockConfiguration';
}

/** The last answered request before another that wrote to its key, if it was not about a version of it. */
export function findLastWrite(entries: readonly RequestEntry[], asked: RequestEntry): RequestEntry | undefined {
  const { bucket = '', key = '', versionId } = asked;
  const before = entries.slice(0, entries.indexOf(asked));
  const written = findRequestsOnKey({ dropped: 0, slice: () => [...before] }, bucket, key);
  const last = written.findLast(({ entry: { error, failure } }) => error === undefined && failure === undefined);
  return versionId === undefined ? last?.recorded : undefined;
}

/** A default retention is put, and locks nothing that is there. */
export const tryWriteUnderDefault: Hint = {
  tries: 'an object that is written again after a default retention was put',
  of: 'writes',
  changes: (asked) => {
    const { entry, wire, errors } = asked;
    if (entry.operation !== 'PutObjectLockConfiguration') return [];
    const key = findUnlocked(errors, { bucket: entry.bucket })?.key ?? findReadKey(asked);
    if (key === undefined || !isUnlocked(asked, key)) return [];
    const path = pathOfKey(wire, key);
    return [
      { wire: makeRead(wire, 'HEAD', path), options: { first: makeWrite(wire, path) }, says: () => writeDefault(key) },
    ];
  },
  succeeds: ({ refusal, output }, { compared, entry, errors }) => {
    const mode: unknown = memberOf(output, 'ObjectLockMode');
    if (refusal !== undefined || typeof mode !== 'string') return false;
    const texts = readAnswer(output);
    const isMissed = compared.some((one) => {
      const missing = listMissing(one);
      return missing.includes(mode) && missing.every((text) => texts.has(text));
    });
    return isMissed || findUnlocked(errors, { bucket: entry.bucket }) !== undefined;
  },
};

/** The retention of an object is asked for, which is older than the default retention of its bucket. */
export const tryReadUnderDefault: Hint = {
  tries: 'an object that is written again after a default retention was put, where it has no retention',
  of: 'refused requests',
  changes: (asked) => {
    const { entry, entries, findSent } = asked;
    const { bucket, key, versionId } = entry;
    if (!isLockMissing(entry) || key === undefined || versionId !== undefined || !isUnlocked(asked, key)) return [];
    const put = entries
      .slice(0, entries.indexOf(entry))
      .findLast(
        (one) => one.operation === 'PutObjectLockConfiguration' && one.bucket === bucket && one.error === undefined,
      );
    const sent = put && findSent(put);
    if (sent === undefined) return [];
    const first = makeWrite(sent.wire, pathOfKey(sent.wire, key));
    return [
      {
        wire: {},
        options: { first },
        says: () => `${writeCall(sent.entry)} came after it was written: ${writeDefault(key)}`,
      },
    ];
  },
};

function writeDefault(key: string): string {
  return `a default retention locks what is written after it, and nothing that is there. ${writeKey(key)} would be locked if it were written again; PutObjectRetention locks the version that is there.`;
}

function isUnlocked({ entry, store }: Asked, key: string): boolean {
  const version = store.buckets.get(entry.bucket ?? '')?.versions.current(key);
  return version !== undefined && isObject(version) && version.lock === undefined;
}

/** The key that a test has read last, after a request about its bucket. */
export function findReadKey({ entry, entries }: Asked): string | undefined {
  const last = findLastRead(entries.slice(entries.indexOf(entry) + 1));
  return last?.bucket === entry.bucket && last?.versionId === undefined ? last?.key : undefined;
}

/** The last request that has read an object, or what belongs to it. */
export function findLastRead(entries: readonly RequestEntry[]): RequestEntry | undefined {
  return entries.findLast(({ method, key }) => key !== undefined && (method === 'GET' || method === 'HEAD'));
}

/** The path of a key, by a request about its bucket. */
export function pathOfKey({ url }: WireRequest, key: string): string {
  const [path = ''] = url.split('?', 1);
  return `${path.replace(/\/$/, '')}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

/** A PutObject of no bytes, of the sender of another request. S3 asks for a digest in a bucket that locks objects. */
function makeWrite(wire: WireRequest, url: string): WireRequest {
  const made = { ...makeRead(wire, 'PUT', url), ...withBody(makeRead(wire, 'PUT', url), new Uint8Array()) };
  return { ...made, ...withHeader(made, 'content-md5', digestOfNothing) };
}

const digestOfNothing = '1B2M2Y8AsgTpgAmY7PhCfg==';
