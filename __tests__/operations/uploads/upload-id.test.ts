import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { testKey } from '../../support/customer-keys';
import { declaration, textOf, textsOf } from '../../support/documents';
import { as } from '../../support/limited-users';
import { addPart, begin, type Headers, uploadOf } from '../../support/uploads';
import { send, type WireAnswer } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { objects: { source: 'hello' } } } });
const path = '/vault/k';
const list =
  '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"a"</ETag></Part></CompleteMultipartUpload>';
const copySource = { 'x-amz-copy-source': '/vault/source' };
const isIncomplete = Object.keys(testKey('k').headers)[0] ?? '';

interface Ask {
  readonly method: string;
  readonly query?: string;
  readonly headers?: Headers;
  readonly body?: string;
}

const told = (answer: WireAnswer) => `${answer.status} ${textOf('Code', answer) ?? ''}`.trim();

async function ask(id: string, { method, query = '', headers = {}, body }: Ask, who: Headers = {}, key = path) {
  return told(await send({ method, path: `${key}?${query}uploadId=${id}`, headers: { ...headers, ...who }, body }));
}

const part: Ask = { method: 'PUT', query: 'partNumber=1&', body: 'x' };
const operations: readonly (readonly [string, Ask, string])[] = [
  ['UploadPart', part, '200'],
  ['UploadPartCopy', { method: 'PUT', query: 'partNumber=1&', headers: copySource }, '200'],
  ['CompleteMultipartUpload', { method: 'POST', body: list }, '400 InvalidPart'],
  ['ListParts', { method: 'GET' }, '200'],
  ['AbortMultipartUpload', { method: 'DELETE' }, '204'],
];

// Measured: justincormack/argmin, test_multipart_upload_id_authorization_precedence, test_multipart_upload_id_wire_matrix. F1600
describe.each(operations)('%s', (name, call, success) => {
  it('tells every caller that there is no such upload, and of an upload only those with the right', async () => {
    const id = await begin(path);
    expect(await ask('a'.repeat(1025), call, as(s3, 'nobody'))).toBe('404 NoSuchUpload');
    expect(await ask(id, call, as(s3, 'nobody'))).toBe('403 AccessDenied');
    expect(await ask(id, call)).toBe(success);
  });

  it('does not find the upload of another key, or by an empty id', async () => {
    const id = await begin(path);
    expect(await ask(id, call, {}, '/vault/other')).toBe('404 NoSuchUpload');
    const ofEmpty = name.startsWith('UploadPart') ? '400 InvalidArgument' : '404 NoSuchUpload';
    expect(await ask('', call)).toBe(ofEmpty);
  });

  it('takes the first of two ids', async () => {
    const id = await begin(path);
    expect(await ask(`none&uploadId=${id}`, call)).toBe('404 NoSuchUpload');
    expect(await ask(`${id}&uploadId=none`, call)).toBe(success);
  });
});

// Measured: justincormack/argmin, test_upload_part_validation_authorization_precedence. F1600, F1601
describe('the upload of a part is looked for before', () => {
  it.each<[string, Partial<Ask>, string]>([
    ['a part number that is none', { query: 'partNumber=abc&' }, '400 InvalidArgument'],
    ['a malformed Content-MD5', { headers: { 'Content-MD5': 'bad' } }, '400 InvalidDigest'],
    ['a malformed checksum', { headers: { 'x-amz-checksum-sha256': 'bad' } }, '400 InvalidRequest'],
    ["a customer's key that is not whole", { headers: { [isIncomplete]: 'AES256' } }, '400 InvalidArgument'],
  ])('%s', async (_fault, fault, alone) => {
    for (const who of [{}, as(s3, 'nobody')])
      expect(await ask('a'.repeat(1025), { ...part, ...fault }, who)).toBe('404 NoSuchUpload');
    expect(await ask(await begin(path), { ...part, ...fault })).toBe(alone);
  });

  it('them if it has ended, too', async () => {
    const id = await begin(path);
    await send({ method: 'DELETE', path: `${path}?uploadId=${id}` });
    expect(await ask(id, { ...part, headers: { 'Content-MD5': 'bad' } })).toBe('404 NoSuchUpload');
  });
});

// Measured: the same. F1601
describe('a caller without the right is told of', () => {
  it.each<[string, Ask, string]>([
    ['a part number that is none', { ...part, query: 'partNumber=10001&' }, '400 InvalidArgument'],
    [
      'a wrong digest only after it',
      { ...part, headers: { 'Content-MD5': 'AAAAAAAAAAAAAAAAAAAAAA==' } },
      '403 AccessDenied',
    ],
    [
      'a malformed range',
      { ...part, body: '', headers: { ...copySource, 'x-amz-copy-source-range': 'bytes=500-100' } },
      '400 InvalidArgument',
    ],
    [
      'a range beyond the source only after it',
      { ...part, body: '', headers: { ...copySource, 'x-amz-copy-source-range': 'bytes=0-9999' } },
      '403 AccessDenied',
    ],
    ['a document that cannot be read', { method: 'POST', body: '<' }, '400 MalformedXML'],
    ['max-parts=-1', { method: 'GET', query: 'max-parts=-1&' }, '400 InvalidArgument'],
  ])('%s', async (_fault, call, expected) => {
    expect(await ask(await begin(path), call, as(s3, 'nobody'))).toBe(expected);
  });

  it.each(['max-uploads=-1', 'encoding-type=', 'encoding-type=x', 'key-marker=a&upload-id-marker=bad'])(
    '%s',
    async (query) => {
      const answer = await send({ path: `/vault?uploads&${query}`, headers: as(s3, 'nobody') });
      expect(told(answer)).toBe('400 InvalidArgument');
    },
  );
});

// Measured: justincormack/argmin, test_upload_part_number_wire_matrix, test_upload_part_copy_number_wire_matrix. F1623
describe.each<[string, Headers, string]>([
  ['UploadPart', {}, declaration],
  ['UploadPartCopy', copySource, ''],
])('the number of a part, %s', (_name, headers, before) => {
  const put = (id: string, query = '') =>
    send({ method: 'PUT', path: `${path}?${query}uploadId=${id}`, headers, body: '' });

  it.each([
    ['partNumber=', ''],
    ['partNumber=abc', 'abc'],
    ['partNumber=-1', '-1'],
    ['partNumber=0', '0'],
    ['partNumber=10001', '10001'],
    ['partNumber=4294967296', '4294967296'],
    ['partNumber=999999999999999999999999', '999999999999999999999999'],
    ['partNumber=0&partNumber=4', '0'],
  ])('refuses %s', async (query, value) => {
    const { status, text } = await put(await begin(path), `${query}&`);
    expect({ status, text }).toEqual({
      status: 400,
      text: `${before}<Error><Code>InvalidArgument</Code><Message>Part number must be an integer between 1 and 10000, inclusive</Message><ArgumentName>partNumber</ArgumentName><ArgumentValue>${value}</ArgumentValue><RequestId>ID</RequestId><HostId>HOST</HostId></Error>`,
    });
  });

  it.each([
    ['partNumber=%2B1', '1'],
    ['partNumber=2&partNumber=4', '2'],
    ['partNumber=3&partNumber=0', '3'],
    ['partNumber=10000', '10000'],
  ])('reads %s', async (query, number) => {
    const id = await begin(path);
    expect((await put(id, `${query}&`)).status).toBe(200);
    expect(textsOf('PartNumber', await send({ path: `${path}?uploadId=${id}` }))).toEqual([number]);
  });

  it('has to be there', async () => {
    const { status, header } = await put(await begin(path));
    expect({ status, allow: header('allow') }).toEqual({ status: 405, allow: 'DELETE, POST, GET' });
  });
});

// Measured: justincormack/argmin, the matrices of part numbers and of parameters. F1603
describe('a plus sign', () => {
  it('is accepted before a part number and the numbers of listings', async () => {
    const id = await begin(path);
    await addPart(path, id, '%2B1' as never, 'x');
    const { body } = await send({ path: `${path}?uploadId=${id}&max-parts=%2B1&part-number-marker=%2B0` });
    expect(body).toContain('<MaxParts>1</MaxParts>');
    expect(body).toContain('<Part><PartNumber>1</PartNumber>');
    expect((await send({ path: '/vault?uploads&max-uploads=%2B1' })).body).toContain('<MaxUploads>1</MaxUploads>');
  });
});

// Measured: justincormack/argmin, test_terminal_completion_replay_header_matrix. F86, F1604
describe('the repeat of a completion', () => {
  it.each<[string, Headers, string]>([
    ['an empty If-Match', { 'If-Match': '' }, '400 InvalidArgument'],
    ['a malformed checksum', { 'x-amz-checksum-sha256': 'bad' }, '400 InvalidRequest'],
    ['another checksum', { 'x-amz-checksum-sha256': `${Buffer.alloc(32).toString('base64')}-1` }, '200'],
    ['another size', { 'x-amz-mp-object-size': '999' }, '200'],
  ])('with %s', async (_what, headers, expected) => {
    const { id, part: named } = await uploadOf('data', path);
    const complete = { method: 'POST', body: `<CompleteMultipartUpload>${named}</CompleteMultipartUpload>` };
    expect(await ask(id, complete)).toBe('200');
    expect(await ask(id, { ...complete, headers })).toBe(expected);
  });
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

// Measured: justincormack/argmin, test_complete_multipart_maximum_part_count. F1605
it('a completion names 10,000 parts at most', async () => {
  const id = await begin(path);
  const body = (count: number) =>
    `<CompleteMultipartUpload>${Array.from({ length: count }, (_, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>a</ETag></Part>`).join('')}</CompleteMultipartUpload>`;
  expect(await ask(id, { method: 'POST', body: body(10_000) })).toBe('400 InvalidPart');
  const { body: answer } = await send({ method: 'POST', path: `${path}?uploadId=${id}`, body: body(10_001) });
  expect(answer).toMatch(
    /^<Error><Code>InvalidArgument<\/Code><Message>The CompleteMultipartUpload reqeust contains for than 10000 parts.<\/Message><ArgumentName>CompleteMultipartUpload<\/ArgumentName><ArgumentValue>CompleteMultipartUpload<\/ArgumentValue><RequestId>/,
  );
});
