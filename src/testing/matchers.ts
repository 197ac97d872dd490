import type { Events } from '../events/events';
import type { EventNameOrFamily, ExpectedEvent } from '../events/expected-event';
import { engine } from '../faces/engine';
import type { ExpectedInput, OperationOrAlias } from '../journal/entry';
import type { Expected } from '../journal/input-matching';
import type { Journal } from '../journal/journal';
import type { Refusal } from '../journal/outcome';
import type { MatcherResult } from '../matchers/subjects';
import type { ExpectedVersion } from '../matchers/version-matchers';
import type { MockS3 } from '../mock/mock-s3';

import type { AccessConditions } from '../preset/access-conditions';
import type { BucketHandle } from '../preset/bucket-handle';
import type { ConfigurationFixtures } from '../preset/configurations';
import type { ActionName, Permission } from '../preset/permission';
import type { BucketUsage, UsageOptions } from '../preset/usage';
import type { StoredObject } from '../preset/version-copies';
import type { AsymmetricMatcher } from '../text/value-kinds';

export type { MatcherResult };

/** The mock or its requests. */
type Requests = Journal | Pick<MockS3, 'requests'>;
type Bucket = Pick<BucketHandle, 'name' | 'versioning' | 'mfaDelete'>;
/** An account, a user, a role or a session. */
interface AskedCaller {
  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission;
}
type StackedBucket = Pick<BucketHandle, 'name' | 'versioning' | 'mfaDelete' | 'versions'>;

/**
 * The `this` of a matcher: the compiler refuses a call on a subject that is not a right one, and quotes the words. `any`, `unknown` and a
 * union that has a right one are accepted. After `resolves`, which returns a promise, the subject is what the promise is of.
 */
type On<Right, Subject, Result, Words extends string> = unknown extends Subject
  ? unknown
  : ([Result] extends [Promise<unknown>] ? Awaited<Subject> : Subject) extends infer Given
    ? Given extends Right
      ? unknown
      : { readonly [word in Words]: never }
    : never;

type OnRequests<Subject, Result> = On<
  Requests,
  Subject,
  Result,
  'this matcher takes the mock or its requests: expect(s3)'
>;
type OnSender<Subject, Result> = On<
  Events | Pick<MockS3, 'events'> | Bucket,
  Subject,
  Result,
  'this matcher takes the mock, its events or a bucket: expect(s3)'
>;
type OnBucket<Subject, Result> = On<Bucket, Subject, Result, "this matcher takes a bucket: expect(s3.bucket('vault'))">;
type OnVersions<Subject, Result> = On<
  StackedBucket,
  Subject,
  Result,
  "this matcher takes a bucket: expect(s3.bucket('vault'))"
>;

type OnCaller<Subject, Result> = On<
  AskedCaller,
  Subject,
  Result,
  "this matcher takes an account, a user, a role or a session: expect(s3.account.user('writer'))"
>;

/** The matchers as a test writes them; `Result` is what the runner's `expect(...)` returns, `Subject` what it was given. */
export interface S3Matchers<Result, Subject = unknown> {
  /**
   * A matching request came.
   * @example expect(s3).toHaveReceived('PutObject', { Bucket: 'vault', Key: 'report.pdf' });
   */
  toHaveReceived<Name extends OperationOrAlias>(
    this: OnRequests<Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * Exactly this many matching requests came.
   * @example expect(s3).toHaveReceivedTimes('PutObject', 2, { Bucket: 'vault' });
   */
  toHaveReceivedTimes<Name extends OperationOrAlias>(
    this: OnRequests<Subject, Result>,
    operation: Name,
    times: number,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * The n-th request of that operation, counted from 1, matches.
   * @example expect(s3).toHaveReceivedNth(2, 'PutObject', { Key: 'second.pdf' });
   */
  toHaveReceivedNth<Name extends OperationOrAlias>(
    this: OnRequests<Subject, Result>,
    n: number,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * The last of all requests matches.
   * @example expect(s3).toHaveReceivedLast('PutBucketVersioning');
   */
  toHaveReceivedLast<Name extends OperationOrAlias>(
    this: OnRequests<Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * At least one matching request came, and no other request.
   * @example expect(s3).toHaveReceivedOnly('GetBucketVersioning');
   */
  toHaveReceivedOnly<Name extends OperationOrAlias>(
    this: OnRequests<Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * S3 applied a matching request: it answered 2xx or 304, whether the answer was lost or not. Of a batch, all entries of the expected
   * list were deleted.
   * @example expect(s3).toHaveApplied('DeleteObjects', { Delete: { Objects: [{ Key: 'report.pdf' }] } });
   */
  toHaveApplied<Name extends OperationOrAlias>(
    this: OnRequests<Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * A matching request was refused, by S3 or by `s3.on().fail()`; with this code and this status, if they are given.
   * @example expect(s3).toHaveRefused('PutBucketVersioning', { Bucket: 'vault' }, { code: 'AccessDenied' });
   */
  toHaveRefused<Name extends OperationOrAlias>(
    this: OnRequests<Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
    refusal?: Refusal,
  ): Result;
  /**
   * The mock, or the bucket, sent a matching event; `ObjectCreated:*` is any of a family. Of its members, those that are given have to match:
   * `bucket`, `key`, which is not encoded, `versionId`, `destination`, `configurationId`, `time`, `record` and `document`.
   * @example expect(s3.bucket('vault')).toHaveSent('ObjectRemoved:DeleteMarkerCreated', { key: 'report 1.pdf' });
   */
  toHaveSent(this: OnSender<Subject, Result>, name: EventNameOrFamily, expected?: ExpectedEvent): Result;
  /**
   * The mock, or the bucket, sent exactly this many matching events, one for each destination that asks for it.
   * @example expect(s3).toHaveSentTimes('ObjectCreated:*', 3, { bucket: 'vault' });
   */
  toHaveSentTimes(
    this: OnSender<Subject, Result>,
    name: EventNameOrFamily,
    times: number,
    expected?: ExpectedEvent,
  ): Result;
  /**
   * The bucket's versioning; undefined if it was never set.
   * @example expect(s3.bucket('vault')).toHaveVersioning('Suspended');
   */
  toHaveVersioning(this: OnBucket<Subject, Result>, status: 'Enabled' | 'Suspended' | undefined): Result;
  /**
   * The bucket's MFA Delete; undefined if it was never set.
   * @example expect(s3.bucket('vault')).toHaveMfaDelete('Enabled');
   */
  toHaveMfaDelete(this: OnBucket<Subject, Result>, status: 'Enabled' | 'Disabled' | undefined): Result;
  /**
   * The current version of a key is an object, and matches. An object or a list as body is any part of the JSON in it.
   * @example expect(s3.bucket('vault')).toHaveObject('report.pdf', { body: 'second', metadata: { author: 'ann' } });
   * @example expect(s3.bucket('vault')).toHaveObject('order.json', { body: { id: 7 } });
   */
  toHaveObject(this: OnVersions<Subject, Result>, key: string, expected?: Expected<StoredObject>): Result;
  /**
   * All versions and delete markers of a key match these, oldest first as in the literal of `mockS3`; [] for a key without versions.
   * @example expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', { versionId: 'null' }, deleteMarker]);
   */
  toHaveVersions(
    this: OnVersions<Subject, Result>,
    key: string,
    versions: AsymmetricMatcher | readonly ExpectedVersion[],
  ): Result;
  /**
   * The current version of a key is a delete marker.
   * @example expect(s3.bucket('vault')).toHaveDeleteMarker('report.pdf');
   */
  toHaveDeleteMarker(this: OnVersions<Subject, Result>, key: string): Result;
  /**
   * Replication copied the current version of a key, or the one with an id, and the destination still has it: the status of this copy is
   * COMPLETED. The version may be a delete marker. `to` is the name of the destination, which may be left out if the rules name one only.
   * @example expect(s3.bucket('vault')).toHaveReplicated('report.pdf', { to: 'replica' });
   */
  toHaveReplicated(
    this: OnVersions<Subject, Result>,
    key: string,
    options?: { readonly to?: string | undefined; readonly versionId?: string | undefined },
  ): Result;
  /**
   * A configuration was put on the bucket, and not deleted: with these members, if they are given. What S3 answers while none was put
   * does not count.
   * @example expect(s3.bucket('vault')).toHaveConfiguration('publicAccessBlock', { BlockPublicAcls: true });
   */
  toHaveConfiguration<Name extends keyof ConfigurationFixtures>(
    this: OnBucket<Subject, Result>,
    name: Name,
    expected?: Expected<NonNullable<ConfigurationFixtures[Name]>>,
  ): Result;
  /**
   * The bucket has as many versions, delete markers, uploads and bytes: any members of what `usage` returns, now or with `at` once lifecycle
   * has run until that moment, or for that time from now. It may be among the expected members or the options.
   * @example expect(s3.bucket('vault')).toHaveUsage({ at: { days: 30 }, noncurrent: { count: 0, bytes: 0 } });
   */
  toHaveUsage(
    this: OnVersions<Subject, Result>,
    expected:
      | AsymmetricMatcher
      | (Expected<Omit<BucketUsage, 'before' | 'at'>> & { readonly at?: UsageOptions['at'] | AsymmetricMatcher }),
    options?: UsageOptions,
  ): Result;
  /**
   * The current version of a key, or the one with an id, cannot be deleted at the present time of the mock's clock: it is retained, in
   * either mode or by IBM COS, or under a legal hold.
   * @example expect(s3.bucket('vault')).toBeLocked('report.pdf');
   */
  toBeLocked(this: OnVersions<Subject, Result>, key: string, versionId?: string): Result;
  /**
   * The user, the role, the session, or the account's root user is allowed an action, by policies and ACLs as they are now. No request
   * is made. A resource is a bucket, a bucket and a key, or an ARN.
   * @example expect(s3.account.user('writer')).toAllow('s3:PutObject', 'vault/report.pdf');
   */
  toAllow(this: OnCaller<Subject, Result>, action: ActionName, resource: string, conditions?: AccessConditions): Result;
  /**
   * The user, the role, the session, or the account's root user is denied an action, by a statement or since nothing allows it.
   * @example expect(s3.account.user('writer')).toDeny('s3:DeleteObjectVersion', 'vault/report.pdf');
   */
  toDeny(this: OnCaller<Subject, Result>, action: ActionName, resource: string, conditions?: AccessConditions): Result;
}

type Matcher = (received: unknown, ...expected: readonly unknown[]) => MatcherResult;

/**
 * The matchers for an `expect` that has `extend`. They load no test runner; `s3-versioning-mock/jest` and `s3-versioning-mock/vitest`
 * have extended theirs already.
 *
 * @example
 * import { matchers } from 's3-versioning-mock/matchers';
 *
 * expect.extend(matchers);
 */
export const matchers: Readonly<Record<keyof S3Matchers<void>, Matcher>> = engine.matchers;
