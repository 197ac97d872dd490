import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import {
  askCos,
  denied,
  done,
  invalid,
  outcomeOf,
  policy,
  protectedBuckets,
  retentionOf,
  secondsOf,
} from '../../support/protection';
import { send } from '../../support/wire-client';

const s3 = mockS3({ now: '2026-03-01T12:00:00Z', buckets: protectedBuckets });

const put = (path: string, headers: Readonly<Record<string, string | undefined>> = {}) =>
  askCos(`PUT ${path}`, { body: 'text', ...headers });

// F822, F824
describe('an object in a bucket with a retention policy', () => {
  it('has the default of the bucket in seconds', async () => {
    expect((await put('/vault/a')).status).toBe(200);
    expect(await retentionOf('/vault/a')).toEqual({
      'Retention-Period': '864000',
      'Retention-Expiration-Date': 'Wed, 11 Mar 2026 12:00:00 GMT',
      'Retention-Period-Source': 'Bucket',
    });
  });

  it('has the period of its write', async () => {
    await put('/vault/a', { 'Retention-Period': String(secondsOf(2)) });
    expect(await retentionOf('/vault/a')).toEqual({
      'Retention-Period': '172800',
      'Retention-Expiration-Date': 'Tue, 03 Mar 2026 12:00:00 GMT',
      'Retention-Period-Source': 'Object',
    });
  });

  it.each(['2026-03-03T12:00:00Z', '20260303T120000Z', 'Tue, 03 Mar 2026 12:00:00 GMT'])(
    'has the period until the date of its write: %s',
    async (date) => {
      expect(outcomeOf(await put('/vault/a', { 'Retention-Expiration-Date': date }))).toEqual(done);
      expect(await retentionOf('/vault/a')).toMatchObject({ 'Retention-Period': '172800' });
    },
  );

  it('is kept for whole seconds, and not for less than its date says', async () => {
    s3.clock.set('2026-03-01T12:00:00.400Z');
    await put('/vault/a', { 'Retention-Expiration-Date': '2026-03-03T12:00:00Z' });
    expect(s3.bucket('vault').object('a').protection).toMatchObject({
      RetentionPeriod: secondsOf(2),
      RetentionExpirationDate: new Date('2026-03-03T12:00:00.400Z'),
    });
  });

  it('has a legal hold of its write, and the default period', async () => {
    await put('/vault/a', { 'Retention-Legal-Hold-ID': 'case-7' });
    expect(await retentionOf('/vault/a')).toMatchObject({
      'Retention-Period': '864000',
      'Retention-Legal-Hold-Count': '1',
    });
  });

  it('answers the same headers to a GET', async () => {
    await put('/vault/a', { 'Retention-Legal-Hold-ID': 'case-7' });
    const { header } = await askCos('GET /vault/a');
    const [period, holds] = ['Retention-Period', 'Retention-Legal-Hold-Count'].map(header);
    expect({ period, holds }).toEqual({ period: '864000', holds: '1' });
  });

  it('answers none of them to AWS', async () => {
    await put('/vault/a', { 'Retention-Legal-Hold-ID': 'case-7' });
    const { headers } = await send({ method: 'HEAD', path: '/vault/a' });
    expect(headers.filter(([name]) => name.startsWith('Retention-'))).toEqual([]);
  });

  it('answers none of them in a bucket without a policy', async () => {
    await put('/plain/a');
    expect(await retentionOf('/plain/a')).toEqual({});
  });

  it('is kept indefinitely with the period -1, which has no date', async () => {
    expect(outcomeOf(await put('/vault/a', { 'Retention-Period': '-1' }))).toEqual(done);
    expect(await retentionOf('/vault/a')).toEqual({ 'Retention-Period': '-1', 'Retention-Period-Source': 'Object' });
    s3.clock.advance({ days: 40_000 });
    expect(outcomeOf(await askCos('DELETE /vault/a'))).toEqual(denied);
  });

  it('is kept permanently with the period -2, if the policy enables that', async () => {
    expect(outcomeOf(await put('/forever/a', { 'Retention-Period': '-2' }))).toEqual(done);
    expect(await retentionOf('/forever/a')).toEqual({ 'Retention-Period': '-2', 'Retention-Period-Source': 'Object' });
    expect(outcomeOf(await put('/vault/a', { 'Retention-Period': '-2' }))).toEqual(invalid);
    expect(s3.requests.last()?.why).toContain('no EnablePermanentRetention');
  });
});

// F822, F823
describe('a write to a bucket with a retention policy is refused', () => {
  it.each<{ readonly case: string; readonly headers: Readonly<Record<string, string>> }>([
    {
      case: 'a period and a date',
      headers: { 'Retention-Period': '172800', 'Retention-Expiration-Date': '2026-03-03T12:00:00Z' },
    },
    { case: 'a date that is over', headers: { 'Retention-Expiration-Date': '2026-02-28T12:00:00Z' } },
    { case: 'a period in words', headers: { 'Retention-Period': 'ten days' } },
    { case: 'a date in another form', headers: { 'Retention-Expiration-Date': '3.3.2026' } },
    { case: 'an empty id of a hold', headers: { 'Retention-Legal-Hold-ID': '' } },
    { case: 'an id with a blank', headers: { 'Retention-Legal-Hold-ID': 'case 7' } },
  ])('with $case', async ({ headers }) => {
    expect(outcomeOf(await put('/vault/a', headers))).toEqual(invalid);
    expect(s3.requests.last()?.why).toEqual(expect.any(String));
    expect(s3.bucket('vault').versions('a')).toEqual([]);
  });

  it('with a date that is over, also if the policy has no minimum', async () => {
    s3.bucket('vault').protection = { ...policy, MinimumRetention: { Days: 0 } };
    expect(outcomeOf(await put('/vault/a', { 'Retention-Expiration-Date': '2026-03-01T11:59:57Z' }))).toEqual(invalid);
    expect(s3.requests.last()?.why).toBe('Retention-Expiration-Date is in the past');
    expect(outcomeOf(await put('/vault/a', { 'Retention-Expiration-Date': '2026-03-01T12:00:00Z' }))).toEqual(done);
    expect((await askCos('DELETE /vault/a')).status).toBe(204);
  });

  it('without a digest', async () => {
    expect(outcomeOf(await put('/vault/a', { 'Content-MD5': undefined }))).toEqual({
      status: 400,
      code: 'InvalidRequest',
      message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    });
    const checksum = await put('/vault/a', { 'Content-MD5': undefined, 'x-amz-checksum-crc32': 'O4unxw==' });
    expect(outcomeOf(checksum)).toEqual(done);
  });
});

// F823
describe('a write to a bucket without a retention policy', () => {
  it.each([
    ['Retention-Period', '172800'],
    ['Retention-Expiration-Date', '2026-03-03T12:00:00Z'],
    ['Retention-Legal-Hold-ID', 'case-7'],
  ])('is refused with %s', async (name, value) => {
    expect(outcomeOf(await put('/plain/a', { [name]: value }))).toEqual(invalid);
    expect(s3.requests.last()?.why).toContain('no retention policy');
  });

  it('ignores the headers at AWS, which does not know them', async () => {
    const answer = await send({ method: 'PUT', path: '/plain/a', body: 'text', headers: { 'Retention-Period': '60' } });
    expect(answer.status).toBe(200);
    expect(s3.bucket('plain').object('a').protection).toBeUndefined();
  });
});

// F826
describe('a copy into a bucket with a retention policy', () => {
  const copy = (headers: Readonly<Record<string, string>>, to = '/vault/b', from = '/vault/a') =>
    askCos(`PUT ${to}`, { 'x-amz-copy-source': from, ...headers });
  const source = { 'Retention-Period': String(secondsOf(20)), 'Retention-Legal-Hold-ID': 'case-7' };

  it.each(['COPY', 'Copy'])('takes the period and the holds with Retention-Directive: %s', async (directive) => {
    await put('/vault/a', source);
    s3.clock.advance({ days: 3 });
    expect(outcomeOf(await copy({ 'Retention-Directive': directive }))).toEqual(done);
    expect(s3.bucket('vault').object('b').protection).toEqual({
      RetentionPeriod: secondsOf(20),
      RetentionExpirationDate: new Date('2026-03-24T12:00:00Z'),
      RetentionPeriodSource: 'Object',
      LegalHolds: [{ ID: 'case-7', Date: new Date('2026-03-04T12:00:00Z') }],
    });
  });

  it.each([{}, { 'Retention-Directive': 'REPLACE' }])('has the default without its own: %j', async (headers) => {
    await put('/vault/a', source);
    await copy(headers);
    expect(await retentionOf('/vault/b')).toMatchObject({ 'Retention-Period': '864000' });
  });

  it.each([{}, { 'Retention-Directive': 'Replace' }])(
    'has its own with or without a directive: %j',
    async (headers) => {
      await put('/vault/a', source);
      await copy({ ...headers, 'Retention-Period': String(secondsOf(5)) });
      expect(await retentionOf('/vault/b')).toMatchObject({ 'Retention-Period': String(secondsOf(5)) });
    },
  );

  it('has the default if the source that it takes from has no retention', async () => {
    await put('/plain/a');
    await copy({ 'Retention-Directive': 'COPY' }, '/vault/b', '/plain/a');
    expect(await retentionOf('/vault/b')).toMatchObject({ 'Retention-Period': '864000' });
  });

  it.each<{ readonly case: string; readonly headers: Readonly<Record<string, string>>; readonly to: string }>([
    {
      case: 'COPY beside a period',
      headers: { 'Retention-Directive': 'COPY', 'Retention-Period': '172800' },
      to: '/vault/b',
    },
    { case: 'another directive', headers: { 'Retention-Directive': 'KEEP' }, to: '/vault/b' },
    { case: 'a directive for a plain bucket', headers: { 'Retention-Directive': 'COPY' }, to: '/plain/b' },
  ])('is refused with $case', async ({ headers, to }) => {
    await put('/vault/a', source);
    expect(outcomeOf(await copy(headers, to))).toEqual(invalid);
  });

  it('is refused with a period that the policy of the target does not allow', async () => {
    await put('/forever/a', { 'Retention-Period': '-2' });
    expect(outcomeOf(await copy({ 'Retention-Directive': 'COPY' }, '/vault/b', '/forever/a'))).toEqual(invalid);
  });

  it('onto itself is an overwrite, which the retention forbids', async () => {
    await put('/vault/a');
    const answer = await copy({ 'x-amz-metadata-directive': 'REPLACE', 'x-amz-meta-a': 'b' }, '/vault/a');
    expect(outcomeOf(answer)).toEqual(denied);
  });
});

// F822
describe('a multipart upload into a bucket with a retention policy', () => {
  const begin = async () => /<UploadId>(.*)<\/UploadId>/.exec((await askCos('POST /vault/a?uploads')).body)?.[1] ?? '';
  const part = (id: string, headers = {}) =>
    askCos(`PUT /vault/a?uploadId=${id}&partNumber=1`, { body: 'text', ...headers });
  const complete = (id: string, headers: Readonly<Record<string, string>> = {}) =>
    askCos(`POST /vault/a?uploadId=${id}`, {
      body: '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>1cb251ec0d568de6a929b520c4aed8d1</ETag></Part></CompleteMultipartUpload>',
      ...headers,
    });

  it('is retained as its completion says, from the completion on', async () => {
    const id = await begin();
    await part(id);
    s3.clock.advance({ days: 30 });
    expect(
      outcomeOf(await complete(id, { 'Retention-Period': String(secondsOf(2)), 'Retention-Legal-Hold-ID': 'h' })),
    ).toEqual(done);
    expect(await retentionOf('/vault/a')).toEqual({
      'Retention-Period': '172800',
      'Retention-Expiration-Date': 'Thu, 02 Apr 2026 12:00:00 GMT',
      'Retention-Legal-Hold-Count': '1',
      'Retention-Period-Source': 'Object',
    });
  });

  it('has the default of the bucket if its completion says nothing', async () => {
    const id = await begin();
    await part(id);
    await complete(id);
    expect(await retentionOf('/vault/a')).toMatchObject({ 'Retention-Period': '864000' });
  });

  it('needs a digest with each part', async () => {
    const answer = await part(await begin(), { 'Content-MD5': undefined });
    expect(outcomeOf(answer)).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('cannot replace an object that is retained', async () => {
    await put('/vault/a');
    const id = await begin();
    await part(id);
    expect(outcomeOf(await complete(id))).toEqual(denied);
    expect(s3.bucket('vault').object('a').etag).not.toContain('-1');
  });

  it('answers a repeated completion as the first one, without the checksum', async () => {
    const id = await begin();
    await part(id);
    const [first, second] = [await complete(id), await complete(id)];
    const text = first.text.replace(/<ChecksumCRC64NVME>.*<\/ChecksumType>/, '');
    expect({ status: second.status, text: second.text }).toEqual({ status: 200, text });
  });
});
