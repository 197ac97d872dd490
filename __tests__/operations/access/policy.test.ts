import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { accessDenied, answerDocument, errorDocument, signedBy } from '../../support/documents';
import { answerHead, closingRefusalHead, documentHead, refusalHead } from '../../support/heads';
import { answered, get, md5Of, noSuchBucket, remove } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ account: '123456789012', buckets: { vault: {}, beijing: { region: 'cn-north-1' } } });
const path = '/vault?policy';
const statement = {
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: ['s3:GetObject'],
  Resource: 'arn:aws:s3:::vault/*',
};
const policyOf = (change: object = {}) => JSON.stringify({ Statement: [{ ...statement, ...change }] });
const normalised =
  '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::vault/*"}]}';
const open = policyOf({ Principal: '*' });

const put = (body: string, more: Partial<WireCall> = {}) => send({ method: 'PUT', path, body, ...more });
const malformed = (message: string, detail?: string) =>
  errorDocument('MalformedPolicy', message, detail === undefined ? '' : `<Detail>${detail}</Detail>`);
const noSuchPolicy = errorDocument(
  'NoSuchBucketPolicy',
  'The bucket policy does not exist',
  '<BucketName>vault</BucketName>',
);
const blocked = (caller: string) =>
  errorDocument(
    'AccessDenied',
    `User: ${caller} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::vault" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
  );
const unblock = () => {
  s3.bucket('vault').publicAccessBlock = { BlockPublicAcls: true };
};

// F300
describe('a bucket without a policy', () => {
  it.each([['policy'], ['policyStatus']])('has no %s, public or not', async (query) => {
    unblock();
    const { status, text, head } = await get(`/vault?${query}`);
    expect({ status, text }).toEqual({ status: 404, text: noSuchPolicy });
    expect(head).toEqual(refusalHead());
  });

  it('may be asked to delete it', async () => {
    const { status, body, head } = await remove(path);
    expect({ status, body, head }).toEqual({ status: 204, body: '', head: answerHead() });
  });
});

// F300, F301
describe('a policy', () => {
  it('is put with 204, and answered in the form of S3', async () => {
    const answer = await put(policyOf());
    expect({ status: answer.status, body: answer.body, head: answer.head }).toEqual({
      status: 204,
      body: '',
      head: answerHead(),
    });
    const { status, body, head } = await get(path);
    expect({ status, body }).toEqual({ status: 200, body: normalised });
    expect(head).toEqual(answerHead('Content-Type: application/json', 'Transfer-Encoding: chunked'));
  });

  // Pasted: hashicorp/terraform#9933. F493
  it('has the ARN of an account in place of its canonical id, and other canonical ids as they were sent', async () => {
    const { id, canonicalId } = s3.createAccount('partner');
    const root = `arn:aws:iam::${id}:root`;
    const unknown = 'ab'.repeat(32);
    const answerTo = async (Principal: object) => {
      expect((await put(policyOf({ Principal }))).status).toBe(204);
      return JSON.parse((await get(path)).body).Statement[0].Principal;
    };
    expect(await answerTo({ CanonicalUser: canonicalId })).toEqual({ AWS: root });
    expect(await answerTo({ CanonicalUser: [unknown, canonicalId] })).toEqual({ CanonicalUser: unknown, AWS: root });
    expect(await answerTo({ AWS: '111122223333', CanonicalUser: [canonicalId] })).toEqual({
      AWS: ['arn:aws:iam::111122223333:root', root],
    });
    expect(await answerTo({ CanonicalUser: unknown })).toEqual({ CanonicalUser: unknown });
  });

  it('is replaced as a whole, and deleted', async () => {
    await put(policyOf({ Sid: 'first' }));
    await put(policyOf({ Effect: 'Deny', Action: 's3:PutObject' }));
    expect((await get(path)).body).toBe(
      '{"Version":"2008-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::vault/*"}]}',
    );
    expect((await remove(path)).status).toBe(204);
    expect((await get(path)).text).toBe(noSuchPolicy);
  });

  it('stays if another is refused', async () => {
    await put(policyOf());
    expect((await put('{}')).status).toBe(400);
    expect((await get(path)).body).toBe(normalised);
  });

  it('is gone with its bucket', async () => {
    await put(policyOf());
    await remove('/vault');
    s3.createBucket('vault');
    expect((await get(path)).text).toBe(noSuchPolicy);
  });

  it('is recorded as it was sent', async () => {
    const sent = JSON.stringify(JSON.parse(policyOf()), undefined, 2);
    await put(sent, { headers: { 'x-amz-confirm-remove-self-bucket-access': 'true' } });
    expect(s3).toHaveReceived('PutBucketPolicy', {
      Bucket: 'vault',
      Policy: sent,
      ConfirmRemoveSelfBucketAccess: true,
    });
    await get(path);
    expect(s3.requests.last()?.output).toEqual({ Policy: normalised });
    await put('not json');
    expect(s3.requests.last()?.input).toMatchObject({ Policy: 'not json' });
  });

  // F311
  it.each([[undefined], ['true'], ['yes']])('may lock its sender out (confirmed: %s)', async (confirmed) => {
    const lock = policyOf({ Effect: 'Deny', Principal: '*', Action: 's3:*' });
    const headers = { 'x-amz-confirm-remove-self-bucket-access': confirmed };
    expect((await put(lock, { headers })).status).toBe(204);
    expect((await put(policyOf())).status).toBe(204);
  });

  it('comes back with a snapshot, and through JSON', async () => {
    await put(policyOf());
    const [before, literal] = [s3.snapshot(), JSON.stringify(s3)];
    await remove(path);
    s3.restore(before);
    expect((await get(path)).body).toBe(normalised);
    expect(JSON.parse(literal).buckets.vault.policy).toEqual(JSON.parse(normalised));
  });
});

// F303
describe('a policy that S3 refuses', () => {
  it.each<{ body: string; document: string; why: string }>`
    body                                            | document                                                                                                              | why
    ${''}                                           | ${malformed("Policies must be valid JSON and the first byte must be '{'")}                                            | ${'there is no body'}
    ${'{"Statement"'}                               | ${malformed('This policy contains invalid Json')}                                                                     | ${'the body is not JSON: "{\\"Statement\\""'}
    ${'{}'}                                         | ${malformed('Missing required field Statement')}                                                                      | ${'the policy has no Statement'}
    ${policyOf({ Principal: { AWS: 'ann' } })}      | ${malformed('Invalid principal in policy', '"AWS" : "ann"')}                                                          | ${'statement 1: "ann" is not an ARN of partition aws, an account\'s 12 digits or *'}
    ${policyOf({ Action: 's3:Frob' })}              | ${malformed('Policy has invalid action', 's3:Frob')}                                                                  | ${'statement 1: S3 has no action "s3:Frob"'}
    ${policyOf({ Resource: '*' })}                  | ${malformed('Policy has invalid resource', '*')}                                                                      | ${'statement 1: "*" is neither arn:aws:s3:::vault nor begins with arn:aws:s3:::vault/'}
    ${policyOf({ Resource: 'arn:aws:s3:::vault' })} | ${malformed('Action does not apply to any resource(s) in statement', 'Action "s3:GetObject" in Statement "NO_ID-0"')} | ${'statement 1: "s3:GetObject" applies to objects, and no resource of the statement names objects, such as arn:aws:s3:::vault/*'}
  `('$body', async ({ body, document, why }) => {
    const { status, text, head } = await put(body);
    expect({ status, text }).toEqual({ status: 400, text: document });
    expect(head).toEqual(closingRefusalHead());
    expect(s3.requests.last()?.why).toBe(why);
  });

  it('has more than 20480 bytes as S3 writes it, or more than 1 MiB as it is sent', async () => {
    const sized = (length: number) => policyOf({ Sid: 'x'.repeat(length) });
    expect((await put(sized(20_300) + ' '.repeat(200_000))).status).toBe(204);
    expect(await answered(put(sized(20_480)))).toEqual({
      status: 400,
      text: malformed('Normalized policy document exceeds the maximum allowed size of 20480 bytes'),
    });
    expect((await put(sized(1024 * 1024))).text).toContain('<Code>MaxMessageLengthExceeded</Code>');
  });

  it('is refused after the bucket, the owner and the digest were checked', async () => {
    expect(await answered(put('{}', { path: '/nowhere?policy' }))).toEqual(noSuchBucket('nowhere'));
    const partner = s3.createAccount('partner');
    expect(await answered(put('{}', { headers: { authorization: signedBy(partner) } }))).toEqual({
      status: 403,
      text: accessDenied,
    });
    expect(await answered(put('{}', { headers: { 'x-amz-expected-bucket-owner': '111122223333' } }))).toEqual({
      status: 403,
      text: accessDenied,
    });
    expect(await answered(put('{}', { headers: { 'Content-MD5': md5Of('other') } }))).toEqual({
      status: 400,
      text: expect.stringContaining('<Code>BadDigest</Code>'),
    });
    expect((await put(policyOf(), { headers: { 'Content-MD5': md5Of(policyOf()) } })).status).toBe(204);
  });

  it('names users that the account does not have', async () => {
    const policy = policyOf({ Principal: { AWS: 'arn:aws:iam::123456789012:user/ann' } });
    expect((await put(policy)).text).toContain('Invalid principal in policy');
    s3.account.user('ann');
    expect((await put(policy)).status).toBe(204);
  });

  it("names a resource of another partition than its bucket's", async () => {
    const inChina = policyOf({ Resource: 'arn:aws-cn:s3:::beijing/*' });
    expect((await put(inChina, { path: '/beijing?policy', host: 's3.cn-north-1.amazonaws.com.cn' })).status).toBe(204);
  });
});

// F304
describe('BlockPublicPolicy', () => {
  it('refuses a public policy, and is on in a new bucket', async () => {
    const { status, text, head } = await put(open);
    expect({ status, text }).toEqual({ status: 403, text: blocked('arn:aws:iam::123456789012:root') });
    expect(head).toEqual(refusalHead());
    expect(s3.requests.last()?.why).toBe('statement 1 is public, and the bucket has BlockPublicPolicy');
    expect((await get(path)).text).toBe(noSuchPolicy);
  });

  it('comes after all that makes a policy malformed', async () => {
    expect((await put(policyOf({ Principal: '*', Resource: '*' }))).status).toBe(400);
  });

  it.each([[{ BlockPublicAcls: true }], [null]])('is off with the block %j', async (publicAccessBlock) => {
    s3.bucket('vault').publicAccessBlock = publicAccessBlock;
    expect((await put(open)).status).toBe(204);
  });
});

// F310
describe('GetBucketPolicyStatus', () => {
  it.each([
    [open, true],
    [policyOf(), false],
  ])('of %s is %s', async (policy, isPublic) => {
    unblock();
    await put(policy);
    const { status, text, head } = await get('/vault?policyStatus');
    expect({ status, text }).toEqual({
      status: 200,
      text: answerDocument('PolicyStatus', `<IsPublic>${isPublic}</IsPublic>`),
    });
    expect(head).toEqual(documentHead().filter((line) => !line.startsWith('Content-Type')));
  });
});

describe('the policy of a fixture', () => {
  const literal = { Version: '2012-10-17', Statement: { ...statement, Principal: '*' } };

  it.each([[literal], [JSON.stringify(literal)]])('is an object or its JSON: %j', async (policy) => {
    const bucket = s3.createBucket('open', { policy: JSON.parse(JSON.stringify(policy).replaceAll('vault', 'open')) });
    const written = {
      Version: '2012-10-17',
      Statement: [{ ...literal.Statement, Action: 's3:GetObject', Resource: 'arn:aws:s3:::open/*' }],
    };
    expect(JSON.parse((await get('/open?policy')).body)).toEqual(written);
    expect(bucket.policy).toEqual(written);
    expect((await get('/open?policyStatus')).text).toContain('<IsPublic>true</IsPublic>');
    expect(String(bucket)).toMatch(/^open {2}versioning never set, policy/);
  });

  it('is set and deleted by the handle', async () => {
    const bucket = s3.bucket('vault');
    expect(bucket.policy).toBeUndefined();
    bucket.policy = policyOf();
    expect((await get(path)).body).toBe(normalised);
    // As S3 answers it, with the version that was not given; a policy without one is expected of any version.
    expect(bucket.policy).toEqual(JSON.parse(normalised));
    expect(bucket).toHaveConfiguration('policy', policyOf());
    expect(bucket).not.toHaveConfiguration('policy', { ...JSON.parse(policyOf()), Version: '2012-10-17' });
    bucket.policy = null;
    expect((await get(path)).status).toBe(404);
    expect(bucket.policy).toBeUndefined();
  });

  it('may name users that are made later', () => {
    const Principal = { AWS: 'arn:aws:iam::123456789012:user/later' };
    expect(() =>
      s3.createBucket('open', { policy: policyOf({ Principal }).replaceAll('vault', 'open') }),
    ).not.toThrow();
  });

  it('is a TypeError if S3 refuses it', () => {
    expect(() => s3.createBucket('open', { policy: policyOf() })).toThrow(
      new TypeError(
        'bucket \'open\': policy: Policy has invalid resource (statement 1: "arn:aws:s3:::vault/*" is neither arn:aws:s3:::open nor begins with arn:aws:s3:::open/)',
      ),
    );
    expect(() => {
      s3.bucket('vault').policy = '{}';
    }).toThrow("bucket 'vault': policy: Missing required field Statement (the policy has no Statement)");
    expect(() => Reflect.set(s3.bucket('vault'), 'policy', 5)).toThrow(
      "bucket 'vault': policy: invalid document 5; expected an object, or its JSON",
    );
    expect([...s3.buckets].map(({ name }) => name)).not.toContain('open');
  });

  it('that JSON cannot hold is a TypeError that names the bucket', () => {
    const cyclic: Record<string, unknown> = { Version: '2012-10-17' };
    cyclic['Statement'] = cyclic;
    let deep: object = {};
    for (let level = 0; level < 20_000; level += 1) deep = { deep };
    for (const [policy, problem] of [
      [cyclic, 'Converting circular structure to JSON'],
      [{ Statement: deep }, 'Maximum call stack size exceeded'],
    ] as const)
      expect(() => s3.createBucket('open', { policy } as object)).toThrow(
        new TypeError(`bucket 'open': policy: the document cannot be written as JSON: ${problem}`),
      );
  });
});

// F300
describe('the operations of a policy', () => {
  const calls = [
    ['GET', '/vault?policy'],
    ['PUT', '/vault?policy'],
    ['DELETE', '/vault?policy'],
    ['GET', '/vault?policyStatus'],
  ] as const;

  it.each(calls)('are closed to other accounts and to the anonymous: %s %s', async (method, to) => {
    unblock();
    await put(open);
    const partner = signedBy(s3.createAccount('partner'));
    for (const authorization of [partner, undefined]) {
      const headers = { Authorization: authorization };
      expect(await answered(send({ method, path: to, headers, ...(method === 'PUT' && { body: '{}' }) }))).toEqual({
        status: 403,
        text: accessDenied,
      });
    }
  });

  it('apply to the bucket at the path of a key, whether the key exists or not', async () => {
    const at = '/vault/none?policy';
    expect((await put(policyOf(), { path: at })).status).toBe(204);
    expect((await get(at)).body).toBe(normalised);
    expect((await remove(at)).status).toBe(204);
    expect((await get(at)).text).toBe(noSuchPolicy);
    expect((await get('/vault/none?policyStatus')).text).toContain('<Code>NoSuchKey</Code>');
  });
});
