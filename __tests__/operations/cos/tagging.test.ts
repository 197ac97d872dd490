import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { md5Of } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { k: 'data' } } } });

type Tag = readonly [key: string, value: string];
interface Answer {
  readonly status: number;
  readonly code: string | undefined;
}

const element = ([Key, Value]: Tag) => `<Tag><Key>${Key}</Key><Value>${Value}</Value></Tag>`;
const document = (tag: Tag) => `<Tagging><TagSet>${element(tag)}</TagSet></Tagging>`;
const header = ([key, value]: Tag) => ({ 'x-amz-tagging': `${encodeURIComponent(key)}=${encodeURIComponent(value)}` });

const requests = {
  PutObjectTagging: (tag) => ({ method: 'PUT', path: '/vault/k?tagging', body: document(tag) }),
  PutObject: (tag) => ({ method: 'PUT', path: '/vault/k', headers: header(tag), body: 'data' }),
  CreateMultipartUpload: (tag) => ({ method: 'POST', path: '/vault/k?uploads', headers: header(tag) }),
  CopyObject: (tag) => ({
    method: 'PUT',
    path: '/vault/copy',
    headers: { ...header(tag), 'x-amz-copy-source': '/vault/k', 'x-amz-tagging-directive': 'REPLACE' },
  }),
  CreateBucket: (tag) => ({
    method: 'PUT',
    path: `/bucket-${s3.buckets.length}`,
    body: `<CreateBucketConfiguration><Tags>${element(tag)}</Tags></CreateBucketConfiguration>`,
  }),
  PutBucketTagging: (tag) => ({
    method: 'PUT',
    path: '/vault?tagging',
    body: document(tag),
    headers: { 'Content-MD5': md5Of(document(tag)) },
  }),
} satisfies Readonly<Record<string, (tag: Tag) => WireCall>>;

async function answerTo(call: WireCall, host: string): Promise<Answer> {
  const { status, body } = await send({ ...call, host });
  return { status: status < 300 ? 200 : status, code: /<Code>(\w+)<\/Code>/.exec(body)?.[1] };
}

const taken: Answer = { status: 200, code: undefined };
const refused: Answer = { status: 400, code: 'InvalidTag' };

// Each tag of F253 is in __tests__/model/tagging.test.ts: here each request reaches the rules of its service, for keys and for values.
describe.each(Object.entries(requests))('the tags of %s', (_name, request) => {
  it.each<{ what: string; tag: Tag; aws: Answer; cos: Answer }>`
    what                       | tag               | aws        | cos
    ${'a prefix of IBM'}       | ${['ibm:a', '1']} | ${taken}   | ${refused}
    ${'a prefix of AWS'}       | ${['aws:a', '1']} | ${refused} | ${taken}
    ${'an asterisk in values'} | ${['a', '*']}     | ${refused} | ${taken}
    ${'an at sign in values'}  | ${['a', '@']}     | ${taken}   | ${taken}
    ${'a comma in values'}     | ${['a', ',']}     | ${refused} | ${refused}
  `('follow the rules of the service for $what', async ({ tag, aws, cos }) => {
    expect(await answerTo(request(tag), 's3.amazonaws.com')).toEqual(aws);
    // What the first request stored with a prefix of IBM would be a system tag of IBM COS.
    await s3.reset();
    expect(await answerTo(request(tag), cosHost)).toEqual(cos);
  });
});

it.each<[keyof typeof requests, string]>([
  ['PutObjectTagging', 'Your TagKey cannot be prefixed with ibm:'],
  ['PutBucketTagging', 'System tags cannot be added/updated by requester'],
  [
    'CreateBucket',
    'User-defined tag keys can\'t start with "ibm:". This prefix is reserved for system tags. Remove "ibm:" from your tag keys and try again.',
  ],
])('%s refuses the prefix of IBM with AWS words for its own (F253)', async (name, message) => {
  const answer = await send({ ...requests[name](['ibm:a', '1']), host: cosHost });
  expect(answer.body).toContain(`<Code>InvalidTag</Code><Message>${message}</Message>`);
});

// F389
it.each(['/tagged?tagging', '/tagged/k?tagging'])('answers the tags of %s as they were put', async (path) => {
  const tags = { 'z-last': 'z', 'a-first': 'a' };
  s3.createBucket('tagged', { tags }).put('k', 'data', { tags });
  const keysAt = async (host: string) =>
    [...(await send({ path, host })).body.matchAll(/<Key>([^<]*)/g)].map(([, key]) => key);
  expect(await keysAt(cosHost)).toEqual(['z-last', 'a-first']);
  expect(await keysAt('s3.amazonaws.com')).toEqual(['a-first', 'z-last']);
});

it('a fixture has what either service takes, so that a mock with tags of COS can be written and read', async () => {
  for (const tags of [{ "it's": '*' }, { 'ibm:a': 'é' }]) {
    s3.bucket('vault').put('b', '', { tags });
    expect(s3.bucket('vault').versions('b')[0]).toMatchObject({ tags });
  }
  const tags = { "it's": '*', 'ibm:a': 'é' };
  expect(() => s3.bucket('vault').put('b', '', { tags })).toThrow(TypeError);
});
