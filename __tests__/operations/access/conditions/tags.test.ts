import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { sendAs } from '../../../support/access';
import { absent, allowIf, ann, asAnn, type Condition, equals, holdsFor } from '../../../support/conditions';
import { signedBy } from '../../../support/documents';
import { md5Of } from '../../../support/objects';
import { begin, copyPart } from '../../../support/uploads';
import type { WireCall } from '../../../support/wire-client';

const objects = {
  open: { body: 'data', tags: { security: 'public', Team: 'storage' } },
  closed: { body: 'data', tags: { security: 'private' } },
  bare: 'data',
};
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } });

const holds = (action: string, condition: Condition, call: WireCall) =>
  holdsFor(s3, { action, condition, ask: () => asAnn(s3, call) });

const isPublic = equals('s3:ExistingObjectTag/security', 'public');
const taggingOf = (...tags: readonly (readonly [key: string, value: string])[]) =>
  `<Tagging><TagSet>${tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`).join('')}</TagSet></Tagging>`;
const putTagging = (body: string, path = '/vault/open?tagging'): WireCall => ({
  method: 'PUT',
  path,
  body,
  headers: { 'Content-MD5': md5Of(body) },
});

// Recorded on AWS: ceph/s3-tests test_bucket_policy_*_existing_tag, justincormack/argmin. F487
describe('s3:ExistingObjectTag', () => {
  it.each<readonly [action: string, query: string]>([
    ['s3:GetObject', ''],
    ['s3:GetObjectTagging', '?tagging'],
    ['s3:GetObjectAcl', '?acl'],
  ])('is the tag of the object that %s reads', async (action, query) => {
    expect(await holds(action, isPublic, { path: `/vault/open${query}` })).toBe(true);
    expect(await holds(action, isPublic, { path: `/vault/closed${query}` })).toBe(false);
    expect(await holds(action, isPublic, { path: `/vault/bare${query}` })).toBe(false);
    expect(await holds(action, absent('s3:ExistingObjectTag/security'), { path: `/vault/bare${query}` })).toBe(true);
  });

  it('is named without case, and compared with case', async () => {
    const call = { path: '/vault/open' };
    expect(await holds('s3:GetObject', equals('s3:existingobjecttag/TEAM', 'storage'), call)).toBe(true);
    expect(await holds('s3:GetObject', equals('s3:ExistingObjectTag/Team', 'Storage'), call)).toBe(false);
  });

  // Measured: justincormack/argmin, bucket_policy.rs, test_bucket_policy_existing_object_tag_prefix_key_is_case_insensitive. F487
  it.each([
    [{ Classification: 'public', classification: 'private' }, true],
    [{ Classification: 'private', classification: 'public' }, false],
    [{ classification: 'public', Classification: 'private' }, false],
    [{ classification: 'private', Classification: 'public' }, true],
  ])('of tags %j that differ by case alone is the last in the order of the answer', async (tags, expected) => {
    s3.bucket('vault').put('twice', 'data', { tags });
    const call = { path: '/vault/twice' };
    for (const name of ['Classification', 'classification'])
      expect(await holds('s3:GetObject', equals(`s3:ExistingObjectTag/${name}`, 'public'), call)).toBe(expected);
  });

  it('is that of the version that is asked for', async () => {
    const before = s3.bucket('vault').versions('open')[0]?.versionId;
    s3.bucket('vault').put('open', 'more', { tags: { security: 'private' } });
    const call = { path: `/vault/open?versionId=${before}` };
    expect(await holds('s3:GetObjectVersion', isPublic, call)).toBe(true);
    expect(await holds('s3:GetObject', isPublic, { path: '/vault/open' })).toBe(false);
    expect(await holds('s3:GetObjectVersionTagging', isPublic, { ...call, path: `${call.path}&tagging` })).toBe(true);
  });

  it('is that before the request', async () => {
    allowIf(s3, 'vault', 's3:PutObjectTagging', isPublic);
    expect((await asAnn(s3, putTagging(taggingOf(['security', 'public']), '/vault/closed?tagging'))).status).toBe(403);
    expect((await asAnn(s3, putTagging(taggingOf(['security', 'private'])))).status).toBe(200);
    expect((await asAnn(s3, putTagging(taggingOf(['security', 'public'])))).status).toBe(403);
  });

  it('is absent for GetObjectAttributes', async () => {
    const call = { path: '/vault/open?attributes', headers: { 'x-amz-object-attributes': 'ETag' } };
    expect(await holds('s3:GetObjectAttributes', isPublic, call)).toBe(false);
    expect(await holds('s3:GetObject', isPublic, call)).toBe(true);
  });

  it('lets UploadPartCopy read its source, but not CopyObject', async () => {
    const headers = { 'x-amz-copy-source': 'vault/open', 'x-amz-tagging-directive': 'REPLACE' };
    expect(await holds('s3:GetObject', isPublic, { method: 'PUT', path: '/vault/copy', headers })).toBe(false);
    const id = await begin('/vault/parts');
    const part = { Authorization: signedBy(ann(s3)) };
    const ask = (source: string) => ({
      action: 's3:GetObject',
      condition: isPublic,
      ask: () => copyPart('/vault/parts', id, source, part),
    });
    expect(await holdsFor(s3, ask('vault/open'))).toBe(true);
    expect(await holdsFor(s3, ask('vault/closed'))).toBe(false);
  });

  it('does not go with a deletion, not even in the policy of a user', async () => {
    const policy = { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: isPublic } };
    const headers = { Authorization: signedBy(s3.account.user('cleaner', { policy })) };
    expect((await asAnn(s3, { path: '/vault/open', headers })).status).toBe(200);
    expect((await asAnn(s3, { method: 'DELETE', path: '/vault/open', headers })).status).toBe(403);
  });
});

// Recorded on AWS: ceph/s3-tests test_bucket_policy_put_obj_request_obj_tag, justincormack/argmin bucket_policy_multivalue. F487
describe('s3:RequestObjectTag', () => {
  const upload = (tagging?: string): WireCall => ({
    method: 'PUT',
    path: '/vault/new',
    body: 'data',
    headers: tagging === undefined ? {} : { 'x-amz-tagging': tagging },
  });
  const requestTag = equals('s3:RequestObjectTag/security', 'public');

  it.each<readonly [tagging: string | undefined, holds: boolean]>([
    ['security=public', true],
    ['a=b&security=public', true],
    ['security=private', false],
    ['a=public', false],
    // Tags that differ by case alone are values of one key.
    ['Security=private&security=public', true],
    ['security=public&Security=private', true],
    ['Security=private&security=internal', false],
    [undefined, false],
  ])('is that of x-amz-tagging %j: %s', async (tagging, expected) => {
    expect(await holds('s3:PutObject', requestTag, upload(tagging))).toBe(expected);
  });

  it('is that of the document of PutObjectTagging', async () => {
    const call = (value: string) => putTagging(taggingOf(['security', value]), '/vault/bare?tagging');
    expect(await holds('s3:PutObjectTagging', requestTag, call('public'))).toBe(true);
    expect(await holds('s3:PutObjectTagging', requestTag, call('private'))).toBe(false);
    const id = s3.bucket('vault').versions('bare')[0]?.versionId;
    const ofVersion = putTagging(taggingOf(['security', 'public']), `/vault/bare?tagging&versionId=${id}`);
    expect(await holds('s3:PutObjectVersionTagging', requestTag, ofVersion)).toBe(true);
  });

  it('is absent if a request has no tags', async () => {
    expect(await holds('s3:PutObject', absent('s3:RequestObjectTag/security'), upload())).toBe(true);
    const ofSlash = equals('s3:RequestObjectTag/cost/center', '7');
    expect(await holds('s3:PutObject', ofSlash, upload('cost%2Fcenter=7'))).toBe(true);
    expect(await holds('s3:PutObject', absent('s3:RequestObjectTagKeys'), upload())).toBe(true);
  });

  const keys = (...names: readonly string[]) => ({ 's3:RequestObjectTagKeys': names });
  const isNamed = { Null: { 's3:RequestObjectTagKeys': 'false' } };

  it.each<readonly [condition: Condition, names: readonly string[], holds: boolean]>([
    [{ 'ForAllValues:StringEquals': keys('security', 'team'), ...isNamed }, ['security'], true],
    [{ 'ForAllValues:StringEquals': keys('security', 'team'), ...isNamed }, ['security', 'team'], true],
    [{ 'ForAllValues:StringEquals': keys('security', 'team'), ...isNamed }, ['security', 'project'], false],
    [{ 'ForAllValues:StringEquals': keys('security', 'team'), ...isNamed }, [], false],
    [{ 'ForAllValues:StringEquals': keys('security', 'team') }, [], true],
    [{ 'ForAnyValue:StringEquals': keys('security') }, ['security', 'project'], true],
    [{ 'ForAnyValue:StringEquals': keys('security') }, ['project'], false],
    [{ 'ForAnyValue:StringEquals': keys('security') }, [], false],
    [{ 'ForAllValues:StringEqualsIgnoreCase': keys('security', 'team'), ...isNamed }, ['SECURITY', 'TEAM'], true],
    [{ 'ForAllValues:StringEqualsIgnoreCase': keys('security'), ...isNamed }, ['SECURITY', 'project'], false],
    [{ 'ForAnyValue:StringEqualsIgnoreCase': keys('SECURITY') }, ['security', 'project'], true],
    [{ 'ForAllValues:StringNotEqualsIgnoreCase': keys('security'), ...isNamed }, ['project', 'team'], true],
    [{ 'ForAllValues:StringNotEqualsIgnoreCase': keys('security'), ...isNamed }, ['project', 'SECURITY'], false],
    [{ 'ForAnyValue:StringNotEqualsIgnoreCase': keys('security') }, ['SECURITY', 'team'], true],
    [{ 'ForAnyValue:StringNotEqualsIgnoreCase': keys('security') }, ['SECURITY'], false],
  ])('Keys: %j of %j: %s', async (condition, names, expected) => {
    const body = taggingOf(...names.map((name) => [name, 'allow'] as const));
    expect(await holds('s3:PutObjectTagging', condition, putTagging(body, '/vault/bare?tagging'))).toBe(expected);
    if (names.length > 0)
      expect(await holds('s3:PutObject', condition, upload(names.map((name) => `${name}=allow`).join('&')))).toBe(
        expected,
      );
  });
});

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html F492
describe('the tags of a new bucket', () => {
  const creating = (...tags: readonly (readonly [key: string, value: string])[]): WireCall => {
    const set = tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`).join('');
    return {
      method: 'PUT',
      path: '/team-bucket',
      body: `<CreateBucketConfiguration><Tags>${set}</Tags></CreateBucketConfiguration>`,
    };
  };
  const billing = equals('aws:RequestTag/team', 'billing');
  const names = (...allowed: readonly string[]): Condition => ({
    'ForAllValues:StringEquals': { 'aws:TagKeys': allowed },
  });

  const create = async (action: string, condition: Condition, call: WireCall) => {
    const allowed = { Effect: 'Allow', Resource: '*' } as const;
    const policy = {
      Statement: [
        { ...allowed, NotAction: action },
        { ...allowed, Action: action, Condition: condition },
      ],
    };
    const { status } = await sendAs(signedBy(s3.account.user('maker', { policy })), call);
    return status;
  };

  it.each<readonly [condition: Condition, call: WireCall, status: number]>([
    [billing, creating(['team', 'billing']), 200],
    [equals('aws:requesttag/TEAM', 'billing'), creating(['team', 'billing']), 200],
    [billing, creating(['team', 'Billing']), 403],
    [billing, creating(['stage', 'billing']), 403],
    [names('team', 'stage'), creating(['team', 'billing']), 200],
    [names('stage'), creating(['team', 'billing'], ['stage', 'test']), 403],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'stage' } }, creating(['team', 'a'], ['stage', 'test']), 200],
    [absent('aws:TagKeys'), creating(['team', 'billing']), 403],
  ])('are compared by %j', async (condition, call, status) => {
    expect(await create('s3:CreateBucket', condition, call)).toBe(status);
    s3.reset();
    expect(await create('s3:TagResource', condition, call)).toBe(status);
  });

  it.each([
    [billing, 403],
    [absent('aws:TagKeys'), 200],
  ])('are absent without tags: %j', async (condition, status) => {
    expect(await create('s3:CreateBucket', condition, { method: 'PUT', path: '/team-bucket' })).toBe(status);
  });

  it('are not keys of PutBucketTagging', async () => {
    const call = putTagging(taggingOf(['team', 'billing']), '/vault?tagging');
    expect(await holds('s3:PutBucketTagging', billing, call)).toBe(false);
    expect(await holds('s3:PutBucketTagging', absent('aws:TagKeys'), call)).toBe(true);
  });
});
