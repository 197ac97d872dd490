import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { matchers } from '../../src/testing/matchers';
import { screenOf } from '../support/failed-tests';
import { put } from '../support/objects';
import { replicatedPair, replication, ruleTo } from '../support/replicated-pair';
import { send } from '../support/wire-client';

const late = { ...replicatedPair, replicationDelay: { minutes: 15 } };
const without = replication(ruleTo('replica', { DeleteMarkerReplication: { Status: 'Disabled' } }));

let s3: MockS3;
const start = (options: Parameters<typeof mockS3>[0]) => {
  s3 = mockS3(options);
};
afterEach(() => s3.stop());

const { toHaveObject, toHaveVersions, toHaveDeleteMarker, toHaveReplicated } = matchers;
const replica = () => s3.bucket('replica');
const paragraphs = ({ message }: { message: () => string }) => message().split('\n\n');
const waits =
  "he copy of object vault/report.pdf to 'replica' waits for the mock's clock: S3 makes it at 2026-03-31T12:15:00.000Z, after s3.clock.advance({ minutes: 15 })";

describe('the destination of a copy that is not due yet', () => {
  beforeEach(async () => {
    start(late);
    await put('/vault/report.pdf');
  });

  it.each([
    ['toHaveObject', () => toHaveObject(replica(), 'report.pdf')],
    ['toHaveVersions', () => toHaveVersions(replica(), 'report.pdf', ['x'])],
    ['toHaveDeleteMarker', () => toHaveDeleteMarker(replica(), 'report.pdf')],
  ])('says in the message of %s what waits, until when, and how to move the clock', (_name, ask) => {
    expect(paragraphs(ask())).toContain(`T${waits}.`);
  });

  it('says it in the error of a handle that is asked for the object', () => {
    expect(() => replica().object('report.pdf')).toThrow(`The keys are: none. T${waits}.`);
  });

  it('says it in the reason of a 404, also for a version by its id', async () => {
    await send({ path: '/replica/report.pdf' });
    expect(s3.requests.last()?.why).toBe(`the key has no versions; t${waits}`);
    await send({ path: `/replica/report.pdf?versionId=${s3.bucket('vault').current('report.pdf')?.versionId}` });
    expect(s3.requests.last()?.why).toBe(`it belongs to 'report.pdf' of bucket 'vault'; t${waits}`);
  });

  it('has it once the clock was moved so', async () => {
    s3.clock.advance({ minutes: 15 });
    expect(toHaveObject(replica(), 'report.pdf').pass).toBe(true);
    expect((await send({ path: '/replica/report.pdf' })).status).toBe(200);
  });

  it('says nothing of a copy of another key', async () => {
    await send({ path: '/replica/other.pdf' });
    expect(s3.requests.last()?.why).toBe('the key has no versions');
  });

  it('names the reason of an attempt that failed', () => {
    s3.on('ReplicateObject').fail('SlowDown', { times: 1 });
    s3.clock.advance({ minutes: 15 });
    expect(paragraphs(toHaveObject(replica(), 'report.pdf'))).toContain(
      "The copy of object vault/report.pdf to 'replica', whose last attempt failed with SlowDown, waits for the mock's clock: " +
        'S3 makes it at 2026-03-31T12:16:00.000Z, after s3.clock.advance({ minutes: 1 }).',
    );
  });
});

describe('the destination of a version that does not come', () => {
  it('says that its rule copies no delete markers', async () => {
    const { vault, ...others } = replicatedPair.buckets ?? {};
    start({ ...replicatedPair, buckets: { ...others, vault: { ...vault, replication: without } } });
    await put('/vault/report.pdf');
    await send({ method: 'DELETE', path: '/vault/report.pdf' });
    expect(paragraphs(toHaveDeleteMarker(replica(), 'report.pdf'))).toContain(
      "The delete marker on vault/report.pdf is not copied: rule 'all' copies no delete markers, and would with DeleteMarkerReplication: { Status: 'Enabled' }.",
    );
  });

  it('says why no rule copied it', () => {
    start(replicatedPair);
    s3.bucket('vault').put('report.pdf', 'x');
    expect(paragraphs(toHaveObject(replica(), 'report.pdf'))).toContain(
      "Bucket 'vault' has it, and no rule copied it to 'replica': S3 copies only what requests write after rule 'all' was made, and neither fixtures nor handles send requests. If 'report.pdf' is of a fixture, write it by a request.",
    );
  });

  it('says how to copy what was there before a rule of the test, in which bucket nobody wrote it', async () => {
    const { vault, ...others } = replicatedPair.buckets ?? {};
    const { replication, ...plain } = vault ?? {};
    start({ ...replicatedPair, buckets: { ...others, vault: plain } });
    await put('/vault/report.pdf');
    s3.bucket('vault').replication = replication as never; // of the fixture
    expect(paragraphs(toHaveObject(replica(), 'report.pdf'))).toEqual(
      expect.arrayContaining([
        "Bucket 'vault' has it, and no rule copied it to 'replica': S3 copies only what requests write after rule 'all' was made, and 'report.pdf' was written before that, or by no request. To copy it too, write it again after the rule, such as by CopyObject onto its own key with MetadataDirective: 'REPLACE'.",
        "The only request that came did not ask to write to 'report.pdf' in bucket 'replica' or to delete it.",
      ]),
    );
  });

  it('leads to the source if the copy failed', async () => {
    start(replicatedPair);
    s3.on('ReplicateObject').fail('DstBucketNotFound');
    await put('/vault/report.pdf');
    expect(paragraphs(toHaveObject(replica(), 'report.pdf'))).toContain(
      "The copy of object vault/report.pdf to 'replica' FAILED; expect(s3.bucket('vault')).toHaveReplicated('report.pdf', { to: 'replica' }) says why.",
    );
  });

  it('says nothing of a replica that was deleted there', async () => {
    start(replicatedPair);
    await put('/vault/report.pdf');
    const versionId = s3.bucket('vault').current('report.pdf')?.versionId;
    await send({ method: 'DELETE', path: `/replica/report.pdf?versionId=${versionId}` });
    expect(toHaveObject(replica(), 'report.pdf').message()).not.toContain('toHaveReplicated');
  });
});

describe('toHaveReplicated on the destination leads to the source', () => {
  const advice =
    "Bucket 'replica' is a destination: toHaveReplicated asks the source, expect(s3.bucket('vault')).toHaveReplicated('report.pdf', { to: 'replica' }).";

  it.each([
    ['before the copy is due', late],
    ['afterwards', replicatedPair],
  ])('%s', async (_when, options) => {
    start(options);
    await put('/vault/report.pdf');
    expect(paragraphs(toHaveReplicated(replica(), 'report.pdf'))).toContain(advice);
    expect(toHaveReplicated(s3.bucket('vault'), 'report.pdf').message()).not.toContain('is a destination');
  });

  it('also if it is given as the destination', () => {
    start(replicatedPair);
    expect(() => toHaveReplicated(replica(), 'report.pdf', { to: 'replica' })).toThrow(
      "invalid to 'replica'; expected expect(s3.bucket('vault')), the source of the copy",
    );
  });
});

describe('a failed test that has compared or read', () => {
  let control: MockControl;
  const explained = (value: string) =>
    screenOf(control, {
      name: 'AssertionError',
      message: 'they differ',
      compared: { expected: [{ name: '', value: 'other' }], received: [{ name: '', value }] },
    });
  const begin = (options: Parameters<typeof mockS3>[0] = {}) => {
    control = createMock(options, mockS3);
    control.lifetime.setRunner({ testIsRunning: () => true });
    control.lifetime.start();
    s3 = control.mock;
  };

  it('PENDING shows the copies that wait for the clock', async () => {
    begin(late);
    await put('/vault/report.pdf');
    expect(explained('PENDING')).toContain(`T${waits}.`);
    expect(explained('FAILED')).not.toContain('waits for');
    await send({ method: 'HEAD', path: '/vault/report.pdf' });
    expect(screenOf(control, 'the copy is late')).toBe(`T${waits}.`);
    s3.clock.advance({ minutes: 15 });
    expect(explained('PENDING')).not.toContain('waits for');
  });

  it('a restore that is under way shows when it is ready', async () => {
    const objects = { 'old.pdf': { body: 'x', storageClass: 'GLACIER', restore: { Days: 1 } } } as const;
    begin({ now: '2026-03-01T12:00:00Z', buckets: { vault: { objects } } });
    const line =
      "The restore of object vault/old.pdf waits for the mock's clock: it is ready at 2026-03-01T17:00:00.000Z, after s3.clock.advance({ hours: 5 }).";
    expect(explained('ongoing-request="true"')).toBe(line);
  });
});
