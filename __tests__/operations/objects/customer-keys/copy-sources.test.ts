import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answered } from '../../../support/objects';
import {
  headersOf,
  insecure,
  recordedDigest,
  recordedHeaders,
  recordedSets,
  recordedSourceHeaders,
  refusalOf,
} from '../../../support/recorded-customer-keys';
import { begin, copyPart, etagIn, type Headers, undeclared } from '../../../support/uploads';
import { send } from '../../../support/wire-client';

const s3 = mockS3({ sseC: 'allowed', buckets: { vault: { versioning: 'Enabled', objects: { plain: 'data' } } } });

const prefix = 'x-amz-server-side-encryption';

beforeEach(() => send({ method: 'PUT', path: '/vault/key', body: 'data', headers: recordedHeaders }));

const copies = {
  CopyObject: (source: string, headers: Headers, secure = true) =>
    send({ method: 'PUT', path: '/vault/k', secure, headers: { 'x-amz-copy-source': source, ...headers } }),
  UploadPartCopy: async (source: string, headers: Headers, secure = true) => {
    const id = await begin('/vault/k', headers[`${prefix}-customer-key`] === undefined ? {} : recordedHeaders);
    return send({
      method: 'PUT',
      path: `/vault/k?partNumber=1&uploadId=${id}`,
      secure,
      headers: { 'x-amz-copy-source': source, ...headers },
    });
  },
};

// Recorded: dyus/meeseeks-s3, tests/{copy_object,upload_part_copy}_sse_c/golden. F610, F611
describe.each(Object.entries(copies))('%s from an object with a key of the customer', (_operation, copy) => {
  it.each(recordedSets)('and $what: $source', async (set) => {
    const answer = await copy('/vault/key', headersOf(set, 'source'));
    const refused = refusalOf(set, set.source, 'undeclared');
    if (refused) expect({ status: answer.status, head: answer.head, text: answer.text }).toEqual(refused);
    else
      expect({ status: answer.status, encryption: answer.header(prefix), etag: etagIn(answer) }).toEqual({
        status: 200,
        encryption: 'AES256',
        etag: plainETag,
      });
  });

  it('is refused over plain HTTP', async () => {
    expect(
      await answered(copy('/vault/key', headersOf({ algorithm: 'X', key: 'no!', digest: '' }, 'source'), false)),
    ).toEqual({ status: 400, text: undeclared(...insecure) });
  });

  it('is refused without it', async () => {
    const answer = await copy('/vault/key', {});
    const words =
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.';
    expect({ status: answer.status, text: answer.text }).toEqual({
      status: 400,
      text: undeclared('InvalidRequest', words),
    });
    expect(s3.requests.last()?.why).toContain('x-amz-copy-source-server-side-encryption-customer-algorithm');
  });

  it('has to name it for the source, not for the copy', async () => {
    expect((await copy('/vault/key', recordedHeaders)).status).toBe(400);
    expect((await copy('/vault/plain', recordedHeaders)).status).toBe(200);
  });

  it('is refused if the source has none', async () => {
    const answer = await copy('/vault/plain', recordedSourceHeaders);
    const words = 'The encryption parameters are not applicable to this object.';
    expect({ status: answer.status, text: answer.text }).toEqual({
      status: 400,
      text: undeclared('InvalidRequest', words),
    });
  });

  // TestCopyObjectCrossValidationOrder and TestUploadPartCopyCrossValidationOrder.
  it.each<readonly [source: string | undefined, key: string | undefined, copied: string, code: string, value: string]>([
    ['AES256', undefined, 'DEST-INVALID', 'InvalidArgument', ''],
    ['SRC-INVALID', 'key', 'AES256', 'InvalidEncryptionAlgorithmError', 'SRC-INVALID'],
    ['SRC-ALG', 'key', 'DEST-ALG', 'InvalidEncryptionAlgorithmError', 'SRC-ALG'],
    [undefined, undefined, 'DEST-ALG', 'InvalidEncryptionAlgorithmError', 'DEST-ALG'],
  ])("judges the source's headers before its own: %s, %s, %s", async (algorithm, key, copied, code, value) => {
    const source = headersOf(
      {
        algorithm,
        key: key && recordedSourceHeaders[`x-amz-copy-source-${prefix.slice(6)}-customer-key`],
        digest: key && recordedDigest,
      },
      'source',
    );
    const own = { ...recordedHeaders, [`${prefix}-customer-algorithm`]: copied };
    const { body } = await copy('/vault/key', { ...source, ...own });
    expect(/<Code>(\w+)/.exec(body)?.[1]).toBe(code);
    expect(/<ArgumentValue>(.*)<\/ArgumentValue>/.exec(body)?.[1] ?? '').toBe(value);
  });
});

const plainETag = '8d777f385d3dfec8815d20f7496026dc';

describe('UploadPartCopy', () => {
  // TestUploadPartCopySSECHappyPath.
  it.each<readonly [what: string, source: string, upload: Headers, headers: Headers, lines: readonly string[]]>([
    [
      'a plain object in an upload with a key',
      '/vault/plain',
      recordedHeaders,
      recordedHeaders,
      [`${prefix}-customer-algorithm: AES256`, `${prefix}-customer-key-MD5: ${recordedDigest}`],
    ],
    [
      'an object with a key in an upload with a key',
      '/vault/key',
      recordedHeaders,
      { ...recordedSourceHeaders, ...recordedHeaders },
      [`${prefix}-customer-algorithm: AES256`, `${prefix}-customer-key-MD5: ${recordedDigest}`],
    ],
    ['an object with a key in a plain upload', '/vault/key', {}, recordedSourceHeaders, [`${prefix}: AES256`]],
  ])('puts %s, and its answer says how it is encrypted', async (_what, source, upload, headers, lines) => {
    const answer = await copyPart('/vault/big', await begin('/vault/big', upload), source, headers);
    expect(answer.status).toBe(200);
    expect(answer.head.filter((line) => line.startsWith('x-amz-') && !/^x-amz-(?:id-2|request-id)/.test(line))).toEqual(
      [...lines, `x-amz-copy-source-version-id: ${answer.header('x-amz-copy-source-version-id')}`],
    );
  });
});
