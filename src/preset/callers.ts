import type { ActionName } from '../model/access/actions';
import type { Account, Caller } from '../model/identity/account';
import { writeCallerArn } from '../model/identity/caller';
import { defaultSessionName, type Session, type SessionCredentials } from '../model/identity/session';
import type { Store } from '../model/store';
import { S3MockError } from '../s3-mock-error';
import { expecting, matching, readBy, shapeOf } from '../shapes/given';
import { readOptions } from '../shapes/given-reader';
import { boolean } from '../shapes/values';
import {
  type Closing,
  closeClass,
  closeMembers,
  makeRefusals,
  refuseUncalled,
  type Uncalled,
} from '../text/closed-members';
import { refuseFurtherArguments, type TakenArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';
import { type Duration, readDuration } from '../text/moments';
import { type AccessConditions, type RequestConditions, readSetConditions } from './access-conditions';
import { readCallerTags } from './account-fixture';
import type { TagsFixture } from './parts/tagging';
import { decidePermission, type Permission } from './permission';
import { type PolicyLiteral, readInlinePolicy } from './policy';

/** What acts by the handles of a mock. */
export class Callers {
  readonly #store: () => Store;
  readonly #byHandle = new WeakMap<object, Actor>();

  constructor(store: () => Store) {
    this.#store = store;
  }

  get store(): Store {
    return this.#store();
  }

  add(handle: object, parts: ActorParts): Actor {
    const actor = new Actor(this, parts);
    this.#byHandle.set(handle, actor);
    return actor;
  }

  find(handle: unknown): Caller | undefined {
    return typeof handle === 'object' && handle !== null ? this.#byHandle.get(handle)?.caller : undefined;
  }
}

interface ActorParts {
  readonly caller: Caller & { readonly account: Account };
  /** The words with which messages begin: `user 'ann'`. */
  readonly label: string;
  /** Whether its account still has it. */
  readonly isPresent: () => boolean;
  /** Says what a reset did to it, and what to do. */
  readonly removed: string;
}

/** Who acts by a handle: a root user, another user, a role or a session. */
export class Actor {
  readonly #callers: Callers;
  readonly #parts: ActorParts;

  constructor(callers: Callers, parts: ActorParts) {
    this.#callers = callers;
    this.#parts = parts;
  }

  get label(): string {
    return this.#parts.label;
  }

  get store(): Store {
    return this.#callers.store;
  }

  get caller(): ActorParts['caller'] {
    this.check();
    return this.#parts.caller;
  }

  /** Throws if a reset removed it. */
  check(): void {
    const { caller, label, isPresent, removed } = this.#parts;
    if (this.store.accounts.includes(caller.account) && isPresent()) return;
    throw new S3MockError('REMOVED', `${label}: ${removed}`);
  }

  may(action: ActionName, resource: string, conditions: AccessConditions | undefined): Permission {
    return decidePermission(this.store, this.caller, this.label, { action, resource, conditions });
  }

  /** Begins a session with the credentials and rights that STS would issue (F498). `lasts` is the usual time. */
  session(lasts: Duration, options: RoleSessionOptions = {}): SessionHandle {
    const { account, user, role } = this.caller;
    const at = `${this.label}: session`;
    const { members } = role === undefined ? sessionShape : roleSessionShape;
    const { expiresIn = readDuration(lasts, at), ...read } = readOptions(members, options, { at, now: 0 });
    const own = { name: role === undefined ? undefined : defaultSessionName, user, role };
    const session = account.beginSession({ ...own, ...byDefault, ...read, lasts: expiresIn });
    return new SessionHandle(this.#callers, account, session);
  }
}

/** The options of a session. All are optional. */
export interface SessionOptions {
  /**
   * The value of `aws:MultiFactorAuthPresent` in its requests. On AWS, the value is `true` if GetSessionToken began the session with an MFA
   * code, or if such a session assumed the role. After any other AssumeRole, even with an MFA code, it is `false`. Default `false`.
   */
  readonly mfa?: boolean | undefined;
  /**
   * A policy that limits the session: the document as an object, or its JSON. The session can do what both this policy and its owner's
   * rights allow.
   */
  readonly policy?: PolicyLiteral | string | undefined;
  /**
   * The time until its credentials expire, by the mock's clock; a number is seconds. Default `{ hours: 12 }`, for a role `{ hours: 1 }`.
   */
  readonly expiresIn?: Duration | number | undefined;
  /**
   * Values of condition keys in its requests, such as `{ 'aws:SourceVpc': 'vpc-1' }`; for a role's session also keys of an identity
   * provider, `{ 'cognito-identity.amazonaws.com:sub': 'eu-west-1:4f0c' }`. They take precedence over the conditions of the user, the role
   * and the mock.
   */
  readonly conditions?: RequestConditions | undefined;
}

/** The options of a role's session. All are optional. */
export interface RoleSessionOptions extends SessionOptions {
  /** The name of the session, the last part of its ARN. Default `session`. */
  readonly name?: string | undefined;
  /** Tags of the session, `{ team: 'archive' }`, in addition to the tags of the role. A tag replaces the role's tag with the same key. */
  readonly tags?: TagsFixture | undefined;
}

const sessionShape = makeSessionShape(false);

const roleSessionShape = shapeOf<RoleSessionOptions>()({
  name: matching(/^[\w+=,.@-]{2,64}$/, '2 to 64 letters, digits or any of _+=,.@-'),
  tags: readBy(readCallerTags),
  ...makeSessionShape(true).members,
});

function makeSessionShape(isOfRole: boolean) {
  return shapeOf<SessionOptions>()({
    mfa: expecting(boolean, 'true or false'),
    policy: readBy(readInlinePolicy),
    expiresIn: readBy(readLength),
    conditions: readBy((at, given: RequestConditions) => readSetConditions(at, given, isOfRole)),
  });
}

const byDefault = { mfa: false, policy: undefined, tags: [], conditions: new Map<never, never>() };

function readLength(at: string, given: Duration | number): number {
  const length = readDuration(typeof given === 'number' ? { seconds: given } : given, `${at}: expiresIn`);
  if (length > 0) return length;
  throw invalidValue(at, 'expiresIn', given, 'more than no time, such as { minutes: 15 }');
}

const mayUncalled: Uncalled = ["may('s3:GetObject', 'vault/report.pdf')", ['allowed', 'by']];

/** A session: temporary credentials and their rights. Pass it as the SDKs' `credentials` option. */
export class SessionHandle implements SessionCredentials {
  /** The credentials: `accessKeyId`, `secretAccessKey`, `sessionToken`, `expiration`. */
  readonly credentials: SessionCredentials;
  /**
   * Its ARN, by which S3's refusals name it: `arn:aws:sts::000000000000:assumed-role/deployer/session`. The ARN of a user's session is the
   * user's ARN.
   */
  readonly arn: string;
  /** The time at which its credentials expire, by the mock's clock. */
  readonly expiration: Date;
  readonly #credentials: SessionCredentials;
  readonly #actor: Actor;

  static {
    closeClass(SessionHandle.prototype, { label: labelOf });
    refuseUncalled(SessionHandle.prototype, 'session', { may: mayUncalled });
  }

  /** @internal */
  constructor(callers: Callers, account: Account, session: Session) {
    const { credentials, user, role } = session;
    const { accessKeyId, expiration } = credentials;
    const caller = { account, user, role, accessKeyId, session };
    this.credentials = credentials;
    this.arn = writeCallerArn(account, caller, 'aws');
    this.expiration = expiration;
    this.#credentials = credentials;
    this.#actor = callers.add(this, {
      caller,
      label: labelOf(this),
      isPresent: () => account.findSession(accessKeyId) === session,
      removed: 'a reset ended it. Begin another session.',
    });
    closeMembers(this);
    // The AWS SDK v3 writes into this member of the credentials that it is given.
    Object.defineProperty(this, '$source', { value: {} });
  }

  /** The public part of the pair: `ASIA...`. */
  get accessKeyId(): string {
    return this.#credentials.accessKeyId;
  }

  /** The secret part of the pair. The client signs requests with it. */
  get secretAccessKey(): string {
    return this.#credentials.secretAccessKey;
  }

  /** The token that is sent with each request, as `x-amz-security-token`. */
  get sessionToken(): string {
    return this.#credentials.sessionToken;
  }

  /**
   * Returns whether the session can carry out an action now, and the statement that decides. The session need not have been used, and no
   * request is made.
   *
   * @example
   * expect(session.may('s3:PutObject', 'vault/report.pdf')).toMatchObject({ allowed: true });
   */
  may(action: ActionName, resource: string, conditions?: AccessConditions): Permission {
    return this.#actor.may(action, resource, conditions);
  }

  /** Returns the session as JSON: `arn` and `expiration`, but no credentials. */
  toJSON(): { readonly arn: string; readonly expiration: string } {
    return { arn: this.arn, expiration: this.expiration.toISOString() };
  }
}

function labelOf({ arn }: SessionHandle): string {
  return `session of ${arn}`;
}

const callerArguments: Readonly<Record<string, TakenArguments>> = {
  session: [1, () => 'options alone, such as { mfa: true, expiresIn: { minutes: 15 } }'],
  may: [3, () => 'an action, a resource and conditions'],
};

/**
 * The names that tests look for on a function: a client whose credentials are undefined acts as somebody else, most often as the root user.
 */
export const keyNames = ['credentials', 'accessKeyId', 'secretAccessKey', 'sessionToken'] as const;

export function refuseKeysOfFunction<T extends object>(holder: T, name: keyof T & string, right: string): void {
  const method: unknown = holder[name];
  if (typeof method === 'function')
    Object.defineProperties(method, makeRefusals(name, keyNames, `it is a function. Call it: ${right}.`));
}

/** Closes a class of handles that act and begin sessions. */
export function closeCaller<Handle extends { readonly session: unknown }>(
  prototype: Handle,
  closing: Closing<Handle> & { readonly label: (handle: Handle) => string },
  methods: Readonly<Record<string, TakenArguments>> = {},
): void {
  const { label } = closing;
  closeClass(prototype, closing);
  refuseFurtherArguments(prototype, label, { ...callerArguments, ...methods });
  refuseUncalled(prototype, 'user', { may: mayUncalled });
  refuseKeysOfFunction(prototype, 'session', 'session().credentials');
}
