import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { askCos, badState, done, invalid, outcomeOf, policy, protectedBuckets } from '../../support/protection';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    ...protectedBuckets,
    versioned: { versioning: 'Enabled' },
    paused: { versioning: 'Suspended' },
    locked: { objectLock: true },
    full: { objects: { a: 'text' } },
  },
});

interface Days {
  readonly least?: number;
  readonly byDefault?: number;
  readonly most?: number;
  readonly more?: string;
}

function policyOf({ least = 1, byDefault = 10, most = 100, more = '' }: Days = {}): string {
  const days = (name: string, count: number) => `<${name}><Days>${count}</Days></${name}>`;
  const all = [days('MinimumRetention', least), days('DefaultRetention', byDefault), days('MaximumRetention', most)];
  return `<ProtectionConfiguration><Status>Retention</Status>${all.join('')}${more}</ProtectionConfiguration>`;
}

const put = (bucket: string, body = policyOf()) => askCos(`PUT /${bucket}?protection`, { body });
const permanently = '<EnablePermanentRetention>true</EnablePermanentRetention>';

// F821
describe('the retention policy of a bucket', () => {
  it('is Disabled until one is put', async () => {
    const { status, text, header } = await askCos('GET /plain?protection');
    expect({ status, text, type: header('content-type') }).toEqual({
      status: 200,
      text: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ProtectionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Disabled</Status></ProtectionConfiguration>',
      type: undefined,
    });
    expect(s3.bucket('plain').protection).toBeUndefined();
  });

  it('is answered with its maximum before its default, in whichever order it was put', async () => {
    expect(outcomeOf(await put('plain'))).toEqual(done);
    const { body } = await askCos('GET /plain?protection');
    expect(body).toContain(
      '<Status>Retention</Status><MinimumRetention><Days>1</Days></MinimumRetention><MaximumRetention><Days>100</Days></MaximumRetention><DefaultRetention><Days>10</Days></DefaultRetention></ProtectionConfiguration>',
    );
    expect(s3.bucket('plain').protection).toEqual(policy);
    expect(s3.bucket('plain')).toHaveConfiguration('protection', policy);
  });

  it('is replaced by another one, for new objects alone', async () => {
    await askCos('PUT /vault/a', { body: 'text' });
    expect(outcomeOf(await put('vault', policyOf({ least: 0, byDefault: 2, most: 3 })))).toEqual(done);
    await askCos('PUT /vault/b', { body: 'text' });
    const periods = ['a', 'b'].map((key) => s3.bucket('vault').object(key).protection?.RetentionPeriod);
    expect(periods).toEqual([864_000, 172_800]);
  });

  it.each<{ readonly case: string; readonly days: Days }>([
    { case: 'a minimum above the default', days: { least: 11 } },
    { case: 'a default above the maximum', days: { byDefault: 101 } },
    { case: 'a minimum below zero', days: { least: -1 } },
    { case: 'a maximum of more than 99 years', days: { most: 36_136 } },
  ])('is refused with $case', async ({ days }) => {
    expect(outcomeOf(await put('plain', policyOf(days)))).toEqual(invalid);
    expect(s3.requests.last()?.why).toContain('0 to 36135 days');
    expect(s3.bucket('plain').protection).toBeUndefined();
  });

  it.each<{ readonly case: string; readonly days: Days }>([
    { case: 'no days at all', days: { least: 0, byDefault: 0, most: 0 } },
    { case: 'the same days thrice', days: { least: 7, byDefault: 7, most: 7 } },
    { case: '99 years', days: { most: 36_135 } },
  ])('is accepted with $case', async ({ days }) => {
    expect(outcomeOf(await put('plain', policyOf(days)))).toEqual(done);
  });

  it.each<{ readonly case: string; readonly body: string }>([
    { case: 'the word Disabled', body: policyOf().replace('>Retention<', '>Disabled<') },
    { case: 'no Status', body: policyOf().replace('<Status>Retention</Status>', '') },
    { case: 'no default', body: policyOf().replace(/<Default.*<\/DefaultRetention>/, '') },
    { case: 'days that are not a number', body: policyOf().replace('<Days>10</Days>', '<Days>ten</Days>') },
  ])('is malformed with $case', async ({ body }) => {
    expect(outcomeOf(await put('plain', body))).toMatchObject({ status: 400, code: 'MalformedXML' });
  });

  it('needs a digest, Content-MD5 or a checksum', async () => {
    const without = await askCos('PUT /plain?protection', { body: policyOf(), 'Content-MD5': undefined });
    expect(outcomeOf(without)).toMatchObject({ status: 400, code: 'InvalidRequest' });
    const checksum = { 'Content-MD5': undefined, 'x-amz-checksum-crc32': 'AAAAAA==' };
    expect(outcomeOf(await askCos('PUT /plain?protection', { body: policyOf(), ...checksum }))).toMatchObject({
      code: 'BadDigest',
    });
  });

  it('cannot be deleted', async () => {
    expect((await askCos('DELETE /vault?protection')).status).toBe(405);
    expect(s3.bucket('vault').protection).toEqual(policy);
  });

  it('is first put on an empty bucket', async () => {
    expect(outcomeOf(await put('full'))).toEqual(badState);
    expect(s3.requests.last()?.why).toBe("bucket 'full' contains objects, and must be empty");
    await askCos('DELETE /full/a');
    expect(outcomeOf(await put('full'))).toEqual(done);
  });

  it('keeps EnablePermanentRetention for as long as the bucket exists', async () => {
    expect(outcomeOf(await put('plain', policyOf({ more: permanently })))).toEqual(done);
    expect((await askCos('GET /plain?protection')).body).toContain(`${permanently}</ProtectionConfiguration>`);
    expect(outcomeOf(await put('plain'))).toEqual(invalid);
    expect(outcomeOf(await put('plain', policyOf({ most: 50, more: permanently })))).toEqual(done);
  });

  it('is without EnablePermanentRetention if that is false', async () => {
    await put('plain', policyOf({ more: permanently.replace('true', 'false') }));
    expect((await askCos('GET /plain?protection')).body).not.toContain('EnablePermanentRetention');
    expect(s3.bucket('plain').protection).toEqual(policy);
  });

  it('is unknown to AWS, which lists the bucket', async () => {
    const { body } = await send({ path: '/plain?protection' });
    expect(body).toContain('<ListBucketResult');
  });
});

// F820
describe('a retention policy excludes versioning', () => {
  it.each(['versioned', 'paused', 'locked'])('on bucket %s, which has it already', async (bucket) => {
    expect(outcomeOf(await put(bucket))).toEqual(badState);
    expect(s3.requests.last()?.why).toMatch(/^versioning of bucket '\w+' is (Enabled|Suspended)/);
  });

  it.each(['Enabled', 'Suspended'])('%s, once the bucket has one', async (status) => {
    const body = `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
    expect(outcomeOf(await askCos('PUT /vault?versioning', { body }))).toEqual(badState);
    expect(s3.bucket('vault').versioning).toBeUndefined();
  });

  it('and with it object lock', async () => {
    const body =
      '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>';
    expect(outcomeOf(await askCos('PUT /vault?object-lock', { body }))).toEqual(badState);
  });

  const replicating = (name: string) =>
    `<ReplicationConfiguration><Rule><Status>Enabled</Status><Priority>1</Priority><Filter><Prefix></Prefix></Filter><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:bucket:${name}</Bucket></Destination></Rule></ReplicationConfiguration>`;

  it.each([
    ['from', 'vault', 'versioned'],
    ['to', 'versioned', 'vault'],
  ])('and replication %s the bucket', async (_which, source, destination) => {
    const answer = await askCos(`PUT /${source}?replication`, { body: replicating(destination) });
    expect(outcomeOf(answer)).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(s3.requests.last()?.why).toContain("versioning of bucket 'vault' was never set");
  });
});
