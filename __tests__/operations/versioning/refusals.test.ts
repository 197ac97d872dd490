import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import {
  declaration,
  enabled,
  errorDocument,
  malformedXml,
  signedV4,
  suspended,
  versioningConfiguration,
} from '../../support/documents';
import { closingRefusalHead } from '../../support/heads';
import { answered, refusal } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Suspended' }, locked: { objectLock: true } } });

const put = (body: string | Uint8Array, headers: WireCall['headers'] = {}) =>
  send({ method: 'PUT', path: '/vault?versioning', headers, body });

const missingStatus = errorDocument(
  'IllegalVersioningConfigurationException',
  'The Versioning element must be specified',
);

// Recorded: dyus/meeseeks-s3, tests/put_bucket_versioning/golden. F3
describe('a body that PUT ?versioning refuses', () => {
  it('answers 400 and closes the connection', async () => {
    const { status, head, text } = await put('');
    expect({ status, text }).toEqual(refusal(400, 'MissingRequestBodyError', 'Request Body is empty'));
    expect(head).toEqual(closingRefusalHead());
  });

  it.each([
    ['only blanks', '   \n\n  '],
    ['random bytes', Buffer.from('YK96vSjtFyG/VxJ0A+PFwMMvKQDWlo2gTegMoWOqg6p/muyf075njg==', 'base64')],
    ['a tag left open', '<?xml version="1.0"?><VersioningConfiguration><Status>Enabled</Status>'],
    ['text behind the root', `${enabled}wrongxml`],
    ['two roots', `${enabled}${enabled}`],
    ['Status in lower case', versioningConfiguration('<Status>enabled</Status>')],
    ['Status in upper case', versioningConfiguration('<Status>ENABLED</Status>')],
    ['Status Disabled', versioningConfiguration('<Status>Disabled</Status>')],
    ['Status NeverEnabled', versioningConfiguration('<Status>NeverEnabled</Status>')],
    ['another Status', versioningConfiguration('<Status>Foo</Status>')],
    ['blanks around Status', versioningConfiguration('<Status> Enabled </Status>')],
    ['an element within Status', versioningConfiguration('<Status><A/></Status>')],
    ['two Status', versioningConfiguration('<Status>Enabled</Status><Status>Suspended</Status>')],
    ['twice the same Status', versioningConfiguration('<Status>Enabled</Status><Status>Enabled</Status>')],
    ['an unknown element', versioningConfiguration('<Status>Enabled</Status><Foo>bar</Foo>')],
    ['the name that SDKs use', versioningConfiguration('<Status>Enabled</Status><MFADelete>Disabled</MFADelete>')],
    ['MfaDelete in lower case', versioningConfiguration('<Status>Enabled</Status><MfaDelete>disabled</MfaDelete>')],
    ['another MfaDelete', versioningConfiguration('<Status>Enabled</Status><MfaDelete>Suspended</MfaDelete>')],
    ['a document type', `<!DOCTYPE a [<!ENTITY b "Enabled">]>${versioningConfiguration('<Status>&b;</Status>')}`],
  ])('answers MalformedXML for %s', async (_what, body) => {
    expect(await answered(put(body))).toEqual({ status: 400, text: malformedXml });
    expect(s3.bucket('vault').versioning).toBe('Suspended');
    expect(s3.requests.last()).toMatchObject({ operation: 'PutBucketVersioning', error: { code: 'MalformedXML' } });
  });

  it.each([
    ['an empty configuration', versioningConfiguration('')],
    ['a closed configuration', '<VersioningConfiguration/>'],
    ['an empty Status', versioningConfiguration('<Status></Status>')],
    ['a closed Status', versioningConfiguration('<Status/>')],
    ['MfaDelete alone', versioningConfiguration('<MfaDelete>Disabled</MfaDelete>')],
  ])('answers IllegalVersioningConfigurationException for %s', async (_what, body) => {
    expect(await answered(put(body))).toEqual({ status: 400, text: missingStatus });
    expect(s3.bucket('vault').versioning).toBe('Suspended');
  });

  it.each([1025, 1_048_576, 1_048_577, 2_097_152])('answers MaxMessageLengthExceeded for %i bytes', async (bytes) => {
    const bare = `${declaration}<!--  -->\n${enabled}`;
    const { status, text, header } = await put(bare.replace('<!--', `<!--${'x'.repeat(bytes - bare.length)}`));
    expect({ status, connection: header('connection') }).toEqual({ status: 400, connection: 'close' });
    expect(text).toBe(
      errorDocument(
        'MaxMessageLengthExceeded',
        'Your request was too big.',
        '<MaxMessageLengthBytes>1024</MaxMessageLengthBytes>',
      ),
    );
  });

  it('answers MalformedXML for a body of 1 MB that is not XML from its first byte on (F28)', async () => {
    expect(await answered(put(`${'\0'.repeat(1_048_576)}${enabled}`))).toEqual({ status: 400, text: malformedXml });
  });
});

// The wrong digest is recorded by dyus/meeseeks-s3; the form of digests by localstack for PutObject; sha256 by meeseeks. F4, F27
describe('a digest that PUT ?versioning refuses', () => {
  const recorded = `<?xml version="1.0" encoding="UTF-8"?>${enabled}`;
  const sha256 = (body: string) => createHash('sha256').update(body).digest('hex');
  const wrongMd5 = 'AWECFBhmZGwRrNUBtwbEEg==';

  it('answers BadDigest for the Content-MD5 of another body, both digests in base64', async () => {
    expect(await answered(put(recorded, { 'Content-MD5': wrongMd5 }))).toEqual(
      refusal(
        400,
        'BadDigest',
        'The Content-MD5 you specified did not match what we received.',
        `<CalculatedDigest>IjhtHf5gnkMYmEeiwoaHWg==</CalculatedDigest><ExpectedDigest>${wrongMd5}</ExpectedDigest>`,
      ),
    );
    expect(s3.bucket('vault').versioning).toBe('Suspended');
  });

  it.each(['garbage', 'AWECFBhmZGwR', ''])('answers InvalidDigest for the Content-MD5 %j', async (value) => {
    expect(await answered(put(enabled, { 'Content-MD5': value }))).toEqual(
      refusal(
        400,
        'InvalidDigest',
        'The Content-MD5 you specified was invalid.',
        `<Content-MD5>${value}</Content-MD5>`,
      ),
    );
  });

  it('answers InvalidArgument for a malformed x-amz-content-sha256', async () => {
    const value = 'wrong_sha256_hash_value_12345';
    expect(await answered(put(enabled, { Authorization: signedV4(), 'x-amz-content-sha256': value }))).toEqual(
      refusal(
        400,
        'InvalidArgument',
        'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
        `<ArgumentName>x-amz-content-sha256</ArgumentName><ArgumentValue>${value}</ArgumentValue>`,
      ),
    );
  });

  it.each<{ faults: string; body: string; headers: Record<string, string>; code: string }>`
    faults                                        | body       | headers                                                                                       | code
    ${'a bad form, no body'}                      | ${''}      | ${{ 'Content-MD5': 'x' }}                                                                     | ${'InvalidDigest'}
    ${'no XML, a wrong digest'}                   | ${'<'}     | ${{ 'Content-MD5': wrongMd5 }}                                                                | ${'MalformedXML'}
    ${'a wrong digest, a Status that is missing'} | ${'<a/>'}  | ${{ 'Content-MD5': wrongMd5 }}                                                                | ${'BadDigest'}
    ${'a wrong digest and a wrong sha256'}        | ${enabled} | ${{ 'Content-MD5': wrongMd5, Authorization: signedV4(), 'x-amz-content-sha256': sha256('') }} | ${'BadDigest'}
  `('answers $code for $faults', async ({ body, headers, code }) => {
    expect(await answered(put(body, headers))).toEqual({
      status: 400,
      text: expect.stringContaining(`<Code>${code}</Code>`),
    });
  });
});

describe('a bucket or a caller that PUT ?versioning refuses', () => {
  // Recorded: localstack, test_disable_versioning_on_locked_bucket. F12
  it('answers InvalidBucketState for Suspended with object lock, and accepts Enabled again', async () => {
    expect(await answered(send({ method: 'PUT', path: '/locked?versioning', body: suspended }))).toEqual(
      refusal(
        409,
        'InvalidBucketState',
        'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
      ),
    );
    expect((await send({ method: 'PUT', path: '/locked?versioning', body: enabled })).status).toBe(200);
    expect(s3.bucket('locked').versioning).toBe('Enabled');
  });
});
