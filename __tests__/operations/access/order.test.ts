import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { mfaRequired, signedBy, textOf, versioningConfiguration } from '../../support/documents';
import { lackingActions, lackingCall } from '../../support/lacking';
import { as, notAllowed } from '../../support/limited-users';
import { deleteMany, md5Of } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const locked = {
  body: 'kept',
  versionId: 'v1',
  retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2027-01-01T00:00:00Z' },
} as const;

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled', objects: { k: { body: 'first', versionId: 'v1' } } },
    held: { objectLock: true, objects: { k: locked } },
  },
});

const codeOf = async (call: WireCall, headers: WireCall['headers']) =>
  textOf('Code', await send({ ...call, headers: { ...call.headers, ...headers } }));
const messageOf = async (call: WireCall, headers: WireCall['headers']) =>
  textOf('Message', await send({ ...call, headers: { ...call.headers, ...headers } }));

const put = (headers: WireCall['headers'], path = '/vault/k', body = 'x'): WireCall => {
  return { method: 'PUT', path, headers, body };
};

/** Requests that S3 would refuse for another reason if their caller might make them, with the code of that refusal. */
const faults: readonly (readonly [name: string, call: WireCall, code: string, ...actions: readonly string[]])[] = [
  ['the value of a header', put({ 'x-amz-storage-class': 'COLD' }), 'InvalidStorageClass', 's3:PutObject'],
  ['the form of a digest', put({ 'Content-MD5': 'abc' }), 'InvalidDigest', 's3:PutObject'],
  ['a digest', put({ 'Content-MD5': 'AAAAAAAAAAAAAAAAAAAAAA==' }), 'BadDigest', 's3:PutObject'],
  ['a missing digest', put({}, '/vault?tagging'), 'InvalidRequest', 's3:PutBucketTagging'],
  ['a document', put({}, '/vault?versioning', '<no'), 'MalformedXML', 's3:PutBucketVersioning'],
  ['a policy', put({}, '/vault?policy', '{'), 'MalformedPolicy', 's3:PutBucketPolicy'],
  ['the length of a key', { path: `/vault/${'k'.repeat(1025)}` }, 'KeyTooLongError', 's3:GetObject'],
  ['a precondition', put({ 'If-None-Match': '*' }), 'PreconditionFailed', 's3:PutObject'],
  [
    'a condition of a read',
    { path: '/vault/k', headers: { 'If-Match': '"no"' } },
    'PreconditionFailed',
    's3:GetObject',
  ],
  ['what the mock lacks', lackingCall, 'S3MockNotImplemented', ...lackingActions],
];

// F525
describe('the right to an operation is checked before', () => {
  it.each(faults)('%s', async (_name, call, code, ...actions) => {
    expect(await codeOf(call, as(s3, 'nobody'))).toBe('AccessDenied');
    expect(await codeOf(call, as(s3, 'exact', ...actions))).toBe(code);
  });

  it('the actions that its headers need', async () => {
    const call = put({ 'x-amz-tagging': 'a=b', 'x-amz-acl': 'public-read' });
    expect(await messageOf(call, as(s3, 'nobody'))).toBe(notAllowed('nobody', 's3:PutObject', 'vault/k'));
    expect(await messageOf(call, as(s3, 'writer', 's3:PutObject'))).toBe(
      notAllowed('writer', 's3:PutObjectTagging', 'vault/k'),
    );
  });

  it('the right to an ACL, but after a refusal of ACLs', async () => {
    expect(await codeOf(put({ 'x-amz-acl': 'public-read' }), as(s3, 'writer', 's3:PutObject'))).toBe(
      'AccessControlListNotSupported',
    );
  });
});

it('the right to a sub-resource of buckets is checked on the bucket, at the path of an object too', async () => {
  const call = { path: '/vault/k?versioning' };
  expect(await messageOf(call, as(s3, 'nobody'))).toBe(notAllowed('nobody', 's3:GetBucketVersioning', 'vault'));
  const Statement = [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::vault' }];
  const user = s3.account.user('ofBucket', { policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  expect(await codeOf(call, { Authorization: signedBy(user) })).not.toBe('AccessDenied');
});

// Recorded for the owner: localstack, test_put_bucket_policy_expected_bucket_owner. F37, F525
describe('the expected owner is checked before the right to an operation', () => {
  it.each([
    ['111111111111', 'AccessDenied', 'Access Denied'],
    ['abcd', 'InvalidBucketOwnerAWSAccountID', undefined],
  ])('%s', async (owner, code, message) => {
    const call = { path: '/vault/k', headers: { 'x-amz-expected-bucket-owner': owner } };
    for (const user of [as(s3, 'nobody'), as(s3, 'reader', 's3:GetObject')]) {
      expect(await codeOf(call, user)).toBe(code);
      if (message !== undefined) expect(await messageOf(call, user)).toBe(message);
    }
  });
});

describe('an MFA code is checked after the right to an operation', () => {
  const withMfa: WireCall = {
    method: 'PUT',
    path: '/vault?versioning',
    body: versioningConfiguration('<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>'),
  };

  it('of PutBucketVersioning', async () => {
    expect(await messageOf(withMfa, as(s3, 'nobody'))).toBe(notAllowed('nobody', 's3:PutBucketVersioning', 'vault'));
    const allowed = as(s3, 'exact', 's3:PutBucketVersioning');
    expect((await send({ ...withMfa, headers: allowed })).text).toBe(mfaRequired);
    expect(await messageOf(withMfa, { ...allowed, 'x-amz-mfa': s3.mfa.header() })).toBe(
      'This operation may only be performed by the bucket owner',
    );
  });

  it('and a policy may let another account change versioning without MFA Delete', async () => {
    const partner = s3.createAccount('partner');
    s3.bucket('vault').policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: partner.id },
          Action: 's3:PutBucketVersioning',
          Resource: 'arn:aws:s3:::vault',
        },
      ],
    };
    const headers = { Authorization: signedBy(partner) };
    const body = versioningConfiguration('<Status>Suspended</Status>');
    expect((await send({ method: 'PUT', path: '/vault?versioning', body, headers })).status).toBe(200);
    expect((await send({ ...withMfa, headers })).text).toBe(mfaRequired);
    expect(s3.bucket('vault').versioning).toBe('Suspended');
  });
});

describe('a lock is checked after the right to an operation', () => {
  it.each(['true', 'false'])('of PutObjectRetention, with a bypass: %s', async (bypass) => {
    const body = '<Retention/>';
    const call = {
      method: 'PUT',
      path: '/held/k?retention',
      body,
      headers: { 'Content-MD5': md5Of(body), 'x-amz-bypass-governance-retention': bypass },
    };
    expect(await messageOf(call, as(s3, 'nobody'))).toBe(notAllowed('nobody', 's3:PutObjectRetention', 'held/k'));
    expect(await messageOf(call, as(s3, 'exact', 's3:PutObjectRetention'))).toBe(
      bypass === 'true'
        ? notAllowed('exact', 's3:BypassGovernanceRetention', 'held/k')
        : 'Access Denied because object protected by object lock.',
    );
    const both = as(s3, 'both', 's3:PutObjectRetention', 's3:BypassGovernanceRetention');
    expect((await send({ ...call, headers: { ...call.headers, ...both } })).status).toBe(bypass === 'true' ? 200 : 403);
  });
});

describe('DeleteObjects is refused as a whole before its entries', () => {
  it.each([
    ['without a digest', { 'Content-MD5': undefined }, 'InvalidRequest'],
    ['with a wrong one', { 'Content-MD5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'BadDigest'],
  ])('%s', async (_name, headers, code) => {
    const content = '<Object><Key>k</Key></Object>';
    expect(textOf('Code', await deleteMany('vault', content, { ...as(s3, 'nobody'), ...headers }))).toBe(code);
  });
});

// Measured: justincormack/argmin, auth_timing.rs. F1748
describe('a right that changes while a request is under way', () => {
  const rest = 'x'.repeat(4 * 1024 * 1024);
  const allow = (Action: string, user: string) => {
    const Principal = { AWS: `arn:aws:iam::000000000000:user/${user}` };
    const Statement = [{ Effect: 'Allow', Principal, Action, Resource: 'arn:aws:s3:::vault/*' }] as const;
    s3.bucket('vault').policy = { Version: '2012-10-17', Statement };
  };
  const begin = (method: string, user: string, headers: Record<string, string> = {}) => {
    const { Authorization } = as(s3, user);
    return request({ method, host: 's3.amazonaws.com', path: '/vault/slow', headers: { ...headers, Authorization } });
  };
  const answerTo = async (call: ReturnType<typeof request>): Promise<IncomingMessage> => {
    const [answer] = await once(call, 'response');
    return answer;
  };

  it('does not touch a read that has begun', async () => {
    s3.bucket('vault').put('slow', rest);
    allow('s3:GetObject', 'ann');
    const call = begin('GET', 'ann');
    call.end();
    const answer = await answerTo(call);
    s3.bucket('vault').policy = null;
    expect((await send({ path: '/vault/slow', headers: as(s3, 'ann') })).status).toBe(403);
    expect((await text(answer)) === rest).toBe(true);
  });

  it.each<{ what: string; before: string; after: string; status: number; keys: readonly string[] }>`
    what       | before            | after             | status | keys
    ${'given'} | ${'s3:GetObject'} | ${'s3:PutObject'} | ${200} | ${['k', 'slow']}
    ${'taken'} | ${'s3:PutObject'} | ${'s3:GetObject'} | ${403} | ${['k']}
  `('counts for a write whose bytes are on their way: it is $what', async ({ before, after, status, keys }) => {
    allow(before, 'ben');
    const call = begin('PUT', 'ben', { 'Content-Length': String(2 * rest.length) });
    call.write(rest);
    await once(call, 'socket');
    allow(after, 'ben');
    call.end(rest);
    const answer = await answerTo(call);
    await text(answer);
    expect({ status: answer.statusCode, keys: s3.bucket('vault').keys }).toEqual({ status, keys });
  });
});
