import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { declaration, textOf } from '../../support/documents';
import { addPart, begin, type Headers } from '../../support/uploads';
import { send, type WireAnswer } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { objects: { source: 'hello' } } } });
const path = '/vault/k';
const list =
  '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"a"</ETag></Part></CompleteMultipartUpload>';
const copySource = { 'x-amz-copy-source': '/vault/source' };

interface Ask {
  readonly method: string;
  readonly query?: string;
  readonly headers?: Headers;
  readonly body?: string;
}

const told = (answer: WireAnswer) => `${answer.status} ${textOf('Code', answer) ?? ''}`.trim();

async function ask(id: string, { query = '', ...call }: Ask) {
  return told(await send({ ...call, path: `${path}?${query}uploadId=${id}` }));
}

const part: Ask = { method: 'PUT', query: 'partNumber=1&', body: 'x' };
const operations: readonly (readonly [string, Ask, string])[] = [
  ['UploadPart', part, '200'],
  ['UploadPartCopy', { method: 'PUT', query: 'partNumber=1&', headers: copySource }, '200'],
  ['CompleteMultipartUpload', { method: 'POST', body: list }, '400 InvalidPart'],
  ['ListParts', { method: 'GET' }, '200'],
  ['AbortMultipartUpload', { method: 'DELETE' }, '204'],
];

// Measured: justincormack/argmin, test_multipart_upload_id_wire_matrix. F1600
describe.each(operations)('%s', (name, call, success) => {
  it('does not find an upload by an empty id', async () => {
    const ofEmpty = name.startsWith('UploadPart') ? '400 InvalidArgument' : '404 NoSuchUpload';
    expect(await ask('', call)).toBe(ofEmpty);
    if (name.startsWith('UploadPart')) expect(s3.requests.last()?.why).toContain("partNumber is '1'");
  });

  it('takes the first of two ids', async () => {
    const id = await begin(path);
    expect(await ask(`none&uploadId=${id}`, call)).toBe('404 NoSuchUpload');
    expect(await ask(`${id}&uploadId=none`, call)).toBe(success);
  });
});

// Measured: justincormack/argmin, test_upload_part_validation_authorization_precedence. F1600
it('an upload that has ended is missed before a digest is read', async () => {
  const id = await begin(path);
  const malformed = { ...part, headers: { 'Content-MD5': 'bad' } };
  expect(await ask(id, malformed)).toBe('400 InvalidDigest');
  await send({ method: 'DELETE', path: `${path}?uploadId=${id}` });
  expect(await ask(id, malformed)).toBe('404 NoSuchUpload');
});

// Measured: justincormack/argmin, test_upload_part_number_wire_matrix, test_upload_part_copy_number_wire_matrix. F1623
describe.each<[string, Headers, string]>([
  ['UploadPart', {}, declaration],
  ['UploadPartCopy', copySource, ''],
])('the number of a part, %s', (_name, headers, before) => {
  const put = async (query = '') =>
    send({ method: 'PUT', path: `${path}?${query}uploadId=${await begin(path)}`, headers, body: '' });

  it('is refused', async () => {
    const { status, text } = await put('partNumber=abc&');
    expect({ status, text }).toEqual({
      status: 400,
      text: `${before}<Error><Code>InvalidArgument</Code><Message>Part number must be an integer between 1 and 10000, inclusive</Message><ArgumentName>partNumber</ArgumentName><ArgumentValue>abc</ArgumentValue><RequestId>ID</RequestId><HostId>HOST</HostId></Error>`,
    });
  });

  it('has to be there', async () => {
    const { status, header } = await put();
    expect({ status, allow: header('allow') }).toEqual({ status: 405, allow: 'DELETE, POST, GET' });
  });
});

// Measured: justincormack/argmin, the matrices of parameters. F1603
it('a plus sign is accepted before the numbers of listings', async () => {
  const id = await begin(path);
  await addPart(path, id, 1, 'x');
  const { body } = await send({ path: `${path}?uploadId=${id}&max-parts=%2B1&part-number-marker=%2B0` });
  expect(body).toContain('<MaxParts>1</MaxParts>');
  expect(body).toContain('<Part><PartNumber>1</PartNumber>');
  expect((await send({ path: '/vault?uploads&max-uploads=%2B1' })).body).toContain('<MaxUploads>1</MaxUploads>');
});

// Measured: justincormack/argmin, test_complete_multipart_upload_rejects_managed_encryption_request_headers. F431
describe('a request about an upload that names an encryption', () => {
  it.each([
    ['UploadPartCopy', operations[1]?.[1]],
    ['CompleteMultipartUpload', operations[2]?.[1]],
  ])('is refused: %s', async (_name, call) => {
    const id = await begin(path);
    const headers = {
      ...call?.headers,
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-east-1:111122223333:key/example',
    };
    const { body } = await send({ ...call, path: `${path}?${call?.query ?? ''}uploadId=${id}`, headers });
    expect(body).toMatch(
      /^<Error><Code>InvalidArgument<\/Code><Message>Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms<\/Message><ArgumentName>x-amz-server-side-encryption<\/ArgumentName><RequestId>/,
    );
  });
});
