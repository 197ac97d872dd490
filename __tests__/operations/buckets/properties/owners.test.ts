import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../../support/clients/story-client';
import { accessDenied, declaration, signedBy, textOf } from '../../../support/documents';
import { answered, get, noSuchBucket, put, refusal, type StatusAndText } from '../../../support/objects';
import { type RowCall, rowCalls } from '../../../support/rows';
import { checkRows } from '../../../support/rows-of-table';
import { rowsOfColumn } from '../../../support/runs';
import { begin, withOpenUpload } from '../../../support/uploads';
import { send, type WireAnswer, type WireCall } from '../../../support/wire-client';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  accounts: { partner: {} },
  buckets: {
    vault: { versioning: 'Enabled', objects: { 'report.pdf': { body: 'first', versionId: 'v1' } } },
    theirs: { owner: 'partner', versioning: 'Enabled', objects: { 'report.pdf': 'their own' } },
  },
});

/** Answers to copies leave the XML declaration out (F89). */
const said = ({ status, text }: WireAnswer) => ({ status, text: text.replace(declaration, '') });

/** A HEAD has no document, IBM COS has its own. */
function expected({ status, text }: StatusAndText, { method, dialect, path }: RowCall) {
  if (method === 'HEAD') return { status, text: '' };
  if (dialect === 'aws') return { status, text: text.replace(declaration, '') };
  const told = /<Code>.*<\/Message>/.exec(text)?.[0];
  const resource = `<Resource>${path.replace(/\?.*/, '').replace(/^\/[^/]+$/, '$&/')}</Resource>`;
  return {
    status,
    text: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Error>${told}${resource}<RequestId>ID</RequestId><httpStatusCode>${status}</httpStatusCode></Error>`,
  };
}

const ask = (call: WireCall, headers: WireCall['headers']) =>
  send({ ...call, headers: { ...call.headers, ...headers } });

const denied = { status: 403, text: accessDenied } as const;
/** The operations for which S3 has words of its own for the anonymous: `access/anonymous.test.ts`. */
const ofAnonymous = new Set([
  'CopyObject',
  'CreateMultipartUpload',
  'DeleteBucketOwnershipControls',
  'GetBucketOwnershipControls',
  'PutBucketAcl',
  'PutBucketOwnershipControls',
  'PutObjectAcl',
  'SelectObjectContent',
]);
const ownerMalformed = (value: string) =>
  refusal(
    400,
    'InvalidBucketOwnerAWSAccountID',
    `The value of the expected bucket owner parameter must be an AWS Account ID... [${value}]`,
  );
const another = () => s3.createAccount('another');

it('more than 90 operations name a bucket', () => {
  expect(rowCalls.length).toBeGreaterThan(90);
});

/** Of the entries of a batch, S3 decides each by itself: `access/batches.test.ts`. */
const whole = rowCalls.filter(({ name }) => name !== 'DeleteObjects');

/** The reason of a request that needs several actions begins with the one that lacks. */
const lackOf = (name: string) => (name === 'GetObjectAttributes' ? 's3:GetObject: ' : '');

/** The checks of an operation are one test, each with a mock as it was at first. `npm test` tries one of them, and the next one at the next operation. */
function checkAll(call: RowCall, checks: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  const all = Object.entries(checks);
  return checkRows({
    rows: rowsOfColumn(all, rowCalls.indexOf(call) % all.length, all.length),
    nameOf: ([name]) => name,
    check: ([, check]) => check(),
    before: () => s3.reset(),
  });
}

// F36, F130
it.each(whole)('$name belongs to the account of the bucket', (call) =>
  checkAll(call, {
    'is refused to another account, its root user included': async () => {
      const account = another();
      const open = { ...call, ...(await withOpenUpload(call)) };
      const answers = [
        await ask(open, { Authorization: signedBy(account) }),
        await ask(open, { Authorization: signedBy(account.user('bob')) }),
      ];
      expect(answers.map(said)).toEqual([expected(denied, call), expected(denied, call)]);
      expect([...s3.requests].slice(-2).map(({ operation, why }) => [operation, why])).toEqual([
        [
          call.name,
          `${lackOf(call.name)}account 'another' (${account.id}) does not own the bucket; account 000000000000 does`,
        ],
        [
          call.name,
          `${lackOf(call.name)}user bob of account 'another' (${account.id}) does not own the bucket; account 000000000000 does`,
        ],
      ]);
    },
    'is refused to the anonymous': async () => {
      const answer = await ask({ ...call, ...(await withOpenUpload(call)) }, { Authorization: undefined });
      const why = `${lackOf(call.name)}an anonymous caller does not own the bucket; account 000000000000 does; the request has no signature: sign it, or presign its URL`;
      const own = { operation: call.name, caller: 'anonymous' };
      if (ofAnonymous.has(call.name)) {
        expect({ status: answer.status, code: textOf('Code', answer) }).toEqual({ status: 403, code: 'AccessDenied' });
        expect(s3.requests.last()).toMatchObject({ ...own, why: 'the request has no credentials' });
      } else {
        expect(said(answer)).toEqual(expected(denied, call));
        expect(s3.requests.last()).toMatchObject({ ...own, why });
      }
    },
    'leaves the bucket unchanged if it is refused': async () => {
      const before = s3.toJSON();
      await ask(call, { Authorization: undefined });
      expect(s3.toJSON()).toEqual(before);
    },
  }),
);

// F25, F528
it.each(rowCalls)('$name of a bucket that does not exist is answered with NoSuchBucket to everybody', (call) => {
  const missing = { ...call, path: call.path.replace('/vault', '/nowhere') };
  const { status, text } = noSuchBucket('nowhere');
  // COS ends the sentence with a point, and names no bucket.
  const ofCos = expected({ status, text: text.replace('exist<', 'exist.<') }, missing);
  const isAnswered = (findAuthorization: () => string | undefined) => async () => {
    const answer = await ask(missing, { Authorization: findAuthorization() });
    const masked = { ...answer, text: answer.text.replace(answer.header('x-amz-request-id') ?? '', 'ID') };
    expect(said(masked)).toEqual(call.dialect === 'aws' ? expected({ status, text }, missing) : ofCos);
  };
  return checkAll(call, {
    'the owner of the mock': isAnswered(() => signedBy(s3.account)),
    'another account': isAnswered(() => signedBy(another())),
    'the anonymous': isAnswered(() => undefined),
  });
});

const notAccountIds = ['0000', '0000000000020', 'abcd', 'aa000000000$', ''];

// Recorded for one operation: localstack, test_put_bucket_policy_expected_bucket_owner. F37, F40
it.each(rowCalls.filter(({ dialect }) => dialect === 'aws'))(
  'the owner that $name expects has to own the bucket',
  (call) => {
    const expecting = (owner: string) => ask(call, { 'x-amz-expected-bucket-owner': owner });
    return checkAll(call, {
      'has to own the bucket': async () => {
        expect(said(await expecting('111111111111'))).toEqual(expected(denied, call));
        expect(s3.requests.last()?.why).toBe(
          "the bucket's owner is account 000000000000, not 111111111111 as x-amz-expected-bucket-owner says",
        );
      },
      'has to be an account id': async () => {
        for (const owner of notAccountIds)
          expect({ owner, ...said(await expecting(owner)) }).toEqual({
            owner,
            ...expected(ownerMalformed(owner), call),
          });
      },
      'is checked before the caller': async () => {
        const answer = await ask(call, { 'x-amz-expected-bucket-owner': 'abcd', Authorization: undefined });
        expect(said(answer)).toEqual(expected(ownerMalformed('abcd'), call));
      },
      'changes nothing if it is the owner': async () => {
        const plain = await answerOf(call, {});
        const named = await answerOf(call, { 'x-amz-expected-bucket-owner': '000000000000' });
        expect(named).toEqual(plain);
      },
    });
  },
);

async function answerOf(call: WireCall, headers: WireCall['headers'], user?: string) {
  s3.reset();
  const signer = user === undefined ? s3.account : s3.account.user(user);
  return said(await ask(call, { Authorization: signedBy(signer), ...headers }));
}

// F131
describe('the users of an account', () => {
  it.each(rowCalls)('get the same answers as its root user: $name', async (call) => {
    expect(await answerOf(call, {}, 'ann')).toEqual(await answerOf(call, {}));
  });
});

const copies = rowCalls.filter(({ name }) => name === 'CopyObject' || name === 'UploadPartCopy');

/** Makes the copy from another source; a part is copied to a new upload. */
async function copying(
  { name, path }: RowCall,
  source: string,
  headers: WireCall['headers'] = {},
): Promise<WireAnswer> {
  const id = await begin('/vault/report.pdf');
  const to = name === 'CopyObject' ? '/vault/copy.pdf' : path.replace(/uploadId(?:=[^&]*)?/, `uploadId=${id}`);
  return send({ method: 'PUT', path: to, headers: { 'x-amz-copy-source': source, ...headers } });
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html F132
describe.each(copies)('the source of $name', (call) => {
  const ownerIs = (value: string) => ({ 'x-amz-source-expected-bucket-owner': value });

  it('is read if its owner is the expected one', async () => {
    expect((await copying(call, '/vault/report.pdf', ownerIs('000000000000'))).status).toBe(200);
  });

  it('is refused if its owner is not the expected one', async () => {
    expect(said(await copying(call, '/vault/report.pdf', ownerIs('111111111111')))).toEqual(expected(denied, call));
    expect(s3.requests.last()?.why).toBe(
      "the source's owner is account 000000000000, not 111111111111 as x-amz-source-expected-bucket-owner says",
    );
  });

  it.each(['0000', 'abcd', ''])('is refused if the expected owner is not an account id: %j', async (value) => {
    expect(said(await copying(call, '/vault/report.pdf', ownerIs(value)))).toEqual(
      expected(ownerMalformed(value), call),
    );
  });

  it('is refused if another account owns it', async () => {
    expect(said(await copying(call, '/theirs/report.pdf'))).toEqual(expected(denied, call));
    expect(s3.requests.last()?.why).toBe(
      `the source theirs/report.pdf: s3:GetObject: account 000000000000 does not own the bucket; account 'partner' (${s3.bucket('theirs').owner}) does`,
    );
  });

  it('is not compared with the owner that is expected of the destination', async () => {
    const headers = { ...ownerIs('000000000000'), 'x-amz-expected-bucket-owner': '111111111111' };
    expect(said(await copying(call, '/vault/report.pdf', headers))).toEqual(expected(denied, call));
  });

  it('may have any owner on IBM COS, which ignores the header', async () => {
    const host = cosHost;
    const headers = { 'x-amz-copy-source': '/vault/report.pdf', ...ownerIs('111111111111') };
    expect((await send({ method: 'PUT', path: '/vault/copy.pdf', host, headers })).status).toBe(200);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
describe('a name that is taken', () => {
  const create = (name: string, headers: WireCall['headers'] = {}, host?: string) =>
    answered(send({ method: 'PUT', path: `/${name}`, headers, host }));

  it('is refused if another account has it', async () => {
    expect(await create('theirs')).toEqual(
      refusal(
        409,
        'BucketAlreadyExists',
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
        '<BucketName>theirs</BucketName>',
      ),
    );
    expect(s3.bucket('theirs').owner).not.toBe(s3.account.id);
  });

  it('is free again after its owner deleted the bucket', async () => {
    const owner = another();
    const headers = { Authorization: signedBy(owner) };
    expect((await create('passing', headers)).status).toBe(200);
    expect((await create('passing')).status).toBe(409);
    await send({ method: 'DELETE', path: '/passing', headers });
    expect((await create('passing')).status).toBe(200);
    expect(s3.bucket('passing').owner).toBe('000000000000');
  });

  it('is refused to the anonymous, as every name is', async () => {
    const refused = refusal(403, 'AccessDenied', 'Anonymous users cannot invoke this API. Please authenticate.');
    const nobody = { Authorization: undefined };
    expect({ taken: await create('vault', nobody), free: await create('fresh', nobody) }).toEqual({
      taken: refused,
      free: refused,
    });
  });
});

describe('owners by their canonical ids', () => {
  it('are in ACLs, listings and the list of buckets', async () => {
    const owner = another();
    const { canonicalId } = owner;
    const headers = { Authorization: signedBy(owner.user('bob')) };
    s3.createBucket('shared', { owner, objects: { 'a.txt': 'a' } });
    const answers = await Promise.all(
      ['/shared?acl', '/shared/a.txt?acl', '/shared?versions', '/'].map((path) => get(path, headers)),
    );
    expect(answers.map((answer) => textOf('Owner', answer))).toEqual(Array(4).fill(`<ID>${canonicalId}</ID>`));
    expect(canonicalId).toMatch(/^[0-9a-f]{64}$/);
    expect(canonicalId).not.toBe(s3.account.canonicalId);
  });

  it('may be any account that a bucket names', async () => {
    const owner = another();
    s3.createBucket('shared', { owner });
    expect((await put('/shared/a.txt', 'a', { Authorization: signedBy(owner) })).status).toBe(200);
    expect(await answered(put('/shared/a.txt', 'a'))).toEqual(denied);
  });
});
