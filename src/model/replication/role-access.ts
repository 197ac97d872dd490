import { type AccessRequest, decideAccess, isUnlimited } from '../access/access';
import type { ActionName } from '../access/actions';
import { makeKeyReader } from '../access/condition-key-values';
import { goesWith } from '../access/condition-keys';
import { describeDecision } from '../access/decision-text';
import { readResourceTag } from '../access/resource-tags';
import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import { serviceOf } from '../configurations/services';
import type { Caller } from '../identity/account';
import { identityOf } from '../identity/caller';
import type { Store } from '../store';
import type { Version } from '../versions/version';
import type { ReplicationTask } from './replication-task';
import { callerOfCopies, isOfStrangeAccount } from './role';

/** A copy of a version by a rule, as policies see it. */
export interface Copying {
  readonly task: ReplicationTask;
  readonly version: Version;
  readonly rule: ReplicationRule;
}

/** Why a role may not do something. */
interface Objection {
  readonly why: string;
  /** Whether a policy denies it; else none allows it. */
  readonly isDenied: boolean;
}

type AccessStore = Pick<Store, 'accounts' | 'clock' | 'sseC' | 'versionIds'>;

/** The rights of the role of a configuration, by its policies and those of the buckets. */
export class RoleAccess {
  readonly #store: AccessStore;
  readonly #source: Bucket;
  readonly #arn: string;
  readonly #isOfStrangeAccount: boolean;
  #caller: Caller | undefined;

  constructor(store: AccessStore, source: Bucket, arn: string) {
    this.#store = store;
    this.#source = source;
    this.#arn = arn;
    this.#isOfStrangeAccount = isOfStrangeAccount(store, arn);
  }

  /** Why the role may not carry out an action on a bucket, or on the version that is copied; undefined if it may. */
  objectionTo(action: ActionName, bucket: Bucket, copying?: Copying): Objection | undefined {
    const isOwn = this.#isOfStrangeAccount && bucket.owner === this.#source.owner;
    // Nothing can deny it, and a caller of such an account is made for each copy.
    if (isOwn && bucket.policy === undefined) return undefined;
    const caller = this.#callerOfCopies();
    const service = serviceOf(bucket);
    if (isUnlimited(caller, bucket, service)) return undefined;
    const { key, versionId } = copying?.task ?? {};
    const asked = { caller, action, bucket, key, versionId };
    const store = this.#store;
    const request: AccessRequest = {
      ...asked,
      conditions: (name) =>
        findValues(name, { ...asked, copying }) ?? readResourceTag(name, { ...asked, store, service }),
    };
    const decision = decideAccess(request, { store, service });
    const isDenied = decision.by.kind === 'statement' && !decision.allowed;
    if (decision.allowed || (isOwn && !isDenied)) return undefined;
    const sentence = describeDecision(decision, caller, store.accounts);
    return { why: sentence.includes(action) ? sentence : `${action}: ${sentence}`, isDenied };
  }

  #callerOfCopies(): Caller {
    this.#caller ??= callerOfCopies(this.#store, this.#source, this.#arn);
    return this.#caller;
  }
}

/** What S3 asks of itself, as the condition keys see it. */
interface QuestionOfCopy extends Omit<AccessRequest, 'conditions'> {
  readonly copying: Copying | undefined;
}

const readKey = makeKeyReader<QuestionOfCopy>({
  'aws:securetransport': () => 'true',
  'aws:requestedregion': ({ bucket }) => bucket?.region,
  's3:versionid': ({ versionId }) => versionId,
  's3:x-amz-server-side-encryption': (question) => encryptionOf(question)?.ServerSideEncryption,
  's3:x-amz-server-side-encryption-aws-kms-key-id': (question) =>
    encryptionOf(question)?.SSEKMSKeyId && question.copying?.rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID,
  's3:x-amz-server-side-encryption-customer-algorithm': (question) => encryptionOf(question)?.SSECustomerAlgorithm,
});

function encryptionOf({ copying }: QuestionOfCopy) {
  return copying?.version.content?.encryption;
}

/** The condition keys that a request of S3 to itself has: no address, no network and no agent of a client (F886). */
function findValues(key: string, question: QuestionOfCopy): readonly string[] | undefined {
  if (key.startsWith('s3:') && !goesWith(key, { name: question.action })) return undefined;
  // Those of the mock as a whole are of the requests that a test sends.
  return identityOf(question.caller)?.conditions.get(key)?.values ?? readKey(key, question);
}
