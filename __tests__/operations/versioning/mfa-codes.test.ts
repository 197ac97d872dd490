import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { codeInvalid, enabled, notDeviceOwner, signedBy, suspended } from '../../support/documents';
import { answered } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled', mfaDelete: 'Enabled' },
    locked: { objectLock: true, versioning: 'Enabled', mfaDelete: 'Enabled' },
    open: { versioning: 'Enabled' },
  },
});

const put = (header: string, { bucket = 'vault', body = enabled, ...headers }: Readonly<Record<string, string>> = {}) =>
  send({ method: 'PUT', path: `/${bucket}?versioning`, headers: { ...headers, 'x-amz-mfa': header }, body });
const why = () => s3.requests.last()?.why;
const device = 'arn:aws:iam::000000000000:mfa/root-account-mfa-device';

/** The code and text of AWS's list; no answer is recorded. F202 */
async function expectInvalid(header: string, call: Readonly<Record<string, string>> = {}): Promise<void> {
  expect(await answered(put(header, call))).toEqual({ status: 400, text: codeInvalid });
}

describe('a code is refused if it is', () => {
  it('wrong', async () => {
    await expectInvalid(`${device} ${s3.mfa.wrongCode()}`);
    expect(why()).toBe(
      `${device} does not show the code ${s3.mfa.wrongCode()} within a step of 2026-01-31T10:00:00.000Z, the time of the clock of the mock; its current code is ${s3.mfa.code()}`,
    );
  });

  it('of another device', async () => {
    expect(s3.mfa.serial).toBe(device);
    const other = s3.createMfaDevice({ serial: 'GAHT12345678', secret: 'JBSWY3DPEHPK3PXP' });
    await expectInvalid(`${device} ${other.code()}`);
  });

  // Two transcripts of PutBucketVersioning. F201
  it.each([
    ['six digits', '123456'],
    ['letters', 'abcdef'],
    ['another length', '1'],
  ])('of a device that nobody has: %s', async (_what, code) => {
    expect(await answered(put(`GAHT00000000 ${code}`))).toEqual({
      status: 400,
      text: notDeviceOwner('GAHT00000000', code),
    });
    expect(why()).toBe(
      'the root user of account 000000000000 has no MFA device GAHT00000000; send MFA: s3.mfa.header(), which is s3.mfa.serial, a space, then s3.mfa.nextCode()',
    );
  });

  it('of a header with the code first, which says so', async () => {
    const code = s3.mfa.code();
    expect(await answered(put(`${code} ${device}`))).toEqual({ status: 400, text: notDeviceOwner(code, device) });
    expect(why()).toBe(
      `the root user of account 000000000000 has no MFA device ${code}; the header is the serial, a space, then the code`,
    );
  });

  it('of a header without a serial, which says so', async () => {
    expect((await put('059459')).status).toBe(400);
    expect(why()).toBe("'059459' is not a serial, a space, then a code; send MFA: s3.mfa.header()");
  });

  it("of another account's device, and of the own one in other letters", async () => {
    const { mfa } = s3.createAccount('partner');
    expect((await put(`${mfa.serial} ${mfa.code()}`)).text).toBe(notDeviceOwner(mfa.serial, mfa.code()));
    expect((await put(`${device.toUpperCase()} ${s3.mfa.code()}`)).text).toBe(
      notDeviceOwner(device.toUpperCase(), s3.mfa.code()),
    );
  });
});

// RFC 6238, section 5.2: a step of 30 seconds, and a tolerance of one on either side.
describe('the time of a code', () => {
  it('a header is refused after 90 seconds', async () => {
    const headers = Array.from({ length: 10 }, () => s3.mfa.header());
    s3.clock.advance({ seconds: 90 });
    for (const header of headers) await expectInvalid(header);
    expect(why()).toBe(
      `the code ${headers.at(-1)?.slice(-6)} was generated at 10:00:00 and is valid for 90 seconds; the mock's clock is at 10:01:30, so get another code: s3.mfa.header()`,
    );
  });
});

describe('a code works once', () => {
  it('an accepted code is refused from then on', async () => {
    const header = s3.mfa.header();
    expect((await put(header)).status).toBe(200);
    await expectInvalid(header);
    expect(why()).toBe(
      `the code ${header.slice(-6)} was already accepted at 10:00:00; each code works only once, so get another code: s3.mfa.header(), which gives another at once; the device by itself shows the used code until 10:00:30`,
    );
    s3.clock.advance({ seconds: 30 });
    await expectInvalid(header);
    expect(why()).toBe(
      `the code ${header.slice(-6)} was already accepted at 10:00:00; each code works only once, so get another code: s3.mfa.header()`,
    );
  });

  it('an accepted code is spent even if the request fails afterwards', async () => {
    const header = s3.mfa.header();
    expect((await put(header, { bucket: 'locked', body: suspended })).status).toBe(409);
    await expectInvalid(header);
  });

  const alice = () => signedBy(s3.account.user('alice'));
  it.each<[string, () => WireCall & { mfa?: (header: string) => string }]>([
    ['its body is no XML', () => ({ path: '/vault?versioning', body: '<' })],
    ['its body has no Status', () => ({ path: '/vault?versioning', body: '<VersioningConfiguration/>' })],
    [
      'its digest is wrong',
      () => ({ path: '/vault?versioning', headers: { 'Content-MD5': 'AWECFBhmZGwRrNUBtwbEEg==' } }),
    ],
    ['another user sent it', () => ({ path: '/vault?versioning', headers: { Authorization: alice() } })],
    ['nobody sent it', () => ({ path: '/vault?versioning', headers: { Authorization: undefined } })],
    [
      'another owner was expected',
      () => ({ path: '/vault?versioning', headers: { 'x-amz-expected-bucket-owner': '111111111111' } }),
    ],
    ['the bucket is not there', () => ({ path: '/nowhere?versioning' })],
    ['the bucket asks for none', () => ({ path: '/open?versioning', body: suspended })],
    ['it is malformed', () => ({ path: '/vault?versioning', mfa: (header) => header.replace(' ', '  ') })],
    ['it names no device', () => ({ path: '/vault?versioning', mfa: (header) => header.replace(device, 'GAHT0') })],
    ['the operation asks for none', () => ({ method: 'GET', path: '/vault?versioning', body: '' })],
  ])('a code is not spent if %s', async (_why, call) => {
    const header = s3.mfa.header();
    const { mfa = (same) => same, ...rest } = call();
    await send({ method: 'PUT', body: enabled, ...rest, headers: { ...rest.headers, 'x-amz-mfa': mfa(header) } });
    expect((await put(header)).status).toBe(200);
  });

  it('a reset forgets which codes are spent', async () => {
    const header = `${device} ${s3.mfa.code()}`;
    expect((await put(header)).status).toBe(200);
    s3.reset();
    expect((await put(header)).status).toBe(200);
  });
});
