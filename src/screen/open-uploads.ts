import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { HandleRead } from '../journal/handle-reads';
import type { Bucket } from '../model/bucket';
import { isOpen } from '../model/uploads/upload';
import { isObject } from '../model/versions/version';
import { listVersions } from '../preset/version-copies';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import type { Question } from './hint';

interface UploadQuestion extends Question {
  /** The bucket whose usage the test has read last. */
  readonly ofUsage: Pick<HandleRead, 'bucket'> | undefined;
}

/** The last uploads that are looked at. */
const ASKED = 10;

/** Says that nobody completed or aborted an upload in parts, if a test expects that none is open. */
export function writeOpenUpload(question: UploadQuestion): string | undefined {
  const { store, entries, errors } = question;
  const create = entries
    .filter(({ operation }) => operation === 'CreateMultipartUpload')
    .slice(-ASKED)
    .findLast((one) => isLeft(question, one));
  const bucket = store.buckets.get(create?.bucket ?? '');
  if (create === undefined || bucket === undefined) return undefined;
  if (!errors.some((error) => isMissed(question, bucket, error))) return undefined;
  const id = memberOf(create.output, 'UploadId');
  const ofUpload = entries.filter((one) => memberOf(one.input, 'UploadId') === id);
  // Whoever sent the abort knows the cure, and the refusal is the reason.
  if (ofUpload.some(({ operation, error }) => operation === 'AbortMultipartUpload' && error !== undefined))
    return undefined;
  const failed = ofUpload.find(
    (one, at) => isFailed(one) && !ofUpload.slice(at + 1).some((later) => later.url === one.url && !isFailed(later)),
  );
  const cure =
    failed === undefined
      ? 'send CompleteMultipartUpload, or AbortMultipartUpload if the upload is given up'
      : `send AbortMultipartUpload with its UploadId in the catch, since ${failed.operation} failed`;
  return `The upload that ${writeCall(create)} began is neither completed nor aborted, so S3 keeps it with its parts: ${cure}.`;
}

function isFailed({ error, failure }: RequestEntry): boolean {
  return error !== undefined || failure !== undefined;
}

function findOpen({ store }: Pick<Question, 'store'>, { bucket }: Pick<RequestEntry, 'bucket'>): readonly string[] {
  return [...(store.buckets.get(bucket ?? '')?.uploads.values() ?? [])].filter(isOpen).map(({ id }) => id);
}

function isLeft(question: UploadQuestion, { bucket, output }: RequestEntry): boolean {
  const id = memberOf(output, 'UploadId');
  return typeof id === 'string' && findOpen(question, { bucket }).includes(id);
}

/** Whether a bucket has as many objects, older versions or delete markers. */
function isCountOfVersions(bucket: Bucket, count: number): boolean {
  const all = [...listVersions(bucket)];
  const current = all.filter(([version, isLatest]) => isLatest && isObject(version)).length;
  const markers = all.filter(([version]) => !isObject(version)).length;
  return [current, markers, all.length - markers - current].includes(count);
}

/** What `toHaveUsage` says of the uploads. */
const ofUsage = /^uploads\.count: expected (\d{1,9}), received (\d{1,9})$/m;

/** Whether the test has read how many uploads are open, and expected none. If it expects some, nobody knows which one is too many. */
function isMissed(question: UploadQuestion, bucket: Bucket, error: FailedError): boolean {
  const { name } = bucket;
  const open = findOpen(question, { bucket: name }).length;
  if (error.message.startsWith(`Expected bucket '${name}' to have the usage `)) {
    const [, least, most] = ofUsage.exec(error.message) ?? [];
    return Number(least) === 0 && Number(most) > 0;
  }
  const [expected, received] = readCompared(error).numbers;
  const read = question.entries.findLast(({ method }) => method === 'GET');
  const isListed = read?.operation === 'ListMultipartUploads' && read.bucket === name;
  // The usage has other numbers as well, and a number does not say which one the test has compared.
  const isRead = question.ofUsage?.bucket === name ? !isCountOfVersions(bucket, open) : isListed;
  return isAssertion(error) && isRead && received === open && expected === 0 && received > 0;
}
