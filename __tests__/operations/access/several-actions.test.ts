import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { withAcls } from '../../support/acl';
import { signedBy } from '../../support/documents';
import { md5Of } from '../../support/objects';
import { begin } from '../../support/uploads';
import { send, type WireCall } from '../../support/wire-client';

const now = '2026-03-01T10:00:00Z';
const s3 = mockS3({
  now,
  buckets: {
    inbox: { ...withAcls, acl: 'public-read-write', objectLock: true },
    source: {
      ...withAcls,
      versioning: 'Enabled',
      objects: {
        closed: 'data',
        tagged: { body: 'data', versionId: 'v1', tags: { team: 'red' }, acl: 'public-read' },
      },
    },
  },
});
const partner = s3.createAccount('partner');
const stranger = `account 'partner' (${partner.id}) does not own the bucket; account ${s3.account.id} does`;

const lock = (name: string, value: string) => ({ [`x-amz-object-lock-${name}`]: value });
const held = lock('legal-hold', 'ON');
const retained = { ...lock('mode', 'GOVERNANCE'), ...lock('retain-until-date', '2026-04-01T00:00:00Z') };
const tagged = { 'x-amz-tagging': 'a=b' };
const copied = { 'x-amz-copy-source': '/source/tagged' };
const ofVersion = { 'x-amz-copy-source': '/source/tagged?versionId=v1' };
const digest = { 'Content-MD5': md5Of('data') };

async function whyOf(call: WireCall) {
  const { status } = await send({ ...call, headers: { ...call.headers, Authorization: signedBy(partner) } });
  return { status, why: s3.requests.last()?.why };
}

// The ACLs allow the first action of each, and S3 says no more than Access Denied. F521
describe('the reason of a refusal names the action that lacks', () => {
  it.each<[what: string, headers: WireCall['headers'], action: string]>([
    ['tags', tagged, 's3:PutObjectTagging'],
    ['a legal hold', held, 's3:PutObjectLegalHold'],
    ['a retention', retained, 's3:PutObjectRetention'],
  ])('of PutObject and CreateMultipartUpload with %s', async (_what, headers, action) => {
    const put = { method: 'PUT', path: '/inbox/a', body: 'data', headers: { ...digest, ...headers } };
    expect(await whyOf(put)).toEqual({ status: 403, why: `${action}: ${stranger}` });
    expect(await whyOf({ method: 'POST', path: '/inbox/a?uploads', headers })).toEqual({
      status: 403,
      why: `${action}: ${stranger}`,
    });
    const copy = { method: 'PUT', path: '/inbox/a', headers: { ...copied, ...headers } };
    const asked =
      headers === tagged ? { ...copy, headers: { ...copy.headers, 'x-amz-tagging-directive': 'REPLACE' } } : copy;
    expect(await whyOf(asked)).toEqual({ status: 403, why: `${action}: ${stranger}` });
  });

  it.each([
    [copied, 's3:GetObjectTagging'],
    [ofVersion, 's3:GetObjectVersionTagging'],
  ])('of CopyObject %j of a source with tags', async (headers, action) => {
    const needs = `the source source/tagged has tags, and a copy with them needs ${action} and s3:PutObjectTagging`;
    const why = `${needs}: ${action}: ${stranger}`;
    expect(await whyOf({ method: 'PUT', path: '/inbox/a', headers })).toEqual({ status: 403, why });
  });

  it('of a copy of a source that may not be read', async () => {
    const id = await begin('/inbox/b', { Authorization: signedBy(partner) });
    const headers = { 'x-amz-copy-source': '/source/closed' };
    const why = `the source source/closed: s3:GetObject: ${stranger}`;
    expect(await whyOf({ method: 'PUT', path: '/inbox/a', headers })).toEqual({ status: 403, why });
    const part = { method: 'PUT', path: `/inbox/b?partNumber=1&uploadId=${id}`, headers };
    expect(await whyOf(part)).toEqual({ status: 403, why });
  });

  it('of each entry of DeleteObjects', async () => {
    const body =
      '<Delete><Object><Key>tagged</Key></Object><Object><Key>tagged</Key><VersionId>v1</VersionId></Object></Delete>';
    const call = { method: 'POST', path: '/source?delete', body, headers: { 'Content-MD5': md5Of(body) } };
    const { status, why } = await whyOf(call);
    expect(status).toBe(200);
    expect(why).toContain(`s3:DeleteObject: ${stranger}`);
    expect(why).toContain(`s3:DeleteObjectVersion: ${stranger}`);
  });

  it('and a request that needs one action does not', async () => {
    expect(await whyOf({ path: '/inbox?versioning' })).toEqual({ status: 403, why: stranger });
  });
});
