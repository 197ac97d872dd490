import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { bypass, legalHold, putDocument, retained, retention } from '../../support/locks';
import { head, put, remove } from '../../support/objects';
import { copiesOf, toReplica } from '../../support/replication';

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: { objectLock: true, replication: toReplica() },
    open: { versioning: 'Enabled', replication: toReplica() },
    replica: { objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } },
  },
});

const byDefault = { mode: 'GOVERNANCE', until: '2026-03-02T10:00:00Z', hold: undefined };

const lockOf = async (path: string) => {
  const { header } = await head(path);
  return {
    mode: header('x-amz-object-lock-mode'),
    until: header('x-amz-object-lock-retain-until-date'),
    hold: header('x-amz-object-lock-legal-hold'),
  };
};
const locking = (mode: string, until: string) => ({
  'x-amz-object-lock-mode': mode,
  'x-amz-object-lock-retain-until-date': until,
});
const retain = (mode: string, until: string, headers = {}) =>
  putDocument('/vault/k?retention', retained(mode, until), headers);

// F883
describe('a replica', () => {
  it('gets the retention that its source is given later, also a shorter one', async () => {
    await put('/vault/k');
    await retain('GOVERNANCE', '2026-02-03T00:00:00Z');
    expect(await lockOf('/replica/k')).toMatchObject({ mode: 'GOVERNANCE', until: '2026-02-03T00:00:00Z' });
    await retain('GOVERNANCE', '2026-02-02T00:00:00Z', bypass);
    expect(await lockOf('/replica/k')).toMatchObject({ mode: 'GOVERNANCE', until: '2026-02-02T00:00:00Z' });
  });

  it('loses the retention that its source loses', async () => {
    await putDocument('/vault/k', 'data', locking('GOVERNANCE', '2026-02-03T00:00:00Z'));
    expect((await putDocument('/vault/k?retention', retention(''), bypass)).status).toBe(200);
    expect(await lockOf('/replica/k')).toEqual({ mode: undefined, until: undefined, hold: undefined });
  });

  it('keeps its retention in COMPLIANCE mode against a shorter one of its source', async () => {
    s3.bucket('replica').objectLock = { defaultRetention: { Mode: 'COMPLIANCE', Days: 30 } };
    await put('/vault/k');
    await retain('GOVERNANCE', '2026-02-03T00:00:00Z');
    expect(await lockOf('/replica/k')).toEqual({ ...byDefault, mode: 'COMPLIANCE' });
    const { result, reason, why } = s3.requests.serviceActions.at(-1) ?? {};
    expect({ result, reason, why }).toEqual({
      result: 'FAILED',
      reason: 'DstPutRetentionNotPermitted',
      why: 'the replica is retained in COMPLIANCE mode until 2026-03-02T10:00:00.000Z',
    });
  });

  it('gets the legal hold that its source is given later, and keeps its retention', async () => {
    await put('/vault/k');
    await putDocument('/vault/k?legal-hold', legalHold('ON'));
    expect(await lockOf('/replica/k')).toEqual({ ...byDefault, hold: 'ON' });
    await putDocument('/vault/k?legal-hold', legalHold('OFF'));
    expect(await lockOf('/replica/k')).toEqual({ ...byDefault, hold: 'OFF' });
    expect(copiesOf(s3)).toEqual(['object COMPLETED', 'legal hold COMPLETED', 'legal hold COMPLETED']);
  });

  it('that is a delete marker has no lock', async () => {
    await remove('/vault/k');
    expect(s3.toJSON().buckets).toMatchObject({
      replica: { objects: { k: [{ deleteMarker: true, versionId: expect.any(String) }] } },
    });
  });
});
