import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { accessDenied, textOf } from '../../support/documents';
import { type Field, post, postAnonymous, type SignedForm, sendForm } from '../../support/forms';
import { answered, get, put } from '../../support/objects';
import type { WireCall } from '../../support/wire-client';

const page = 'https://page.example.com';
const s3 = mockS3({
  buckets: {
    vault: {
      versioning: 'Enabled',
      cors: { CORSRules: [{ AllowedOrigins: [page], AllowedMethods: ['POST'], ExposeHeaders: ['ETag'] }] },
    },
    inbox: { ownershipControls: 'ObjectWriter', publicAccessBlock: null, acl: 'public-read-write' },
    paid: { requestPayment: 'Requester' },
  },
});

type Statement = Readonly<Record<string, unknown>>;

function deny(Condition: Statement): void {
  const Resource = 'arn:aws:s3:::vault/*';
  s3.bucket('vault').policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource, Condition: Condition as never }],
  };
}

const fromPage = { headers: { Origin: page } };
const statusOf = async (form: SignedForm = {}, call: Partial<WireCall> = {}) => (await post(form, call)).status;

describe('the rights of the caller of a form', () => {
  it('are those on the object of its key', async () => {
    const ann = s3.account.user('ann', { policy: allowing('s3:PutObject', 'arn:aws:s3:::vault/user/ann/*') });
    const keys = ann.credentials;
    expect(await statusOf({ keys, key: 'user/ann/a' })).toBe(204);
    const denied = await post({ keys, key: 'user/bob/a' });
    expect({ status: denied.status, message: textOf('Message', denied) }).toEqual({
      status: 403,
      message: `User: arn:aws:iam::${s3.account.id}:user/ann is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::vault/user/bob/a" because no identity-based policy allows the s3:PutObject action`,
    });
  });

  it.each<[readonly Field[], string]>([
    [
      [['tagging', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>']],
      's3:PutObjectTagging',
    ],
    [[['x-amz-object-lock-legal-hold', 'ON']], 's3:PutObjectLegalHold'],
  ])('are more for %j', async (fields, action) => {
    const ann = s3.account.user('ann', { policy: allowing('s3:PutObject', 'arn:aws:s3:::vault/*') });
    const answer = await post({ keys: ann.credentials, fields });
    expect({ status: answer.status, message: textOf('Message', answer) }).toEqual({
      status: 403,
      message: expect.stringContaining(`to perform: ${action} on`),
    });
  });

  it('come before its policy', async () => {
    const ann = s3.account.user('ann', { policy: allowing('s3:GetObject', '*') });
    expect(textOf('Code', await post({ keys: ann.credentials, policy: 'no json' }))).toBe('AccessDenied');
  });
});

function allowing(Action: string, Resource: string) {
  return { Version: '2012-10-17' as const, Statement: [{ Effect: 'Allow' as const, Action, Resource }] };
}

// Measured: justincormack/argmin, crates/s3-tests/tests/post_object.rs. F566
describe('a condition of a policy of the bucket', () => {
  it.each<[string, Statement, SignedForm, SignedForm]>([
    [
      'the encryption of a field',
      { Null: { 's3:x-amz-server-side-encryption': 'true' } },
      {},
      { fields: [['x-amz-server-side-encryption', 'AES256']] },
    ],
    ['the version of its signature', { StringEquals: { 's3:signatureversion': 'AWS' } }, { version: 2 }, {}],
    ['the ACL of a field', { StringEquals: { 's3:x-amz-acl': 'private' } }, { fields: [['acl', 'private']] }, {}],
    [
      'the tags of a field',
      { StringEquals: { 's3:RequestObjectTag/a': 'b' } },
      { fields: [['tagging', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>']] },
      {},
    ],
    [
      'the version of its signature',
      { StringNotEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } },
      { version: 2 },
      { version: 4 },
    ],
    [
      'its kind',
      { StringNotEquals: { 's3:authType': 'POST', 's3:signatureversion': 'AWS' } },
      { version: 4 },
      { version: 2 },
    ],
    [
      'the age of its signature',
      { NumericGreaterThan: { 's3:signatureAge': '600000' } },
      { at: new Date(Date.now() - 900_000) },
      {},
    ],
  ])('is about %s', async (_what, condition, denied, allowed) => {
    if ('StringNotEquals' in condition && 's3:authType' in (condition['StringNotEquals'] as Statement))
      return expectKind();
    deny(condition);
    expect({ denied: await statusOf(denied), allowed: await statusOf(allowed) }).toEqual({ denied: 403, allowed: 204 });
  });

  async function expectKind(): Promise<void> {
    deny({ StringNotEquals: { 's3:authType': 'POST' } });
    expect({
      form: await statusOf(),
      formOfVersion2: await statusOf({ version: 2 }),
      put: (await put('/vault/k')).status,
    }).toEqual({ form: 204, formOfVersion2: 204, put: 403 });
  }

  it('has no s3:ObjectCreationOperation for a form', async () => {
    deny({ Bool: { 's3:ObjectCreationOperation': 'true' } });
    expect({ form: await statusOf(), put: (await put('/vault/k')).status }).toEqual({ form: 204, put: 403 });
  });

  it('reads If-None-Match and If-Match of the request, which have no effect on the write', async () => {
    deny({ Null: { 's3:if-none-match': 'true' } });
    const headers = { 'If-None-Match': '*' };
    expect({
      without: await statusOf(),
      ofNewKey: await statusOf({}, { headers }),
      ofTakenKey: await statusOf({}, { headers }),
    }).toEqual({ without: 403, ofNewKey: 204, ofTakenKey: 204 });
    deny({ StringNotEquals: { 's3:if-match': '"wanted"' } });
    const wanted = { headers: { 'If-Match': '"wanted"' } };
    expect({
      wrong: await statusOf({}, { headers: { 'If-Match': '"wrong"' } }),
      wanted: await statusOf({}, wanted),
    }).toEqual({
      wrong: 403,
      wanted: 204,
    });
  });
});

describe('the headers of the request of a form', () => {
  it('do not name the owner of the bucket', async () => {
    expect(await statusOf({}, { headers: { 'x-amz-expected-bucket-owner': '000000000001' } })).toBe(204);
  });

  it('do not describe the object', async () => {
    const headers = {
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
      'x-amz-meta-a': 'b',
      'x-amz-acl': 'public-read',
      'Content-MD5': 'AAAA',
    };
    expect(await statusOf({}, { headers })).toBe(204);
    expect(s3.bucket('vault').current('report.pdf')).toMatchObject({ metadata: {} });
  });

  // F343
  it('get those of another origin', async () => {
    const { header } = await post({}, { headers: { Origin: page } });
    expect({
      accessControlAllowOrigin: header('Access-Control-Allow-Origin'),
      accessControlExposeHeaders: header('Access-Control-Expose-Headers'),
    }).toEqual({ accessControlAllowOrigin: page, accessControlExposeHeaders: 'ETag' });
  });

  it.each<[string, () => ReturnType<typeof post>, number]>([
    ['its policy', () => post({ expiration: '2020-01-01T00:00:00Z' }, fromPage), 403],
    ['its caller', () => postAnonymous([['key', 'k']], fromPage), 403],
    ['its parts', () => sendForm(Buffer.from('data'), fromPage), 400],
    ['its type', () => sendForm(Buffer.from('data'), { headers: { Origin: page, 'Content-Type': 'text/html' } }), 412],
  ])('include those of another origin, also in a refusal because of %s', async (_what, send, status) => {
    const refused = await send();
    expect({ status: refused.status, accessControlAllowOrigin: refused.header('Access-Control-Allow-Origin') }).toEqual(
      { status, accessControlAllowOrigin: page },
    );
  });
});

// Measured: justincormack/argmin, crates/s3-tests/tests/public_access_post_object.rs. F564
describe('a form that nobody signed', () => {
  const inbox = { path: '/inbox' };
  const fields = (...more: readonly Field[]): readonly Field[] => [
    ['key', 'k'],
    ['Content-Type', 'text/plain'],
    ...more,
  ];

  it('needs a bucket that everyone may write to', async () => {
    expect(await answered(postAnonymous(fields()))).toEqual({ status: 403, text: accessDenied });
    expect((await postAnonymous(fields(), inbox)).status).toBe(204);
  });

  it('makes an object that its owner may not read, unless the form says so', async () => {
    await postAnonymous(fields(), inbox);
    expect((await get('/inbox/k')).status).toBe(403);
    await postAnonymous(fields(['acl', 'public-read']), inbox);
    expect((await get('/inbox/k')).body).toBe('data');
    await postAnonymous(fields(['acl', 'bucket-owner-full-control']), inbox);
    expect((await get('/inbox/k')).status).toBe(200);
  });

  it('has the tags and the checksum of its fields', async () => {
    const tags = '<Tagging><TagSet><Tag><Key>0</Key><Value>1</Value></Tag></TagSet></Tagging>';
    const sum: Field = ['x-amz-checksum-sha256', 'Om6weQ85rIfJTzhWst0sXREOaBFgImGpqSPTuyOtyLc='];
    s3.bucket('inbox').acl = 'private';
    s3.bucket('inbox').policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: ['s3:PutObject', 's3:PutObjectTagging'],
          Resource: 'arn:aws:s3:::inbox/*',
        },
      ],
    };
    expect((await postAnonymous(fields(['tagging', tags], sum), inbox)).status).toBe(204);
    expect(s3.bucket('inbox').current('k')).toMatchObject({ tags: { 0: '1' } });
  });

  it('may carry a policy, which S3 does not read', async () => {
    expect((await postAnonymous(fields(['policy', 'no base64!']), inbox)).status).toBe(204);
  });
});

describe('a bucket whose requesters pay', () => {
  it('charges the caller of a form that has the field', async () => {
    const partner = s3.createAccount('partner');
    s3.bucket('paid').policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: partner.id }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::paid/*' },
      ],
    };
    const form: SignedForm = { bucket: 'paid', keys: partner.credentials };
    const at = { path: '/paid' };
    expect((await post(form, at)).status).toBe(403);
    const paid = await post({ ...form, fields: [['x-amz-request-payer', 'requester']] }, at);
    expect({ status: paid.status, requestCharged: paid.header('x-amz-request-charged') }).toEqual({
      status: 204,
      requestCharged: 'requester',
    });
  });
});
