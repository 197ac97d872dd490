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
import type { AccountHandle } from '../preset/account-handle';
import type { BucketHandle } from '../preset/bucket-handle';
import type { ConfigurationFixtures } from '../preset/configurations';
import type { ActionName, Permission } from '../preset/permission';
import type { BucketUsage, UsageOptions } from '../preset/usage';
import type { StoredObject } from '../preset/version-copies';
import type { AsymmetricMatcher } from '../text/value-kinds';

export type { MatcherResult };

type Bucket = Pick<BucketHandle, 'name' | 'versioning' | 'mfaDelete'>;

/** The subjects of matchers, each with the words that the compiler quotes for a wrong subject. */
interface Subjects {
  requests: [Journal | Pick<MockS3, 'requests'>, 'this matcher takes the mock or its requests: expect(s3)'];
  sender: [Events | Pick<MockS3, 'events'> | Bucket, 'this matcher takes the mock, its events or a bucket: expect(s3)'];
  bucket: [Bucket, "this matcher takes a bucket: expect(s3.bucket('vault'))"];
  configured: [
    Bucket | Pick<AccountHandle, 'canonicalId' | 'publicAccessBlock'>,
    "this matcher takes a bucket: expect(s3.bucket('vault')), or an account: expect(s3.account)",
  ];
  versions: [Bucket & Pick<BucketHandle, 'versions'>, "this matcher takes a bucket: expect(s3.bucket('vault'))"];
  caller: [
    { may(action: ActionName, resource: string, conditions?: AccessConditions): Permission },
    "this matcher takes an account, a user, a role or a session: expect(s3.account.user('writer'))",
  ];
}

/**
 * The `this` of a matcher. On a wrong subject the compiler refuses the call and quotes the words. It accepts `any`, `unknown` and a union
 * that includes a right subject. After `resolves`, which returns a promise, the subject is the value of the promise.
 */
type On<Kind extends keyof Subjects, Subject, Result> = unknown extends Subject
  ? unknown
  : ([Result] extends [Promise<unknown>] ? Awaited<Subject> : Subject) extends infer Given
    ? Given extends Subjects[Kind][0]
      ? unknown
      : { readonly [word in Subjects[Kind][1]]: never }
    : never;

/** The matchers as types. `Result` is the type of what a matcher returns, `Subject` the type of the value in `expect(...)`. */
export interface S3Matchers<Result, Subject = unknown> {
  /**
   * At least one matching request came, whether S3 applied or refused it.
   * @example expect(s3).toHaveReceived('PutObject', { Bucket: 'vault', Key: 'report.pdf' });
   */
  toHaveReceived<Name extends OperationOrAlias>(
    this: On<'requests', Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * Exactly this many matching requests came.
   * @example expect(s3).toHaveReceivedTimes('PutObject', 2, { Bucket: 'vault' });
   */
  toHaveReceivedTimes<Name extends OperationOrAlias>(
    this: On<'requests', Subject, Result>,
    operation: Name,
    times: number,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * The n-th request of the operation matches. The first request has the number 1.
   * @example expect(s3).toHaveReceivedNth(2, 'PutObject', { Key: 'second.pdf' });
   */
  toHaveReceivedNth<Name extends OperationOrAlias>(
    this: On<'requests', Subject, Result>,
    n: number,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * The last of all requests matches.
   * @example expect(s3).toHaveReceivedLast('PutBucketVersioning');
   */
  toHaveReceivedLast<Name extends OperationOrAlias>(
    this: On<'requests', Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * At least one matching request came, and no other request.
   * @example expect(s3).toHaveReceivedOnly('GetBucketVersioning');
   */
  toHaveReceivedOnly<Name extends OperationOrAlias>(
    this: On<'requests', Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * S3 applied a matching request, that is, answered 2xx or 304, even if the answer was lost. For a batch, S3 deleted all entries of the
   * expected list.
   * @example expect(s3).toHaveApplied('DeleteObjects', { Delete: { Objects: [{ Key: 'report.pdf' }] } });
   */
  toHaveApplied<Name extends OperationOrAlias>(
    this: On<'requests', Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
  ): Result;
  /**
   * A matching request was refused, by S3 or by `s3.on().fail()`. If you expect a code or a status, the refusal contains it.
   * @example expect(s3).toHaveRefused('PutBucketVersioning', { Bucket: 'vault' }, { code: 'AccessDenied' });
   */
  toHaveRefused<Name extends OperationOrAlias>(
    this: On<'requests', Subject, Result>,
    operation: Name,
    input?: ExpectedInput<Name>,
    refusal?: Refusal,
  ): Result;
  /**
   * The versioning of the bucket has this status. `undefined` means that it was never set.
   * @example expect(s3.bucket('vault')).toHaveVersioning('Suspended');
   */
  toHaveVersioning(this: On<'bucket', Subject, Result>, status: 'Enabled' | 'Suspended' | undefined): Result;
  /**
   * The MFA Delete of the bucket has this status. `undefined` means that it was never set.
   * @example expect(s3.bucket('vault')).toHaveMfaDelete('Enabled');
   */
  toHaveMfaDelete(this: On<'bucket', Subject, Result>, status: 'Enabled' | 'Disabled' | undefined): Result;
  /**
   * A configuration was put on the bucket and not deleted. If you pass members, the configuration contains them. A default of S3 is not a
   * configuration that was put. An account has one configuration, its publicAccessBlock.
   * @example expect(s3.bucket('vault')).toHaveConfiguration('publicAccessBlock', { BlockPublicAcls: true });
   */
  toHaveConfiguration<Name extends keyof ConfigurationFixtures>(
    this: On<'configured', Subject, Result>,
    name: Name,
    expected?: Expected<NonNullable<ConfigurationFixtures[Name]>>,
  ): Result;
  /**
   * The current version of a key is an object, and it matches. If the expected body is an object or a list, it must be a part of the JSON
   * in the bytes.
   * @example expect(s3.bucket('vault')).toHaveObject('report.pdf', { body: 'second', metadata: { author: 'ann' } });
   * @example expect(s3.bucket('vault')).toHaveObject('order.json', { body: { id: 7 } });
   */
  toHaveObject(this: On<'versions', Subject, Result>, key: string, expected?: Expected<StoredObject>): Result;
  /**
   * A key has exactly these versions and delete markers, oldest first as in a fixture. `[]` means that the key has none.
   * @example expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', { versionId: 'null' }, deleteMarker]);
   */
  toHaveVersions(
    this: On<'versions', Subject, Result>,
    key: string,
    versions: AsymmetricMatcher | readonly ExpectedVersion[],
  ): Result;
  /**
   * The current version of a key is a delete marker.
   * @example expect(s3.bucket('vault')).toHaveDeleteMarker('report.pdf');
   */
  toHaveDeleteMarker(this: On<'versions', Subject, Result>, key: string): Result;
  /**
   * The current version of a key, or the version with an id, cannot be deleted now, by the mock's clock: it has a retention, in either mode
   * or IBM COS's, or a legal hold.
   * @example expect(s3.bucket('vault')).toBeLocked('report.pdf');
   */
  toBeLocked(this: On<'versions', Subject, Result>, key: string, versionId?: string): Result;
  /**
   * S3 sent a matching event. If you pass a bucket to `expect`, this bucket sent it. `ObjectCreated:*` matches any event of the family.
   * You can expect these members: `bucket`, `key`, which is not encoded, `versionId`, `destination`, `configurationId`, `time`, `record`
   * and `document`.
   * @example expect(s3.bucket('vault')).toHaveSent('ObjectRemoved:DeleteMarkerCreated', { key: 'report 1.pdf' });
   */
  toHaveSent(this: On<'sender', Subject, Result>, name: EventNameOrFamily, expected?: ExpectedEvent): Result;
  /**
   * S3 sent exactly this many matching events. If you pass a bucket to `expect`, this bucket sent them. If the configuration sends an
   * event to several destinations, each of them counts.
   * @example expect(s3).toHaveSentTimes('ObjectCreated:*', 3, { bucket: 'vault' });
   */
  toHaveSentTimes(
    this: On<'sender', Subject, Result>,
    name: EventNameOrFamily,
    times: number,
    expected?: ExpectedEvent,
  ): Result;
  /**
   * Replication copied the current version of a key, or the version with an id. The status of the copy is COMPLETED, and the destination
   * still contains it. The version can be a delete marker. `to` is the name of the destination. You can leave it out if the rules name only
   * one destination.
   * @example expect(s3.bucket('vault')).toHaveReplicated('report.pdf', { to: 'replica' });
   */
  toHaveReplicated(
    this: On<'versions', Subject, Result>,
    key: string,
    options?: { readonly to?: string | undefined; readonly versionId?: string | undefined },
  ): Result;
  /**
   * The user, the role, the session or the account's root user can carry out an action, by policies and ACLs as they are now. No request is
   * made. A resource is a bucket, a bucket and a key, or an ARN.
   * @example expect(s3.account.user('writer')).toAllow('s3:PutObject', 'vault/report.pdf');
   */
  toAllow(
    this: On<'caller', Subject, Result>,
    action: ActionName,
    resource: string,
    conditions?: AccessConditions,
  ): Result;
  /**
   * The user, the role, the session or the account's root user cannot carry out an action: a statement denies it, or nothing allows it.
   * @example expect(s3.account.user('writer')).toDeny('s3:DeleteObjectVersion', 'vault/report.pdf');
   */
  toDeny(
    this: On<'caller', Subject, Result>,
    action: ActionName,
    resource: string,
    conditions?: AccessConditions,
  ): Result;
  /**
   * The bucket contains this many versions, delete markers, uploads and bytes. You can expect any members of what `usage` returns. `at`,
   * among them or among the options, is a moment, or a time from now, until which lifecycle runs first.
   * @example expect(s3.bucket('vault')).toHaveUsage({ at: { days: 30 }, noncurrent: { count: 0, bytes: 0 } });
   */
  toHaveUsage(
    this: On<'versions', Subject, Result>,
    expected:
      | AsymmetricMatcher
      | (Expected<Omit<BucketUsage, 'before' | 'at'>> & { readonly at?: UsageOptions['at'] | AsymmetricMatcher }),
    options?: UsageOptions,
  ): Result;
}

type Matcher = (received: unknown, ...expected: readonly unknown[]) => MatcherResult;

/**
 * The matchers for an `expect` that has `extend`. They load no test runner. `s3-versioning-mock/jest` and `s3-versioning-mock/vitest`
 * extend the `expect` of their runner themselves.
 *
 * @example
 * import { matchers } from 's3-versioning-mock/matchers';
 *
 * expect.extend(matchers);
 */
export const matchers: Readonly<Record<keyof S3Matchers<void>, Matcher>> = engine.matchers;
