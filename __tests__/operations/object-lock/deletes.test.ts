import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { codeInvalid, mfaRequired } from '../../support/documents';
import { bypass, locked } from '../../support/locks';
import { answered, badArgument, deleteMany, put, remove } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: {
      objectLock: true,
      objects: {
        governed: { body: 'data', versionId: 'g1', retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-03-01' } },
        complied: { body: 'data', versionId: 'c1', retention: { Mode: 'COMPLIANCE', RetainUntilDate: '2026-03-01' } },
        held: { body: 'data', versionId: 'h1', legalHold: 'ON' },
        both: {
          body: 'data',
          versionId: 'b1',
          legalHold: 'ON',
          retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-03-01' },
        },
        over: {
          body: 'data',
          versionId: 'o1',
          retention: { Mode: 'COMPLIANCE', RetainUntilDate: '2026-01-31T10:00:00Z' },
        },
        lifted: { body: 'data', versionId: 'l1', legalHold: 'OFF' },
        free: { body: 'data', versionId: 'f1' },
      },
    },
    open: { versioning: 'Enabled', objects: { free: { body: 'data', versionId: 'f1' } } },
  },
});

const noBypass = { 'x-amz-bypass-governance-retention': 'false' };

const cases = [
  { key: 'governed', id: 'g1', plain: false, bypassed: true },
  { key: 'complied', id: 'c1', plain: false, bypassed: false },
  { key: 'held', id: 'h1', plain: false, bypassed: false },
  { key: 'both', id: 'b1', plain: false, bypassed: false },
  { key: 'over', id: 'o1', plain: true, bypassed: true },
  { key: 'lifted', id: 'l1', plain: true, bypassed: true },
  { key: 'free', id: 'f1', plain: true, bypassed: true },
];

// Recorded: localstack, TestS3ObjectLockRetention, TestS3ObjectLockLegalHold. F100, F109
describe('DELETE of a version', () => {
  it.each(cases)('of $key is allowed: $plain, with a bypass $bypassed', async ({ key, id, plain, bypassed }) => {
    for (const [headers, allowed] of [
      [{}, plain],
      [noBypass, plain],
      [{ 'x-amz-bypass-governance-retention': 'yes' }, plain],
      [{ 'x-amz-bypass-governance-retention': 'TRUE' }, bypassed],
      [bypass, bypassed],
    ] as const) {
      s3.reset();
      expect(await answered(remove(`/vault/${key}?versionId=${id}`, headers))).toEqual(
        allowed ? { status: 204, text: '' } : locked,
      );
      expect(s3.bucket('vault').versions(key)).toHaveLength(allowed ? 0 : 1);
    }
  });

  it('is refused for the locked version only', async () => {
    const { header } = await put('/vault/governed', 'second');
    expect(await answered(remove(`/vault/governed?versionId=${header('x-amz-version-id')}`))).toEqual({
      status: 204,
      text: '',
    });
    expect(await answered(remove('/vault/governed?versionId=g1'))).toEqual(locked);
  });
});

describe('a lock allows', () => {
  it.each(cases)('a delete marker on top of $key, and its removal', async ({ key, id }) => {
    const { status, header } = await remove(`/vault/${key}`);
    expect({ status, deleteMarker: header('x-amz-delete-marker') }).toEqual({ status: 204, deleteMarker: 'true' });
    const marker = header('x-amz-version-id');
    expect((await remove(`/vault/${key}?versionId=${marker}`)).status).toBe(204);
    expect(s3.bucket('vault').current(key)?.versionId).toBe(id);
  });

  it('a new version on top', async () => {
    expect((await put('/vault/complied', 'second')).status).toBe(200);
    expect(
      s3
        .bucket('vault')
        .versions('complied')
        .map(({ versionId }) => versionId),
    ).toEqual([expect.anything(), 'c1']);
  });

  it('new tags', async () => {
    const body = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
    expect((await send({ method: 'PUT', path: '/vault/complied?tagging', body })).status).toBe(200);
    expect(s3.bucket('vault').current('complied')?.retention?.Mode).toBe('COMPLIANCE');
  });
});

// Recorded: localstack, test_delete_locked_object.
describe('POST ?delete', () => {
  const entries = (wanted: readonly (typeof cases)[number][]) =>
    wanted.map(({ key, id }) => `<Object><Key>${key}</Key><VersionId>${id}</VersionId></Object>`).join('');
  const told = (body: string) =>
    [...body.matchAll(/<(Deleted|Error)><Key>(\w+)</g)].map(([, what, key]) => [key, what]);

  it.each([
    ['without a bypass', {}, cases.filter(({ plain }) => plain)],
    ['with one that says false', noBypass, cases.filter(({ plain }) => plain)],
    ['with one', bypass, cases.filter(({ bypassed }) => bypassed)],
  ])('refuses locked versions, key by key, %s', async (_what, headers, deleted) => {
    const { status, body } = await deleteMany('vault', entries(cases), headers);
    expect(status).toBe(200);
    const refused = cases.filter((one) => !deleted.includes(one));
    expect(told(body).toSorted()).toEqual(
      [...deleted.map(({ key }) => [key, 'Deleted']), ...refused.map(({ key }) => [key, 'Error'])].toSorted(),
    );
    expect(
      s3
        .bucket('vault')
        .versions()
        .map(({ key }) => key),
    ).toEqual(refused.map(({ key }) => key).toSorted());
  });

  it('names the version and the reason', async () => {
    const { body } = await deleteMany('vault', '<Object><Key>held</Key><VersionId>h1</VersionId></Object>', bypass);
    expect(body).toContain(
      '<Error><Key>held</Key><VersionId>h1</VersionId><Code>AccessDenied</Code><Message>Access Denied because object protected by object lock.</Message></Error>',
    );
  });
});

// Recorded: localstack, test_delete_object_with_no_locking.
describe('a bypass without object lock', () => {
  const refused = badArgument(
    'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
    'x-amz-bypass-governance-retention',
  );

  it.each([bypass, noBypass])('is refused with any value: %j', async (headers) => {
    expect(await answered(remove('/open/free?versionId=f1', headers))).toEqual(refused);
    expect(await answered(remove('/open/free', headers))).toEqual(refused);
    expect(await answered(deleteMany('open', '<Object><Key>free</Key></Object>', headers))).toEqual(refused);
    expect(s3.bucket('open').versions()).toHaveLength(1);
  });

  it('is checked after the form of the version id', async () => {
    expect(await answered(remove('/open/free?versionId=invented', bypass))).toEqual(
      badArgument('Invalid version id specified', 'versionId', 'invented'),
    );
  });
});

// F109
describe('MFA Delete and object lock', () => {
  const required = { status: 403, text: mfaRequired };
  beforeEach(() => {
    s3.bucket('vault').mfaDelete = 'Enabled';
  });

  it('check the code before the lock', async () => {
    expect(await answered(remove('/vault/complied?versionId=c1', bypass))).toEqual(required);
    expect(await answered(remove('/vault/complied?versionId=c1', { 'x-amz-mfa': s3.mfa.header() }))).toEqual(locked);
  });

  it('spend the code even if the lock refuses the delete', async () => {
    const headers = { 'x-amz-mfa': s3.mfa.header() };
    await remove('/vault/complied?versionId=c1', headers);
    expect(await answered(remove('/vault/free?versionId=f1', headers))).toEqual({ status: 400, text: codeInvalid });
  });

  it('allow a delete with a code and a bypass', async () => {
    const headers = { ...bypass, 'x-amz-mfa': s3.mfa.header() };
    expect(await answered(remove('/vault/governed?versionId=g1', headers))).toEqual({ status: 204, text: '' });
  });
});
