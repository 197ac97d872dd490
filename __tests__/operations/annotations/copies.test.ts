import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refusalIn, textOf, undeclared } from '../../support/documents';
import { as, notAllowed } from '../../support/limited-users';
import { answered, badArgument, get, refusal, type StatusAndText } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({
  sseC: 'allowed',
  now: '2026-03-31T07:35:05.678Z',
  buckets: {
    source: {
      versioning: 'Enabled',
      objects: {
        k: [
          { body: 'first', versionId: 'v1', annotations: { a: 'of the first' } },
          { body: 'second', versionId: 'v2', annotations: { a: 'of the second', b: 'too' } },
          { body: 'third', versionId: 'v3' },
        ],
      },
    },
    vault: { versioning: 'Enabled' },
  },
});

const copy = (source: string, headers: WireCall['headers'] = {}, path = '/vault/copy') =>
  send({ method: 'PUT', path, headers: { 'x-amz-copy-source': source, ...headers } });
const copied = () => s3.bucket('vault').current('copy')?.annotations;
const withoutDeclaration = ({ status, text }: StatusAndText) => ({ status, text: undeclared(text) });
const excluding = { 'x-amz-object-annotation-directive': 'EXCLUDE' };

describe('a copy (F843)', () => {
  it.each([
    ['/source/k?versionId=v2', {}, { a: 'of the second', b: 'too' }],
    ['/source/k?versionId=v1', { 'x-amz-object-annotation-directive': 'COPY' }, { a: 'of the first' }],
    ['/source/k?versionId=v2', excluding, {}],
    ['/source/k', {}, {}],
  ])('of %s with %j has the annotations %j', async (source, headers, annotations) => {
    expect((await copy(source, headers)).status).toBe(200);
    expect(copied()).toEqual(annotations);
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
  it('takes the directive from the query of a request that is signed in a header', async () => {
    const path = '/vault/copy?x-amz-object-annotation-directive';
    expect((await copy('/source/k?versionId=v2', {}, `${path}=EXCLUDE`)).status).toBe(200);
    expect(copied()).toEqual({});
    expect((await copy('/source/k?versionId=v2', {}, `${path}=COPY`)).status).toBe(200);
    expect(copied()).toEqual({ a: 'of the second', b: 'too' });
    const refused = await copy('/source/k?versionId=v2', {}, `${path}=NONE`);
    expect({ status: refused.status, value: textOf('ArgumentValue', refused) }).toEqual({ status: 400, value: 'NONE' });
  });

  it('takes the directive of a presigned URL from its query', async () => {
    const command = new CopyObjectCommand({
      Bucket: 'vault',
      Key: 'copy',
      CopySource: 'source/k?versionId=v2',
      AnnotationDirective: 'EXCLUDE',
    });
    const url = await getSignedUrl(new S3Client({}), command);
    expect(url).toContain('x-amz-object-annotation-directive=EXCLUDE');
    expect((await fetch(url, { method: 'PUT' })).status).toBe(200);
    expect(copied()).toEqual({});
  });

  it('of a version onto its own key makes that version current again, with its annotations', async () => {
    await copy('/source/k?versionId=v1', {}, '/source/k');
    expect(s3.bucket('source').current('k')).toMatchObject({ annotations: { a: 'of the first' } });
  });

  it('has annotations with the ETags that their texts have', async () => {
    await copy('/source/k?versionId=v1');
    const etagAt = async (path: string) => (await get(path)).header('etag');
    const etag = await etagAt('/source/k?annotation&annotationName=a&versionId=v1');
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(await etagAt('/vault/copy?annotation&annotationName=a')).toBe(etag);
  });

  it('keeps the checksums of annotations, unless it asks for another algorithm', async () => {
    const algorithm = async () => textOf('ChecksumAlgorithm', await get('/vault/copy?annotation'));
    await copy('/source/k?versionId=v1');
    const before = await algorithm();
    await copy('/source/k?versionId=v1', { 'x-amz-checksum-algorithm': 'SHA256' });
    expect({ before, after: await algorithm() }).toEqual({ before: 'CRC64NVME', after: 'SHA256' });
  });

  it('has annotations that are as old as itself', async () => {
    s3.clock.advance({ days: 1 });
    await copy('/source/k?versionId=v1');
    const { header } = await get('/vault/copy?annotation&annotationName=a');
    expect(header('Last-Modified')).toBe('Wed, 01 Apr 2026 07:35:05 GMT');
  });

  it('is refused for a directive that is neither COPY nor EXCLUDE, except on IBM COS', async () => {
    const headers = { 'x-amz-object-annotation-directive': 'REPLACE' };
    expect(await answered(copy('/source/k', headers))).toEqual(
      withoutDeclaration(badArgument('Unknown annotation directive.', 'x-amz-object-annotation-directive', 'REPLACE')),
    );
    const host = 's3.us-south.cloud-object-storage.appdomain.cloud';
    const atCos = { 'x-amz-copy-source': '/source/k', ...headers };
    expect((await send({ method: 'PUT', path: '/vault/copy', host, headers: atCos })).status).toBe(200);
  });

  it("is refused if it gets a customer's key, and its source has annotations (F844)", async () => {
    const key = Buffer.alloc(32, 'k').toString('base64');
    const headers = {
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
      'x-amz-server-side-encryption-customer-key': key,
      'x-amz-server-side-encryption-customer-key-MD5': 'mT2HRsMGJ5IX5C+0rreZ8Q==',
    };
    const refused = await answered(copy('/source/k?versionId=v1', headers));
    expect(refused).toEqual(
      withoutDeclaration(
        refusal(400, 'InvalidRequest', 'The object is encrypted with SSE-C, which does not support annotations.'),
      ),
    );
    expect((await copy('/source/k?versionId=v1', { ...headers, ...excluding })).status).toBe(200);
  });
});

describe('a copy of an object with annotations (F843)', () => {
  const copying = ['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion'] as const;

  it.each([
    ['s3:GetObjectVersionAnnotation', 's3:PutObjectAnnotation', 'source/k'],
    ['s3:PutObjectAnnotation', 's3:GetObjectVersionAnnotation', 'vault/copy'],
  ] as const)('needs %s, beside %s', async (missing, other, resource) => {
    expect(refusalIn(await copy('/source/k?versionId=v1', as(s3, 'short', ...copying, other)))).toMatchObject({
      status: 403,
      message: notAllowed('short', missing, resource),
    });
    const { status } = await copy('/source/k?versionId=v1', as(s3, 'exact', ...copying, other, missing));
    expect({ status, annotations: copied() }).toEqual({ status: 200, annotations: { a: 'of the first' } });
  });

  it('needs neither if it leaves them out, nor for a source without annotations', async () => {
    const none = as(s3, 'ann', ...copying);
    expect((await copy('/source/k?versionId=v1', { ...excluding, ...none })).status).toBe(200);
    expect((await copy('/source/k', none)).status).toBe(200);
  });
});
