import { beforeEach, describe, expect, it } from '@jest/globals';
import { type LifecycleFixture, mockS3 } from 's3-versioning-mock/jest';
import { textOf } from '../../support/documents';
import { get, put, tellingLines } from '../../support/objects';
import { begin } from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({ now: '2026-01-15T10:30:00Z', buckets: { logs: { versioning: 'Enabled' }, plain: {} } });

const rules = (...some: LifecycleFixture['Rules']) => {
  s3.bucket('logs').lifecycle = { Rules: some };
};
const inThreeDays = { ID: 'three days', Status: 'Enabled', Filter: {}, Expiration: { Days: 3 } } as const;
const told = 'expiry-date="Mon, 19 Jan 2026 00:00:00 GMT", rule-id="three days"';
const expiration = 'x-amz-expiration';

// Recorded: localstack, TestS3BucketLifecycle; radkawar/stackd, lifecycle_header_authority_replay.json. F112, F119
describe('x-amz-expiration', () => {
  beforeEach(() => rules(inThreeDays));

  it('follows Last-Modified and precedes the ETag', async () => {
    await put('/logs/k');
    const names = tellingLines(await get('/logs/k')).map((line) => line.slice(0, line.indexOf(':')));
    expect(names.slice(0, 3)).toEqual(['Last-Modified', expiration, 'ETag']);
  });

  it('counts from the beginning of a multipart upload', async () => {
    const id = await begin('/logs/parts');
    const part = await put(`/logs/parts?uploadId=${id}&partNumber=1`);
    s3.clock.advance({ days: 1 });
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${part.header('etag')}</ETag></Part></CompleteMultipartUpload>`;
    const complete = () => send({ method: 'POST', path: `/logs/parts?uploadId=${id}`, body });
    expect((await complete()).header(expiration)).toBe(told);
    expect((await complete()).header(expiration)).toBe(told);
    await put('/logs/parts', 'newer');
    expect((await complete()).header(expiration)).toBeUndefined();
  });
});

describe('x-amz-abort-date and x-amz-abort-rule-id', () => {
  const abort = (days: number, Prefix = '') =>
    ({
      ID: `after ${days}`,
      Status: 'Enabled',
      Filter: { Prefix },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: days },
    }) as const;

  it('are in the answers to CreateMultipartUpload and ListParts', async () => {
    rules(abort(7), abort(2), abort(1, 'other/'));
    const begun = await send({ method: 'POST', path: '/logs/k?uploads' });
    const id = textOf('UploadId', begun);
    s3.clock.advance({ days: 1 });
    const listed = await get(`/logs/k?uploadId=${id}`);
    for (const { header } of [begun, listed]) {
      expect(header('x-amz-abort-date')).toBe('Sun, 18 Jan 2026 00:00:00 GMT');
      expect(header('x-amz-abort-rule-id')).toBe('after 2');
    }
    s3.clock.set('2026-01-18T00:00:00Z');
    expect((await get(`/logs/k?uploadId=${id}`)).status).toBe(404);
  });

  it('are left out if no rule aborts the upload', async () => {
    rules(abort(1, 'other/'), { ...abort(2), Status: 'Disabled' }, inThreeDays);
    const { header } = await send({ method: 'POST', path: '/logs/k?uploads' });
    expect({ abortDate: header('x-amz-abort-date'), abortRuleId: header('x-amz-abort-rule-id') }).toEqual({
      abortDate: undefined,
      abortRuleId: undefined,
    });
  });
});
