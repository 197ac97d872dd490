import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedBy, textOf } from '../../support/documents';
import { allowing, as, notAllowed } from '../../support/limited-users';
import { get } from '../../support/objects';
import { policyOf } from '../../support/policy';
import { begin, copyPart } from '../../support/uploads';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({
  buckets: {
    source: {
      versioning: 'Enabled',
      objects: {
        plain: { body: 'first', versionId: 'v1' },
        tagged: { body: 'first', versionId: 'v2', tags: { team: 'red' } },
        both: [
          { body: 'first', versionId: 'v3', tags: { team: 'red' } },
          { body: 'second', versionId: 'v4', tags: { team: 'blue' } },
        ],
        annotated: { body: 'first', versionId: 'v5', annotations: { a: 'A report.' } },
        'public/gone': [{ body: 'first' }, { deleteMarker: true }],
      },
    },
    vault: { versioning: 'Enabled' },
  },
});

const copy = (source: string, headers: WireCall['headers']) =>
  send({ method: 'PUT', path: '/vault/copy', headers: { 'x-amz-copy-source': source, ...headers } });

const copying = ['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion'] as const;

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html F521
describe('a copy of an object with tags', () => {
  it.each([
    ['/source/tagged', 's3:GetObjectTagging', 's3:PutObjectTagging', 'source/tagged'],
    ['/source/tagged', 's3:PutObjectTagging', 's3:GetObjectTagging', 'vault/copy'],
    ['/source/tagged?versionId=v2', 's3:GetObjectVersionTagging', 's3:PutObjectTagging', 'source/tagged'],
    ['/source/tagged?versionId=v2', 's3:PutObjectTagging', 's3:GetObjectVersionTagging', 'vault/copy'],
  ] as const)('of %s needs %s, beside %s', async (source, missing, other, resource) => {
    const refused = await copy(source, as(s3, 'short', ...copying, other));
    expect({ status: refused.status, message: textOf('Message', refused) }).toEqual({
      status: 403,
      message: notAllowed('short', missing, resource),
    });
    const answer = await copy(source, as(s3, 'exact', ...copying, other, missing));
    expect(answer.status).toBe(200);
    expect(textOf('Tag', await get('/vault/copy?tagging'))).toBe('<Key>team</Key><Value>red</Value>');
  });

  it('says in its reason whose tags they are', async () => {
    await copy('/source/tagged', as(s3, 'short', ...copying, 's3:PutObjectTagging'));
    expect(s3.requests.last()?.why).toMatch(
      /^the source source\/tagged has tags, and a copy with them needs s3:GetObjectTagging and s3:PutObjectTagging: nothing allows user short /,
    );
    await copy('/source/tagged', as(s3, 'other', ...copying, 's3:GetObjectTagging'));
    expect(s3.requests.last()?.why).toMatch(
      /^the source \S+ has tags, and a copy with them needs s3:GetObjectTagging and s3:PutObjectTagging: nothing allows user other of account \d+ to do s3:PutObjectTagging /,
    );
    await copy('/source/annotated', as(s3, 'third', ...copying, 's3:GetObjectAnnotation'));
    expect(s3.requests.last()?.why).toMatch(
      /^the source \S+ has annotations, and a copy with them needs s3:GetObjectAnnotation and s3:PutObjectAnnotation: nothing allows user third /,
    );
  });

  const ofRed = (Action: string) => {
    const Condition = { StringEquals: { 's3:ExistingObjectTag/team': 'red' } };
    const others = ['s3:GetObjectVersion', 's3:GetObjectVersionTagging', 's3:PutObject*'].filter(
      (one) => one !== Action,
    );
    const policy = policyOf(allowing(...others), { Effect: 'Allow', Action, Resource: '*', Condition });
    return { Authorization: signedBy(s3.account.user(`red-${Action.slice(3)}`, { policy })) };
  };

  // F487
  it.each([
    ['v3', 200],
    ['v4', 403],
  ])('is allowed by the tags of the version %s, and so is a copy into a part: %d', async (version, status) => {
    const source = `/source/both?versionId=${version}`;
    expect((await copy(source, ofRed('s3:GetObjectVersionTagging'))).status).toBe(status);
    const id = await begin('/vault/big');
    expect((await copyPart('/vault/big', id, source, ofRed('s3:GetObjectVersion'))).status).toBe(status);
  });

  it.each([
    ['with tags of its own needs the right to tag alone', { 'x-amz-tagging': 'a=b' }, ['s3:PutObjectTagging']],
    ['without tags needs neither', {}, []],
  ] as const)('%s', async (_name, headers, actions) => {
    const replace = { 'x-amz-tagging-directive': 'REPLACE', ...headers };
    const { status } = await copy('/source/tagged', { ...replace, ...as(s3, 'exact', ...copying, ...actions) });
    expect(status).toBe(200);
  });

  it('needs no right for tags that S3 ignores', async () => {
    const headers = { 'x-amz-tagging': 'a=b', ...as(s3, 'exact', ...copying) };
    expect((await copy('/source/plain', headers)).status).toBe(200);
  });
});

describe.each<[string, (source: string, headers: WireCall['headers']) => ReturnType<typeof send>]>([
  ['CopyObject', copy],
  ['UploadPartCopy', async (source, headers) => copyPart('/vault/big', await begin('/vault/big'), source, headers)],
])('the source of %s', (_name, ask) => {
  // Documented: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
  it.each([
    ['/source/plain', 's3:GetObjectVersion', 's3:GetObject'],
    ['/source/plain?versionId=v1', 's3:GetObject', 's3:GetObjectVersion'],
  ] as const)('%s is not read with %s, but with %s', async (source, other, missing) => {
    const refused = await ask(source, as(s3, 'short', 's3:PutObject', other));
    expect({ status: refused.status, message: textOf('Message', refused) }).toEqual({
      status: 403,
      message: notAllowed('short', missing, 'source/plain'),
    });
    expect((await ask(source, as(s3, 'exact', 's3:PutObject', missing))).status).toBe(200);
  });

  it("is read by another account if both buckets' policies allow it", async () => {
    const partner = s3.createAccount('partner');
    const headers = { Authorization: signedBy(partner) };
    const letIn = (bucket: string, Action: string) => {
      const Principal = { AWS: partner.id };
      const statement = { Effect: 'Allow', Principal, Action, Resource: `arn:aws:s3:::${bucket}/*` } as const;
      s3.bucket(bucket).policy = { Version: '2012-10-17', Statement: [statement] };
    };
    letIn('vault', 's3:PutObject');
    const refused = await ask('/source/plain', headers);
    expect({ status: refused.status, message: textOf('Message', refused) }).toEqual({
      status: 403,
      message: 'Access Denied',
    });
    letIn('source', 's3:GetObject');
    expect((await ask('/source/plain', headers)).status).toBe(200);
  });

  // F524
  it.each([
    ['public/none', ['s3:GetObject'], 404],
    ['public/none', [], 404],
    ['private/none', ['s3:GetObject'], 403],
    ['public/gone', ['s3:GetObject'], 404],
    ['public/gone', [], 404],
  ])('is looked for at %s by a caller who has %j and the right to list public/: %d', async (key, reading, status) => {
    const Condition = { StringLike: { 's3:prefix': 'public/*' } };
    const listing = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::source', Condition } as const;
    const policy = policyOf(allowing('s3:PutObject', ...reading), listing);
    const headers = { Authorization: signedBy(s3.account.user('lister', { policy })) };
    expect((await ask(`/source/${key}`, headers)).status).toBe(status);
  });

  it('is looked for after the right to write the destination', async () => {
    const refused = await ask('/nowhere/plain', as(s3, 'reader', 's3:GetObject'));
    expect(textOf('Code', refused)).toBe('AccessDenied');
    expect((await ask('/nowhere/plain', as(s3, 'writer', 's3:PutObject'))).status).toBe(404);
  });

  it.each([
    ['an unmet condition', '/source/plain', '"other"', 412, /^S3 says so before it refuses s3:PutObject: /],
    ['not a condition that holds', '/source/plain', '*', 403, /s3:PutObject/],
    ['not a condition on a missing source', '/source/none', '"other"', 403, /s3:PutObject/],
  ])('has %s before the right to write the destination', async (_what, source, etag, status, why) => {
    const refused = await ask(source, {
      ...as(s3, 'reader', 's3:GetObject', 's3:ListBucket'),
      'x-amz-copy-source-if-match': etag,
    });
    expect({ status: refused.status, why: s3.requests.last()?.why }).toEqual({
      status,
      why: expect.stringMatching(why),
    });
  });
});

describe('a copy within a bucket', () => {
  const about = (action: string, prefix: string) => {
    return { Effect: 'Allow', Action: action, Resource: `arn:aws:s3:::source/${prefix}` };
  };
  const user = () => {
    const Statement = [about('s3:GetObject', 'from/*'), about('s3:PutObject', 'to/*')];
    const policy = JSON.stringify({ Version: '2012-10-17', Statement });
    return { Authorization: signedBy(s3.account.user('mover', { policy })) };
  };
  const copyTo = (key: string, source: string, headers: WireCall['headers'] = {}) =>
    send({
      method: 'PUT',
      path: `/source/${key}`,
      headers: { 'x-amz-copy-source': source, ...user(), ...headers },
    });

  it('reads by the prefix of its source, and writes by that of the copy', async () => {
    s3.bucket('source').put('from/a', 'data');
    expect((await copyTo('to/a', '/source/from/a')).status).toBe(200);
    expect(textOf('Message', await copyTo('to/a', '/source/plain'))).toBe(
      notAllowed('mover', 's3:GetObject', 'source/plain'),
    );
    expect(textOf('Message', await copyTo('from/b', '/source/from/a'))).toBe(
      notAllowed('mover', 's3:PutObject', 'source/from/b'),
    );
  });

  // F37, F525
  it.each([
    ['999999999999', 'AccessDenied', 'Access Denied'],
    ['abcd', 'InvalidBucketOwnerAWSAccountID', expect.stringContaining('[abcd]')],
  ])(
    'compares the owner of the source, %s, after the right to write and before the right to read',
    async (owner, code, text) => {
      const headers = { 'x-amz-source-expected-bucket-owner': owner };
      const answer = await copyTo('to/a', '/source/plain', headers);
      expect({ code: textOf('Code', answer), message: textOf('Message', answer) }).toEqual({ code, message: text });
      expect(textOf('Message', await copyTo('from/b', '/source/plain', headers))).toBe(
        notAllowed('mover', 's3:PutObject', 'source/from/b'),
      );
    },
  );
});

describe('a copy into the bucket of another account', () => {
  const partner = s3.createAccount('receiver');
  const ask = (headers: WireCall['headers']) =>
    send({ method: 'PUT', path: '/theirs/copy', headers: { 'x-amz-copy-source': '/source/plain', ...headers } });

  it('needs a bucket policy there, and policies of the user for both sides', async () => {
    s3.createBucket('theirs', { owner: partner });
    const both = as(s3, 'both', 's3:PutObject', 's3:GetObject');
    expect(textOf('Message', await ask(both))).toBe('Access Denied');
    s3.bucket('theirs').policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: s3.account.id },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::theirs/*',
        },
      ],
    };
    expect((await ask(both)).status).toBe(200);
    expect(textOf('Message', await ask(as(s3, 'reader', 's3:GetObject')))).toBe('Access Denied');
    // The source is of the caller's own account, which hears more.
    expect(textOf('Message', await ask(as(s3, 'writer', 's3:PutObject')))).toBe(
      notAllowed('writer', 's3:GetObject', 'source/plain'),
    );
  });
});
