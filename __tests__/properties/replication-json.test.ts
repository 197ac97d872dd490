import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type BucketFixture, type MockS3, type MockS3Options, mockS3 } from '../../src';
import { put, remove } from '../support/objects';
import { toReplica } from '../support/replication';
import { runs } from '../support/runs';
import { send } from '../support/wire-client';

const mocks: MockS3[] = [];

function start(options: MockS3Options): MockS3 {
  const s3 = mockS3(options);
  mocks.push(s3);
  return s3;
}

const names = ['vault', 'replica'] as const;

interface Step {
  readonly act: 'put' | 'delete' | 'remove' | 'tag' | 'by a test' | 'suspend' | 'advance';
  readonly bucket: (typeof names)[number];
  readonly key: string;
  readonly number: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('put', 'put', 'put', 'delete', 'remove', 'tag', 'by a test', 'suspend', 'advance', 'advance'),
  bucket: fc.constantFrom(...names),
  key: fc.constantFrom('a', 'b'),
  number: fc.nat(5),
});

const replicatedTo = (bucket: string): BucketFixture => ({
  versioning: 'Enabled',
  objects: { a: { body: 'before all rules', versionId: 'null' } },
  replication: toReplica({ Destination: { Bucket: `arn:aws:s3:::${bucket}` } }),
});

const fixtures: MockS3Options = {
  now: '2026-03-01T12:00:00Z',
  replicationDelay: { minutes: 5 },
  buckets: { vault: replicatedTo('replica'), replica: replicatedTo('vault') },
};

async function take(s3: MockS3, { act, bucket, key, number }: Step, index: number): Promise<void> {
  const path = `/${bucket}/${key}`;
  const versions = s3.bucket(bucket).versions(key);
  const { versionId = 'null', deleteMarker = true } = versions[number % Math.max(versions.length, 1)] ?? {};
  const tagging = `<Tagging><TagSet><Tag><Key>t</Key><Value>${index}</Value></Tag></TagSet></Tagging>`;
  const tagged = { method: 'PUT', path: `${path}?tagging&versionId=${versionId}`, body: tagging };
  if (act === 'put') await put(path, `${index}`);
  if (act === 'delete') await remove(path);
  if (act === 'remove') await remove(`${path}?versionId=${versionId}`);
  if (act === 'tag' && !deleteMarker) await send(tagged);
  if (act === 'by a test') s3.bucket(bucket).put(key, `${index}`, { versionId: `v${index}` });
  // A bucket without its rule may be suspended, and what was to be copied to it fails.
  if (act === 'suspend' && bucket === 'replica' && number === 0) {
    await send({ method: 'DELETE', path: '/replica?replication' });
    s3.bucket('replica').versioning = 'Suspended';
  }
  if (act === 'advance') s3.clock.advance({ minutes: number });
}

function rest(s3: MockS3): object {
  s3.requests.clear();
  const plan = s3.replication.plan();
  s3.clock.advance({ minutes: 10 });
  return { plan, actions: s3.requests.serviceActions, buckets: JSON.parse(JSON.stringify(s3)).buckets };
}

it('a mock that is made of the JSON of another one copies what that has still to copy, to the same places', async () => {
  const tried = runs(25);
  let copies = 0;
  const history = fc.array(step, { minLength: 3, maxLength: 14 });
  const property = fc.asyncProperty(history, async (steps) => {
    const first = start(fixtures);
    for (const [index, one] of steps.entries()) await take(first, one, index);
    const json = JSON.stringify(first);
    const expected = rest(first);
    await first.stop();
    const second = start(JSON.parse(json));
    copies += second.replication.plan().length;
    expect(JSON.parse(JSON.stringify(second))).toEqual(JSON.parse(json));
    expect(rest(second)).toEqual(expected);
  });
  const stopped = property.afterEach(async () => {
    for (const s3 of mocks.splice(0)) await s3.stop();
  });
  await fc.assert(stopped, { ...tried, seed: 31 });
  expect(copies).toBeGreaterThan(tried.numRuns);
});
