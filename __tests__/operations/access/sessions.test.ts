import { GetObjectCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import S3 from 'aws-sdk/clients/s3';
import { type MockS3, type MockS3Options, mockS3, type SessionHandle } from '../../../src';
import { cosHost } from '../../support/clients/story-client';
import { refusal } from '../../support/objects';
import { allowing, policyOf } from '../../support/policy';
import { send, sendAsIs, type WireAnswer } from '../../support/wire-client';

let s3: MockS3;
const start = (options: MockS3Options = {}) => {
  s3 = mockS3({
    now: '2026-01-31T10:00:00Z',
    roles: { deployer: allowing('s3:GetObject') },
    buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { k: 'data' } } },
    ...options,
  });
};
beforeEach(() => start());
afterEach(() => s3.stop());

type Keys = Partial<SessionHandle['credentials']>;
const scope = '20260131/us-east-1/s3/aws4_request';
const asked = ({ accessKeyId, sessionToken }: Keys, host?: string) => {
  const Authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host, Signature=00`;
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-security-token': sessionToken };
  return send({ path: '/vault/k', host, headers: { Authorization, ...headers } });
};
const said = ({ status, text }: WireAnswer) => ({ status, text });
const unknownKey = (id: string | undefined) =>
  refusal(
    403,
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
    `<AWSAccessKeyId>${id}</AWSAccessKeyId>`,
  );
const ofToken = (code: string, message: string, token: string | undefined) =>
  refusal(400, code, message, `<Token-0>${token}</Token-0>`);
const deployer = () => s3.account.role('deployer').session({ name: 'build-7' });

describe('the session of a role', () => {
  it('sends requests under its own ARN', async () => {
    const { credentials } = deployer();
    const client = new S3Client({ region: 'us-east-1', credentials });
    await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'k' }));
    const VersioningConfiguration = { Status: 'Suspended' } as const;
    await expect(
      client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration })),
    ).rejects.toMatchObject({
      message:
        'User: arn:aws:sts::000000000000:assumed-role/deployer/build-7 is not authorized to perform: s3:PutBucketVersioning on resource: "arn:aws:s3:::vault" because no identity-based policy allows the s3:PutBucketVersioning action',
    });
    const { accessKeyId } = credentials;
    const caller = { account: '000000000000', user: undefined, role: 'deployer', session: 'build-7', accessKeyId };
    expect(s3.requests.map((entry) => entry.caller)).toEqual([caller, caller]);
    expect(s3.requests.last()?.why).toBe(
      'nothing allows session build-7 of role deployer of account 000000000000 to do s3:PutBucketVersioning on arn:aws:s3:::vault; the policy of role deployer was evaluated',
    );
  });

  it('may be named by a bucket policy', async () => {
    const Principal = { AWS: 'arn:aws:sts::000000000000:assumed-role/deployer/build-8' };
    s3.bucket('vault').policy = policyOf({
      Effect: 'Deny',
      Principal,
      Action: 's3:*',
      Resource: 'arn:aws:s3:::vault/*',
    });
    expect((await asked(deployer().credentials)).status).toBe(200);
    const other = s3.account.role('deployer').session({ name: 'build-8' });
    expect((await asked(other.credentials)).status).toBe(403);
  });
});

describe('a session itself', () => {
  it('is credentials of the SDKs', async () => {
    const session = deployer();
    const modern = new S3Client({ region: 'us-east-1', credentials: session });
    await modern.send(new GetObjectCommand({ Bucket: 'vault', Key: 'k' }));
    const { accessKeyId, secretAccessKey, sessionToken } = session;
    const older = new S3({ region: 'us-east-1', accessKeyId, secretAccessKey, sessionToken });
    await older.getObject({ Bucket: 'vault', Key: 'k' }).promise();
    expect(s3.requests.map(({ status, caller }) => [status, caller])).toEqual([
      [200, expect.objectContaining({ role: 'deployer', accessKeyId })],
      [200, expect.objectContaining({ role: 'deployer', accessKeyId })],
    ]);
  });

  it('lasts for seconds if its length is a number', () => {
    const { expiration } = s3.account.session({ expiresIn: 900 });
    expect(expiration).toEqual(new Date('2026-01-31T10:15:00Z'));
  });
});

describe('the session of a user or of the root user', () => {
  it('has the name of its owner in the journal', async () => {
    for (const session of [s3.account.user('ann').session(), s3.account.session()]) {
      expect((await asked(session.credentials)).status).toBe(200);
      const { accessKeyId } = session.credentials;
      const user = session.arn.endsWith('root') ? undefined : 'ann';
      expect(s3.requests.last()?.caller).toEqual({ account: '000000000000', user, accessKeyId });
    }
  });

  // F200
  it.each([true, false])('takes the place of no MFA code, with mfa: %s', async (mfa) => {
    const client = new S3Client({ region: 'us-east-1', credentials: s3.account.session({ mfa }).credentials });
    const VersioningConfiguration = { Status: 'Suspended' } as const;
    const suspend = (MFA?: string) =>
      client.send(new PutBucketVersioningCommand({ Bucket: 'vault', MFA, VersioningConfiguration }));
    await expect(suspend()).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(s3.requests.last()?.why).toBe('the request has no x-amz-mfa header; send MFA: s3.mfa.header()');
    await expect(suspend(s3.mfa.header())).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: 'DevPay and Mfa are mutually exclusive authorization methods.',
    });
  });
});

// Asserted against AWS: justincormack/argmin, crates/s3-tests/src/bin/sts_oracle.rs. F496
describe('the key of a session', () => {
  it.each<readonly [how: string, token: () => string | undefined, why: string]>([
    ['without a token', () => undefined, 'is the key of a session, and the request has no session token'],
    ['with an empty token', () => '', 'is the key of a session, and the request has an empty session token'],
    [
      "with another session's token",
      () => deployer().credentials.sessionToken,
      'the session token belongs to another session',
    ],
  ])('%s is unknown', async (_how, token, why) => {
    const { accessKeyId } = deployer().credentials;
    expect(said(await asked({ accessKeyId, sessionToken: token() as string }))).toEqual(unknownKey(accessKeyId));
    expect(s3.requests.last()).toMatchObject({ caller: 'anonymous', why: expect.stringContaining(why) });
  });

  it('with a token that nobody was given is refused for the token', async () => {
    const { accessKeyId } = deployer().credentials;
    expect(said(await asked({ accessKeyId, sessionToken: 'bad-token' }))).toEqual(
      ofToken('InvalidToken', 'The provided token is malformed or otherwise invalid.', 'bad-token'),
    );
    expect(s3.requests.last()?.why).toBe(`no session of the mock has the token that was sent with ${accessKeyId}`);
  });

  // Node reads two lines of one name as one value.
  it.each<readonly [tokens: string, second: (own: string) => string, status: number]>([
    ['its own token twice', (own) => own, 200],
    ["its own token and another session's", () => deployer().credentials.sessionToken, 403],
  ])('with %s is answered by what both say', async (_tokens, second, status) => {
    const { accessKeyId, sessionToken } = deployer().credentials;
    const Authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host, Signature=00`;
    const tokens = { 'x-amz-security-token': sessionToken, 'X-Amz-Security-Token': second(sessionToken) };
    const headers = { Authorization, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...tokens, Connection: 'close' };
    const answer = await sendAsIs({ path: '/vault/k', headers });
    expect({ status: answer.status, text: answer.text }).toEqual(
      status === 200 ? { status, text: 'data' } : unknownKey(accessKeyId),
    );
  });

  it('is unknown after a reset', async () => {
    const { credentials } = deployer();
    s3.reset();
    expect(said(await asked(credentials))).toEqual(unknownKey(credentials.accessKeyId));
  });

  it('is unknown to IBM COS, which has no temporary credentials', async () => {
    const { credentials } = deployer();
    const answer = await asked(credentials, cosHost);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('<Code>InvalidAccessKeyId</Code>');
    expect(s3.requests.last()?.why).toContain('IBM COS has no temporary credentials');
  });
});

// Pasted: craftcms/aws-s3#182, romange/helio#15; asserted against AWS: justincormack/argmin, sts_oracle.rs. F497
describe('an expired session', () => {
  it('is refused for its token', async () => {
    const { credentials } = s3.account.role('deployer').session({ expiresIn: { minutes: 15 } });
    s3.clock.advance({ minutes: 14, seconds: 59 });
    expect((await asked(credentials)).status).toBe(200);
    s3.clock.advance({ seconds: 1 });
    expect(said(await asked(credentials))).toEqual(
      ofToken('ExpiredToken', 'The provided token has expired.', credentials.sessionToken),
    );
    expect(s3.requests.last()?.why).toBe(
      "the session ended at 2026-01-31T10:15:00.000Z, and it is 2026-01-31T10:15:00.000Z by the mock's clock",
    );
  });

  it('is refused before its signature, its bucket and its rights are judged', async () => {
    await s3.stop();
    start({ verifySignatures: true });
    const client = new S3Client({
      region: 'us-east-1',
      credentials: { ...deployer().credentials, secretAccessKey: 'wrong' },
    });
    const get = new GetObjectCommand({ Bucket: 'nowhere', Key: 'k' });
    await expect(client.send(get)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    s3.clock.advance({ hours: 1 });
    await expect(client.send(get)).rejects.toMatchObject({ name: 'ExpiredToken' });
  });
});

describe('with verifySignatures, a session', () => {
  beforeEach(async () => {
    await s3.stop();
    start({ verifySignatures: true });
  });
  const clientOf = (credentials: SessionHandle['credentials']) => new S3Client({ region: 'us-east-1', credentials });
  const get = () => new GetObjectCommand({ Bucket: 'vault', Key: 'k' });

  it('signs with its own secret', async () => {
    const { credentials } = deployer();
    await clientOf(credentials).send(get());
    await expect(clientOf({ ...credentials, secretAccessKey: 'wrong' }).send(get())).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
  });

  // Asserted against AWS: justincormack/argmin, crates/s3-tests/src/bin/sts_oracle.rs, old_credentials. F496
  it('is unknown, with any token and any signature, although its role was made again', async () => {
    // A reset mock gives the first session the same key again.
    const [, { credentials: old }] = [deployer(), deployer()];
    s3.reset();
    const live = deployer().credentials;
    await clientOf(live).send(get());
    for (const sessionToken of [old.sessionToken, live.sessionToken, ''])
      for (const secretAccessKey of [old.secretAccessKey, 'wrong'])
        await expect(clientOf({ ...old, sessionToken, secretAccessKey }).send(get())).rejects.toMatchObject({
          name: 'InvalidAccessKeyId',
        });
  });

  it('presigns URLs, which expire with it', async () => {
    await s3.stop();
    start({ verifySignatures: true, now: Date.now() });
    const url = await getSignedUrl(clientOf(deployer().credentials), get(), { expiresIn: 7200 });
    expect(await (await fetch(url)).text()).toBe('data');
    s3.clock.advance({ minutes: 61 });
    const late = await fetch(url);
    expect({ status: late.status, text: await late.text() }).toEqual({
      status: 400,
      text: expect.stringContaining('<Code>ExpiredToken</Code>'),
    });
    const other = encodeURIComponent(deployer().credentials.sessionToken);
    const swapped = await fetch(url.replace(/X-Amz-Security-Token=[^&]*/, `X-Amz-Security-Token=${other}`));
    expect({ status: swapped.status, text: await swapped.text() }).toEqual({
      status: 403,
      text: expect.stringContaining('<Code>InvalidAccessKeyId</Code>'),
    });
  });

  it("is the one of a header beside a URL's own token, if the header is signed", async () => {
    await s3.stop();
    start({ verifySignatures: false });
    const [one, other] = [deployer().credentials, deployer().credentials];
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${one.accessKeyId}/${scope}&X-Amz-Date=20260131T100000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00`;
    const presigned = (inUrl: string, header: string) =>
      send({
        path: `/vault/k?${query}&X-Amz-Security-Token=${inUrl}`,
        headers: { Authorization: undefined, 'x-amz-security-token': header },
      });
    expect((await presigned(other.sessionToken, one.sessionToken)).status).toBe(200);
    expect((await presigned(one.sessionToken, other.sessionToken)).status).toBe(403);
  });
});
