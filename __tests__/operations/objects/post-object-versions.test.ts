import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refusalIn } from '../../support/documents';
import { type Field, post, type SignedForm } from '../../support/forms';
import { head } from '../../support/objects';

const s3 = mockS3({
  buckets: {
    plain: { objects: { 'report.pdf': 'old' } },
    vault: { versioning: 'Enabled', objects: { 'report.pdf': 'old' } },
    paused: { versioning: 'Suspended', objects: { 'report.pdf': 'old' } },
    guarded: { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { 'report.pdf': 'old' } },
    locked: { objectLock: {} },
    retained: { objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } },
  },
});

const postTo = (bucket: string, form: SignedForm = {}) => post({ bucket, ...form }, { path: `/${bucket}` });
const bodiesOf = (bucket: string) =>
  s3
    .bucket(bucket)
    .versions('report.pdf')
    .map((version) => [version.versionId, 'body' in version && String(version.body)]);

// A form makes a version as PutObject does. F570
describe('the versions of a form', () => {
  it.each<{ bucket: string; has: boolean }>`
    bucket       | has
    ${'plain'}   | ${false}
    ${'vault'}   | ${true}
    ${'paused'}  | ${false}
    ${'guarded'} | ${true}
  `('in $bucket have an id in the answer: $has', async ({ bucket, has }) => {
    const answer = await postTo(bucket);
    expect({ status: answer.status, versionId: answer.header('x-amz-version-id') }).toEqual({
      status: 204,
      versionId: has ? s3.bucket(bucket).current('report.pdf')?.versionId : undefined,
    });
  });

  it.each<Field>([
    ['success_action_status', '200'],
    ['success_action_status', '201'],
    ['success_action_redirect', 'https://example.com'],
  ])('have their id whatever answer the form asks for: %s %s', async (name, value) => {
    const id = (await postTo('vault', { fields: [[name, value]] })).header('x-amz-version-id');
    expect(id).toMatch(/^[A-Za-z0-9._]{32}$/);
    expect(s3.bucket('vault').current('report.pdf')?.versionId).toBe(id);
  });

  it('replace none while versioning is enabled', async () => {
    const [[old] = []] = bodiesOf('vault');
    const ids = [await postTo('vault'), await postTo('vault')].map(({ header }) => header('x-amz-version-id'));
    expect(bodiesOf('vault')).toEqual([
      [ids[1], 'data'],
      [ids[0], 'data'],
      [old, 'old'],
    ]);
  });

  it('replace the null version while it is suspended, and no other', async () => {
    const [[old] = []] = bodiesOf('paused');
    await postTo('paused');
    await postTo('paused', { file: { content: 'again' } });
    expect(bodiesOf('paused')).toEqual([
      ['null', 'again'],
      [old, 'old'],
    ]);
  });

  it('replace the object while versioning was never set', async () => {
    await postTo('plain');
    expect(bodiesOf('plain')).toEqual([['null', 'data']]);
  });
});

// F563
describe('a form to a bucket with object lock', () => {
  const digest: Field = ['Content-MD5', 'jXd/OF09/siBXSD3SWAm3A=='];

  it('locks the version', async () => {
    const fields: readonly Field[] = [
      ['x-amz-object-lock-mode', 'GOVERNANCE'],
      ['x-amz-object-lock-retain-until-date', '2999-01-01T00:00:00Z'],
      ['x-amz-object-lock-legal-hold', 'ON'],
      digest,
    ];
    expect((await postTo('locked', { fields })).status).toBe(204);
    const { header } = await head('/locked/report.pdf');
    expect(['mode', 'retain-until-date', 'legal-hold'].map((name) => header(`x-amz-object-lock-${name}`))).toEqual([
      'GOVERNANCE',
      '2999-01-01T00:00:00Z',
      'ON',
    ]);
  });

  it('needs no digest if it locks nothing', async () => {
    expect((await postTo('locked')).status).toBe(204);
  });

  it.each<Field>([digest, ['x-amz-checksum-crc32', 'rfPzYw==']])(
    'gets the default retention with a digest of the file: %s',
    async (...field) => {
      expect((await postTo('retained', { fields: [field] })).status).toBe(204);
      expect((await head('/retained/report.pdf')).header('x-amz-object-lock-mode')).toBe('GOVERNANCE');
    },
  );

  it('is refused without a digest if the bucket has a default retention', async () => {
    expect(refusalIn(await postTo('retained'))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message:
        'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    });
    expect(s3.bucket('retained').versions()).toEqual([]);
  });
});

describe('the file of a form', () => {
  it('is stored with each of its bytes, though there are millions, and lines that begin like the boundary', async () => {
    const like = Buffer.from('\r\n------FormBoundary7MA4YWxkTrZu0gWx\r\n--\r\n------FormBoundary7MA4YWxkTrZu0gW-\r\n');
    const content = Buffer.concat([like, randomBytes(5 * 1024 * 1024), like]);
    const conditions = [['content-length-range', content.length, content.length]];
    expect((await postTo('vault', { file: { content }, conditions })).status).toBe(204);
    expect(s3.bucket('vault').object('report.pdf').body.equals(content)).toBe(true);
  });
});
