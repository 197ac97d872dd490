import { describe, expect, it } from '@jest/globals';
import { created, entry, journalOf, refused, suspended } from './entries';

const inputOf = (input: Readonly<Record<string, unknown>>, facts: object = {}) =>
  journalOf([entry('PutObject', input, facts)]).toJSON()[0]?.input;

describe('a journal as JSON', () => {
  it('is operations, inputs and outcomes', () => {
    expect(journalOf([created, suspended]).toJSON()).toEqual([
      { operation: 'CreateBucket', input: { Bucket: 'vault' }, status: 200 },
      {
        operation: 'PutBucketVersioning',
        input: { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } },
        status: 403,
        code: 'AccessDenied',
      },
    ]);
  });

  it('is the same by JSON.stringify() and in a snapshot', () => {
    expect(JSON.stringify(journalOf([created]))).toBe(
      '[{"operation":"CreateBucket","input":{"Bucket":"vault"},"status":200}]',
    );
  });

  it('names the failure that a rule injected', () => {
    const failure = { kind: 'disconnect', what: 'connection lost before any answer', applied: true };
    const [lost] = journalOf([entry('PutObject', {}, { status: 0, failure })]).toJSON();
    expect(lost).toEqual({
      operation: 'PutObject',
      input: {},
      status: 0,
      failure: 'connection lost before any answer',
    });
  });

  it('has the method and the path of a request that is not an operation, without host and signature', () => {
    const facts = {
      method: 'PATCH',
      url: 'http://127.0.0.1:40123/vault/a?X-Amz-Signature=1f',
      ...refused(405, 'X', ''),
    };
    expect(journalOf([entry(undefined, {}, facts)]).toJSON()).toEqual([
      { operation: 'PATCH /vault/a', input: {}, status: 405, code: 'X' },
    ]);
  });

  it('has nothing that differs from run to run', () => {
    const facts = (run: string) => ({
      time: new Date(run),
      url: `https://s3.amazonaws.com/?X-Amz-Date=${run}`,
      headers: { authorization: run, 'x-amz-date': run, 'amz-sdk-invocation-id': run },
      client: run,
      why: `accepted before, at ${run}`,
      output: { LastModified: new Date(run) },
      ...refused(403, 'AccessDenied', `at ${run}`),
    });
    const [one, other] = ['2026-01-01', '2026-02-02'].map((run) => journalOf([entry('PutObject', {}, facts(run))]));
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });
});

describe('an input as JSON', () => {
  it.each([
    ['text', Buffer.from('first'), 'first'],
    ['few bytes', Uint8Array.of(0xff, 0xfe), { base64: '//4=' }],
    ['200 bytes', Buffer.alloc(200, 'a'), 'a'.repeat(200)],
    ['many bytes', Buffer.alloc(201, 'a'), { bytes: 201, md5: '15936442c22dab9b685de350bfe75971' }],
    ['no bytes', new Uint8Array(), ''],
  ])('writes %s', (_name, Body, expected) => {
    expect(inputOf({ Body })).toEqual({ Body: expected });
  });

  it('shows a changed byte among many', () => {
    const bytes = Buffer.alloc(1000, 'a');
    const changed = Buffer.from(bytes).fill('b', 500, 501);
    expect(inputOf({ Body: bytes })).not.toEqual(inputOf({ Body: changed }));
  });

  it('writes dates as ISO 8601', () => {
    expect(inputOf({ Expires: new Date(0), Retention: { RetainUntilDate: new Date(Number.NaN) } })).toEqual({
      Expires: '1970-01-01T00:00:00.000Z',
      Retention: { RetainUntilDate: 'Invalid Date' },
    });
  });

  it('leaves out what clients add by themselves, at every depth, and not what a user names', () => {
    const parts = { Parts: [{ PartNumber: 1, ETag: '"e"', ChecksumCRC32: 'AAAAAA==' }] };
    const Metadata = { ChecksumOfMine: 'x', ContentMD5: 'y' };
    expect(
      inputOf({
        ContentMD5: 'x',
        ChecksumAlgorithm: 'CRC32',
        ChecksumCRC32: 'x',
        ContentLength: 5,
        VersionId: undefined,
        MultipartUpload: parts,
        Metadata,
      }),
    ).toEqual({ MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"e"' }] }, Metadata });
  });

  it('keeps the serial number of an MFA device, and not the code, which changes', () => {
    expect(inputOf({ MFA: 'GAHT12345678 123456' })).toEqual({ MFA: 'GAHT12345678 <code>' });
    expect(inputOf({ MFA: 'GAHT12345678' })).toEqual({ MFA: 'GAHT12345678' });
  });

  it('names members that were dropped to save memory', () => {
    expect(inputOf({ Key: 'a', Body: undefined }, { dropped: ['Body', 'Contents'] })).toEqual({
      Key: 'a',
      Body: '<dropped to save memory>',
    });
  });
});
