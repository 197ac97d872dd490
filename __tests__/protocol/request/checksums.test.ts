import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkContentSha256,
  checkDigestForms,
  checkDigests,
  type ReceivedBody,
  readChecksums,
  readClaims,
} from '../../../src/protocol/request/checksums';
import type { S3Error } from '../../../src/refusals/s3-error';
import { refusalThrownBy } from '../../support/thrown';

const refuseBody = (sent: Omit<ReceivedBody, 'claims'>) =>
  refusalThrownBy(() => {
    const received = { ...sent, claims: readClaims(sent) };
    checkDigestForms(received);
    checkDigests(received, 'payload hash first');
  });

const refuseContentSha256 = (request: Parameters<typeof checkContentSha256>[0]) =>
  refusalThrownBy(() => checkContentSha256(request));

type Fields = Readonly<Record<string, string>>;

const sha256OfData = '3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7';
const sha256OfEmpty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function refuse(headers: Fields, trailers: Fields = {}, expectedDigest: 'hex' | 'base64' = 'base64') {
  const body = new TextEncoder().encode('data');
  return told(
    refuseBody({
      headers: new Map(Object.entries(headers)),
      trailers: new Map(Object.entries(trailers)),
      body,
      expectedDigest,
    }),
  );
}

function told(refusal: S3Error | undefined): object | undefined {
  return refusal && { refusal: refusal.refusal, details: refusal.details };
}

describe('the form of x-amz-content-sha256', () => {
  it.each([
    ['s3', undefined],
    [undefined, undefined],
    [
      '',
      "the request has no x-amz-content-sha256: its signature is for the service '', and signers send that header for 's3' alone",
    ],
    [
      'ec2',
      "the request has no x-amz-content-sha256: its signature is for the service 'ec2', and signers send that header for 's3' alone",
    ],
  ])('is missing in a request that is signed for the service %p: why is %p', (service, why) => {
    const refusal = refuseContentSha256({ headers: new Map(), signed: 'header', streamingAllowed: true, service });
    expect({ refusal: refusal?.refusal, why: refusal?.why }).toEqual({ refusal: 'ContentSha256Missing', why });
  });

  it.each<{ value?: string; signed: 'header' | 'text' | 'none'; streamingAllowed: boolean; refusal?: string }>`
    value                                                 | signed      | streamingAllowed | refusal
    ${undefined}                                          | ${'header'} | ${false}         | ${'ContentSha256Missing'}
    ${''}                                                 | ${'header'} | ${false}         | ${'ContentSha256Missing'}
    ${undefined}                                          | ${'text'}   | ${false}         | ${undefined}
    ${undefined}                                          | ${'none'}   | ${false}         | ${undefined}
    ${sha256OfData}                                       | ${'header'} | ${false}         | ${undefined}
    ${sha256OfData.toUpperCase()}                         | ${'header'} | ${false}         | ${undefined}
    ${'UNSIGNED-PAYLOAD'}                                 | ${'header'} | ${false}         | ${undefined}
    ${'STREAMING-UNSIGNED-PAYLOAD-TRAILER'}               | ${'header'} | ${true}          | ${undefined}
    ${'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'}               | ${'header'} | ${true}          | ${undefined}
    ${'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'}       | ${'header'} | ${true}          | ${undefined}
    ${'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD'}         | ${'header'} | ${true}          | ${undefined}
    ${'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER'} | ${'header'} | ${true}          | ${undefined}
    ${'STREAMING-UNSIGNED-PAYLOAD-TRAILER'}               | ${'header'} | ${false}         | ${'ContentSha256NotStreaming'}
    ${'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'}               | ${'none'}   | ${false}         | ${'ContentSha256NotStreaming'}
    ${'garbage'}                                          | ${'text'}   | ${false}         | ${undefined}
    ${'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'}               | ${'text'}   | ${false}         | ${undefined}
    ${'garbage'}                                          | ${'none'}   | ${false}         | ${undefined}
  `('$value on a request signed in: $signed gives $refusal', ({ value, signed, streamingAllowed, refusal }) => {
    const headers = new Map<string, string>(value === undefined ? [] : [['x-amz-content-sha256', value]]);
    expect(refuseContentSha256({ headers, signed, streamingAllowed })?.refusal).toBe(refusal);
  });

  it.each<{ value: string }>`
    value
    ${'garbage'}
    ${'unsigned-payload'}
    ${'STREAMING-PAYLOAD'}
    ${sha256OfData.slice(1)}
    ${`${sha256OfData}0`}
    ${'g'.repeat(64)}
  `('$value is neither a keyword nor a hash', ({ value }) => {
    const headers = new Map([['x-amz-content-sha256', value]]);
    expect(told(refuseContentSha256({ headers, signed: 'header', streamingAllowed: true }))).toEqual({
      refusal: 'ContentSha256Invalid',
      details: { ArgumentValue: value },
    });
  });
});

describe('Content-MD5', () => {
  it('of the body is accepted', () => {
    expect(refuse({ 'content-md5': 'jXd/OF09/siBXSD3SWAm3A==' })).toBeUndefined();
  });

  it.each(['', 'data', 'jXd/OF09/siBXSD3SWAm3A', 'jXd/OF09/siBXSD3SWAm', '8d777f385d3dfec8815d20f7496026dc', '%%%'])(
    '"%s" is not a digest',
    (value) => {
      expect(refuse({ 'content-md5': value })).toEqual({ refusal: 'ContentMd5Invalid', details: { value } });
    },
  );

  it.each<{ expectedDigest: 'hex' | 'base64'; ExpectedDigest: string }>`
    expectedDigest | ExpectedDigest
    ${'base64'}    | ${'1B2M2Y8AsgTpgAmY7PhCfg=='}
    ${'hex'}       | ${'d41d8cd98f00b204e9800998ecf8427e'}
  `('of another body is answered with the digest in $expectedDigest', ({ expectedDigest, ExpectedDigest }) => {
    expect(refuse({ 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' }, {}, expectedDigest)).toEqual({
      refusal: 'ContentMd5Mismatch',
      details: { ExpectedDigest, CalculatedDigest: 'jXd/OF09/siBXSD3SWAm3A==' },
    });
  });
});

describe('x-amz-content-sha256', () => {
  it.each([sha256OfData, sha256OfData.toUpperCase(), 'UNSIGNED-PAYLOAD', 'garbage'])('%s is accepted', (value) => {
    expect(refuse({ 'x-amz-content-sha256': value })).toBeUndefined();
  });

  it('of another body is refused', () => {
    expect(refuse({ 'x-amz-content-sha256': sha256OfEmpty })).toEqual({
      refusal: 'ContentSha256Mismatch',
      details: { ClientComputedContentSHA256: sha256OfEmpty, S3ComputedContentSHA256: sha256OfData },
    });
  });
});

describe('x-amz-checksum-*', () => {
  const right = {
    crc32: 'rfPzYw==',
    crc32c: 'rth90Q==',
    crc64nvme: '7a5hQ478J4A=',
    sha1: 'oXyaqmHoChv3HQ2FCvTluqmAC70=',
    sha256: 'Om6weQ85rIfJTzhWst0sXREOaBFgImGpqSPTuyOtyLc=',
  };
  const ofEmpty = {
    crc32: 'AAAAAA==',
    crc32c: 'AAAAAA==',
    crc64nvme: 'AAAAAAAAAAA=',
    sha1: '2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
    sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  };

  describe.each(['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const)('%s', (name) => {
    const field = `x-amz-checksum-${name}`;

    it('of the body is accepted from a header and from a trailer', () => {
      expect(refuse({ [field]: right[name] })).toBeUndefined();
      expect(refuse({ 'x-amz-trailer': field }, { [field]: right[name] })).toBeUndefined();
      expect(refuse({ 'x-amz-trailer': field, [field]: right[name] })).toBeUndefined();
    });

    it('of another body is refused from a header and from a trailer', () => {
      const refused = { refusal: 'ChecksumMismatch', details: { algorithm: name.toUpperCase() } };
      expect(refuse({ [field]: ofEmpty[name] })).toEqual(refused);
      expect(refuse({ 'x-amz-trailer': field }, { [field]: ofEmpty[name] })).toEqual(refused);
    });

    it.each(['', 'data', 'AAAA', right[name].replace(/=+$/, ''), `${right[name]}-3`, `${right[name]}, ${right[name]}`])(
      '"%s" is not a value',
      (value) => {
        expect(refuse({ [field]: value })).toEqual({ refusal: 'ChecksumInvalid', details: { header: field } });
        expect(refuse({}, { [field]: value })).toEqual({
          refusal: 'ChecksumTrailerInvalid',
          details: { header: field },
        });
      },
    );
  });

  const { crc32, crc64nvme, sha1 } = right;
  it.each<[headers: Fields, trailers: Fields, refusal: string | undefined]>([
    [{ 'x-amz-checksum-crc32': crc32, 'x-amz-checksum-sha1': sha1 }, {}, 'ChecksumMultiple'],
    [{ 'x-amz-checksum-crc32': crc32, 'x-amz-checksum-foo': 'x' }, {}, 'ChecksumMultiple'],
    [{}, { 'x-amz-checksum-crc32': crc32, 'x-amz-checksum-sha1': sha1 }, 'ChecksumMultiple'],
    [{ 'x-amz-checksum-crc32': crc32 }, { 'x-amz-checksum-sha1': sha1 }, 'ChecksumHeaderAndTrailer'],
    [{ 'x-amz-checksum-crc32': crc32 }, { 'x-amz-checksum-crc32': crc32 }, 'ChecksumHeaderAndTrailer'],
    [{ 'x-amz-checksum-sha256a': 'dummy' }, {}, 'ChecksumAlgorithmUnknown'],
    [{ 'x-amz-checksum-crc32': crc32, 'x-amz-sdk-checksum-algorithm': 'CRC32C' }, {}, 'ChecksumSdkAlgorithmInvalid'],
    [{ 'x-amz-checksum-crc32': crc32, 'x-amz-sdk-checksum-algorithm': 'FOO' }, {}, 'ChecksumSdkAlgorithmInvalid'],
    [{ 'x-amz-sdk-checksum-algorithm': 'SHA1' }, { 'x-amz-checksum-crc32': crc32 }, 'ChecksumSdkAlgorithmInvalid'],
    [{ 'x-amz-checksum-crc32': crc32, 'x-amz-sdk-checksum-algorithm': 'crc32' }, {}, undefined],
    [{ 'x-amz-sdk-checksum-algorithm': 'CRC64NVME' }, { 'x-amz-checksum-crc64nvme': crc64nvme }, undefined],
    [{ 'x-amz-sdk-checksum-algorithm': 'CRC32' }, {}, 'ChecksumAnnouncedAndMissing'],
    // The SDK v3 sends this for ChecksumAlgorithm: 'MD5'. F1793
    [
      { 'x-amz-sdk-checksum-algorithm': 'MD5', 'content-md5': 'jXd/OF09/siBXSD3SWAm3A==' },
      {},
      'ChecksumAnnouncedAndMissing',
    ],
    [{ 'x-amz-sdk-checksum-algorithm': '' }, {}, undefined],
    [
      { 'x-amz-sdk-checksum-algorithm': 'CRC32', 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
      {},
      'ChecksumAnnouncedAndMissing',
    ],
    [{ 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }, {}, undefined],
    [{ 'x-amz-checksum-type': 'FULL_OBJECT', 'x-amz-checksum-algorithm': 'CRC32' }, {}, undefined],
    [{ 'x-amz-checksum-mode': 'ENABLED', 'x-amz-checksum-sha1': sha1 }, {}, undefined],
    [{}, { 'x-trace': 'abc' }, undefined],
  ])('%p with the trailers %p gives %s', (headers, trailers, refusal) => {
    expect(refuse(headers, trailers)).toEqual(refusal && { refusal, details: {} });
  });

  // F232. hash-wasm, which computes it, is loaded by the first request that names it, and not here.
  it.each<[string, headers: Fields, trailers: Fields]>([
    ['its header', { 'x-amz-checksum-xxhash64': 'x' }, {}],
    ['its trailer', {}, { 'x-amz-checksum-xxhash64': 'x' }],
    ['the name of its trailer', { 'x-amz-trailer': 'x-amz-checksum-xxhash64' }, {}],
    ["the SDK's header", { 'x-amz-sdk-checksum-algorithm': 'xxhash64' }, {}],
  ])('is refused by name if the mock cannot compute it: %s', (_place, headers, trailers) => {
    expect(refuse(headers, trailers)).toEqual({
      refusal: 'MockChecksumNotImplemented',
      details: { algorithm: 'XXHASH64' },
    });
  });

  // F1608: its place is an unverified guess.
  it('is refused if it comes twice, before another algorithm is refused', () => {
    const headers = new Map([
      ['x-amz-checksum-crc32', `${crc32}, ${ofEmpty.crc32}`],
      ['x-amz-checksum-sha1', sha1],
    ]);
    const rawHeaders = [
      'X-Amz-Checksum-CRC32',
      crc32,
      'X-Amz-Checksum-CRC32',
      ofEmpty.crc32,
      'X-Amz-Checksum-SHA1',
      sha1,
    ];
    const trailers = new Map();
    const claims = readClaims({ headers, trailers, wire: { rawHeaders } });
    const received = { headers, trailers, body: Buffer.from('data'), expectedDigest: 'hex', claims } as const;
    expect(told(refusalThrownBy(() => checkDigestForms(received)))).toEqual({
      refusal: 'ChecksumTwice',
      details: { ArgumentName: 'x-amz-checksum-crc32', ArgumentValue: ofEmpty.crc32 },
    });
  });

  // F1696: the body has no trailers, and that is a malformed one.
  it('has not come if the header of a body in one piece only names it', () => {
    const announced = ['x-amz-checksum-crc32', 'x-amz-checksum-sha1'];
    const headers = new Map([['x-amz-trailer', announced.join()]]);
    const body = new TextEncoder().encode('data');
    const sent = { headers, trailers: new Map(), body, expectedDigest: 'hex', announced } as const;
    expect(refuseBody(sent)).toBeUndefined();
  });

  it('belongs to the object that CompleteMultipartUpload makes, not to its body', () => {
    const headers = new Map([['x-amz-checksum-crc32', `${ofEmpty.crc32}-3`]]);
    const body = new TextEncoder().encode('<CompleteMultipartUpload/>');
    const request = { headers, trailers: new Map(), body, expectedDigest: 'base64' } as const;
    expect(refuseBody({ ...request, checksumOf: 'object' })).toBeUndefined();
    expect(refuseBody(request)?.refusal).toBe('ChecksumInvalid');
  });
});

// F27
it.each<{ hash: 'first' | 'last'; md5: string; refusal: string | undefined }>`
  hash       | md5                           | refusal
  ${'first'} | ${'1B2M2Y8AsgTpgAmY7PhCfg=='} | ${'ContentSha256Mismatch'}
  ${'last'}  | ${'1B2M2Y8AsgTpgAmY7PhCfg=='} | ${'ContentMd5Mismatch'}
  ${'first'} | ${'jXd/OF09/siBXSD3SWAm3A=='} | ${'ContentSha256Mismatch'}
  ${'last'}  | ${'jXd/OF09/siBXSD3SWAm3A=='} | ${'ContentSha256Mismatch'}
`(
  'a wrong payload hash, compared $hash, beside the Content-MD5 $md5 is refused as $refusal',
  ({ hash, md5, refusal }) => {
    const headers = new Map([
      ['content-md5', md5],
      ['x-amz-content-sha256', sha256OfEmpty],
    ]);
    const body = new TextEncoder().encode('data');
    const received = { headers, trailers: new Map(), body, expectedDigest: 'base64', claims: [] } as const;
    expect(refusalThrownBy(() => checkDigests(received, `payload hash ${hash}`))?.refusal).toBe(refusal);
  },
);

it('a malformed value is refused before a value that does not match', () => {
  const wrong = { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==', 'x-amz-content-sha256': sha256OfEmpty };
  expect(refuse({ ...wrong, 'x-amz-checksum-crc32': 'x' })).toMatchObject({ refusal: 'ChecksumInvalid' });
});

describe('readChecksums', () => {
  it('finds them in headers and trailers, by algorithm', () => {
    const headers = new Map([
      ['x-amz-checksum-type', 'FULL_OBJECT'],
      ['x-amz-checksum-sha1', 'oXyaqmHoChv3HQ2FCvTluqmAC70='],
      ['x-amz-checksum-foo', 'bar'],
    ]);
    const trailers = new Map([['x-amz-checksum-crc64nvme', '7a5hQ478J4A=']]);
    expect(readChecksums(headers, trailers)).toEqual({
      SHA1: 'oXyaqmHoChv3HQ2FCvTluqmAC70=',
      CRC64NVME: '7a5hQ478J4A=',
    });
    expect(readChecksums(new Map(), new Map())).toEqual({});
  });
});

it('no request makes a check throw', () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom('content-md5', 'x-amz-content-sha256', 'x-amz-trailer', 'x-amz-sdk-checksum-algorithm'),
    fc.constantFrom('x-amz-checksum-', 'x-amz-checksum-crc32', 'x-amz-checksum-sha256', 'x-amz-checksum-type'),
  );
  const value = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.constantFrom('STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'CRC32'),
  );
  const fields = fc.array(fc.tuple(name, value)).map((entries) => new Map(entries));
  fc.assert(
    fc.property(fields, fields, fc.uint8Array(), fc.boolean(), (headers, trailers, body, streamingAllowed) => {
      refuseBody({ headers, trailers, body, expectedDigest: 'hex' });
      refuseContentSha256({ headers, signed: 'header', streamingAllowed });
      readChecksums(headers, trailers);
    }),
  );
});
