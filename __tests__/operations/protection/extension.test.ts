import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { askCos, done, invalid, outcomeOf, protectedBuckets, retentionOf, secondsOf } from '../../support/protection';

const start = '2026-03-01T12:00:00Z';
const s3 = mockS3({
  now: start,
  buckets: {
    ...protectedBuckets,
    loose: {
      ...protectedBuckets.vault,
      protection: { ...protectedBuckets.vault.protection, MinimumRetention: { Days: 0 } },
      objects: { endless: { body: 'text', protection: { RetentionPeriod: -1 } } },
    },
    forever: {
      ...protectedBuckets.forever,
      objects: { kept: { body: 'text', protection: { RetentionPeriod: -2 } } },
    },
    vault: {
      ...protectedBuckets.vault,
      objects: {
        kept: { body: 'text', protection: { RetentionPeriod: secondsOf(10), RetentionPeriodSource: 'Bucket' } },
        endless: { body: 'text', protection: { RetentionPeriod: -1 } },
        brief: { body: 'text', protection: { RetentionPeriod: 0 } },
        free: 'text',
      },
    },
  },
});

const extend = (headers: Readonly<Record<string, string>>, key = 'kept') =>
  askCos(`POST /vault/${key}?extendRetention`, headers);
const periodOf = (key: string) => s3.bucket('vault').object(key).protection?.RetentionPeriod;

// F828
describe('an extension of a retention', () => {
  it.each<{ readonly header: string; readonly value: string; readonly days: number }>([
    { header: 'Additional-Retention-Period', value: String(secondsOf(5)), days: 15 },
    { header: 'New-Retention-Period', value: String(secondsOf(11)), days: 11 },
    { header: 'New-Retention-Expiration-Date', value: '2026-03-21T12:00:00Z', days: 20 },
    { header: 'New-Retention-Expiration-Date', value: '20260321T120000Z', days: 20 },
    { header: 'Extend-Retention-From-Current-Time', value: String(secondsOf(12)), days: 16 },
  ])('by $header of $value makes it $days days', async ({ header, value, days }) => {
    s3.clock.advance({ days: 4 });
    const answer = await extend({ [header]: value });
    expect({ ...outcomeOf(answer), body: answer.body }).toEqual({ ...done, body: '' });
    expect(periodOf('kept')).toBe(secondsOf(days));
  });

  it('is added to a period of no seconds', async () => {
    expect(outcomeOf(await extend({ 'Additional-Retention-Period': String(secondsOf(2)) }, 'brief'))).toEqual(done);
    expect(periodOf('brief')).toBe(secondsOf(2));
  });

  it('is the object’s own from then on', async () => {
    await extend({ 'Additional-Retention-Period': '1' });
    expect(await retentionOf('/vault/kept')).toEqual({
      'Retention-Period': '864001',
      'Retention-Expiration-Date': 'Wed, 11 Mar 2026 12:00:01 GMT',
      'Retention-Period-Source': 'Object',
    });
  });

  it.each<{ readonly case: string; readonly headers: Readonly<Record<string, string>> }>([
    { case: 'no header', headers: {} },
    {
      case: 'two headers',
      headers: { 'Additional-Retention-Period': '1', 'New-Retention-Period': String(secondsOf(20)) },
    },
    { case: 'nothing to add', headers: { 'Additional-Retention-Period': '0' } },
    { case: 'less than nothing', headers: { 'Additional-Retention-Period': '-5' } },
    { case: 'an earlier date', headers: { 'New-Retention-Expiration-Date': '2026-03-10T12:00:00Z' } },
    { case: 'a nearer time from now', headers: { 'Extend-Retention-From-Current-Time': String(secondsOf(9)) } },
    { case: 'a period in words', headers: { 'New-Retention-Period': 'long' } },
  ])('is refused with $case', async ({ headers }) => {
    expect(outcomeOf(await extend(headers))).toEqual(invalid);
    expect(s3.requests.last()?.why).toEqual(expect.any(String));
    expect(periodOf('kept')).toBe(secondsOf(10));
  });

  it('retains an object whose retention was over', async () => {
    s3.clock.advance({ days: 20 });
    expect(outcomeOf(await extend({ 'Extend-Retention-From-Current-Time': '60' }))).toEqual(done);
    expect((await askCos('DELETE /vault/kept')).status).toBe(403);
    s3.clock.advance({ seconds: 60 });
    expect((await askCos('DELETE /vault/kept')).status).toBe(204);
  });

  it.each(['/vault/free', '/plain/free'])('needs an object with a retention: %s', async (path) => {
    await askCos('PUT /plain/free', { body: 'text' });
    const answer = await askCos(`POST ${path}?extendRetention`, { 'Additional-Retention-Period': '60' });
    expect(outcomeOf(answer)).toEqual(invalid);
  });

  it('needs an object', async () => {
    const answer = await extend({ 'Additional-Retention-Period': '60' }, 'none');
    expect(outcomeOf(answer)).toMatchObject({ status: 404, code: 'NoSuchKey' });
  });
});

// F828
describe('an indefinite retention', () => {
  it.each([
    ['Additional-Retention-Period', '60', 'the period has no end, so nothing can be added to it'],
    ['New-Retention-Period', '-1', 'the new period is negative'],
  ])('is refused %s of %s', async (name, value, why) => {
    expect(outcomeOf(await extend({ [name]: value }, 'endless'))).toEqual(invalid);
    expect(s3.requests.last()?.why).toBe(why);
    expect(periodOf('endless')).toBe(-1);
  });

  it.each<{ readonly header: string; readonly value: string; readonly end: string }>([
    { header: 'New-Retention-Period', value: String(secondsOf(40)), end: '2026-04-10T12:00:00Z' },
    { header: 'New-Retention-Expiration-Date', value: '2026-06-01T00:00:00Z', end: '2026-06-01T00:00:00Z' },
    { header: 'Extend-Retention-From-Current-Time', value: String(secondsOf(90)), end: '2026-07-09T12:00:00Z' },
  ])('becomes one until $end by $header', async ({ header, value, end }) => {
    s3.clock.advance({ days: 40 });
    expect(outcomeOf(await extend({ [header]: value }, 'endless'))).toEqual(done);
    expect(s3.bucket('vault').object('endless').protection?.RetentionExpirationDate).toEqual(new Date(end));
  });

  it('may become one that is over, so that the object can be deleted at once', async () => {
    s3.clock.advance({ days: 40 });
    expect((await askCos('DELETE /vault/endless')).status).toBe(403);
    await extend({ 'New-Retention-Period': String(secondsOf(2)) }, 'endless');
    expect((await askCos('DELETE /vault/endless')).status).toBe(204);
  });
});

it('an indefinite retention becomes one of no seconds if the policy of the bucket allows that (F828)', async () => {
  const answer = await askCos('POST /loose/endless?extendRetention', { 'New-Retention-Period': '0' });
  expect(outcomeOf(answer)).toEqual(done);
  expect(s3.bucket('loose').object('endless').protection?.RetentionPeriod).toBe(0);
  // The end of a period of no seconds is its beginning.
  expect((await retentionOf('/loose/endless'))['Retention-Expiration-Date']).toBe('Sun, 01 Mar 2026 12:00:00 GMT');
});

// F828
describe('a permanent retention', () => {
  it.each([
    ['New-Retention-Period', String(secondsOf(50))],
    ['Additional-Retention-Period', '60'],
    ['New-Retention-Expiration-Date', '2026-04-01T00:00:00Z'],
  ])('stays so whatever %s says', async (name, value) => {
    const answer = await askCos('POST /forever/kept?extendRetention', { [name]: value });
    expect(outcomeOf(answer)).toEqual(invalid);
    s3.clock.advance({ days: 100_000 });
    expect((await askCos('DELETE /forever/kept')).status).toBe(403);
  });
});
