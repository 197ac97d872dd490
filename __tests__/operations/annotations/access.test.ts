import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { allowIf, ann, equals } from '../../support/conditions';
import { refusalIn, signedBy, textOf } from '../../support/documents';
import { as, notAllowed } from '../../support/limited-users';
import { bypass, locked } from '../../support/locks';
import { answered, get, put, remove } from '../../support/objects';
import { send } from '../../support/wire-client';

const object = { body: 'data', versionId: 'v1', annotations: { a: 'x' } };
const until = { RetainUntilDate: '2026-03-01' };

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled', objects: { k: object } },
    worm: {
      objectLock: true,
      objects: {
        governed: { ...object, retention: { Mode: 'GOVERNANCE', ...until } },
        complied: { ...object, retention: { Mode: 'COMPLIANCE', ...until } },
        held: { ...object, legalHold: 'ON' },
        free: object,
      },
    },
  },
});

const at = (path: string, more = '') => `${path}?annotation&annotationName=a${more}`;

describe('requests for annotations', () => {
  it.each([
    ['GET', at('/vault/k'), 's3:GetObjectAnnotation'],
    ['GET', at('/vault/k', '&versionId=v1'), 's3:GetObjectVersionAnnotation'],
    ['PUT', at('/vault/k'), 's3:PutObjectAnnotation'],
    ['PUT', at('/vault/k', '&versionId=v1'), 's3:PutObjectVersionAnnotation'],
    ['DELETE', at('/vault/k'), 's3:DeleteObjectAnnotation'],
    ['DELETE', at('/vault/k', '&versionId=v1'), 's3:DeleteObjectVersionAnnotation'],
    ['GET', '/vault/k?annotation', 's3:ListObjectAnnotations'],
    ['GET', '/vault/k?annotation&versionId=v1', 's3:ListObjectVersionAnnotations'],
  ] as const)('by %s %s need %s', async (method, path, action) => {
    const body = method === 'PUT' ? 'x' : '';
    expect(
      refusalIn(await send({ method, path, body, headers: as(s3, 'short', 's3:GetObject', 's3:PutObject') })),
    ).toMatchObject({ status: 403, message: notAllowed('short', action, 'vault/k') });
    const { status } = await send({ method, path, body, headers: as(s3, 'exact', action) });
    expect(status).toBeLessThan(300);
  });

  it('come from callers without credentials if a policy lets everyone in', async () => {
    const anonymous = { Authorization: undefined };
    expect((await get(at('/vault/k'), anonymous)).status).toBe(403);
    s3.bucket('vault').publicAccessBlock = undefined;
    s3.bucket('vault').policy = {
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObjectAnnotation',
        Resource: 'arn:aws:s3:::vault/*',
      },
    };
    expect((await get(at('/vault/k'), anonymous)).body).toBe('x');
  });

  it.each([
    ['s3:annotation-prefix', '&annotation-prefix=ml.', 'ml.'],
    ['s3:max-annotation-results', '&max-annotation-results=5', '5'],
  ])('for a list have the condition key %s', async (key, query, value) => {
    const list = () => get(`/vault/k?annotation${query}`, { Authorization: signedBy(ann(s3)) });
    allowIf(s3, 'vault', 's3:ListObjectAnnotations', equals(key, 'other'));
    expect((await list()).status).toBe(403);
    allowIf(s3, 'vault', 's3:ListObjectAnnotations', equals(key, value));
    expect((await list()).status).toBe(200);
  });
});

describe('a lock of a version (F845)', () => {
  it.each([
    { key: 'governed', plain: false, bypassed: true },
    { key: 'complied', plain: false, bypassed: false },
    { key: 'held', plain: false, bypassed: false },
    { key: 'free', plain: true, bypassed: true },
  ])('of $key lets its annotation be deleted: $plain, with a bypass $bypassed', async ({ key, plain, bypassed }) => {
    for (const [headers, allowed] of [
      [{}, plain],
      [bypass, bypassed],
    ] as const) {
      s3.reset();
      expect(await answered(remove(at(`/worm/${key}`), headers))).toEqual(allowed ? { status: 204, text: '' } : locked);
      expect(s3.bucket('worm').current(key)?.annotations).toEqual(allowed ? {} : { a: 'x' });
    }
  });

  it('needs the right to bypass governance', async () => {
    const headers = { ...bypass, ...as(s3, 'ann', 's3:DeleteObjectAnnotation') };
    expect(textOf('Message', await remove(at('/worm/governed'), headers))).toBe(
      notAllowed('ann', 's3:BypassGovernanceRetention', 'worm/governed'),
    );
    const more = as(s3, 'bob', 's3:DeleteObjectAnnotation', 's3:BypassGovernanceRetention');
    expect((await remove(at('/worm/governed'), { ...bypass, ...more })).status).toBe(204);
  });

  it.each(['governed', 'complied', 'held'])('does not keep annotations from being put on %s', async (key) => {
    expect((await put(at(`/worm/${key}`), 'y')).status).toBe(200);
  });
});
