import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { sha256Hex } from '../../../src/formats/digests';
import { presignV2, presignV4, signV2, signV4 } from '../../support/clients/signer';
import { cosHost } from '../../support/clients/story-client';
import { refusalIn } from '../../support/documents';
import { answered, elements, md5Of, put, refusal } from '../../support/objects';
import { begin, sendPart } from '../../support/uploads';
import { send, signedWith, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ verifySignatures: false, buckets: { plain: { objects: { k: 'data' }, publicAccessBlock: null } } });
const host = 's3.us-east-1.amazonaws.com';

const hashOf = (text: string) => sha256Hex(Buffer.from(text));
const mismatch = (ClientComputedContentSHA256: string, body = 'data') =>
  refusal(
    400,
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    elements({ ClientComputedContentSHA256, S3ComputedContentSHA256: hashOf(body) }),
  );

/** Ways to sign a PutObject that are not an Authorization header of Signature Version 4. */
type Way = (headers: Readonly<Record<string, string>>) => Pick<WireCall, 'path' | 'headers'>;
const { credentials } = s3.account;
const ways: readonly (readonly [string, Way])[] = [
  [
    'a presigned URL of version 4',
    (headers) => ({
      path: presignV4({ method: 'PUT', host, path: '/plain/k', headers }, credentials),
      headers: { ...headers, Authorization: undefined },
    }),
  ],
  [
    'a header of version 2',
    (headers) => {
      const signed = signV2({ method: 'PUT', host, path: '/plain/k', headers, resource: '/plain/k' }, credentials);
      const { authorization: Authorization, ...others } = signed;
      return { path: '/plain/k', headers: { ...others, Authorization } };
    },
  ],
  [
    'a presigned URL of version 2',
    (headers) => ({
      path: presignV2({ method: 'PUT', host, path: '/plain/k', headers, resource: '/plain/k' }, credentials),
      headers: { ...headers, Authorization: undefined },
    }),
  ],
];

// openstack/swift, test/s3api/test_input_errors.py, TestV4AuthQuery, TestV2AuthHeaders, TestV2AuthQuery. F1691
describe.each(ways)('x-amz-content-sha256 beside %s', (_what, sign) => {
  const ask = (headers: Readonly<Record<string, string>>, body = 'data') =>
    send({ method: 'PUT', host, body, ...sign(headers) });

  it.each(['invalid', 'INVALID', 'unsigned-payload', hashOf(''), hashOf('').toUpperCase()])(
    'is compared with the body: %s',
    async (hash) => {
      expect(await answered(ask({ 'x-amz-content-sha256': hash }))).toEqual(mismatch(hash));
      expect(await answered(ask({ 'x-amz-content-sha256': hash, 'content-md5': md5Of('') }))).toEqual(mismatch(hash));
    },
  );

  it.each(['UNSIGNED-PAYLOAD', hashOf('data'), hashOf('data').toUpperCase()])('fits the body: %s', async (hash) => {
    expect((await ask({ 'x-amz-content-sha256': hash })).status).toBe(200);
  });

  it('is not needed', async () => {
    expect((await ask({})).status).toBe(200);
  });

  it('comes after the form of Content-MD5', async () => {
    const headers = { 'x-amz-content-sha256': 'invalid', 'content-md5': 'invalid' };
    expect(refusalIn(await ask(headers)).code).toBe('InvalidDigest');
  });

  it.each(['STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'])(
    '%s names no framing, and the decoded length is compared first',
    async (hash) => {
      const headers = {
        'x-amz-content-sha256': hash,
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '4',
      };
      expect(await answered(ask(headers))).toEqual(mismatch(hash));
      const framed = '4\r\ndata\r\n0\r\n\r\n';
      expect(await answered(ask(headers, framed))).toEqual(
        refusal(
          400,
          'IncompleteBody',
          'You did not provide the number of bytes specified by the Content-Length HTTP header',
          elements({ NumberBytesExpected: 4, NumberBytesProvided: framed.length }),
        ),
      );
    },
  );
});

it('x-amz-content-sha256 of an anonymous request is compared only if it is a hash', async () => {
  s3.bucket('plain').policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::plain/*' }],
  };
  const ask = (hash: string) => put('/plain/k', 'data', { Authorization: undefined, 'x-amz-content-sha256': hash });
  expect((await ask('invalid')).status).toBe(200);
  expect(await answered(ask(hashOf('')))).toEqual(mismatch(hashOf('')));
});

// openstack/swift, test_get_*_sha, test_head_*_sha, test_*_bucket_good_md5_*. F1693
describe('a read', () => {
  const paths = [
    '/',
    '/plain',
    '/plain/k',
    '/plain?versions',
    '/plain?versioning',
    '/plain?location',
    '/plain/k?tagging',
  ];
  const digests = [
    { 'x-amz-content-sha256': hashOf('other') },
    { 'Content-MD5': md5Of('other') },
    { 'x-amz-checksum-crc32': 'AAAAAA==' },
  ];

  it.each(paths)('compares no digest: GET %s', async (path) => {
    for (const headers of digests) expect((await send({ path, host, headers })).status).toBe(200);
  });

  it('compares no digest: HEAD, COS, version 2 and presigned URLs', async () => {
    for (const headers of digests) {
      for (const path of ['/plain', '/plain/k'])
        expect((await send({ method: 'HEAD', path, headers })).status).toBe(200);
      expect((await send({ path: '/plain/k', headers: { ...headers, Authorization: 'AWS KEY:sig' } })).status).toBe(
        200,
      );
      const path = presignV4({ method: 'GET', host, path: '/plain/k' }, credentials);
      expect((await send({ path, host, headers: { ...headers, Authorization: undefined } })).status).toBe(200);
    }
    const { 'x-amz-content-sha256': _any, ...ofOwner } = signedWith('KEY');
    const headers = { ...ofOwner, 'x-amz-content-sha256': hashOf('other') };
    expect((await send({ path: '/vault', host: cosHost, headers })).status).toBe(404);
  });

  it('has a hash of a known form if its signature is in a header', async () => {
    const { headers } = signV4({ method: 'GET', host, path: '/plain/k' }, credentials);
    const { authorization: Authorization, host: Host, ...others } = headers;
    const ask = {
      path: '/plain/k',
      host,
      headers: { Host, ...others, Authorization, 'x-amz-content-sha256': 'invalid' },
    };
    expect(refusalIn(await send(ask)).code).toBe('InvalidArgument');
  });

  it('is not a delete', async () => {
    const ask = { method: 'DELETE', path: '/plain/k', headers: { 'x-amz-content-sha256': hashOf('other') } };
    expect(refusalIn(await send(ask)).code).toBe('XAmzContentSHA256Mismatch');
  });
});

// openstack/swift, test_no_md5_good_sha_*_in_trailer_*. F1696
describe('a checksum beside x-amz-trailer, of a body that is not streamed', () => {
  const hash = { 'x-amz-content-sha256': hashOf('data') };
  const crc32 = { 'x-amz-checksum-crc32': 'rfPzYw==' };
  const one = 'Expecting a single x-amz-checksum- header';
  const several = `${one}. Multiple checksum Types are not allowed.`;

  it.each<[string, string, Readonly<Record<string, string>>]>([
    [one, 'x-amz-checksum-crc32', crc32],
    [one, 'x-amz-checksum-crc32c', crc32],
    [several, 'x-amz-checksum-crc32, x-amz-checksum-crc32', crc32],
    [several, 'x-amz-checksum-crc32, x-amz-checksum-crc32c', crc32],
    [several, 'x-amz-checksum-crc32', { ...crc32, 'x-amz-checksum-sha1': 'oXyaqmHoChv3HQ2FCvTluqmAC70=' }],
  ])('is refused with %j for %j', async (message, trailer, checksums) => {
    const headers = { ...hash, ...checksums, 'x-amz-trailer': trailer };
    const expected = refusal(400, 'InvalidRequest', message);
    expect(await answered(put('/plain/k', 'data', headers))).toEqual(expected);
    const id = await begin('/plain/k');
    expect(await answered(sendPart('/plain/k', id, 1, 'data', headers))).toEqual(expected);
    // The number comes before the algorithm that the SDK names.
    expect(await answered(put('/plain/k', 'data', { ...headers, 'x-amz-sdk-checksum-algorithm': 'SHA256' }))).toEqual(
      expected,
    );
  });

  it('is missing if it is announced alone', async () => {
    const headers = { ...hash, 'x-amz-trailer': 'x-amz-checksum-crc32' };
    expect(refusalIn(await put('/plain/k', 'data', headers)).code).toBe('MalformedTrailerError');
  });
});

// openstack/swift, test_strm_unsgnd_pyld_trl_*; justincormack/argmin, test_inline_plus_trailing_checksum_rejected. F1690
describe('a streamed body', () => {
  const streamed = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '4',
  };
  const announced = { ...streamed, 'x-amz-trailer': 'x-amz-checksum-crc32' };
  const framed = (trailers = '') => `4\r\ndata\r\n0\r\n${trailers}\r\n`;
  const trailer = 'x-amz-checksum-crc32:rfPzYw==\r\n';

  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      'two checksums in headers',
      { ...streamed, 'x-amz-checksum-crc32': 'rfPzYw==', 'x-amz-checksum-crc32c': 'rth90Q==' },
      'nonsense',
      'InvalidRequest',
    ],
    [
      'another algorithm than the named one',
      { ...streamed, 'x-amz-checksum-crc32': 'rfPzYw==', 'x-amz-sdk-checksum-algorithm': 'SHA256' },
      'nonsense',
      'InvalidRequest',
    ],
    [
      'a checksum in a header and one in a trailer',
      { ...announced, 'x-amz-checksum-sha256': hashOf('data') },
      framed(trailer),
      'InvalidRequest',
    ],
    ['a trailer without a colon', announced, framed('no-colon-here\r\n'), 'IncompleteBody'],
    ['a trailer that is not a checksum', announced, framed('x-amz-checksum-crc32:AAAA\r\n'), 'InvalidRequest'],
    ['such a trailer in a body that is cut off', announced, '5\r\ndata', 'IncompleteBody'],
    [
      'such a trailer and one that is not announced',
      announced,
      framed('x-amz-checksum-crc32:AAAA\r\nbonus: x\r\n'),
      'MalformedTrailerError',
    ],
    ['a chunk of nothing in the middle', streamed, '2\r\nda\r\n0\r\n\r\n2\r\nta\r\n0\r\n\r\n', 'IncompleteBody'],
  ])('with %s is refused', async (_what, headers, body, code) => {
    expect(refusalIn(await put('/plain/k', body, headers)).code).toBe(code);
    const id = await begin('/plain/k');
    expect(refusalIn(await sendPart('/plain/k', id, 1, body, headers)).code).toBe(code);
  });
});
