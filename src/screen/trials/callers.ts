import type { RequestEntry } from '../../journal/entry';
import { makeDocument } from '../../model/access/statement';
import type { Caller } from '../../model/identity/account';
import { describeCaller } from '../../model/identity/caller';
import type { Store } from '../../model/store';
import { writeSentence } from '../../text/sentences';
import { writeValue } from '../../text/values';
import { keyOfSession } from '../caller-text';
import { listDeletedObjects } from '../deleted-keys';
import { isMissingRejection } from '../errors';
import type { Asked, Change, Hint } from '../hint';
import { type AssertedObject, findMarkedObject, findMissingObject, findUnwantedObject } from '../library-assertions';
import { namesNoOther } from './cross-origin';
import { isDenialNamed } from './expectation';
import { findLockedBelow } from './locked-keys';
import { withHeader } from './wire';

const MOST = 8;

/** The code has begun a session, and signed with other keys than those that it got. The root user could do nearly all, which is no cure. */
export const tryAnotherCaller: Hint = {
  tries: 'the session that the test has begun, whose keys signed nothing',
  of: 'refused requests',
  changes: (asked) => (asked.entry.error?.code === 'AccessDenied' ? listChanges(asked) : []),
};

function listChanges(asked: Asked): readonly Change[] {
  const { wire, store, entries } = asked;
  const sent = /Credential=([^/,\s]+)/.exec(wire.headers.get('authorization') ?? '')?.[1];
  if (sent === undefined) return [];
  const signing = new Set(entries.map(({ caller }) => (caller === 'anonymous' ? undefined : caller.accessKeyId)));
  const begun = new Set(entries.slice(0, entries.indexOf(asked.entry)).flatMap((one) => keyOfSession(one) ?? []));
  const own = store.findCaller(sent);
  return store.accounts
    .flatMap((account) => account.accessKeyIds.flatMap((key) => account.findCaller(key) ?? []))
    .filter(({ accessKeyId = '' }) => begun.has(accessKeyId) && !signing.has(accessKeyId))
    .slice(-MOST)
    .toReversed()
    .map((caller) => ({
      wire: signedBy(asked, sent, caller),
      says: () =>
        `it would have been answered to ${describeCaller(caller)}, whose keys signed nothing; the client signed as ${own === undefined ? 'nobody whom the mock knows' : describeCaller(own)}: give the credentials of the session to a client, new S3Client({ credentials }).`,
    }));
}

function signedBy({ wire }: Asked, sent: string, { accessKeyId = '', session }: Caller): Change['wire'] {
  const authorization = (wire.headers.get('authorization') ?? '').replace(sent, accessKeyId);
  const changed = { ...wire, ...withHeader(wire, 'authorization', authorization) };
  const token = session?.credentials.sessionToken;
  return { ...withHeader(wire, 'authorization', authorization), ...withHeader(changed, 'x-amz-security-token', token) };
}

/** A new bucket blocks public policies and ACLs, though nobody has written that down. Whoever has put the block means it. */
export const tryWithoutPublicAccessBlock: Hint = {
  tries: 'the bucket without the public access block of new buckets',
  of: 'refused requests',
  changes: ({ entry, store }: Asked) => {
    const { bucket: name = '', error } = entry;
    const bucket = store.buckets.get(name);
    const isNew = bucket !== undefined && bucket.settings.publicAccessBlock === undefined;
    if (error?.code !== 'AccessDenied' || !isNew) return [];
    const change = (copy: Store) => copy.buckets.get(name)?.change({ publicAccessBlock: null });
    return [
      {
        wire: {},
        options: { verifySignatures: 'as the mock', arrange: change },
        says: () =>
          'it would have been answered without the public access block that new buckets have: send DeletePublicAccessBlock before, or give the fixture publicAccessBlock: null.',
      },
    ];
  },
};

/** Whoever declares a user without a policy can mean that it has no rights. */
export const tryEmptyPolicy: Hint = {
  tries: 'a user with an empty policy, where it has none',
  of: 'requests of users that should be refused',
  changes: ({ entry, entries, store, errors }) => {
    const { caller } = entry;
    // Code makes false of an object that is not there.
    if (/^(?:GET|HEAD)$/.test(entry.method) && !errors.some(({ message }) => isMissingRejection(message))) return [];
    const name = caller === 'anonymous' || caller.federatedUser !== undefined ? undefined : caller.user;
    const find = (one: Store) => one.accounts.find(({ id }) => caller !== 'anonymous' && id === caller.account);
    const user = name === undefined ? undefined : find(store)?.findUser(name);
    if (name === undefined || user === undefined || user.isDeclared !== true || entries.at(-1) !== entry) return [];
    if ([user.policy, user.managedPolicies, user.permissionsBoundary].some((one) => one !== undefined)) return [];
    const document = makeDocument({ version: '2012-10-17', id: undefined, statements: [] });
    return [
      {
        wire: {},
        options: {
          verifySignatures: 'as the mock',
          arrange: (copy) => find(copy)?.changeUser(name, { policy: { name: undefined, text: '', document } }),
        },
        says: ({ status, code }) =>
          `user ${name} sent it, and has no policy in this mock, so it can do everything that its account can. If it should have no rights, give it policy: { Version: '2012-10-17', Statement: [] }, with which it would have been refused: ${status} ${code}.`,
      },
    ];
  },
  succeeds: ({ code }) => code === 'AccessDenied',
};

/** The fixture has users, and the code signs with keys of nobody, so that the root user sends what the test expects a user to send. */
export const tryUserOfFixture: Hint = {
  tries: 'a user of the fixture that sent nothing',
  of: 'requests of the root user that should be refused',
  changes: (asked) => {
    const { entry, entries, store, wire } = asked;
    const { caller } = entry;
    const { id, users } = store.defaultAccount;
    const authorization = wire.headers.get('authorization') ?? '';
    const sent = /Credential=([^/,\s]+)/.exec(authorization)?.[1];
    const isMeant = isDenialMeant(asked);
    if (sent === undefined || caller === 'anonymous' || entries.at(-1) !== entry) return [];
    if (caller.account !== id || !isOfRoot(entry)) return [];
    if (isOfFailure(asked) || (!isMeant && !(entries.every(isOfRoot) && isLikeDenial(asked)))) return [];
    // Another protection can be meant, as well.
    const isCertain = isMeant && !isProtectedOtherwise(asked);
    // Who acts decides for the keys of the environment, and for keys that belong to nobody.
    const isGiven =
      sent !== store.environmentCredentials.accessKeyId &&
      store.accounts.some(({ accessKeyIds }) => accessKeyIds.includes(sent));
    const acting = new Set(entries.map(({ caller: one }) => (one === 'anonymous' ? undefined : one.user)));
    return users
      .filter(({ name }) => !acting.has(name))
      .slice(0, MOST)
      .map(({ name, credentials: { accessKeyId } }) => ({
        wire: withHeader(wire, 'authorization', authorization.replace(sent, accessKeyId)),
        says: ({ status, code }) => {
          const cure = isGiven
            ? `give the client its keys: s3.account.user(${writeValue(name)}).credentials`
            : `make it the caller: s3.actAs(${writeValue(name)}), or the option caller: ${writeValue(name)}`;
          return `the root user sent it, who can do everything, and user ${name} sent no request of this test. By user ${name} it would have been refused: ${status} ${code}. ${isCertain ? writeSentence(cure) : `If the test is about that user, ${cure}.`}`;
        },
      }));
  },
  succeeds: ({ code }) => code === 'AccessDenied',
};

/** Whether a test waits for an error that can be a denial, or names one. Code makes false of much else, such as an object that is not there. */
function isDenialMeant({ errors, compared }: Asked): boolean {
  return (
    errors.some(({ message }) => isMissingRejection(message) && namesNoOther(message)) ||
    errors.some(({ message }) => message.startsWith('Expected S3 to refuse ')) ||
    compared.some(({ expected }) => expected.has('AccessDenied') || expected.has('403'))
  );
}

/** Whether a test can wait for a failure that it has ordered, which no request met, or which its code has caught. */
export function isOfFailure({ entry, entries, hasMissedRule }: Asked): boolean {
  return hasMissedRule || entries.some(({ operation, error }) => operation === entry.operation && error !== undefined);
}

/** Whether a test expects what a denial can have led to: a word of the code, or the state before the request. */
function isLikeDenial(asked: Asked): boolean {
  return !isProtectedOtherwise(asked) && (asked.compared.some(isDenialNamed) || isStateBefore(asked));
}

/** Whether the test can expect that something else than the rights of a user protects the object. */
function isProtectedOtherwise(asked: Asked): boolean {
  const bucket = asked.store.buckets.get(asked.entry.bucket ?? '');
  return (
    bucket?.settings.policy !== undefined ||
    bucket?.versioning.MFADelete === 'Enabled' ||
    findLockedBelow(asked) !== undefined
  );
}

/** Whether the test misses an object that the request deleted, or has one too many that the request wrote. Code that changes more can have changed too much. */
function isStateBefore({ entry, entries, errors, store, versionChanges }: Asked): boolean {
  const { bucket = '', key = '' } = entry;
  if (entries.some((one) => one !== entry && one.method !== 'GET' && one.method !== 'HEAD')) return false;
  const isOfEntry = (object: AssertedObject | undefined) => object?.bucket === bucket && object.key === key;
  if (isOfEntry(findMissingObject(errors)) || isOfEntry(findMarkedObject(errors)))
    return listDeletedObjects({ store, versionChanges }, bucket, 'DeleteObject').has(key);
  const changes = [...versionChanges.of(bucket, key)];
  const versions = [...(store.buckets.get(bucket)?.versions.of(key) ?? [])];
  return isOfEntry(findUnwantedObject(errors)) && changes.length === 1 && versions.length === 1;
}

/** Whether the root user of an account sent a request, and no user, role or federated user. */
export function isOfRoot({ caller }: Pick<RequestEntry, 'caller'>): boolean {
  if (caller === 'anonymous') return false;
  const { user, role, federatedUser } = caller;
  return user === undefined && role === undefined && federatedUser === undefined;
}
