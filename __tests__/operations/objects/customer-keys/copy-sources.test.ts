import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import {
  headersOf,
  recordedDigest,
  recordedHeaders,
  recordedSourceHeaders,
} from '../../../support/recorded-customer-keys';
import { begin, type Headers, undeclared } from '../../../support/uploads';
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
  it('is refused without it', async () => {
    const answer = await copy('/vault/key', {});
    const words =
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.';
    expect(answer).toMatchObject({ status: 400, text: undeclared('InvalidRequest', words) });
    expect(s3.requests.last()?.why).toContain('x-amz-copy-source-server-side-encryption-customer-algorithm');
  });

  // As of a read; for a copy a guess. F611
  it('asks for the key before the conditions on the source', async () => {
    const failing = { 'x-amz-copy-source-if-match': '"another"' };
    expect(await copy('/vault/key', failing)).toMatchObject({ status: 400 });
    expect(await copy('/vault/key', { ...failing, ...recordedSourceHeaders })).toMatchObject({ status: 412 });
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
