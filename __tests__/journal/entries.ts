import { types } from 'node:util';
import type { EntryFacts, RequestEntry } from '../../src/journal/entry';
import { Journal, type JournalOptions } from '../../src/journal/journal';
import type { KnownNames } from '../../src/journal/operation-names';

export const known: KnownNames = {
  names: [
    'CreateBucket',
    'DeleteObjects',
    'GetBucketVersioning',
    'GetObject',
    'ListObjectVersions',
    'PutBucketLifecycleConfiguration',
    'PutBucketVersioning',
    'PutObject',
    'UploadPart',
  ],
  codes: ['AccessDenied', 'NoSuchKey', 'SlowDown'],
  aliases: { PutBucketLifecycle: 'PutBucketLifecycleConfiguration' },
  inputNamesOf: () => 'any',
  inputShapeOf: () => ({ kind: 'structure', members: {} }),
  buckets: () => [],
};

const facts: Omit<EntryFacts, 'bucket' | 'key' | 'versionId'> = {
  caller: { account: '000000000000', user: undefined, accessKeyId: 'AKIAEXAMPLE' },
  dialect: 'aws',
  method: 'PUT',
  url: 'https://s3.amazonaws.com/',
  headers: {},
  body: new Uint8Array(),
  status: 200,
  error: undefined,
  why: undefined,
  notes: [],
  time: new Date('2026-03-01T12:00:05.123Z'),
  client: 'aws-sdk-js/3.1169.0',
};

export function entry(
  operation: string | undefined,
  input: Readonly<Record<string, unknown>> = {},
  own: object = {},
): RequestEntry {
  const { Bucket, Key, VersionId } = input;
  return {
    service: 's3',
    operation,
    input,
    bucket: Bucket,
    key: Key,
    versionId: VersionId,
    output: undefined,
    ...facts,
    ...own,
  } as RequestEntry; // the tests give inputs of the operation, or others on purpose
}

export function refused(status: number, code: string, message: string, why?: string): object {
  return { status, error: { code, message }, why };
}

export function journalOf(entries: readonly RequestEntry[], options?: JournalOptions, bytesOfBodies?: number): Journal {
  const journal = new Journal(known, options, bytesOfBodies);
  for (const one of entries) journal.append(one);
  return journal;
}

export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    // The errors of node:assert come from another realm than that of jest's tests.
    if (types.isNativeError(error)) return error.message;
  }
  return 'nothing was thrown';
}

export const created = entry('CreateBucket', { Bucket: 'vault' });
export const enabled = entry('PutBucketVersioning', {
  Bucket: 'vault',
  VersioningConfiguration: { Status: 'Enabled' },
});
export const suspended = entry(
  'PutBucketVersioning',
  { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } },
  refused(403, 'AccessDenied', 'Access Denied', 'the code 287082 was already accepted at 12:00:05'),
);
export const put = (Key: string, Body = 'first') =>
  entry('PutObject', { Bucket: 'vault', Key, Body: Buffer.from(Body) }, { body: Buffer.from(Body) });
