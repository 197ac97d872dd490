import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { isOfRestoreUnderWay } from '../model/archives/restore';
import { readCopySource } from '../protocol/request/copy-source-address';
import { memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import type { Comparison } from './compared-texts';
import { isAssertion, isErrorOf, isMissingRejection } from './errors';

function isAnswered({ error, failure }: RequestEntry): boolean {
  return error === undefined && failure === undefined;
}

/** The place of the request that has asked S3 to restore an object, or -1. */
function findRestore(entries: readonly RequestEntry[], { bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>): number {
  return entries.findLastIndex(
    (one) => one.operation === 'RestoreObject' && one.bucket === bucket && one.key === key && isAnswered(one),
  );
}

function writeClass(read: RequestEntry): string {
  return `${writeCall(read)}: a restore leaves the storage class as it is, ${writeValue(memberOf(read.output, 'StorageClass'))}, and adds a copy for some days. Wait for the member Restore of HeadObject instead: once it has ongoing-request="false", the object can be read.`;
}

const ofClasses = /^(?:STANDARD|STANDARD_IA|INTELLIGENT_TIERING|ONEZONE_IA|GLACIER_IR|REDUCED_REDUNDANCY)$/;

/** What runners print if a test expects any other value, or none, as S3 answers of STANDARD. */
const ofAnyOther = /\.not\.|\bnot to\b|toBeUndefined|to be undefined|notStrictEqual|to be strictly unequal/;

/** A test compares the storage class of a restored object with one that can be read. */
export const hintAtRestoredClass: Comparison = ({ expected, received, printed, entries }) => {
  const at = entries.findLastIndex((one) => {
    const storageClass = memberOf(one.output, 'StorageClass');
    return one.operation === 'HeadObject' && typeof storageClass === 'string' && received.has(storageClass);
  });
  const read = entries[at];
  const isReadable = ofAnyOther.test(printed) || [...expected].some((text) => ofClasses.test(text));
  if (read === undefined || !isReadable) return undefined;
  const restored = findRestore(entries.slice(0, at), read);
  // A write since then has given the object its class.
  const isWritten = entries
    .slice(restored + 1, at)
    .some(({ method, bucket, key }) => bucket === read.bucket && key === read.key && !/^(?:GET|HEAD)$/.test(method));
  return restored === -1 || isWritten ? undefined : writeClass(read);
};

/** Whether an answer said that its object is restored, and can be read. */
function isReady({ output }: RequestEntry): boolean {
  const restore = memberOf(output, 'Restore');
  return typeof restore === 'string' && restore.includes('ongoing-request="false"');
}

/** The object that a request reads: its own, or the source of a copy. */
function readSource({
  operation,
  bucket,
  key,
  versionId,
  input,
}: RequestEntry): Pick<RequestEntry, 'bucket' | 'key' | 'versionId'> | undefined {
  if (operation === 'GetObject') return { bucket, key, versionId };
  const source = operation === 'CopyObject' ? memberOf(input, 'CopySource') : undefined;
  if (typeof source !== 'string') return undefined;
  const address = readCopySource(source);
  return { bucket: address.bucket, key: address.key, versionId: address.versionId };
}

/** A restore of any tier takes longer. */
const AT_ONCE = 60_000;

/** Code reads an object right after it has asked for its restore, so that a test cannot move the clock between both. */
export function writeReadAtOnce(entries: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  const at = entries.findLastIndex(
    (one) => one.error?.code === 'InvalidObjectState' && errors.some((error) => isErrorOf(error, one)),
  );
  const read = entries[at];
  const source = read && readSource(read);
  // A rule of the test can have refused the read, and a write since the restore has made another object.
  if (read === undefined || source === undefined || !isOfRestoreUnderWay(read.why)) return undefined;
  const restore = entries[findRestore(entries.slice(0, at), source)];
  if (restore?.versionId !== source.versionId) return undefined;
  // Whoever has moved the clock since then knows that a restore takes its time.
  if (restore === undefined || read.time.getTime() - restore.time.getTime() >= AT_ONCE) return undefined;
  return `${writeCall(restore)} only asks for the restore, and ${writeCall(read)} came at once. In the code, read later: ask HeadObject until its Restore says ongoing-request="false". In the test, call s3.clock.advance between both.`;
}

/** Code that has seen that a restore is over can ask once more, for something else. */
const POLLS = 3;

/** Code waits for a restore, and asks again although the answer said that it is over. */
export function writeRestored(entries: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  const last = entries.at(-1);
  if (last?.operation !== 'HeadObject' || !isReady(last)) return undefined;
  const since = entries
    .slice(findRestore(entries, last) + 1)
    .filter(({ bucket, key }) => bucket === last.bucket && key === last.key);
  const ready = since.filter((one) => one.operation === 'HeadObject' && isReady(one));
  const isRead = since.some(({ operation }) => operation !== 'HeadObject');
  const restored = findRestore(entries, last) !== -1 && ready.length >= POLLS && !isRead;
  // A test that compares a value has read it.
  const isCompared = errors.some((error) => isAssertion(error) && !isMissingRejection(error.message));
  return restored && !isCompared ? writeClass(last) : undefined;
}
