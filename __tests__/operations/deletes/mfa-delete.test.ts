import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import {
  accessDenied,
  answerDocument,
  devPay,
  enabled,
  mfaRequired,
  notDeviceOwner,
  ownerOnly,
  refusalIn,
  signedBy,
  signedV4,
  suspended,
  versioningConfiguration,
} from '../../support/documents';
import { refusalHead } from '../../support/heads';
import { answered, refusal } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Enabled' }, open: { versioning: 'Enabled' }, unset: {} },
});

const put = (bucket: string, body: string, headers: WireCall['headers'] = {}, secure = true) =>
  send({ method: 'PUT', path: `/${bucket}?versioning`, headers, body, secure });
const stateOf = (bucket: string) => ({
  versioning: s3.bucket(bucket).versioning,
  mfaDelete: s3.bucket(bucket).mfaDelete,
});

const off = versioningConfiguration('<Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>');
const on = versioningConfiguration('<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>');

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
// The refusal: cloudposse/terraform-aws-codebuild#76. F13
describe('a change of versioning that needs an MFA code', () => {
  it.each<{ bucket: string; asked: string; body: string }>`
    bucket     | asked                              | body
    ${'vault'} | ${'Enabled, as it is'}             | ${enabled}
    ${'vault'} | ${'Suspended'}                     | ${suspended}
    ${'vault'} | ${'MFA Delete off'}                | ${off}
    ${'vault'} | ${'MFA Delete on, as it is'}       | ${on}
    ${'open'}  | ${'MFA Delete on'}                 | ${on}
    ${'unset'} | ${'MFA Delete on, with the first'} | ${on}
  `('of $bucket to $asked is refused without a code', async ({ bucket, body }) => {
    const before = stateOf(bucket);
    const { status, head, text } = await put(bucket, body);
    expect({ status, text }).toEqual({ status: 403, text: mfaRequired });
    expect(head).toEqual(refusalHead());
    expect(stateOf(bucket)).toEqual(before);
    expect(s3.requests.last()?.why).toBe('the request has no x-amz-mfa header; send MFA: s3.mfa.header()');
  });

  it('needs no code after MFA Delete is off', async () => {
    await put('vault', off, { 'x-amz-mfa': s3.mfa.header() });
    expect((await put('vault', suspended)).status).toBe(200);
    expect((await send({ path: '/vault?versioning' })).text).toBe(
      answerDocument('VersioningConfiguration', '<Status>Suspended</Status><MfaDelete>Disabled</MfaDelete>'),
    );
  });

  // F204
  it('may come over http, which the journal notes', async () => {
    expect((await put('vault', suspended, { 'x-amz-mfa': s3.mfa.header() }, false)).status).toBe(200);
    const note = 'the request sent x-amz-mfa over http; the mock accepts it, but S3 accepts it only over https';
    expect(s3.requests.last()?.notes).toEqual([note]);
    expect(String(s3.requests)).toContain(`\n     note: ${note}`);
  });

  it.each<{ what: string; headers: WireCall['headers']; secure: boolean; count: number }>`
    what                             | headers                        | secure   | count
    ${'a malformed header, refused'} | ${{ 'x-amz-mfa': '970589' }}   | ${false} | ${1}
    ${'a header over https'}         | ${{ 'x-amz-mfa': 'a 123456' }} | ${true}  | ${0}
    ${'no header'}                   | ${{}}                          | ${false} | ${0}
  `('has $count notes with $what', async ({ headers, secure, count }) => {
    await put('vault', suspended, headers, secure);
    expect(s3.requests.last()?.notes).toHaveLength(count);
  });
});

// https://github.com/iterate-ch/cyberduck/issues/16267, for the value 970589. F15
describe('the form of x-amz-mfa', () => {
  it.each([
    ['a code alone', '970589'],
    ['a serial number alone', 'GAHT12345678'],
    ['two blanks', 'GAHT12345678  970589'],
    ['a code in two halves', 'GAHT12345678 970 589'],
    ['a comma', 'GAHT12345678,970589'],
    ['nothing', ''],
  ])('refuses %s', async (_what, value) => {
    expect(await answered(put('vault', suspended, { 'x-amz-mfa': value }))).toEqual(
      refusal(
        400,
        'InvalidArgument',
        'Mfa header is invalid -- the header should be formatted as {serialNumber}(space){tokenCode}',
        `<ArgumentName>x-amz-mfa</ArgumentName><ArgumentValue>${value}</ArgumentValue>`,
      ),
    );
    expect(stateOf('vault')).toEqual({ versioning: 'Enabled', mfaDelete: 'Enabled' });
  });

  it('accepts the ARN of a virtual device', async () => {
    expect(s3.mfa.serial).toBe('arn:aws:iam::000000000000:mfa/root-account-mfa-device');
    expect((await put('vault', suspended, { 'x-amz-mfa': `${s3.mfa.serial} ${s3.mfa.code()}` })).status).toBe(200);
  });
});

// F15: the owner's root user alone; the text is cloudposse/terraform-aws-codebuild#76's.
describe('the right to change versioning with an MFA code', () => {
  it('is refused to another user of the account, whose code is not spent', async () => {
    const Authorization = signedBy(s3.account.user('alice'));
    const header = s3.mfa.header();
    for (const [bucket, body] of [
      ['vault', suspended],
      ['open', on],
    ] as const) {
      expect(await answered(put(bucket, body, { Authorization, 'x-amz-mfa': header }))).toEqual({
        status: 403,
        text: ownerOnly,
      });
      expect(s3.requests.last()?.why).toBe(
        "user alice of account 000000000000 is not the root user of the bucket's owner, account 000000000000; sign with its keys: s3.account.credentials",
      );
    }
    expect((await put('vault', suspended, { 'x-amz-mfa': header })).status).toBe(200);
  });

  it('is refused to another account, with any code', async () => {
    const partner = s3.createAccount('partner');
    for (const header of [partner.mfa.header(), s3.mfa.header(), '970589']) {
      expect(
        await answered(put('vault', suspended, { Authorization: signedBy(partner), 'x-amz-mfa': header })),
      ).toEqual({ status: 403, text: accessDenied });
      expect(s3.requests.last()?.why).toBe(
        `account 'partner' (${partner.id}) does not own the bucket; account 000000000000 does`,
      );
    }
  });

  it('belongs to another account for its own buckets, with its own device', async () => {
    const partner = s3.createAccount('partner');
    s3.createBucket('theirs', { owner: partner, versioning: 'Enabled', mfaDelete: 'Enabled' });
    const Authorization = signedBy(partner);
    expect(await answered(put('theirs', suspended, { Authorization, 'x-amz-mfa': s3.mfa.header() }))).toEqual({
      status: 400,
      text: notDeviceOwner(s3.mfa.serial, s3.mfa.code()),
    });
    expect(s3.requests.last()?.why).toBe(
      `the root user of account 'partner' (${partner.id}) has no MFA device ${s3.mfa.serial}; send MFA: mfa.header() of account 'partner', which is mfa.serial of account 'partner', a space, then mfa.nextCode() of account 'partner'`,
    );
    expect((await put('theirs', suspended, { Authorization, 'x-amz-mfa': partner.mfa.header() })).status).toBe(200);
  });
});

// 99designs/aws-vault#793. F200
describe('temporary credentials with x-amz-mfa', () => {
  const token = 'FwoGZXIvYXdzEXAMPLE';
  const presigned = `&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260131%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260131T100000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-amz-mfa&X-Amz-Signature=0&X-Amz-Security-Token=${token}`;
  const presignedV2 = `&AWSAccessKeyId=AKID&Expires=2000000000&Signature=0&x-amz-security-token=${token}`;
  const unhashed = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const inHeader = { 'x-amz-security-token': token };

  it.each<{ where: string; query: string; headers: WireCall['headers'] }>`
    where                      | query          | headers
    ${'SigV2'}                 | ${''}          | ${inHeader}
    ${'SigV4'}                 | ${''}          | ${{ ...inHeader, ...unhashed, Authorization: signedV4() }}
    ${'a URL signed by SigV4'} | ${presigned}   | ${{ Authorization: undefined }}
    ${'a URL signed by SigV2'} | ${presignedV2} | ${{ Authorization: undefined }}
    ${'an empty token'}        | ${''}          | ${{ 'x-amz-security-token': '' }}
  `('are refused, and their code is not spent: $where', async ({ query, headers }) => {
    const mfa = s3.mfa.header();
    const call = { method: 'PUT', path: `/vault?versioning${query}`, body: suspended };
    expect(await answered(send({ ...call, headers: { ...headers, 'x-amz-mfa': mfa } }))).toEqual({
      status: 400,
      text: devPay,
    });
    expect(s3.requests.last()?.why).toMatch(/the likely origin of the token is AWS_SESSION_TOKEN in the environment$/);
    expect(stateOf('vault')).toEqual({ versioning: 'Enabled', mfaDelete: 'Enabled' });
    expect((await put('vault', suspended, { 'x-amz-mfa': mfa })).status).toBe(200);
  });

  it('are refused as those of a session, also of one that began with MFA and of one that a test acts as', async () => {
    const mfa = () => ({ 'x-amz-mfa': s3.mfa.header() });
    const session = s3.account.session({ mfa: true });
    s3.actAs(session);
    expect((await put('vault', suspended, mfa())).text).toBe(devPay);
    expect(s3.requests.last()?.why).toBe(
      'a session of account 000000000000 sent x-amz-mfa, and a code needs the permanent keys of the root user; a session has no such keys, even if it began with MFA',
    );
  });

  it('of another user are refused as temporary, of another account as its own', async () => {
    const [alice, partner] = [s3.account.user('alice'), s3.createAccount('partner')];
    const ask = (who: Parameters<typeof signedBy>[0]) =>
      put('vault', suspended, { ...inHeader, Authorization: signedBy(who), 'x-amz-mfa': s3.mfa.header() });
    expect((await ask(alice)).text).toBe(devPay);
    expect((await ask(partner)).text).toBe(accessDenied);
  });

  it('are not those of IBM COS, which has none', async () => {
    const headers = { ...inHeader, Authorization: 'Bearer a.b.c', 'x-amz-mfa': s3.mfa.header() };
    const call = { method: 'PUT', path: '/vault?versioning', host: cosHost, body: off };
    expect((await send({ ...call, headers })).status).toBe(200);
  });
});

// F203
describe('a device that is deactivated', () => {
  it('is refused, until it is active again', async () => {
    const mfa = s3.mfa.header();
    s3.mfa.deactivate();
    expect(await answered(put('vault', suspended, { 'x-amz-mfa': mfa }))).toEqual(
      refusal(400, 'DeviceNotActiveError', 'The device is not currently active.'),
    );
    expect(s3.requests.last()?.why).toBe(
      `${s3.mfa.serial} was deactivated, and its codes are not accepted until it is activated again`,
    );
    s3.mfa.activate();
    expect((await put('vault', suspended, { 'x-amz-mfa': mfa })).status).toBe(200);
  });

  it('is active again after a reset, and another device works meanwhile', async () => {
    const [device, other] = [s3.mfa, s3.createMfaDevice({ serial: 'GAHT12345678' })];
    device.deactivate();
    expect((await put('vault', suspended, { 'x-amz-mfa': other.header() })).status).toBe(200);
    s3.reset();
    expect((await put('vault', suspended, { 'x-amz-mfa': s3.mfa.header() })).status).toBe(200);
  });
});

// IBM's SDK reference has MFADelete and MFA; nothing of COS's answers is recorded. F41
describe('MFA Delete on IBM COS', () => {
  const host = cosHost;

  it('requires a code as AWS does, and refuses in its own form', async () => {
    const { status, head, body } = await send({ method: 'PUT', path: '/vault?versioning', host, body: suspended });
    expect(status).toBe(403);
    const [requestId] = head.filter((line) => line.startsWith('x-amz-request-id: ')).map((line) => line.slice(18));
    expect(body).toBe(
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Error><Code>AccessDenied</Code><Message>Mfa Authentication must be used for this request</Message><Resource>/vault/</Resource><RequestId>${requestId}</RequestId><httpStatusCode>403</httpStatusCode></Error>`,
    );
  });

  it('refuses a wrong code with the code and text of AWS', async () => {
    const headers = { 'x-amz-mfa': `${s3.mfa.serial} ${s3.mfa.wrongCode()}` };
    expect(refusalIn(await send({ method: 'PUT', path: '/vault?versioning', host, headers, body: off }))).toMatchObject(
      {
        status: 400,
        code: 'TokenCodeInvalidError',
        message: 'The serial number and/or token code you provided is not valid.',
      },
    );
  });

  it('accepts a code with a token of IBM Cloud', async () => {
    const headers = { Authorization: 'Bearer a.b.c', 'x-amz-mfa': s3.mfa.header() };
    const answer = await send({ method: 'PUT', path: '/vault?versioning', host, headers, body: off });
    expect(answer.status).toBe(200);
    expect(stateOf('vault')).toEqual({ versioning: 'Enabled', mfaDelete: 'Disabled' });
  });
});
