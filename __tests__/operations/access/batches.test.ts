import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedBy, textOf, textsOf } from '../../support/documents';
import { allowing, as, notAllowed } from '../../support/limited-users';
import { deleteMany, remove } from '../../support/objects';
import type { WireCall } from '../../support/wire-client';

const v1 = (body: string) => ({ body, versionId: 'v1' });
const locked = {
  body: 'kept',
  versionId: 'v1',
  retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2027-01-01T00:00:00Z' },
} as const;

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled', objects: { 'a/1': v1('1'), 'a/2': v1('2'), b: v1('3') } },
    guarded: { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { k: v1('1') } },
    held: { objectLock: true, objects: { k: locked } },
  },
});

const entry = (Key: string, more = '') => `<Object><Key>${Key}</Key>${more}</Object>`;
const ofVersion = '<VersionId>v1</VersionId>';
const entries = ['a/1', 'a/2', 'b'].map((key) => entry(key)).join('');

const limited = (statement: object) => ({
  Authorization: signedBy(
    s3.account.user('limited', { policy: { Version: '2012-10-17', Statement: [statement] } as never }),
  ),
});

async function outcomeOf(bucket: string, content: string, headers: WireCall['headers']) {
  const answer = await deleteMany(bucket, content, headers);
  return {
    status: answer.status,
    deleted: textsOf('Deleted', answer).map((one) => textOf('Key', { body: one })),
    errors: textsOf('Error', answer),
  };
}

/** An entry of the answer, in which quotes are references, as in all answers that are not error documents (F6). */
const error = (Key: string, message: string, more = '') =>
  `<Key>${Key}</Key>${more}<Code>AccessDenied</Code><Message>${message.replaceAll('"', '&quot;')}</Message>`;
const errorOf = (key: string, action = 's3:DeleteObject' as const) =>
  error(key, notAllowed('limited', action, `vault/${key}`));

// Asserted on AWS: getmoto/moto tests/test_s3/test_s3_bucket_policy.py, test_deny_delete_policy. F522
describe('an entry of DeleteObjects', () => {
  const ofPrefix = { Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::vault/a/*' };

  it('is refused by itself, in a 200, and the rest is carried out', async () => {
    expect(await outcomeOf('vault', entries, limited(ofPrefix))).toEqual({
      status: 200,
      deleted: ['a/1', 'a/2'],
      errors: [errorOf('b')],
    });
  });

  it('is refused by a condition on its own version id', async () => {
    const ofFirst = {
      Effect: 'Allow',
      Action: 's3:DeleteObjectVersion',
      Resource: 'arn:aws:s3:::vault/*',
      Condition: { StringEquals: { 's3:VersionId': 'v1' } },
    };
    const id = s3.bucket('vault').put('a/1', 'second').versionId;
    const content = entry('a/1', `<VersionId>${id}</VersionId>`) + entry('a/1', ofVersion);
    const { deleted, errors } = await outcomeOf('vault', content, limited(ofFirst));
    expect({ deleted, refused: errors.map((one) => textOf('VersionId', { body: one })) }).toEqual({
      deleted: ['a/1'],
      refused: [id],
    });
  });

  it('is refused by a condition on its own ETag', async () => {
    const Resource = 'arn:aws:s3:::vault/*';
    const tagOf = (key: string) => s3.bucket('vault').object(key).etag;
    const Condition = { StringEquals: { 's3:if-match': tagOf('a/1').replaceAll('"', '') } };
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:DeleteObject', Resource, Condition },
        { Effect: 'Allow', Action: 's3:GetObject', Resource },
      ],
    } as const;
    const headers = { Authorization: signedBy(s3.account.user('limited', { policy })) };
    const conditioned = (key: string) => entry(key, `<ETag>${tagOf(key)}</ETag>`);
    const { deleted, errors } = await outcomeOf('vault', conditioned('a/1') + conditioned('a/2'), headers);
    expect({ deleted, refused: errors.map((one) => textOf('Code', { body: one })) }).toEqual({
      deleted: ['a/1'],
      refused: ['AccessDenied'],
    });
  });

  it('learns nothing about a version from a caller without rights', async () => {
    const content = entry('b', '<VersionId>Ab1_cd2.EF3gh4IJ5kl6MN7op8QR9st</VersionId>');
    const { errors } = await outcomeOf('vault', content, limited(ofPrefix));
    expect(errors.map((one) => textOf('Code', { body: one }))).toEqual(['AccessDenied']);
  });

  it('has its reason in the journal, as the others have', async () => {
    const nothing = (key: string) =>
      `${key}: nothing allows user limited of account 000000000000 to do s3:DeleteObject on arn:aws:s3:::vault/${key}; statement 1 of the policy of user limited came nearest, which applies to arn:aws:s3:::vault/a/*`;
    await deleteMany('vault', ['b', 'a/1', 'c'].map((key) => entry(key)).join(''), limited(ofPrefix));
    expect(s3.requests.last()).toMatchObject({
      status: 200,
      error: undefined,
      why: `${nothing('b')}; ${nothing('c')}`,
    });

    await deleteMany('vault', ['1', '2', '3', '4', '5', '6', '7'].map((key) => entry(key)).join(''), limited(ofPrefix));
    expect(s3.requests.last()?.why).toBe([...['1', '2', '3', '4', '5'].map(nothing), 'and 2 more'].join('; '));

    await deleteMany('vault', entry('a/2'), limited(ofPrefix));
    expect(s3.requests.last()?.why).toBeUndefined();
  });

  it('is also in a quiet answer if it is refused', async () => {
    const { status, deleted, errors } = await outcomeOf('vault', `<Quiet>true</Quiet>${entries}`, limited(ofPrefix));
    expect({ status, deleted, errors }).toEqual({ status: 200, deleted: [], errors: [errorOf('b')] });
  });

  it.each([
    ['s3:DeleteObject', '', ofVersion, 's3:DeleteObjectVersion'],
    ['s3:DeleteObjectVersion', ofVersion, '', 's3:DeleteObject'],
  ] as const)('needs an action of its own: with %s', async (action, allowed, refused, missing) => {
    const headers = limited(allowing(action));
    expect((await outcomeOf('vault', entry('b', refused), headers)).errors).toEqual([
      error('b', notAllowed('limited', missing, 'vault/b'), refused),
    ]);
    expect((await outcomeOf('vault', entry('b', allowed), headers)).deleted).toEqual(['b']);
  });

  // F523
  it('with an ETag needs the action of a read', async () => {
    const etag = s3.bucket('vault').object('b')?.etag;
    const named = entry('b', `<ETag>${etag}</ETag>`);
    const message = notAllowed('limited', 's3:GetObject', 'vault/b');
    expect((await outcomeOf('vault', named, limited(allowing('s3:DeleteObject')))).errors).toEqual([
      error('b', message),
    ]);
    expect(
      (await outcomeOf('vault', entry('b', '<ETag>*</ETag>'), limited(allowing('s3:DeleteObject')))).deleted,
    ).toEqual(['b']);
  });

  it('is refused before its lock refuses it', async () => {
    const named = entry('k', ofVersion);
    expect((await outcomeOf('held', named, limited(allowing('s3:DeleteObject')))).errors).toEqual([
      error('k', notAllowed('limited', 's3:DeleteObjectVersion', 'held/k'), ofVersion),
    ]);
    expect((await outcomeOf('held', named, as(s3, 'allowed', 's3:DeleteObjectVersion'))).errors).toEqual([
      error('k', 'Access Denied because object protected by object lock.', ofVersion),
    ]);
  });
});

// Seen on AWS: minio/minio#4817. F522
describe.each([
  ['the anonymous', () => ({ Authorization: undefined })],
  ['another account', () => ({ Authorization: signedBy(s3.createAccount('another')) })],
])('a batch of %s', (_name, headers) => {
  it('has an error for each entry, without a reason', async () => {
    expect(await outcomeOf('vault', entries, headers())).toEqual({
      status: 200,
      deleted: [],
      errors: ['a/1', 'a/2', 'b'].map((key) => error(key, 'Access Denied')),
    });
  });

  it('is carried out as far as the bucket policy allows it', async () => {
    s3.bucket('vault').publicAccessBlock = null;
    s3.bucket('vault').policy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::vault/a/*' }],
    };
    const { deleted, errors } = await outcomeOf('vault', entries, headers());
    expect({ deleted, errors }).toEqual({ deleted: ['a/1', 'a/2'], errors: [error('b', 'Access Denied')] });
  });
});

// F100, F521
describe('x-amz-bypass-governance-retention', () => {
  const bypass = { 'x-amz-bypass-governance-retention': 'true' };
  it.each<[string, (headers: WireCall['headers']) => Promise<string | undefined>]>([
    ['DeleteObject', async (headers) => textOf('Message', await remove('/held/k?versionId=v1', headers))],
    [
      'DeleteObjects',
      async (headers) =>
        textOf('Message', await deleteMany('held', entry('k', ofVersion), headers))?.replaceAll('&quot;', '"'),
    ],
  ])('lets %s through with its own right only', async (_name, ask) => {
    const without = { ...bypass, ...as(s3, 'without', 's3:DeleteObjectVersion') };
    expect(await ask(without)).toBe(notAllowed('without', 's3:BypassGovernanceRetention', 'held/k'));
    const both = { ...bypass, ...as(s3, 'both', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention') };
    expect(await ask(both)).toBeUndefined();
    expect(s3.bucket('held')).toHaveVersions('k', []);
  });

  // F521
  it('needs no right without a version id, since a marker covers the version', async () => {
    const headers = { ...bypass, ...as(s3, 'plain', 's3:DeleteObject') };
    const answer = await remove('/held/k', headers);
    expect({ status: answer.status, marker: answer.header('x-amz-delete-marker') }).toEqual({
      status: 204,
      marker: 'true',
    });
    expect(await outcomeOf('held', entry('k'), headers)).toMatchObject({ deleted: ['k'], errors: [] });
    expect(s3.bucket('held').versions('k')).toHaveLength(3);
  });
});

// s3:DeleteObject before MFA is a decision. F69, F525
describe('MFA Delete', () => {
  it('is checked once for the whole batch, before its entries', async () => {
    const answer = await deleteMany('guarded', `${entry('k')}${entry('k', ofVersion)}`, as(s3, 'none'));
    expect({ status: answer.status, message: textOf('Message', answer) }).toEqual({
      status: 403,
      message: 'Mfa Authentication must be used for this request',
    });
  });
});
