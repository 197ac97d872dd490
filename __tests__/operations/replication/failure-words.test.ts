import { describe, expect, it } from '@jest/globals';
import { passingTroubles, replicationReasons } from '../../../src/model/replication/replication-reasons';
import { writeCause, writeSyncType } from '../../../src/operations/replication/failures';

// F867
describe('a cause of a failure in the words of IBM COS', () => {
  it.each([
    ['Versioning disabled on destination bucket', ['DstBucketUnversioned']],
    ['Remote bucket not found', ['DstBucketNotFound']],
    ['Source/Remote bucket not found or is disabled', ['SrcBucketNotFound']],
    ['Destination object not found', ['DstVersionNotFound']],
    ['Local object not found', ['SrcVersionNotFound']],
    ['Object lock is not enabled on the destination bucket', ['DstBucketObjectLockConfigMissing']],
    [
      'The encryption key is either not active or deleted',
      ['DstKmsKeyInvalidState', 'DstKmsKeyNotFound', 'SrcKmsKeyInvalidState', 'SrcKmsKeyNotFound'],
    ],
  ])('is "%s" for %j alone', (cause, reasons) => {
    expect(replicationReasons.filter((reason) => writeCause(reason) === cause)).toEqual(reasons);
  });

  it('names the target bucket in whatever is not permitted there', () => {
    const reasons = replicationReasons.filter((reason) => /^(Dst.*|AssumeRole)NotPermitted$/.test(reason));
    expect(new Set(reasons.map(writeCause))).toEqual(
      new Set(['Replication operation not authorized on target bucket']),
    );
  });

  it.each(passingTroubles)('is an internal error for %s', (trouble) => {
    expect(writeCause(trouble)).toBe('Internal error');
  });
});

// F867
it.each([
  ['Content', 'object'],
  ['Delete', 'delete marker'],
  ['Tag', 'tags'],
  ['Retention', 'retention'],
  ['LegalHold', 'legal hold'],
] as const)('the SyncType %s means a copy of the %s', (type, part) => {
  expect(writeSyncType(part)).toBe(type);
});
