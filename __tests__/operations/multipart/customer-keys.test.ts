import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { testKey } from '../../support/customer-keys';
import { errorDocument, textOf } from '../../support/documents';
import {
  addPart,
  begin,
  complete,
  copyPart,
  type Headers,
  put,
  sendPart,
  undeclared,
  uploadOf,
} from '../../support/uploads';

mockS3({
  sseC: 'allowed',
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' } },
});

const path = '/vault/big.bin';

// Recorded: dyus/meeseeks-s3, tests/{upload_part,upload_part_copy,complete_multipart_upload}_sse_c/golden. F95
describe('an upload with a key of the customer', () => {
  const { headers: key, md5: keyMd5 } = testKey('k');
  const other = testKey('o').headers;
  const missing =
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.';
  const differs = 'The provided encryption parameters did not match the ones used originally.';

  it.each<{ upload: Headers; part: Headers; message: string | undefined }>`
    upload | part     | message
    ${key} | ${key}   | ${undefined}
    ${key} | ${{}}    | ${missing}
    ${{}}  | ${key}   | ${missing}
    ${key} | ${other} | ${differs}
  `('$upload accepts a part with $part: $message', async ({ upload, part, message }) => {
    await put('/vault/a.txt', 'v1');
    const id = await begin(path, upload);
    const sent = await sendPart(path, id, 1, 'data', part);
    const copied = await copyPart(path, id, '/vault/a.txt', part);
    if (message === undefined) expect([sent.status, copied.status]).toEqual([200, 200]);
    else
      expect([sent.text, copied.text]).toEqual([
        errorDocument('InvalidRequest', message),
        undeclared('InvalidRequest', message),
      ]);
  });

  it.each<{ headers: Headers; status: number; md5: string | undefined; checksum: string | undefined }>`
    headers  | status | md5          | checksum
    ${key}   | ${200} | ${keyMd5}    | ${'7a5hQ478J4A='}
    ${{}}    | ${200} | ${undefined} | ${undefined}
    ${other} | ${400} | ${undefined} | ${undefined}
  `('is completed with $headers: $status', async ({ headers, status, md5, checksum }) => {
    const id = await begin(path, key);
    const part = await addPart(path, id, 1, 'data', key);
    const answer = await complete(path, id, part, headers);
    expect(answer.status).toBe(status);
    expect(answer.header('x-amz-server-side-encryption-customer-key-MD5')).toBe(md5);
    expect(textOf('ChecksumCRC64NVME', answer)).toBe(checksum);
  });

  it('is refused a key at its completion if it began without one', async () => {
    const { id, part } = await uploadOf('data');
    const { status, text } = await complete(path, id, part, key);
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidRequest',
        'The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.',
      ),
    ]);
  });
});
