import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../../src';
import { readForm } from '../../../src/protocol/form/form';
import { readFormIdentity } from '../../../src/protocol/form/form-request';
import { checkForm } from '../../../src/protocol/signature/signature';
import { S3Error } from '../../../src/refusals';
import { cosHost } from '../../support/clients/story-client';
import { refusalIn, textOf } from '../../support/documents';
import { type Field, formBody, post, type SignedForm, signedFields } from '../../support/forms';
import { answered, elements, refusal } from '../../support/objects';
import { startedMocks } from '../../support/started-mocks';

const startMock = startedMocks();
let s3: MockS3;

function start(options: MockS3Options = {}): void {
  s3 = startMock({ verifySignatures: true, buckets: { vault: { versioning: 'Enabled' } }, ...options });
}

beforeEach(() => start());

const posted = (form: SignedForm = {}, call = {}) => post({ keys: s3.account.credentials, ...form }, call);

const spaced = (text: string) => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.';

// F564
describe.each([4, 2] as const)('a form that is signed by version %s', (version) => {
  it('is stored for its caller', async () => {
    expect((await posted({ version })).status).toBe(204);
    const { accessKeyId } = s3.account.credentials;
    expect(s3.requests.last()?.caller).toMatchObject({ account: '000000000000', accessKeyId });
    expect(s3.bucket('vault').current('report.pdf')).toMatchObject({ size: 4 });
  });

  it('is refused if its policy or its signature was changed, before the policy is read', async () => {
    const at = new Date(); // both forms are signed in the same second
    const fields = signedFields({ version, keys: s3.account.credentials, at });
    const fieldOf = (name: string) => fields.find(([one]) => one === name)?.[1] ?? '';
    const policy = fieldOf('policy').slice(0, -2);
    const signature = fieldOf(version === 4 ? 'x-amz-signature' : 'signature');
    const AWSAccessKeyId = s3.account.credentials.accessKeyId;
    const details = {
      AWSAccessKeyId,
      StringToSign: policy,
      SignatureProvided: signature,
      StringToSignBytes: spaced(policy),
    };
    expect(await answered(posted({ version, at, changed: { policy } }))).toEqual(
      refusal(403, 'SignatureDoesNotMatch', mismatch, elements(details)),
    );
    const reversed = { [version === 4 ? 'x-amz-signature' : 'signature']: 'A'.repeat(64) };
    expect(textOf('Code', await posted({ version, changed: reversed }))).toBe('SignatureDoesNotMatch');
    expect(s3.bucket('vault').versions()).toEqual([]);
  });

  it('is refused if its key is unknown', async () => {
    const keys = { accessKeyId: 'AKIDUNKNOWN', secretAccessKey: 'secret' };
    expect(await answered(posted({ version, keys }))).toEqual(
      refusal(
        403,
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        elements({ AWSAccessKeyId: keys.accessKeyId }),
      ),
    );
  });

  it('is stored at IBM COS', async () => {
    expect((await posted({ version }, { host: cosHost })).status).toBe(204);
  });
});

it('the signature of a form is that of the documentation', () => {
  const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
  const policy =
    '{"expiration": "2015-12-29T01:00:00Z", "conditions": [{"bucket": "sigv4examplebucket"}, {"key": "user/user1/photo.jpg"}, {"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"}, {"x-amz-date": "20151229T000000Z"}]}';
  const fields = signedFields({ key: 'user/user1/photo.jpg', keys, at: new Date('2015-12-29T00:00:00Z'), policy });
  expect(fields.at(-1)).toEqual([
    'x-amz-signature',
    '3364624b39010d9b06f5d9b8c9a18a6e478d261c048159c92f2fd6fa885f14e6',
  ]);
  const form = readForm('multipart/form-data; boundary=----FormBoundary7MA4YWxkTrZu0gW', formBody(fields));
  if (form instanceof S3Error) throw form;
  const verifier = {
    secretOf: () => keys.secretAccessKey,
    findTokenCheck: () => undefined,
    hasIssued: () => false,
    believesKeys: false,
    times: { process: 0, mock: 0, moves: [], presumed: 'signed first' as const },
    region: 'us-east-1',
  };
  const request = { form, identity: readFormIdentity(form) };
  expect(() => checkForm(request as Parameters<typeof checkForm>[0], verifier)).not.toThrow();
});

describe('the scope of a form', () => {
  it.each<[SignedForm, string]>([
    [{ region: 'us-west-2' }, "the region 'us-west-2' is wrong; expecting 'us-east-1'"],
    [{ region: '' }, 'a non-empty region must be provided in the credential.'],
    [{ service: 'execute-api' }, 'incorrect service "execute-api". This endpoint belongs to "s3".'],
  ])('%j is refused', async (form, message) => {
    const answer = await posted(form);
    const credential = signedFields({ keys: s3.account.credentials, ...form }).find(
      ([name]) => name === 'x-amz-credential',
    )?.[1];
    expect(refusalIn(answer)).toMatchObject({ status: 400, code: 'InvalidArgument', message });
    expect(textOf('ArgumentValue', answer)).toBe(credential);
    expect(textOf('Region', answer)).toBe(form.region === 'us-west-2' ? 'us-east-1' : undefined);
  });

  it.each<[(credential: string) => string, string]>([
    [
      (text) => text.replace(/\/\d{8}\//, '/2026-1-1/'),
      'incorrect date format "2026-1-1". This date in the credential must be in the format "yyyyMMdd".',
    ],
    [(text) => text.replace('aws4_request', 'aws3'), 'incorrect terminal "aws3". This endpoint uses "aws4_request".'],
  ])('is refused if a part of it has another form: %s', async (change, message) => {
    const fields = signedFields({ keys: s3.account.credentials });
    const credential = change(fields.find(([name]) => name === 'x-amz-credential')?.[1] ?? '');
    expect(refusalIn(await posted({ changed: { 'x-amz-credential': credential } }))).toMatchObject({
      status: 400,
      message,
    });
  });

  it('may be that of the region whose host it is, or of any region at hosts of IBM COS', async () => {
    s3.createBucket('far', { region: 'eu-west-1' });
    const at = { path: '/', host: 'far.s3.eu-west-1.amazonaws.com' };
    expect((await posted({ bucket: 'far', region: 'eu-west-1' }, at)).status).toBe(204);
    expect((await posted({ region: 'eu-west-1' }, { host: cosHost })).status).toBe(204);
  });
});

// Measured: justincormack/argmin, crates/s3-tests/src/bin/sts_oracle.rs and tests/post_object.rs. F565
describe('the session token of a form', () => {
  const invalidToken = 'InvalidToken';
  const differs = 'SignatureDoesNotMatch';
  const unknown = 'InvalidAccessKeyId';
  const wrong = { secretAccessKey: '0'.repeat(40) };

  it('makes the caller a session', async () => {
    const session = s3.account.role('uploader').session({ name: 'build-7' });
    s3.bucket('vault').policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: session.arn }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::vault/*' },
      ],
    };
    expect((await posted({ keys: session.credentials })).status).toBe(204);
    expect(s3.requests.last()?.caller).toMatchObject({ role: 'uploader', session: 'build-7' });
  });

  it.each<[string, (token: string, other: string) => readonly string[], string, string]>([
    ['its own', (token) => [token], '', differs],
    ['none', () => [], unknown, unknown],
    ['another', (_token, other) => [other], unknown, unknown],
    ['an empty one', () => [''], unknown, unknown],
    ['a malformed one', () => ['malformed-session-token'], invalidToken, invalidToken],
    ['its own and another', (token, other) => [token, other], unknown, unknown],
    ['another and its own', (token, other) => [other, token], unknown, unknown],
    ['its own twice', (token) => [token, token], 'AccessDenied', differs],
  ])('that is %s answers %j, with a right signature and with a wrong one', async (_what, tokensOf, right, bad) => {
    const [session, other] = [s3.account.session(), s3.account.session()];
    const { sessionToken, ...keys } = session.credentials;
    const tokens = tokensOf(sessionToken, other.credentials.sessionToken);
    const fields = tokens.map((token): Field => ['x-amz-security-token', token]);
    const form = { fields, conditions: tokens.slice(0, 1).map((token) => ({ 'x-amz-security-token': token })) };
    expect(textOf('Code', await posted({ ...form, keys })) ?? '').toBe(right);
    expect(textOf('Code', await posted({ ...form, keys: { ...keys, ...wrong } }))).toBe(bad);
  });

  it('that is not of its key is refused after a wrong signature', async () => {
    const fields: readonly Field[] = [['x-amz-security-token', 'unexpected']];
    expect(textOf('Code', await posted({ fields }))).toBe(invalidToken);
    expect(textOf('Code', await posted({ fields, keys: { ...s3.account.credentials, ...wrong } }))).toBe(differs);
  });

  it('is not read from a header', async () => {
    const { credentials } = s3.account.session();
    const headers = { 'x-amz-security-token': credentials.sessionToken };
    for (const keys of [credentials, { ...credentials, ...wrong }])
      expect(await answered(posted({ keys }, { headers }))).toEqual(
        refusal(403, 'AccessDenied', 'No AWSAccessKey was presented.'),
      );
  });
});

describe('the identity of a form', () => {
  it('follows from its fields, whatever a header or the query says', async () => {
    const { accessKeyId } = s3.account.credentials;
    for (const call of [
      { headers: { Authorization: 'AWS AKIDOTHER:signature' } },
      { path: '/vault?X-Amz-Algorithm=AWS4-HMAC-SHA256' },
    ]) {
      expect((await posted({}, call)).status).toBe(204);
      expect(s3.requests.last()?.caller).toMatchObject({ accessKeyId });
    }
  });
});

// docs/decisions/0007-clocks-of-signatures.md F568
describe('the time of a policy', () => {
  const inThePast = async () => {
    await s3.stop();
    start({ now: '2020-01-01T00:00:00Z' });
  };

  it('runs out when the clock of the mock is moved on', async () => {
    const at = new Date();
    const form: SignedForm = { at, expiration: new Date(at.getTime() + 3_600_000).toISOString() };
    expect((await posted(form)).status).toBe(204);
    s3.clock.advance({ minutes: 59 });
    expect((await posted(form)).status).toBe(204);
    s3.clock.advance({ minutes: 2 });
    expect(textOf('Message', await posted(form))).toBe('Invalid according to Policy: Policy expired.');
  });

  it('is judged by the clock of the mock for a form that is signed by it', async () => {
    await inThePast();
    const at = new Date(s3.clock.now());
    expect((await posted({ at })).status).toBe(204);
    s3.clock.advance({ hours: 2 });
    expect((await posted({ at })).status).toBe(403);
  });

  it('is judged by the clock of the process for others, even if the clock of the mock is in the past', async () => {
    await inThePast();
    expect((await posted()).status).toBe(204);
    expect((await posted({ expiration: new Date(Date.now() - 1000).toISOString() })).status).toBe(403);
  });
});
