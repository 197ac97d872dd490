import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3, type ObjectFixtures } from '../../src';
import { matchers } from '../../src/testing/matchers';
import { put } from '../support/objects';
import { replicatedPair, replication, ruleTo } from '../support/replicated-pair';
import { send } from '../support/wire-client';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3(replicatedPair);
});
afterEach(() => s3.stop());

const vault = () => s3.bucket('vault');
const asked = (key: unknown, options?: unknown) => matchers.toHaveReplicated(vault(), key, options);
const failure = (key: unknown = 'report.pdf', options?: unknown) => {
  const { pass, message } = asked(key, options);
  const [firstLine, ...paragraphs] = message().split('\n\n');
  return { pass, firstLine, rules: paragraphs.find((one) => one.startsWith('The rules that copy to')) };
};
const expected = (why: string) =>
  expect.objectContaining({
    pass: false,
    firstLine: `Expected vault/report.pdf to be replicated to 'replica', but ${why}.`,
  });
const rulesNow = (...lines: readonly string[]) =>
  [
    "The rules that copy to 'replica', compared with the version as it is now:",
    ...lines.map((line) => `  ${line}`),
  ].join('\n');
const writeAgain = () => put('/vault/report.pdf');
const idOf = (key: string, bucket = 'vault') => s3.bucket(bucket).versions(key)[0]?.versionId ?? '';
const remove = (path: string) => send({ method: 'DELETE', path });

describe('toHaveReplicated passes', () => {
  it('for the current version once it was copied, and says so to its opposite', async () => {
    await writeAgain();
    const { pass, message } = asked('report.pdf', { to: 'replica' });
    expect({ pass, message: message() }).toEqual({
      pass: true,
      message: `Expected vault/report.pdf not to be replicated to 'replica', but version '${idOf('report.pdf')}' is there.`,
    });
  });

  it('without a destination if the rules name one only', async () => {
    await writeAgain();
    expect(asked('report.pdf').pass).toBe(true);
  });

  it('for a version with an id, whatever is current', async () => {
    await writeAgain();
    const versionId = idOf('report.pdf');
    vault().put('report.pdf', 'second');
    expect({ current: asked('report.pdf').pass, older: asked('report.pdf', { versionId }).pass }).toEqual({
      current: false,
      older: true,
    });
    expect(asked('report.pdf', { versionId }).message()).toMatch(
      `Expected version '${versionId}' of vault/report.pdf not to be replicated to 'replica', but`,
    );
  });

  it('for a delete marker', async () => {
    await writeAgain();
    await remove('/vault/report.pdf');
    expect(vault().versions('report.pdf')[0]?.deleteMarker).toBe(true);
    expect(asked('report.pdf').pass).toBe(true);
  });

  it('for a key that no message could show as it is', async () => {
    await put('/vault/a%0Ab');
    expect(asked('a\nb').message().split(' not ')[0]).toBe('Expected vault/a\\nb');
  });
});

describe('toHaveReplicated fails', () => {
  it('for a key without versions, and for a version that there is not', async () => {
    expect(failure()).toEqual(expected('there is no such key'));
    await writeAgain();
    expect(failure('report.pdf', { versionId: 'v9' }).firstLine).toBe(
      "Expected version 'v9' of vault/report.pdf to be replicated to 'replica', but the key has no such version.",
    );
  });

  it('if the bucket has no rules', async () => {
    s3.bucket('vault').replication = undefined;
    await writeAgain();
    expect(failure('report.pdf', { to: 'replica' })).toEqual(expected("bucket 'vault' has no replication rules"));
    expect(failure().firstLine).toBe(
      "Expected vault/report.pdf to be replicated, but bucket 'vault' has no replication rules.",
    );
  });

  it('if no rule names the destination', async () => {
    s3.createBucket('archive', { versioning: 'Enabled' });
    await writeAgain();
    expect(failure('report.pdf', { to: 'archive' }).firstLine).toBe(
      "Expected vault/report.pdf to be replicated to 'archive', but no rule of bucket 'vault' copies to 'archive', only to 'replica'.",
    );
  });

  it('while the copy is PENDING, and says which move of the clock would pass', async () => {
    s3.on('ReplicateObject').fail('SlowDown', { times: 1 });
    await writeAgain();
    s3.clock.advance({ seconds: 15 });
    expect(failure()).toEqual(
      expected(
        'it is PENDING: an attempt failed with SlowDown, and S3 tries again at 2026-03-31T12:01:00.000Z, after s3.clock.advance({ seconds: 45 })',
      ),
    );
    s3.clock.advance({ seconds: 45 });
    expect(asked('report.pdf').pass).toBe(true);
  });

  it('while a later change of the version is on its way', async () => {
    await writeAgain();
    s3.on('ReplicateObject', { Part: 'tags' }).fail('InternalError', { times: 1 });
    const body = '<Tagging><TagSet><Tag><Key>team</Key><Value>a</Value></Tag></TagSet></Tagging>';
    await send({ method: 'PUT', path: '/vault/report.pdf?tagging', body });
    expect(failure().firstLine).toContain('but it is PENDING again, because its tags changed: an attempt failed with');
    s3.clock.advance({ minutes: 1 });
    expect(asked('report.pdf').pass).toBe(true);
  });

  it("if the copy FAILED, with S3's reason and the journal's why", async () => {
    await send({ method: 'DELETE', path: '/replica' });
    await writeAgain();
    expect(failure('report.pdf', { to: 'replica' })).toEqual(
      expected("it FAILED with DstBucketNotFound: there is no bucket 'replica'"),
    );
    s3.requests.clear();
    expect(failure('report.pdf')).toEqual(expected('it FAILED, for a reason that s3.requests no longer contains'));
  });

  it('if a test made it fail', async () => {
    s3.on('ReplicateObject').fail('DstKmsKeyNotFound');
    await writeAgain();
    expect(failure()).toEqual(
      expected("it FAILED with DstKmsKeyNotFound: on purpose, by s3.on('ReplicateObject').fail('DstKmsKeyNotFound')"),
    );
  });

  it('if the replica was deleted since, and shows the request that did', async () => {
    await writeAgain();
    expect(asked('report.pdf').pass).toBe(true);
    await remove(`/replica/report.pdf?versionId=${idOf('report.pdf', 'replica')}`);
    expect(failure()).toEqual(expected("it was copied, and later deleted in bucket 'replica'"));
    expect(asked('report.pdf').message()).toMatch(/In bucket 'replica': The requests .*:\n.*DeleteObject {2}replica/);
  });

  it('if the destination was deleted since', async () => {
    await writeAgain();
    await remove(`/replica/report.pdf?versionId=${idOf('report.pdf', 'replica')}`);
    await remove('/replica');
    expect(failure()).toEqual(expected("it was copied, and bucket 'replica' was deleted later"));
  });

  it('for a replica, which S3 does not copy on', async () => {
    await writeAgain();
    const { message } = matchers.toHaveReplicated(s3.bucket('replica'), 'report.pdf', { to: 'vault' });
    expect(message().split('\n')[0]).toBe(
      "Expected replica/report.pdf to be replicated to 'vault', but it is itself a replica of bucket 'vault', and S3 does not copy replicas again.",
    );
  });

  it('with the versions of the key, and the requests on it', async () => {
    s3.on('ReplicateObject').fail('DstKmsKeyNotFound');
    await writeAgain();
    expect(asked('report.pdf').message()).toMatch(
      /\n\nreport\.pdf\n└─ \S+ .*\n\n[\s\S]*The requests that asked to write to 'report\.pdf'/,
    );
  });
});

describe('toHaveReplicated says why no rule selected a version', () => {
  const why = "no rule to 'replica' selected it when it was made";
  const withRules = async (rules: readonly ReturnType<typeof ruleTo>[], headers: Record<string, string> = {}) => {
    vault().replication = replication(...rules);
    await send({ method: 'PUT', path: '/vault/report.pdf', body: 'x', headers });
  };

  it.each([
    [ruleTo('replica', { Filter: { Prefix: 'docs/' } }), "rule 'all': its prefix is 'docs/'"],
    [ruleTo('replica', { Status: 'Disabled' }), "rule 'all': it is Disabled"],
    [
      ruleTo('replica', {
        Filter: { Tag: { Key: 'team', Value: 'a' } },
        DeleteMarkerReplication: { Status: 'Disabled' },
      }),
      "rule 'all': it selects objects with the tag 'team=a', and the version has no tags",
    ],
    [ruleTo('replica', { Filter: { Not: { Prefix: 'rep' } } }), "rule 'all': its Not excludes the prefix 'rep'"],
    [
      ruleTo('replica', { Filter: { And: { Prefix: 'docs/', Not: { Prefix: 'rep' } } } }),
      "rule 'all': its prefix is 'docs/'; its Not excludes the prefix 'rep'",
    ],
    [
      ruleTo('replica', { Status: 'Disabled', Filter: { Prefix: 'docs/' } }),
      "rule 'all': it is Disabled; its prefix is 'docs/'",
    ],
  ])('by the rule %#', async (rule, line) => {
    await withRules([rule]);
    expect(failure()).toEqual({ ...failureOf(why), rules: rulesNow(line) });
  });

  const failureOf = (text: string) => ({
    pass: false,
    firstLine: `Expected vault/report.pdf to be replicated to 'replica', but ${text}.`,
  });

  it.each([
    [{ 'x-amz-storage-class': 'GLACIER' }, 'S3 does not copy objects in GLACIER'],
    [
      { 'x-amz-server-side-encryption': 'aws:kms' },
      "a KMS key encrypts the object, and the rule has no SseKmsEncryptedObjects: give the rule SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } }, and its Destination an EncryptionConfiguration with a ReplicaKmsKeyID",
    ],
  ])('by the version %j', async (headers, line) => {
    await withRules([ruleTo('replica')], headers);
    expect(failure().rules).toBe(rulesNow(`rule 'all': ${line}`));
  });

  it('with the rule that came nearest first', async () => {
    await withRules([
      ruleTo('replica', { ID: 'far', Status: 'Disabled', Filter: { Prefix: 'docs/' } }),
      ruleTo('replica', { ID: 'near', Priority: 2, Filter: { Prefix: 'docs/' } }),
    ]);
    expect(failure().rules).toBe(
      rulesNow("rule 'near': its prefix is 'docs/'", "rule 'far': it is Disabled; its prefix is 'docs/'"),
    );
  });

  it('if it is a delete marker', async () => {
    await withRules([ruleTo('replica', { DeleteMarkerReplication: { Status: 'Disabled' } })]);
    expect(asked('report.pdf').pass).toBe(true);
    await remove('/vault/report.pdf');
    expect(failure()).toEqual({
      ...failureOf(`${why}: it is a delete marker`),
      rules: rulesNow("rule 'all': it does not copy delete markers"),
    });
  });

  const wouldNow = (text: string) => rulesNow(`rule 'all' would copy it if a request wrote it now; ${text}`);

  it('if no request made it, whatever requests changed of it', async () => {
    const byNone = wouldNow('s3.requests contains no request that wrote it, and S3 copies only what requests write');
    vault().put('report.pdf', 'first');
    expect(failure().rules).toBe(byNone);
    await remove('/vault/report.pdf?tagging');
    expect(failure().rules).toBe(byNone);
  });

  it('if it was made before the rule, or was changed since', async () => {
    vault().replication = undefined;
    await writeAgain();
    vault().replication = replication(ruleTo('replica'));
    expect(failure().rules).toBe(
      wouldNow('it was written before the rule was put, or with other tags or another storage class'),
    );
    const body = `<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/replication</Role><Rule><ID>all</ID><Status>Enabled</Status><Prefix></Prefix><Destination><Bucket>arn:aws:s3:::replica</Bucket></Destination></Rule></ReplicationConfiguration>`;
    expect((await send({ method: 'PUT', path: '/vault?replication', body })).status).toBe(200);
    expect(failure().rules).toBe(wouldNow('it was written before the PutBucketReplication request'));
  });

  it('if a batch made the delete marker before the rule', async () => {
    vault().replication = undefined;
    vault().put('report.pdf', 'first');
    await send({
      method: 'POST',
      path: '/vault?delete',
      body: '<Delete><Object><Key>report.pdf</Key></Object></Delete>',
      headers: { 'Content-MD5': 'NKV7gSs1wJ+DdiNRv2hm9Q==' },
    });
    expect(vault().versions('report.pdf')[0]).toMatchObject({ deleteMarker: true });
    vault().replication = replication(ruleTo('replica'));
    expect(failure().rules).toBe(
      wouldNow('it was written before the rule was put, or with other tags or another storage class'),
    );
  });
});

it('toHaveReplicated names the rule of IBM COS that applied in place of another one', async () => {
  const crn = (name: string) => `crn:v1:bluemix:public:cloud-object-storage:global:a/1:guid:bucket:${name}`;
  const rule = (name: string, Priority: number) =>
    ruleTo(name, { ID: name, Priority, Destination: { Bucket: crn(name) } });
  await s3.stop();
  s3 = mockS3({
    buckets: {
      vault: {
        versioning: 'Enabled',
        region: 'us-south-standard',
        replication: { Rules: [rule('replica', 1), rule('archive', 2)] },
      },
      replica: { versioning: 'Enabled', region: 'us-south-standard' },
      archive: { versioning: 'Enabled', region: 'us-south-standard' },
    },
  });
  await send({ method: 'PUT', host: 's3.us-south.cloud-object-storage.appdomain.cloud', path: '/vault/report.pdf' });
  expect(asked('report.pdf', { to: 'archive' }).pass).toBe(true);
  expect(failure('report.pdf', { to: 'replica' }).rules).toBe(
    rulesNow("rule 'replica': another rule, with a higher priority, applies"),
  );
});

describe('a status that a fixture gave', () => {
  const reasonFor = async (
    replicationStatus: 'PENDING' | 'FAILED' | 'COMPLETED',
    there: ObjectFixtures | undefined,
  ) => {
    await s3.stop();
    const objects = { 'report.pdf': { body: 'x', versionId: 'v1', replicationStatus } };
    const { vault: source, replica } = replicatedPair.buckets ?? {};
    s3 = mockS3({
      buckets: { vault: { ...source, objects }, replica: { ...replica, ...(there && { objects: there }) } },
    });
    if (there === undefined) expect((await remove('/replica')).status).toBe(204);
    return failure().firstLine?.split(', but ')[1];
  };

  it.each([
    ['PENDING', {}, 'a fixture gave it the status PENDING, and S3 copies nothing because of that.'],
    ['FAILED', {}, 'a fixture gave it the status FAILED, and S3 copies nothing because of that.'],
    ['COMPLETED', {}, "a fixture gave it the status COMPLETED, and bucket 'replica' does not have it."],
    ['COMPLETED', undefined, "a fixture gave it the status COMPLETED, and there is no bucket 'replica'."],
  ] as const)('is not a copy: %s, %j', async (status, there, why) => {
    expect(await reasonFor(status, there)).toBe(why);
  });

  it('passes if it is COMPLETED and the destination has the version', async () => {
    await reasonFor('COMPLETED', { 'report.pdf': { body: 'x', versionId: 'v1' } });
    expect(asked('report.pdf').pass).toBe(true);
  });
});

it.each([
  [300_000, '{ minutes: 5 }'],
  [299_993, '{ minutes: 5 }'],
  [1, '{ seconds: 1 }'],
  [93_784_000, '{ days: 1, hours: 2, minutes: 3, seconds: 4 }'],
])('a copy due in %d milliseconds is waited for by advance(%s)', async (milliseconds, duration) => {
  await s3.stop();
  s3 = mockS3({ ...replicatedPair, replicationDelay: { milliseconds } });
  await writeAgain();
  const time = new Date(Date.parse('2026-03-31T12:00:00Z') + milliseconds).toISOString();
  expect(failure()).toEqual(expected(`it is PENDING: S3 copies it at ${time}, after s3.clock.advance(${duration})`));
});

describe('a wrong argument of toHaveReplicated is a TypeError', () => {
  it.each([
    [undefined, undefined, "toHaveReplicated takes a key: expect(s3.bucket('vault'))"],
    [7, undefined, 'It was given 7'],
    ['a', 'replica', "toHaveReplicated: 'replica' is not an object of options. The options are: to, versionId."],
    ['a', { bucket: 'replica' }, "toHaveReplicated: there is no option 'bucket'"],
    ['a', { To: 'replica' }, "there is no option 'To'. Did you mean to?"],
    ['a', { to: 7 }, "toHaveReplicated: invalid to 7; expected the name of a bucket, such as 'replica'"],
    ['a', { versionId: 7 }, 'toHaveReplicated: invalid versionId 7; expected the id of a version'],
    [
      'a',
      { to: 'replca' },
      "toHaveReplicated: invalid to 'replca'; expected a bucket other than 'vault': 'replica'. Did you mean replica?",
    ],
    ['a', { to: 'vault' }, "invalid to 'vault'; expected a bucket other than 'vault': 'replica'"],
    ['a', { to: 'arn:aws:s3:::replica' }, "expected the name of the bucket: 'replica'"],
  ])('%j, %j', (key, options, message) => {
    const call = () => asked(key, options);
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });

  it('if several destinations are named, and the test names none', () => {
    s3.createBucket('archive', { versioning: 'Enabled' });
    vault().replication = replication(ruleTo('replica'), ruleTo('archive', { ID: 'other', Priority: 2 }));
    expect(() => asked('report.pdf')).toThrow(TypeError);
    expect(() => asked('report.pdf')).toThrow(
      "toHaveReplicated: invalid to undefined; expected one of the buckets that 'vault' is replicated to: 'replica', 'archive'",
    );
  });

  it('if the subject is not a bucket', () => {
    expect(() => matchers.toHaveReplicated(s3, 'report.pdf')).toThrow('toHaveReplicated takes a bucket');
  });
});
