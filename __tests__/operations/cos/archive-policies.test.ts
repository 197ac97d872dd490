import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { md5Of } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: { vault: { region: 'us-south-standard', versioning: 'Enabled', objects: { before: 'a' } } },
});

const call = (method: string, path: string, body?: string) => {
  const headers = body === undefined ? {} : { 'Content-MD5': md5Of(body) };
  return send({ method, path, host: cosHost, body, headers });
};
const write = (key: string) => call('PUT', `/vault/${key}`, key);
const transition = (days: number, storageClass = 'GLACIER', status = 'Enabled') =>
  `<Rule><ID>cold</ID><Filter/><Status>${status}</Status><Transition><Days>${days}</Days><StorageClass>${storageClass}</StorageClass></Transition></Rule>`;
const expiration =
  '<Rule><ID>old</ID><Filter/><Status>Enabled</Status><Expiration><Days>100</Days></Expiration></Rule>';
const archive = (...rules: readonly string[]) =>
  call('PUT', '/vault?lifecycle', `<LifecycleConfiguration>${rules.join('')}</LifecycleConfiguration>`);
const classOf = (key: string) => s3.bucket('vault').versions(key)[0]?.storageClass;

// archive.md: "A newly added or modified archive policy applies to new objects uploaded and does not affect existing objects." F120
it('an archive policy of IBM COS concerns the objects that are written after it', async () => {
  await archive(transition(2));
  await write('after');
  s3.clock.advance({ days: 10 });
  expect({ before: classOf('before'), after: classOf('after') }).toEqual({ before: 'STANDARD', after: 'GLACIER' });
});

it('a changed archive policy leaves the objects of the first one to it', async () => {
  await archive(transition(2));
  await write('first');
  await archive(transition(20, 'ACCELERATED'), expiration);
  await write('second');
  s3.clock.advance({ days: 10 });
  expect({ first: classOf('first'), second: classOf('second') }).toEqual({ first: 'GLACIER', second: 'STANDARD' });
  s3.clock.advance({ days: 20 });
  expect({ before: classOf('before'), second: classOf('second') }).toEqual({
    before: 'STANDARD',
    second: 'ACCELERATED',
  });
});

it('an archive policy that is put again with the same transition goes on', async () => {
  await archive(transition(2));
  await write('first');
  await archive(expiration, transition(2));
  await write('second');
  s3.clock.advance({ days: 10 });
  expect({ first: classOf('first'), second: classOf('second') }).toEqual({ first: 'GLACIER', second: 'GLACIER' });
});

// archive.md: "Existing transition rules will be maintained for objects that were already written to the bucket before the rules were deleted."
it.each<{ what: string; end: () => Promise<unknown> }>`
  what                               | end
  ${'is deleted'}                    | ${() => call('DELETE', '/vault?lifecycle')}
  ${'is disabled'}                   | ${() => archive(transition(2, 'GLACIER', 'Disabled'))}
  ${'makes place for an expiration'} | ${() => archive(expiration)}
`('an archive policy that $what stays for the objects that were written under it', async ({ end }) => {
  await archive(transition(2));
  await write('under');
  await end();
  await write('later');
  const head = await send({ method: 'HEAD', path: '/vault/under', host: cosHost });
  expect(head.header('x-ibm-archive-transition-time')).toBe('Wed, 04 Mar 2026 00:00:00 GMT');
  s3.clock.advance({ days: 10 });
  expect({ under: classOf('under'), later: classOf('later') }).toEqual({ under: 'GLACIER', later: 'STANDARD' });
});

it('an archive policy concerns each version by its own write', async () => {
  await archive(transition(2));
  await write('before');
  s3.clock.advance({ days: 10 });
  expect(
    s3
      .bucket('vault')
      .versions('before')
      .map(({ storageClass }) => storageClass),
  ).toEqual(['GLACIER', 'STANDARD']);
});

it('an archive policy of a fixture concerns all objects of the bucket, and a request that changes it leaves them to it', async () => {
  s3.bucket('vault').lifecycle = {
    Rules: [{ ID: 'a', Status: 'Enabled', Filter: {}, Transitions: [{ Days: 2, StorageClass: 'GLACIER' }] }],
  };
  await archive(transition(5, 'ACCELERATED'));
  s3.clock.advance({ days: 10 });
  expect(classOf('before')).toBe('GLACIER');
});

it.each(['a b', 'naïve', 'a/b'])('the ID %j of a rule has a character that IBM COS does not take', async (id) => {
  const answer = await archive(expiration.replace('old', id));
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 400,
    body: expect.stringContaining('<Code>InvalidArgument</Code><Message>Invalid Argument</Message>'),
  });
});

it('the ID of a rule can have letters, digits and the signs of IBM', async () => {
  expect((await archive(expiration.replace('old', "aZ9!_.*'()-"))).status).toBe(200);
});

// expiry.md, DeleteWithMultipleFilter
it('a filter of IBM COS has a TagSet and a size in an And', async () => {
  const tag = (value: string) => `<Tag><Key>environment</Key><Value>${value}</Value></Tag>`;
  const and = (tags: string, size: number) =>
    `<And><TagSet>${tags}</TagSet><ObjectSizeGreaterThan>${size}</ObjectSizeGreaterThan></And>`;
  const ruled = (filter: string) =>
    archive(
      `<Rule><ID>a</ID><Filter>${filter}</Filter><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>`,
    );
  expect((await ruled(and(`${tag('production')}${tag('development')}`, 10_485_760))).status).toBe(200);
  const vault = s3.bucket('vault');
  vault.put('large', 'large', { tags: { environment: 'production' } });
  vault.put('small', 's', { tags: { environment: 'production' } });
  vault.put('untagged', 'untagged');
  expect((await ruled(and(tag('production'), 2))).status).toBe(200);
  expect((await call('GET', '/vault?lifecycle')).body).toContain(and(tag('production'), 2));
  s3.clock.advance({ days: 5 });
  expect(['large', 'small', 'untagged'].map((key) => vault.versions(key)[0]?.deleteMarker === true)).toEqual([
    true,
    false,
    false,
  ]);
  expect((await ruled(`<And><TagSet>${tag('production')}</TagSet></And>`)).status).toBe(400);
});
