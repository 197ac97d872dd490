import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { testKey } from '../../../support/customer-keys';
import { errorDocument } from '../../../support/documents';
import { answerHead } from '../../../support/heads';
import { answered } from '../../../support/objects';
import { recordedDigest, recordedHeaders } from '../../../support/recorded-customer-keys';
import { addPart, begin, copyPart, type Headers, sendPart, undeclared } from '../../../support/uploads';
import { send } from '../../../support/wire-client';

const s3 = mockS3({ sseC: 'allowed', buckets: { vault: { versioning: 'Enabled', objects: { plain: 'data' } } } });

const prefix = 'x-amz-server-side-encryption';
const path = '/vault/big';

const parts = [
  {
    operation: 'UploadPart',
    form: 'declared',
    add: (id: string, headers: Headers) => sendPart(path, id, 1, 'data', headers),
  },
  {
    operation: 'UploadPartCopy',
    form: 'undeclared',
    add: (id: string, headers: Headers) => copyPart(path, id, '/vault/plain', headers),
  },
] as const;

// Recorded: dyus/meeseeks-s3, tests/{upload_part,upload_part_copy}_sse_c/golden. F95, F610
describe.each(parts)('$operation in an upload with a key of the customer', ({ form, add }) => {
  const write = form === 'declared' ? errorDocument : undeclared;
  const missing =
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.';

  it.each<readonly [what: string, upload: Headers, part: Headers]>([
    ['without it', recordedHeaders, {}],
    ['with it in an upload that has none', {}, recordedHeaders],
  ])('is refused %s', async (_what, upload, part) => {
    expect(await answered(add(await begin(path, upload), part))).toEqual({
      status: 400,
      text: write('InvalidRequest', missing),
    });
    expect(s3.requests.last()?.why).toContain(recordedDigest);
  });

  it('names both digests in the reason if the key is another', async () => {
    await add(await begin(path, recordedHeaders), testKey('o').headers);
    const why = s3.requests.last()?.why;
    expect(why).toContain(`the MD5 of the key in the request is '${testKey('o').md5}'`);
    expect(why).toContain(`the MD5 of the key it was written with is '${recordedDigest}'`);
    expect(why).not.toContain(testKey('o').text);
  });

  it('is refused beside x-amz-server-side-encryption, which an upload has from its beginning (F431)', async () => {
    const answer = await add(await begin(path, recordedHeaders), { ...recordedHeaders, [prefix]: 'AES256' });
    const words = 'x-amz-server-side-encryption header is not supported for this operation.';
    const fields = `<ArgumentName>${prefix}</ArgumentName><ArgumentValue>AES256</ArgumentValue>`;
    expect(answer).toMatchObject({ status: 400, text: write('InvalidArgument', words, fields) });
  });
});

describe('UploadPart', () => {
  it('answers the key and no checksum', async () => {
    const { head, header } = await sendPart(path, await begin(path, recordedHeaders), 1, 'data', recordedHeaders);
    expect(head).toEqual(
      answerHead(
        `ETag: ${header('etag')}`,
        `x-amz-version-id: ${header('x-amz-version-id')}`,
        `${prefix}-customer-algorithm: AES256`,
        `${prefix}-customer-key-MD5: ${recordedDigest}`,
        'Content-Length: 0',
      ),
    );
    expect(header('etag')).not.toBe('"8d777f385d3dfec8815d20f7496026dc"');
  });

  // TestSSECUploadPartHeaders.test_invalid_content_md5_and_*. F614
  it.each<readonly [what: string, headers: Headers]>([
    ['an unknown algorithm', { [`${prefix}-customer-algorithm`]: 'AES128-INVALID' }],
    ['a key of ten bytes', { [`${prefix}-customer-key`]: 'MTIzNDU2Nzg5MA==' }],
    ['no key', { [`${prefix}-customer-key`]: undefined }],
  ])('judges Content-MD5 before %s', async (_what, headers) => {
    const sent = { ...recordedHeaders, ...headers, 'Content-MD5': 'dGhpcyBpcyB3cm9uZw==' };
    const { text } = await sendPart(path, await begin(path, recordedHeaders), 1, 'data', sent);
    expect(text).toContain('<Code>InvalidDigest</Code>');
  });
});

// Unverified guess. F611
describe('ListParts of an upload with a key', () => {
  it('lists them with an algorithm alone', async () => {
    const headers = { [`${prefix}-customer-algorithm`]: 'AES256' };
    const id = await begin(path, recordedHeaders);
    await addPart(path, id, 1, 'data', recordedHeaders);
    const answer = await send({ path: `${path}?uploadId=${id}`, headers });
    expect({ status: answer.status, algorithm: answer.header(`${prefix}-customer-algorithm`) }).toEqual({
      status: 200,
      algorithm: undefined,
    });
    expect(answer.text).toContain('<PartNumber>1</PartNumber>');
  });
});
