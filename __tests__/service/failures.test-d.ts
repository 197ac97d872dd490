import { expect } from '@jest/globals';
import type { ExpectedEntry, FailEntriesOptions } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock';

const s3 = mockS3();
const once: FailEntriesOptions = { times: 1, probability: 0.5 };
const entry: ExpectedEntry = { Key: 'a.pdf', VersionId: undefined };

s3.on('DeleteObjects').failEntries(entry, 'InternalError', once).failEntries([entry, {}], 'SlowDown');
s3.on('DeleteObjects').failEntries({ Key: expect.stringMatching(/pdf$/) }, { code: 'X', status: 500, message: 'x' });
s3.on('CopyObject').fail('InternalError', { status: 200, times: 1 });

// @ts-expect-error an entry has no such member
s3.on('DeleteObjects').failEntries({ Kye: 'a.pdf' }, 'InternalError');
// @ts-expect-error nor has one of a list
s3.on('DeleteObjects').failEntries([{ Kye: 'a.pdf' }], 'InternalError');
// @ts-expect-error a text is not an entry
s3.on('DeleteObjects').failEntries('a.pdf', 'InternalError');
// @ts-expect-error S3 has no such code
s3.on('DeleteObjects').failEntries({}, 'InternalErorr');
// @ts-expect-error an entry has no headers
s3.on('DeleteObjects').failEntries({}, 'SlowDown', { retryAfter: 1 });
// @ts-expect-error only a 200 has an error inside of it
s3.on('CopyObject').fail('InternalError', { status: 503 });
