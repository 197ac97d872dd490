import { counted } from '../text/counts';
import { isRecord } from '../text/value-kinds';
import { writeKey } from '../text/values';
import { askAboutUnsent, type RecordedRequests, writeDropped } from './assertions';
import { isBatch, partsIn, type RefusedPart, readSentParts } from './batch';
import type { RequestEntry } from './entry';
import { withMembers } from './entry-record';
import { requestColumns } from './entry-text';
import { type Numbered, numbered, type Sliced, writeLast } from './lines';

interface KeyRequest extends Numbered<RequestEntry> {
  /** The request as the journal contains it. For a batch, `entry` contains only the part about the key. */
  readonly recorded: RequestEntry;
  readonly refused: readonly RefusedPart[];
}

type PartOnKey = Pick<KeyRequest, 'entry' | 'refused'>;

export function findRequestsOnKey(requests: Sliced<RequestEntry>, bucket: string, key: string): readonly KeyRequest[] {
  return numbered(requests).flatMap(({ number, entry }) => {
    if (entry.bucket !== bucket) return [];
    const request = isBatch(entry.operation) ? batchOnKey(entry, key) : writeOfKey(entry, key);
    return request === undefined ? [] : { number, recorded: entry, ...request };
  });
}

/** Whether requests of a key have done nothing but delete it without a version id, so that none of them has removed an object. */
export function areDeletesAlone(requests: readonly KeyRequest[]): boolean {
  return requests
    .filter(({ entry }) => entry.error === undefined)
    .every(({ entry: { operation, versionId, input } }) =>
      isBatch(operation)
        ? partsIn(input)?.every((part) => !isRecord(part) || part['VersionId'] === undefined) === true
        : operation === 'DeleteObject' && versionId === undefined,
    );
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The operations that are left out: a part is not an object until its upload is completed, and a large object has thousands of parts. */
const writesOfParts = new Set<string | undefined>(['UploadPart', 'UploadPartCopy']);

function writeOfKey(entry: RequestEntry, key: string): PartOnKey | undefined {
  const { method, operation, error } = entry;
  if (entry.key !== key || readingMethods.has(method) || operation === 'SelectObjectContent') return undefined;
  return error === undefined && writesOfParts.has(operation) ? undefined : { entry, refused: [] };
}

function batchOnKey(entry: RequestEntry, key: string): PartOnKey | undefined {
  // If the journal dropped the list, nobody knows whether it named the key.
  if (entry.dropped?.includes('Delete')) return { entry, refused: [] };
  const sent = readSentParts(entry);
  const own = sent.filter(({ part }) => keyOf(part) === key);
  if (own.length === 0) return undefined;
  const others = entry.notes.length === 0 ? [] : sent.map(({ part }) => keyOf(part)).filter((other) => other !== key);
  const namesOfOthers = others.flatMap((other) => (typeof other === 'string' ? writeKey(other) : []));
  const input = { ...entry.input, Delete: { Objects: own.map(({ part }) => part) } };
  const refused = own.flatMap((one) => one.refused ?? []);
  // The reason of a batch names the refused keys, and this key may not be among them.
  const why = refused.length > 0 || entry.error !== undefined ? entry.why : undefined;
  const notes = entry.notes.filter(
    (note) => note.includes(writeKey(key)) || !namesOfOthers.some((other) => note.includes(other)),
  );
  return { entry: withMembers(entry, { input, why, notes }), refused };
}

function keyOf(part: unknown): unknown {
  return isRecord(part) ? part['Key'] : undefined;
}

const LISTED = 6;

/** `isMissing` says that the bucket has no version of the key, so that a write is missing. */
export function writeKeyRequests(
  requests: RecordedRequests,
  bucket: string,
  key: string,
  isMissing = false,
): readonly string[] {
  const found = findRequestsOnKey(requests, bucket, key);
  requests.written.noteRequests(found.slice(-LISTED).map(({ recorded }) => recorded));
  const text =
    found.length === 0
      ? `${writeNone(requests.length)} to write to ${writeKey(key)}${writeWhere(requests, bucket, key)} or to delete it.${isMissing ? askAboutUnsent(requests) : ''}`
      : `The requests that asked to write to ${writeKey(key)} or to delete it:\n${writeLast(requestColumns, found, refusedBelow, LISTED)}`;
  return [text, writeDropped(requests)].filter((part) => part !== '');
}

/** Names the bucket if a request was about the same key of another one. */
function writeWhere(requests: RecordedRequests, bucket: string, key: string): string {
  return requests.slice().some((one) => one.key === key && one.bucket !== bucket) ? ` in bucket '${bucket}'` : '';
}

function writeNone(count: number): string {
  return count === 1
    ? 'The only request that came did not ask'
    : `None of the ${counted(count, 'request')} that came asked`;
}

function refusedBelow({ refused }: KeyRequest): readonly string[] {
  return refused.map(
    ({ part: { VersionId }, code }) => `refused${VersionId === undefined ? '' : ` ${VersionId}`}: ${code}`,
  );
}
