import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, malformedXml } from '../../support/documents';
import { answerHead } from '../../support/heads';
import {
  answered,
  badArgument,
  elements,
  get,
  head,
  markDeleted,
  markerNotAllowed,
  md5Of,
  noSuchKey,
  noSuchVersion,
  put,
  putVersion,
  refusal,
  remove,
  type StatusAndText,
  tellingLines,
  threeStates,
} from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3(threeStates);

type Tag = readonly [key: string, value: string];

const tagSet = (...tags: readonly Tag[]) =>
  tags.length === 0
    ? '<TagSet/>'
    : `<TagSet>${tags.map(([Key, Value]) => `<Tag>${elements({ Key, Value })}</Tag>`).join('')}</TagSet>`;
const tagging = (...tags: readonly Tag[]) => `<Tagging>${tagSet(...tags)}</Tagging>`;
const answer = (...tags: readonly Tag[]) => answerDocument('Tagging', tagSet(...tags));

const tagObject = (path: string, body: string) => send({ method: 'PUT', path, body });
const tagBucket = (body: string, headers: Record<string, string> = { 'Content-MD5': md5Of(body) }, bucket = 'plain') =>
  send({ method: 'PUT', path: `/${bucket}?tagging`, body, headers });
const and = (path: string, query: string) => `${path}?tagging${query}`;

// Recorded: localstack, TestS3BucketObjectTagging; versity/versitygw#1750. F70, F72
describe('the tags of an object', () => {
  it('are set, read and deleted', async () => {
    await put('/plain/k');
    expect(await tagObject('/plain/k?tagging', tagging(['b', '2'], ['a', '1'], ['empty', '']))).toMatchObject({
      status: 200,
      body: '',
    });
    const read = await get('/plain/k?tagging');
    expect(read).toMatchObject({ status: 200, text: answer(['a', '1'], ['b', '2'], ['empty', '']) });
    expect(read.head).toEqual(answerHead('Transfer-Encoding: chunked'));
    expect((await head('/plain/k')).header('x-amz-tagging-count')).toBe('3');
    const gone = await remove('/plain/k?tagging');
    expect({ status: gone.status, body: gone.body, tellingLines: tellingLines(gone) }).toEqual({
      status: 204,
      body: '',
      tellingLines: [],
    });
    expect((await get('/plain/k?tagging')).text).toBe(answer());
    expect((await head('/plain/k')).header('x-amz-tagging-count')).toBeUndefined();
  });

  it('are also set with the object', async () => {
    await put('/plain/k', 'data', { 'x-amz-tagging': 'a%20b=c%3Dd&e&f=' });
    expect((await get('/plain/k?tagging')).text).toBe(answer(['e', ''], ['a b', 'c=d'], ['f', '']));
    await put('/plain/k');
    expect((await get('/plain/k?tagging')).text).toBe(answer());
  });

  // Measured: justincormack/argmin, bucket_policy.rs, test_bucket_policy_request_object_tag_case_equivalent_values_preserve_binary_equals. F70
  it('have the equals signs at the end of x-amz-tagging in their value', async () => {
    await put('/plain/k', 'data', { 'x-amz-tagging': 'a=cHJpdmF0ZQ==&b=' });
    expect((await get('/plain/k?tagging')).text).toBe(answer(['a', 'cHJpdmF0ZQ=='], ['b', '']));
  });

  it.each(['vault', 'paused'])('belong to one version, which each answer names in %s', async (bucket) => {
    const old = (await putVersion(`/${bucket}/k`)) || 'null';
    const line = `x-amz-version-id: ${old}`;
    expect(tellingLines(await tagObject(`/${bucket}/k?tagging`, tagging(['a', '1'])))).toEqual([line]);
    expect(tellingLines(await get(`/${bucket}/k?tagging`))).toEqual([line]);
    if (bucket === 'vault') {
      const next = await putVersion('/vault/k');
      expect((await get('/vault/k?tagging')).text).toBe(answer());
      expect((await get(and('/vault/k', `&versionId=${old}`))).text).toBe(answer(['a', '1']));
      await tagObject(and('/vault/k', `&versionId=${old}`), tagging(['a', '2']));
      expect((await get(and('/vault/k', `&versionId=${next}`))).text).toBe(answer());
      expect((await get('/vault/k')).header('x-amz-version-id')).toBe(next);
    }
    expect(tellingLines(await remove(and(`/${bucket}/k`, `&versionId=${old}`)))).toEqual([line]);
  });

  it('are set on a version without making a new one', async () => {
    const id = await putVersion('/vault/k', 'data');
    s3.clock.advance({ hours: 1 });
    await tagObject('/vault/k?tagging', tagging(['a', '1']));
    const { header } = await get('/vault/k');
    expect({ versionId: header('x-amz-version-id'), lastModified: header('Last-Modified') }).toEqual({
      versionId: id,
      lastModified: 'Tue, 31 Mar 2026 07:35:05 GMT',
    });
    expect((await get('/vault?versions')).body.match(/<Version>/g)).toHaveLength(1);
  });

  it('need no MFA code', async () => {
    await put('/vault/k');
    s3.bucket('vault').mfaDelete = 'Enabled';
    expect((await tagObject('/vault/k?tagging', tagging(['a', '1']))).status).toBe(200);
    expect((await remove('/vault/k?tagging')).status).toBe(204);
  });
});

describe('tags are refused for', () => {
  const put1 = (path: string) => answered(tagObject(path, tagging(['a', '1'])));

  it('a missing key, which a GET names with its bucket', async () => {
    expect(await answered(get('/vault/k?tagging'))).toEqual(noSuchKey('vault/k'));
    expect(await put1('/vault/k?tagging')).toEqual(noSuchKey('k'));
    expect(await answered(remove('/vault/k?tagging'))).toEqual(noSuchKey('k'));
  });

  it('a missing version, which a GET names with its bucket', async () => {
    const gone = await putVersion('/vault/k');
    await remove(`/vault/k?versionId=${gone}`);
    for (const id of [gone, 'null']) {
      const path = and('/vault/k', `&versionId=${id}`);
      expect(await answered(get(path))).toEqual(noSuchVersion('vault/k', id));
      expect(await put1(path)).toEqual(noSuchVersion('k', id));
      expect(await answered(remove(path))).toEqual(noSuchVersion('k', id));
    }
  });

  it('a delete marker, the newest or by its id', async () => {
    await put('/vault/k');
    const id = await markDeleted('/vault/k');
    for (const [path, lines] of [
      ['/vault/k?tagging', []],
      [and('/vault/k', `&versionId=${id}`), ['x-amz-delete-marker: true', `x-amz-version-id: ${id}`]],
    ] as const) {
      const read = await get(path);
      expect(read).toMatchObject(markerNotAllowed('GET'));
      expect(tellingLines(read)).toEqual([...lines, 'Allow: DELETE', 'Content-Type: application/xml']);
      expect(await put1(path)).toEqual(markerNotAllowed('PUT'));
      expect(await answered(remove(path))).toEqual(markerNotAllowed('DELETE'));
    }
  });

  it.each([
    ['bad-vid', 'Invalid version id specified'],
    ['', 'Version id cannot be the empty string'],
  ])('the version id %j', async (id, message) => {
    await put('/vault/k');
    const path = and('/vault/k', `&versionId=${id}`);
    expect(await answered(get(path))).toEqual(badArgument(message, 'versionId', id));
    expect(await put1(path)).toEqual(badArgument(message, 'versionId', id));
    expect(await answered(remove(path))).toEqual(badArgument(message, 'versionId', id));
  });
});

const malformed = { status: 400, text: malformedXml } as const;
const invalidTag = (message: string, told: Readonly<Record<string, string>>) =>
  refusal(400, 'InvalidTag', message, elements(told));
const badKey = (TagKey: string) => invalidTag('The TagKey you have provided is invalid', { TagKey });
const badValue = (TagKey: string, TagValue: string) =>
  invalidTag('The TagValue you have provided is invalid', { TagKey, TagValue });
const manyTags = (count: number) => Array.from({ length: count }, (_, index): Tag => [`key-${index}`, '']);

// Recorded: localstack, TestS3BucketObjectTagging; versitygw, test_rest_put_bucket_tagging.sh. F70
describe('the validity of tags', () => {
  const cases: readonly (readonly [string, string, StatusAndText])[] = [
    [
      'a key twice',
      tagging(['a', '1'], ['a', '2']),
      invalidTag('Cannot provide multiple Tags with the same key', { TagKey: 'a' }),
    ],
    ['a comma in a key', tagging(['a,b', '1']), badKey('a,b')],
    ['an empty key', tagging(['', '1']), badKey('')],
    ['a long key', tagging(['x'.repeat(129), '1']), badKey('x'.repeat(129))],
    ['a comma in a value', tagging(['a', '1,2']), badValue('a', '1,2')],
    ['a long value', tagging(['a', 'x'.repeat(257)]), badValue('a', 'x'.repeat(257))],
    ['no value', '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>', malformed],
    ['no key', '<Tagging><TagSet><Tag><Value>a</Value></Tag></TagSet></Tagging>', malformed],
    ['an unknown element', '<Tagging><TagSet><Other/></TagSet></Tagging>', malformed],
    ['no XML', 'a=1', malformed],
    ['no body', '', refusal(400, 'MissingRequestBodyError', 'Request Body is empty')],
  ];
  it.each(cases)('%s is refused', async (_what, body, expected) => {
    await put('/plain/k');
    expect(await answered(tagObject('/plain/k?tagging', body))).toEqual(expected);
    expect(await answered(tagBucket(body))).toEqual(expected);
    expect((await get('/plain/k?tagging')).text).toBe(answer());
    expect((await get('/plain?tagging')).status).toBe(404);
  });

  it.each([
    ['a=%FF', badValue('a', '\ufffd')],
    ['%C3=1', badKey('\ufffd')],
  ])('a header of bytes that are not UTF-8 has the sign for them: %s', async (header, expected) => {
    expect(await answered(put('/plain/k', 'data', { 'x-amz-tagging': header }))).toEqual(expected);
  });

  it('keys that S3 reserves are refused', async () => {
    await put('/plain/k');
    expect(await answered(tagObject('/plain/k?tagging', tagging(['aws:a', '1'])))).toEqual(
      invalidTag('Your TagKey cannot be prefixed with aws:', { TagKey: 'aws:a' }),
    );
    expect(await answered(tagBucket(tagging(['aws:a', '1'])))).toEqual(
      invalidTag('System tags cannot be added/updated by requester', { TagKey: 'aws:a' }),
    );
  });

  it('more than 10 tags of an object and more than 50 of a bucket are refused', async () => {
    await put('/plain/k');
    expect(await answered(tagObject('/plain/k?tagging', tagging(...manyTags(11))))).toEqual(
      refusal(400, 'BadRequest', 'Object tags cannot be greater than 10'),
    );
    expect((await tagObject('/plain/k?tagging', tagging(...manyTags(10)))).status).toBe(200);
    expect(await answered(tagBucket(tagging(...manyTags(51))))).toEqual(
      refusal(400, 'BadRequest', 'Bucket tag count cannot be greater than 50'),
    );
    expect((await tagBucket(tagging(...manyTags(50)))).status).toBe(204);
  });

  // Measured: scality/cloudserver#4451
  it.each<[string, Tag, string]>([
    ['a value that is not valid', ['last', 'a!'], 'The TagValue you have provided is invalid'],
    ['a key twice', ['key-0', 'again'], 'Cannot provide multiple Tags with the same key'],
  ])('%s comes before the number of the tags of a bucket', async (_what, tag, message) => {
    const tags = [...manyTags(51), tag];
    expect((await tagBucket(tagging(...tags))).text).toContain(`<Message>${message}</Message>`);
  });

  it('the first tag of a bucket that is refused is named, whatever is wrong with the others', async () => {
    const tags: readonly Tag[] = [
      ['a', '1'],
      ['b', 'x'.repeat(257)],
      ['a', '2'],
      ['c'.repeat(129), '3'],
    ];
    expect((await tagBucket(tagging(...tags))).text).toContain(
      '<Message>The TagValue you have provided is invalid</Message><TagKey>b</TagKey>',
    );
  });

  it('an empty set removes all tags', async () => {
    await put('/plain/k', 'data', { 'x-amz-tagging': 'a=1' });
    for (const body of ['<Tagging><TagSet/></Tagging>', '<Tagging/>']) {
      expect((await tagObject('/plain/k?tagging', body)).status).toBe(200);
      expect((await get('/plain/k?tagging')).text).toBe(answer());
    }
  });
});

// Recorded: localstack, TestS3BucketObjectTagging. F70
// Recorded: cloud-custodian/cloud-custodian#2834. F1770
describe('the system tags of a bucket', () => {
  const stack: Tag = ['aws:cloudformation:stack-name', 'app'];
  const kept = refusal(400, 'InvalidTag', 'System Tags cannot be removed by requester');

  it('are in a fixture, and a request has to repeat them', async () => {
    const bucket = s3.createBucket('stack', { tags: Object.fromEntries([stack, ['team', 'a']]) });
    expect(await answered(tagBucket(tagging(['team', 'b']), undefined, 'stack'))).toEqual(kept);
    expect(s3.requests.last()?.why).toContain("the system tag 'aws:cloudformation:stack-name'");
    const changed = ['aws:cloudformation:stack-name', 'other'] as const;
    expect(await answered(tagBucket(tagging(changed, ['team', 'b']), undefined, 'stack'))).toEqual(
      refusal(400, 'InvalidTag', 'System tags cannot be added/updated by requester', `<TagKey>${stack[0]}</TagKey>`),
    );
    expect(await answered(remove('/stack?tagging'))).toEqual(kept);
    expect((await tagBucket(tagging(stack, ['team', 'b']), undefined, 'stack')).status).toBe(204);
    expect(bucket.tags).toEqual({ [stack[0]]: 'app', team: 'b' });
    expect((await get('/stack?tagging')).text).toBe(answer(stack, ['team', 'b']));
  });

  it('may be changed and removed by a test, which stands for the service that puts them there', async () => {
    s3.bucket('plain').tags = { 'aws:cloudformation:stack-name': 'app' };
    expect((await get('/plain?tagging')).status).toBe(200);
    s3.bucket('plain').tags = { team: 'a' };
    expect((await remove('/plain?tagging')).status).toBe(204);
  });

  it('are compared by policies, while ABAC is enabled', () => {
    s3.createBucket('stack', { tags: Object.fromEntries([stack]), abac: 'Enabled' });
    const Condition = { StringEquals: { 'aws:ResourceTag/aws:cloudformation:stack-name': 'app' } };
    const Statement = [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Condition }] as const;
    const ann = s3.account.user('ann', { policy: { Version: '2012-10-17', Statement } });
    expect(ann.may('s3:ListBucket', 'stack').allowed).toBe(true);
  });
});

describe('the tags of a bucket', () => {
  const none = refusal(404, 'NoSuchTagSet', 'The TagSet does not exist', elements({ BucketName: 'plain' }));

  it('are set, read and deleted', async () => {
    expect(await answered(get('/plain?tagging'))).toEqual(none);
    const written = await tagBucket(tagging(['b', '2'], ['a', '1']));
    expect({ status: written.status, body: written.body, tellingLines: tellingLines(written) }).toEqual({
      status: 204,
      body: '',
      tellingLines: [],
    });
    const read = await get('/plain?tagging');
    expect({ status: read.status, text: read.text, tellingLines: tellingLines(read) }).toEqual({
      status: 200,
      text: answer(['a', '1'], ['b', '2']),
      tellingLines: [],
    });
    expect((await remove('/plain?tagging')).status).toBe(204);
    expect(await answered(get('/plain?tagging'))).toEqual(none);
    expect((await remove('/plain?tagging')).status).toBe(204);
  });

  it('are removed by a document without a set', async () => {
    await tagBucket(tagging(['a', '1']));
    expect((await tagBucket('<Tagging/>')).status).toBe(204);
    expect(await answered(get('/plain?tagging'))).toEqual(none);
  });

  it('need a digest, unlike those of an object', async () => {
    expect(await answered(tagBucket(tagging(['a', '1']), {}))).toEqual(
      refusal(400, 'InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*'),
    );
  });

  it('are set when the bucket is created, and deleted with it', async () => {
    const body =
      '<CreateBucketConfiguration><Tags><Tag><Key>a</Key><Value>1</Value></Tag></Tags></CreateBucketConfiguration>';
    expect((await send({ method: 'PUT', path: '/fresh', body })).status).toBe(200);
    expect((await get('/fresh?tagging')).text).toBe(answer(['a', '1']));
    await remove('/fresh');
    await send({ method: 'PUT', path: '/fresh' });
    expect((await get('/fresh?tagging')).status).toBe(404);
  });

  // F389
  it('are given by a fixture, and read on a handle as they were put', async () => {
    s3.createBucket('given', { tags: { stage: 'test', author: 'ann' } });
    expect((await get('/given?tagging')).text).toBe(answer(['stage', 'test'], ['author', 'ann']));
    await tagBucket(tagging(['b', '2'], ['a', '1']));
    expect(Object.entries(s3.bucket('plain').tags ?? {})).toEqual([
      ['b', '2'],
      ['a', '1'],
    ]);
    s3.createBucket('copy', JSON.parse(JSON.stringify(s3)).buckets.plain);
    expect(Object.keys(s3.bucket('copy').tags ?? {})).toEqual(['b', 'a']);
    s3.bucket('plain').tags = undefined;
    expect(await answered(get('/plain?tagging'))).toEqual(none);
  });

  // Two were measured by justincormack/argmin, six recorded by cloud-custodian/cloud-custodian. F389
  it.each([
    [
      ['env', 'team'],
      ['env', 'team'],
    ],
    [
      ['team', 'env'],
      ['env', 'team'],
    ],
    [
      ['Application', 'Owner', 'Retention2', 'test', 'Env', 'Retention'],
      ['Retention2', 'Owner', 'test', 'Env', 'Retention', 'Application'],
    ],
  ])('%j are answered as %j', async (keys, expected) => {
    await tagBucket(tagging(...keys.map((key): Tag => [key, 'v'])));
    expect((await get('/plain?tagging')).text).toBe(answer(...expected.map((key): Tag => [key, 'v'])));
  });

  it('are not shared with a snapshot', async () => {
    const before = s3.snapshot();
    await tagBucket(tagging(['a', '1']));
    s3.restore(before);
    expect(await answered(get('/plain?tagging'))).toEqual(none);
  });
});
