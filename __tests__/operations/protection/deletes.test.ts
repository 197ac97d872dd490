import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { askCos, denied, done, outcomeOf, protectedBuckets, retentionOf } from '../../support/protection';
import { send } from '../../support/wire-client';

const kept = { body: 'text', protection: { RetentionPeriod: 864_000 } };
const held = { body: 'text', protection: { RetentionPeriod: 86_400, LegalHolds: ['case-7'] } };
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: { ...protectedBuckets, vault: { ...protectedBuckets.vault, objects: { kept, held, free: 'text' } } },
});

const removed = { status: 204, code: undefined, message: undefined };

// F825
describe('an object under retention or a legal hold', () => {
  it.each<{ readonly case: string; readonly line: string; readonly headers: Readonly<Record<string, string>> }>([
    { case: 'deleted', line: 'DELETE /vault/kept', headers: {} },
    { case: 'deleted by its id', line: 'DELETE /vault/kept?versionId=null', headers: {} },
    { case: 'deleted under a hold', line: 'DELETE /vault/held', headers: {} },
    { case: 'overwritten', line: 'PUT /vault/kept', headers: { body: 'other' } },
    { case: 'overwritten under a hold', line: 'PUT /vault/held', headers: { body: 'other' } },
    { case: 'overwritten by a copy', line: 'PUT /vault/kept', headers: { 'x-amz-copy-source': '/vault/free' } },
  ])('cannot be $case', async ({ line, headers }) => {
    expect(outcomeOf(await askCos(line, headers))).toEqual(denied);
    expect(s3.requests.last()?.why).toMatch(/^retained until 2026-03-(02|11)T12:00:00.000Z/);
    expect(s3.bucket('vault').object('kept').text()).toBe('text');
  });

  it('names its holds in the journal', async () => {
    s3.clock.advance({ days: 5 });
    await askCos('DELETE /vault/held');
    expect(s3.requests.last()?.why).toBe("retained until 2026-03-02T12:00:00.000Z, under the legal hold 'case-7'");
  });

  // F1120
  it('is not in a bucket of AWS, whose hosts refuse each request', async () => {
    const { status, body } = await send({ method: 'DELETE', path: '/vault/kept' });
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('<Code>S3MockOtherService</Code>') });
    expect(s3.bucket('vault').versions('kept')).toHaveLength(1);
  });

  it('is an entry of DeleteObjects that fails, beside others that do not', async () => {
    const body = '<Delete><Object><Key>kept</Key></Object><Object><Key>free</Key></Object></Delete>';
    const answer = await askCos('POST /vault?delete', { body });
    expect(answer.body).toContain('<Deleted><Key>free</Key></Deleted>');
    expect(answer.body).toContain(
      '<Error><Key>kept</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    );
    expect(s3.bucket('vault').versions('kept')).toHaveLength(1);
  });

  it('keeps its bucket', async () => {
    expect(outcomeOf(await askCos('DELETE /vault'))).toMatchObject({ status: 409, code: 'BucketNotEmpty' });
  });

  it('takes other tags and another ACL', async () => {
    const tags = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
    expect(outcomeOf(await askCos('PUT /vault/kept?tagging', { body: tags }))).toEqual(done);
    expect(outcomeOf(await askCos('PUT /vault/kept?acl', { 'x-amz-acl': 'public-read' }))).toEqual(done);
    expect(await retentionOf('/vault/kept')).toMatchObject({ 'Retention-Period': '864000' });
  });

  it('is read as any other', async () => {
    expect((await askCos('GET /vault/kept')).body).toBe('text');
  });
});

// F825
describe('an object whose retention is over and that has no hold', () => {
  it('is retained anew when it is overwritten', async () => {
    s3.clock.advance({ days: 10 });
    expect(outcomeOf(await askCos('PUT /vault/kept', { body: 'other' }))).toEqual(done);
    expect(await retentionOf('/vault/kept')).toMatchObject({
      'Retention-Expiration-Date': 'Sat, 21 Mar 2026 12:00:00 GMT',
      'Retention-Period-Source': 'Bucket',
    });
    expect(outcomeOf(await askCos('DELETE /vault/kept'))).toEqual(denied);
  });

  it('is free once its last hold is removed', async () => {
    s3.clock.advance({ days: 2 });
    expect(outcomeOf(await askCos('DELETE /vault/held'))).toEqual(denied);
    await askCos('POST /vault/held?legalHold&remove=case-7');
    expect(outcomeOf(await askCos('DELETE /vault/held'))).toEqual(removed);
  });
});

describe('a key without an object', () => {
  it('is deleted in a bucket with a retention policy as in any other', async () => {
    expect(outcomeOf(await askCos('DELETE /vault/none'))).toEqual(removed);
  });
});
