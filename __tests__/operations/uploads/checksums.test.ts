import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { textOf } from '../../support/documents';
import { as } from '../../support/limited-users';
import { answered, refusal } from '../../support/objects';
import {
  addPart,
  begin,
  complete,
  etagIn,
  type Headers,
  partElement,
  put,
  sendPart,
  undeclared,
} from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

const path = '/vault/big.bin';
const headOf = (at: string) => send({ method: 'HEAD', path: at, headers: { 'x-amz-checksum-mode': 'ENABLED' } });

// Recorded: localstack, TestS3MultipartUploadChecksum: 5242881 times `a`, the same again, ten times `a`.
describe('an object of three parts', () => {
  const large = Buffer.alloc(5242881, 'a');
  const bodies = [large, large, Buffer.alloc(10, 'a')];
  const [largeETag, smallETag] = ['c4c753e69bb853187f5854c46cf801c6', 'e09c80c42fda55f9d992e59ca6b3307d'];
  const etag = '4d45984fc3feb2ac9b22683c49674b56-3';

  async function upload(algorithm: string) {
    const id = await begin(path, { 'x-amz-checksum-algorithm': algorithm });
    const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
    let parts = '';
    for (const [index, body] of bodies.entries()) {
      const answer = await sendPart(path, id, index + 1, body, { [name]: checksumOf(algorithm, body) });
      const tag = body === large ? largeETag : smallETag;
      expect(answer.header('etag')).toBe(`"${tag}"`);
      parts += partElement(
        index + 1,
        `"${tag}"`,
        `<Checksum${algorithm}>${answer.header(name)}</Checksum${algorithm}>`,
      );
    }
    return complete(path, id, parts);
  }

  /** Those of CRC32 are recorded, the hashes are computed without the code under test. */
  function checksumOf(algorithm: string, body: Buffer): string {
    if (algorithm !== 'CRC32') return createHash(algorithm.toLowerCase()).update(body).digest('base64');
    return body === large ? 'NRU+Sw==' : 'TBHN8A==';
  }

  it.each<{ algorithm: string; value: string }>`
    algorithm   | value
    ${'CRC32'}  | ${'5FRUiw==-3'}
    ${'SHA1'}   | ${'AyE60nyQoBgJcwsyPHWu7aJuxBs=-3'}
    ${'SHA256'} | ${'9o++y6AejqboiJ7MZCx0fahK2Vu5YC/qnNhhYsCLciI=-3'}
  `('has the composite $algorithm $value', async ({ algorithm, value }) => {
    const answer = await upload(algorithm);
    expect({
      etag: etagIn(answer),
      checksum: textOf(`Checksum${algorithm}`, answer),
      checksumType: textOf('ChecksumType', answer),
    }).toEqual({
      etag,
      checksum: value,
      checksumType: 'COMPOSITE',
    });
    const { header } = await headOf(path);
    expect({ etag: header('etag'), checksum: header(`x-amz-checksum-${algorithm.toLowerCase()}`) }).toEqual({
      etag: `"${etag}"`,
      checksum: value,
    });
  });

  it('has the composite CRC32C XF5+4A==-3, if S3 computes the checksums of copied parts', async () => {
    await put('/vault/large', large);
    await put('/vault/small', 'a'.repeat(10));
    const id = await begin(path, { 'x-amz-checksum-algorithm': 'CRC32C' });
    let parts = '';
    for (const [index, source] of ['large', 'large', 'small'].entries()) {
      const answer = await sendPart(path, id, index + 1, '', { 'x-amz-copy-source': `/vault/${source}` });
      const value = textOf('ChecksumCRC32C', answer);
      expect(textOf('ChecksumType', answer)).toBeUndefined();
      parts += partElement(index + 1, etagIn(answer) ?? '', `<ChecksumCRC32C>${value}</ChecksumCRC32C>`);
    }
    const answer = await complete(path, id, parts);
    expect({ etag: etagIn(answer), checksumCRC32C: textOf('ChecksumCRC32C', answer) }).toEqual({
      etag,
      checksumCRC32C: 'XF5+4A==-3',
    });
  });

  it.each<{ algorithm: string; value: string }>`
    algorithm   | value
    ${'CRC32'}  | ${'qSEQSA=='}
    ${'CRC32C'} | ${'eTdAQA=='}
  `('has the full $algorithm $value, and its parts may leave out their checksums', async ({ algorithm, value }) => {
    const id = await begin(path, { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': 'FULL_OBJECT' });
    let parts = '';
    for (const [index, body] of bodies.entries()) parts += await addPart(path, id, index + 1, body);
    const answer = await complete(path, id, parts, {
      [`x-amz-checksum-${algorithm.toLowerCase()}`]: value,
      'x-amz-checksum-type': 'FULL_OBJECT',
    });
    expect({
      status: answer.status,
      etag: etagIn(answer),
      checksum: textOf(`Checksum${algorithm}`, answer),
      checksumType: textOf('ChecksumType', answer),
    }).toEqual({ status: 200, etag, checksum: value, checksumType: 'FULL_OBJECT' });
  });

  it('is joined by a copy into an object of one part', async () => {
    await upload('CRC32');
    const answer = await send({ method: 'PUT', path: '/vault/copy', headers: { 'x-amz-copy-source': path } });
    expect({
      etag: etagIn(answer),
      checksumCRC32: textOf('ChecksumCRC32', answer),
      checksumType: textOf('ChecksumType', answer),
    }).toEqual({
      etag: 'a0397ee2df08832642af5d7e57c5760c',
      checksumCRC32: 'qSEQSA==',
      checksumType: 'FULL_OBJECT',
    });
    expect((await send({ path: '/vault/copy?partNumber=2' })).status).toBe(416);
  });
});

// Recorded: localstack, TestS3MultipartUploadChecksum; radkawar/stackd, multipart_checksums_replay.json. F87
describe('the checksum type of an upload', () => {
  it.each<{ algorithm: string | undefined; type: string | undefined; told: readonly (string | undefined)[] }>`
    algorithm      | type             | told
    ${undefined}   | ${undefined}     | ${{ checksumAlgorithm: undefined, checksumType: undefined }}
    ${'CRC32'}     | ${undefined}     | ${{ checksumAlgorithm: 'CRC32', checksumType: 'COMPOSITE' }}
    ${'CRC32C'}    | ${undefined}     | ${{ checksumAlgorithm: 'CRC32C', checksumType: 'COMPOSITE' }}
    ${'SHA1'}      | ${undefined}     | ${{ checksumAlgorithm: 'SHA1', checksumType: 'COMPOSITE' }}
    ${'SHA256'}    | ${'COMPOSITE'}   | ${{ checksumAlgorithm: 'SHA256', checksumType: 'COMPOSITE' }}
    ${'CRC64NVME'} | ${undefined}     | ${{ checksumAlgorithm: 'CRC64NVME', checksumType: 'FULL_OBJECT' }}
    ${'crc64nvme'} | ${'full_object'} | ${{ checksumAlgorithm: 'CRC64NVME', checksumType: 'FULL_OBJECT' }}
    ${'CRC32'}     | ${'FULL_OBJECT'} | ${{ checksumAlgorithm: 'CRC32', checksumType: 'FULL_OBJECT' }}
  `('$algorithm, $type is returned as $told', async ({ algorithm, type, told }) => {
    const headers = { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type };
    const { header } = await send({ method: 'POST', path: `${path}?uploads`, headers });
    expect({
      checksumAlgorithm: header('x-amz-checksum-algorithm'),
      checksumType: header('x-amz-checksum-type'),
    }).toEqual(told);
  });

  it.each<{ algorithm: string | undefined; type: string | undefined; message: string }>`
    algorithm         | type              | message
    ${'MD4'}          | ${undefined}      | ${'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64]'}
    ${'CRC32,CRC32C'} | ${undefined}      | ${'Invalid types are specified in x-amz-checksum-algorithm header.'}
    ${undefined}      | ${'COMPOSITE'}    | ${'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.'}
    ${'CRC32'}        | ${'FULL_OBJECTS'} | ${'Value for x-amz-checksum-type header is invalid.'}
    ${'CRC64NVME'}    | ${'COMPOSITE'}    | ${'The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.'}
    ${'SHA1'}         | ${'FULL_OBJECT'}  | ${'The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.'}
  `('refuses $algorithm, $type', async ({ algorithm, type, message }) => {
    const headers = { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type };
    expect(await answered(send({ method: 'POST', path: `${path}?uploads`, headers }))).toEqual(
      refusal(400, 'InvalidRequest', message),
    );
  });
});

// F83
describe('the checksum of a part', () => {
  it.each<{ algorithm: string | undefined; part: Headers; code: string; message: string }>`
    algorithm   | part                                      | code                | message
    ${'SHA256'} | ${{ 'x-amz-checksum-crc32': 'rfPzYw==' }} | ${'InvalidRequest'} | ${'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32'}
    ${'CRC32'}  | ${{}}                                     | ${'InvalidRequest'} | ${'Checksum Type mismatch occurred, expected checksum Type: crc32, actual checksum Type: null'}
    ${'CRC32'}  | ${{ 'x-amz-checksum-crc32': 'aWLMtQ==' }} | ${'BadDigest'}      | ${'The CRC32 you specified did not match the calculated checksum.'}
    ${'CRC32'}  | ${{ 'x-amz-checksum-crc32': 'no' }}       | ${'InvalidRequest'} | ${'Value for x-amz-checksum-crc32 header is invalid.'}
  `('is refused as $part in an upload with $algorithm', async ({ algorithm, part, code, message }) => {
    const id = await begin(path, { 'x-amz-checksum-algorithm': algorithm });
    expect(await answered(sendPart(path, id, 1, 'data', part))).toEqual(refusal(400, code, message));
    expect((await send({ path: `${path}?uploadId=${id}` })).body).not.toContain('<Part>');
  });
});

// Verified against AWS by open-io/swift's test_object_checksums; localstack, TestS3MultipartUploadChecksum. F83
describe('the checksums of a completion', () => {
  const composite = '7kxlUA==';
  const part = (checksums = '') => partElement(1, '"25f9e794323b453885f5181f1b624d0b"', checksums);
  const crc32 = '<ChecksumCRC32>y/Q5Jg==</ChecksumCRC32>';
  const headers = { 'x-amz-checksum-crc32': 'y/Q5Jg==' };
  const missing =
    'The upload was created using a crc32 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.';
  const notFound =
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  const several = 'Invalid Base64 or multiple checksums present in request';
  const wrong = 'The crc32 you specified did not match the calculated checksum.';

  async function completed(upload: Headers, parts: string, sent: Headers) {
    const id = await begin(path, upload);
    await addPart(path, id, 1, '123456789', headers);
    const answer = await complete(path, id, parts, sent);
    return { ...answer, text: answer.text.replace(id, 'ID') };
  }
  const asked = { 'x-amz-checksum-algorithm': 'CRC32' };
  const typed = { 'x-amz-checksum-type': 'FULL_OBJECT' };
  const full = { ...asked, ...typed };

  it.each<{ upload: Headers; parts: string; sent: Headers; checksum: string | undefined }>`
    upload   | parts          | sent                                                                            | checksum
    ${asked} | ${part(crc32)} | ${{}}                                                                           | ${`${composite}-1`}
    ${asked} | ${part(crc32)} | ${{ 'x-amz-checksum-type': 'COMPOSITE' }}                                       | ${`${composite}-1`}
    ${asked} | ${part(crc32)} | ${{ 'x-amz-checksum-crc32': composite }}                                        | ${`${composite}-1`}
    ${asked} | ${part(crc32)} | ${{ 'x-amz-checksum-crc32': `${composite}-1` }}                                 | ${`${composite}-1`}
    ${full}  | ${part()}      | ${{}}                                                                           | ${'y/Q5Jg=='}
    ${full}  | ${part(crc32)} | ${{ 'x-amz-checksum-crc32': 'y/Q5Jg==', 'x-amz-checksum-type': 'FULL_OBJECT' }} | ${'y/Q5Jg=='}
    ${{}}    | ${part()}      | ${{}}                                                                           | ${undefined}
    ${{}}    | ${part()}      | ${{ 'x-amz-checksum-crc32': 'AAAAAA==' }}                                       | ${undefined}
  `('of an upload with $upload may be $parts, $sent', async ({ upload, parts, sent, checksum }) => {
    const answer = await completed(upload, parts, sent);
    expect({ status: answer.status, checksumCRC32: textOf('ChecksumCRC32', answer) }).toEqual({
      status: 200,
      checksumCRC32: checksum,
    });
    if (checksum === undefined) expect(textOf('ChecksumCRC64NVME', answer)).toBe('rosUhgp5mIg=');
  });

  // F212
  it.each<{ algorithm: string; value: string }>`
    algorithm      | value
    ${'CRC32C'}    | ${'4waSgw=='}
    ${'CRC64NVME'} | ${'rosUhgp5mIg='}
  `('expects the $algorithm of a whole object by its type', async ({ algorithm, value }) => {
    const id = await begin(path, { 'x-amz-checksum-algorithm': algorithm, ...typed });
    await addPart(path, id, 1, '123456789');
    const sent = { [`x-amz-checksum-${algorithm.toLowerCase()}`]: value };
    const { status, text } = await complete(path, id, part(), sent);
    const message = `The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`;
    expect({ status, text }).toEqual({ status: 400, text: undeclared('BadDigest', message) });
    expect((await complete(path, id, part(), { ...sent, ...typed })).status).toBe(200);
  });

  const other = '<ChecksumSHA1>98O8HYCOBHMq32eZZczDTKeuNEE=</ChecksumSHA1>';
  const bad = '<ChecksumCRC32>AAAAAA==</ChecksumCRC32>';
  const malformed = '<ChecksumCRC32>y/Q5Jh==</ChecksumCRC32>';
  const named = '<UploadId>ID</UploadId><PartNumber>1</PartNumber><ETag>25f9e794323b453885f5181f1b624d0b</ETag>';
  const argued = (value: string) => `<ArgumentName>Checksum</ArgumentName><ArgumentValue>${value}</ArgumentValue>`;

  it.each<{
    upload: Headers;
    parts: string;
    sent: Headers;
    code: string;
    message: string;
    elements: string;
  }>`
    upload   | parts                  | sent                                                                   | code                 | message                                                                                                                | elements
    ${asked} | ${part()}              | ${{}}                                                                  | ${'InvalidRequest'}  | ${missing}                                                                                                             | ${''}
    ${asked} | ${part(other)}         | ${{}}                                                                  | ${'BadDigest'}       | ${'The sha1 you specified for part 1 did not match what we received.'}                                                 | ${''}
    ${full}  | ${part(other)}         | ${{}}                                                                  | ${'BadDigest'}       | ${'The sha1 you specified for part 1 did not match what we received.'}                                                 | ${''}
    ${asked} | ${part(bad)}           | ${{}}                                                                  | ${'InvalidPart'}     | ${notFound}                                                                                                            | ${named}
    ${full}  | ${part(bad)}           | ${{}}                                                                  | ${'InvalidPart'}     | ${notFound}                                                                                                            | ${named}
    ${{}}    | ${part(crc32)}         | ${{}}                                                                  | ${'InvalidPart'}     | ${notFound}                                                                                                            | ${named}
    ${asked} | ${part(bad)}           | ${{ 'x-amz-checksum-crc32': composite }}                               | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${asked} | ${part(crc32)}         | ${{ 'x-amz-checksum-crc32': 'AAAAAA==' }}                              | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${asked} | ${part(crc32)}         | ${{ 'x-amz-checksum-crc32': `${composite}-2` }}                        | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${full}  | ${part()}              | ${{ 'x-amz-checksum-crc32': 'AAAAAA==' }}                              | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${full}  | ${part()}              | ${{ 'x-amz-checksum-crc32': 'AAAAAA==', ...typed }}                    | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${full}  | ${part(crc32)}         | ${headers}                                                             | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${full}  | ${part()}              | ${{ 'x-amz-checksum-sha1': '98O8HYCOBHMq32eZZczDTKeuNEE=' }}           | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${full}  | ${part()}              | ${{ 'x-amz-checksum-sha1': '98O8HYCOBHMq32eZZczDTKeuNEE=', ...typed }} | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${full}  | ${part()}              | ${{ 'x-amz-checksum-crc32c': '4waSgw==' }}                             | ${'BadDigest'}       | ${wrong}                                                                                                               | ${''}
    ${asked} | ${part(crc32)}         | ${{ 'x-amz-checksum-crc32': `${composite}-a` }}                        | ${'InvalidRequest'}  | ${'Value for x-amz-checksum-crc32 header is invalid.'}                                                                 | ${''}
    ${asked} | ${part(malformed)}     | ${{}}                                                                  | ${'InvalidArgument'} | ${several}                                                                                                             | ${argued('CRC32:y/Q5Jh==;')}
    ${{}}    | ${part(malformed)}     | ${{}}                                                                  | ${'InvalidArgument'} | ${several}                                                                                                             | ${argued('CRC32:y/Q5Jh==;')}
    ${asked} | ${part(other + crc32)} | ${{}}                                                                  | ${'InvalidArgument'} | ${several}                                                                                                             | ${argued('CRC32:y/Q5Jg==;SHA1:98O8HYCOBHMq32eZZczDTKeuNEE=;')}
    ${asked} | ${part(crc32)}         | ${{ 'x-amz-checksum-type': 'FULL_OBJECT' }}                            | ${'InvalidRequest'}  | ${'The upload was created using the COMPOSITE checksum mode. The complete request must use the same checksum mode.'}   | ${''}
    ${full}  | ${part()}              | ${{ 'x-amz-checksum-type': 'COMPOSITE' }}                              | ${'InvalidRequest'}  | ${'The upload was created using the FULL_OBJECT checksum mode. The complete request must use the same checksum mode.'} | ${''}
    ${{}}    | ${part()}              | ${{ 'x-amz-checksum-type': 'COMPOSITE' }}                              | ${'InvalidRequest'}  | ${'The upload was created using the null checksum mode. The complete request must use the same checksum mode.'}        | ${''}
    ${asked} | ${part(crc32)}         | ${{ 'x-amz-checksum-sha1': '98O8HYCOBHMq32eZZczDTKeuNEE=' }}           | ${'InvalidRequest'}  | ${'Checksum Type mismatch occurred, expected checksum Type: crc32, actual checksum Type: sha1'}                        | ${''}
    ${asked} | ${part(crc32)}         | ${{ ...headers, 'x-amz-checksum-sha1': 'x' }}                          | ${'InvalidRequest'}  | ${'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.'}                               | ${''}
  `('of an upload with $upload cannot be $parts, $sent: $code', async (row) => {
    const { upload, parts, sent, code, message, elements } = row;
    expect(await answered(completed(upload, parts, sent))).toEqual({
      status: 400,
      text: undeclared(code, message, elements),
    });
    expect((await send({ path })).status).toBe(404);
  });

  it.each<{ sent: Headers; why: string }>`
    sent                                                                           | why
    ${{ 'x-amz-checksum-crc32': 'bad' }}                                           | ${"x-amz-checksum-crc32 is 'bad'"}
    ${{ 'x-amz-checksum-crc32': 'y/Q5Jg==', 'x-amz-checksum-crc32c': '4waSgw==' }} | ${"what came is 'x-amz-checksum-crc32, x-amz-checksum-crc32c'"}
  `('is quoted in the journal if it is refused: $sent', async ({ sent, why }) => {
    await completed(full, part(), sent);
    expect(s3.requests.last()?.why).toContain(why);
  });

  it('is refused for its type before the caller is asked for a right', async () => {
    const { Authorization } = as(s3, 'reader', 's3:GetObject');
    const answer = await completed(full, part(), { 'x-amz-checksum-type': 'OTHER', Authorization });
    expect(textOf('Message', answer)).toBe('Value for x-amz-checksum-type header is invalid.');
  });
});

describe("AWS's SDK", () => {
  const client = () => new S3Client({ region: 'us-east-1' });
  const Bucket = 'vault';
  const Key = 'reports/2026 march.bin';

  it('uploads in parts as lib-storage does, with the checksums of the answers', async () => {
    const sdk = client();
    const { UploadId } = await sdk.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC32' }));
    const bodies = [Buffer.alloc(5 * 1024 * 1024, 'x'), Buffer.from('the end')];
    const Parts = await Promise.all(
      bodies.map(async (Body, index) => {
        const PartNumber = index + 1;
        const answer = await sdk.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
        return { PartNumber, ETag: answer.ETag, ChecksumCRC32: answer.ChecksumCRC32 };
      }),
    );
    const done = await sdk.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    expect(done).toMatchObject({
      Bucket,
      Key,
      ChecksumType: 'COMPOSITE',
      Location: 'https://vault.s3.us-east-1.amazonaws.com/reports%2F2026+march.bin',
    });
    const { Body, VersionId } = await sdk.send(new GetObjectCommand({ Bucket, Key }));
    expect({ VersionId, transformToString: (await Body?.transformToString())?.slice(-10) }).toEqual({
      VersionId: done.VersionId,
      transformToString: 'xxxthe end',
    });
    expect(s3.requests.of('CreateMultipartUpload')[0]?.input).toMatchObject({ ChecksumAlgorithm: 'CRC32' });
  });
});
