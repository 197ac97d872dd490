import type { ExpectedInput, OperationOrAlias } from '../journal/entry';
import type { Expected } from '../journal/input-matching';
import type { Refusal } from '../journal/outcome';
import type { StoredObject, StoredVersion } from '../preset/version-copies';
import type { deleteMarker } from '../preset/version-fixture';
import type { AsymmetricMatcher } from '../text/value-kinds';

/** A version as a test may expect it: its bytes, `deleteMarker`, or any of the members that `versions()` returns. */
export type ExpectedVersion = string | Uint8Array | typeof deleteMarker | Expected<StoredVersion>;

/** The matchers as a test writes them; `Result` is what the runner's `expect(...)` returns. */
export interface S3Matchers<Result> {
  /**
   * A matching request came.
   * @example expect(s3).toHaveReceived('PutObject', { Bucket: 'vault', Key: 'report.pdf' });
   */
  toHaveReceived<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): Result;
  /**
   * Exactly so many matching requests came.
   * @example expect(s3).toHaveReceivedTimes('PutObject', 2, { Bucket: 'vault' });
   */
  toHaveReceivedTimes<Name extends OperationOrAlias>(
    operation: Name,
    times: number,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * The n-th request of that operation, counted from 1, matches.
   * @example expect(s3).toHaveReceivedNth(2, 'PutObject', { Key: 'second.pdf' });
   */
  toHaveReceivedNth<Name extends OperationOrAlias>(n: number, operation: Name, input?: ExpectedInput<Name>): Result;
  /**
   * The last of all requests matches.
   * @example expect(s3).toHaveReceivedLast('PutBucketVersioning');
   */
  toHaveReceivedLast<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): Result;
  /**
   * At least one matching request came, and no other request.
   * @example expect(s3).toHaveReceivedOnly('GetBucketVersioning');
   */
  toHaveReceivedOnly<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): Result;
  /**
   * S3 applied a matching request: it answered 2xx or 304, whether the answer was lost or not. Of a batch, all entries of the expected
   * list were deleted.
   * @example expect(s3).toHaveApplied('DeleteObjects', { Delete: { Objects: [{ Key: 'report.pdf' }] } });
   */
  toHaveApplied<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): Result;
  /**
   * A matching request was refused, by S3 or by `s3.on().fail()`; with this code and this status, if they are given.
   * @example expect(s3).toHaveRefused('PutBucketVersioning', { Bucket: 'vault' }, { code: 'AccessDenied' });
   */
  toHaveRefused<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>, refusal?: Refusal): Result;
  /**
   * The bucket's versioning; undefined if it was never set.
   * @example expect(s3.bucket('vault')).toHaveVersioning('Suspended');
   */
  toHaveVersioning(status: 'Enabled' | 'Suspended' | undefined): Result;
  /**
   * The bucket's MFA Delete; undefined if it was never set.
   * @example expect(s3.bucket('vault')).toHaveMfaDelete('Enabled');
   */
  toHaveMfaDelete(status: 'Enabled' | 'Disabled' | undefined): Result;
  /**
   * The current version of a key is an object, and matches.
   * @example expect(s3.bucket('vault')).toHaveObject('report.pdf', { body: 'second', metadata: { author: 'ann' } });
   */
  toHaveObject(key: string, expected?: Expected<StoredObject>): Result;
  /**
   * All versions and delete markers of a key match these, oldest first as in the literal of `mockS3`; [] for a key without versions.
   * @example expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', { versionId: 'null' }, deleteMarker]);
   */
  toHaveVersions(key: string, versions: AsymmetricMatcher | readonly ExpectedVersion[]): Result;
  /**
   * The current version of a key is a delete marker.
   * @example expect(s3.bucket('vault')).toHaveDeleteMarker('report.pdf');
   */
  toHaveDeleteMarker(key: string): Result;
  /**
   * The current version of a key, or the one with an id, cannot be deleted at the present time of the mock's clock: it is retained, in
   * either mode, or under a legal hold.
   * @example expect(s3.bucket('vault')).toBeLocked('report.pdf');
   */
  toBeLocked(key: string, versionId?: string): Result;
}
