import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../../src';
import { Budget } from '../../../src/facts/budget';
import type { RecordedCall } from '../../../src/facts/case';
import { play } from '../../../src/facts/play';
import { choose, plan, run, whyNotPlayed } from '../../../src/facts/run';
import { ServiceStage } from '../../../src/facts/service-stage';
import { cases } from '../cases';

let s3: MockS3;
let url: string;
beforeEach(async () => {
  s3 = mockS3({ hosts: { only: [] }, verifySignatures: true, buckets: { mine: { objects: { 'a.txt': 'kept' } } } });
  ({ url } = await s3.listen());
});
afterEach(() => s3.stop());

function stageWith(budget = new Budget(10_000)): ServiceStage {
  const service = { endpoint: url, region: 'us-east-1', keys: s3.account.credentials, prefix: 'facts' };
  return new ServiceStage(service, budget, async (duration) => s3.clock.advance(duration));
}

const titles = ({ length }: readonly unknown[]) => length;

describe('cases at a port', () => {
  it('begin with the state that requests make, and are answered as in this process', async () => {
    const words = ['versioning', 'object-lock', 'conditions', 'tags', 'cors', 'ordinary-objects'];
    const outcomes = await run(stageWith(), choose(words, cases));
    expect(outcomes.filter(({ outcome }) => outcome === 'differs' || outcome === 'failed')).toEqual([]);
    expect(titles(outcomes.filter(({ outcome }) => outcome === 'same'))).toBeGreaterThan(20);
  });

  it('leave the buckets that were there, and none of their own, with locks and legal holds too', async () => {
    const stage = stageWith();
    await run(stage, choose(['versioning', 'object-lock'], cases));
    expect(stage.left).toEqual([]);
    expect(s3.buckets.map(({ name }) => name)).toEqual(['mine']);
    expect(s3.bucket('mine').object('a.txt')?.body?.toString()).toBe('kept');
  });

  it('leave no bucket that a request line makes, and keep long names apart', async () => {
    const long = (end: string) => `${'a'.repeat(50)}-${end}`;
    const calls: RecordedCall[] = [
      ['slash', `PUT /${long('one')}/`, {}, '200'],
      ['query', `PUT /${long('two')}?x-id=CreateBucket`, {}, '200'],
      ['object', 'PutObject', { Bucket: long('one'), Key: 'k' }, '200'],
      ['none', 'HeadObject', { Bucket: long('two'), Key: 'k' }, '404'],
    ];
    const stage = stageWith();
    expect(await play(stage, { calls })).toEqual({ differences: [], leftOut: [] });
    expect(stage.left).toEqual([]);
    expect(s3.buckets.map(({ name }) => name)).toEqual(['mine']);
  });

  it('name no bucket of others, also where a bucket is to be missing', async () => {
    const stage = stageWith();
    const outcomes = await run(stage, choose(['inventory_control_replay.json', 'cors_raw_replay.json'], cases));
    expect(outcomes.filter(({ outcome }) => outcome === 'differs' || outcome === 'failed')).toEqual([]);
    expect(s3.requests.filter(({ url }) => url.includes('absent')).length).toBeGreaterThan(5);
    const others = s3.requests.filter(({ bucket }) => bucket !== undefined && !bucket.startsWith('facts-'));
    expect(others).toEqual([]);
  });

  it('say why they are not played if one caller cannot play them', async () => {
    const outcomes = await run(stageWith(), choose(['web-identities', 'replication'], cases));
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['not played']));
    expect(new Set(outcomes.map(({ reason }) => reason))).toContain('it needs roles of its own');
  });

  it('with XXHash say that they need its package, if it is not installed', () => {
    const xxhash = choose(['checksums'], cases).filter(({ title }) => title.includes('XXHASH'));
    const reasons = xxhash.map(({ recordedCase }) => whyNotPlayed(stageWith(), recordedCase, false));
    expect(xxhash.length).toBeGreaterThan(0);
    expect(new Set(reasons)).toEqual(new Set(['it needs the package hash-wasm: npm install --save-dev hash-wasm']));
    expect(
      choose(['versioning'], cases).map(({ recordedCase }) => whyNotPlayed(stageWith(), recordedCase, false)),
    ).toEqual([undefined, undefined, undefined]);
  });

  it('end with the budget, and are removed past it', async () => {
    const budget = new Budget(30);
    const outcomes = await run(stageWith(budget), choose(['versioning'], cases));
    expect(outcomes.map(({ reason }) => reason)).toEqual(
      outcomes.map(() => 'the run may send 30 requests: raise it with --max-requests'),
    );
    expect(budget.sent).toBeGreaterThan(30);
    expect(s3.buckets.map(({ name }) => name)).toEqual(['mine']);
  });

  it('are removed if the run is stopped in the middle of one', async () => {
    const budget = new Budget(10_000);
    const running = run(stageWith(budget), choose(['versioning'], cases));
    await s3.requests.waitFor('PutObject');
    budget.end('the run was stopped');
    expect((await running).map(({ reason }) => reason)).toContain('the run was stopped');
    expect(s3.buckets.map(({ name }) => name)).toEqual(['mine']);
  });

  it('send 5,000 requests at most, all together', async () => {
    const { cases: played, requests, leftOut } = await plan(stageWith().service, cases);
    expect({ hasCases: played > 200, fits: requests <= 5000, leftOut }).toEqual({
      hasCases: true,
      fits: true,
      leftOut: [],
    });
  });

  it('begin without what only AWS has to be asked for', async () => {
    s3.on('PutBucketEncryption').fail('NotImplemented');
    const [first] = await run(
      stageWith(),
      choose(["a read checks the range before the customer's key and the archive"], cases),
    );
    expect(first?.outcome).toBe('differs');
  });

  it('fail by name if their state cannot be made', async () => {
    s3.on('CreateBucket').fail('TooManyBuckets');
    const [first] = await run(stageWith(), choose(['versioning'], cases));
    expect(first).toMatchObject({
      outcome: 'failed',
      reason: 'its state cannot be made: CreateBucket is 400 TooManyBuckets',
    });
  });
});
