import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { AccountHandle, MockS3, MockS3Options, UserHandle } from '../../src';
import { policyOf } from './policy';

export type Step = (client: S3Client) => Promise<unknown>;
const Bucket = 'demo';

const sending =
  <Values extends readonly unknown[]>(commandOf: (...values: Values) => object) =>
  (...values: Values): Step =>
  (client) =>
    client.send(commandOf(...values) as PutObjectCommand); // the commands differ in their types only

export const get = sending(
  (Key: string, versionId?: () => string) => new GetObjectCommand({ Bucket, Key, VersionId: versionId?.() }),
);
export const remove = sending(
  (Key: string, versionId?: () => string) => new DeleteObjectCommand({ Bucket, Key, VersionId: versionId?.() }),
);
export const put = sending(
  (Key: string, more: Partial<PutObjectCommandInput> = {}) =>
    new PutObjectCommand({ Bucket, Key, Body: 'data', ...more }),
);
export const list = sending(
  (more: Partial<ListObjectsV2CommandInput> = {}) => new ListObjectsV2Command({ Bucket, ...more }),
);
export const copy = sending((CopySource: string) => new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
export const tag = sending((Key: string, ...names: readonly string[]) => {
  const TagSet = names.map((name) => ({ Key: name, Value: 'any' }));
  return new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } });
});
export const tags = sending((Key: string) => new GetObjectTaggingCommand({ Bucket, Key }));
export const retain = sending((days: number) => {
  const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date(Date.now() + days * 86_400_000) } as const;
  return new PutObjectRetentionCommand({ Bucket, Key: 'plain.txt', Retention });
});
export const setVersioning = sending(
  (Status: 'Enabled' | 'Suspended') => new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }),
);
export const versions = sending(() => new ListObjectVersionsCommand({ Bucket }))();
export const listBuckets = sending(() => new ListBucketsCommand({}))();

export const browse =
  (referer?: string): Step =>
  async () => {
    const answer = await fetch('https://demo.s3.amazonaws.com/plain.txt', { headers: referer ? { referer } : {} });
    if (answer.ok) return;
    const [, message] = /<Message>(.*)<\/Message>/.exec(await answer.text()) ?? [];
    throw Object.assign(new Error(message), { $metadata: { httpStatusCode: answer.status } });
  };

/** The ends of S3's refusals: of a Deny of the bucket policy, of a user without an Allow, and of other accounts and the anonymous. */
export const forbidden = 'with an explicit deny in a resource-based policy';
export const unallowed = 'because no identity-based policy';
export const refused = 'Access Denied';
export const done = 'done';

const long = /^User: \S+ is not authorized .*? (with an explicit deny in .*|because no \S+ policy)/;

/** `done`, or why S3 refuses it with 403. */
export async function outcomeOf(client: S3Client | undefined, step: Step): Promise<string> {
  if (client === undefined) throw new Error('the test has no caller of this name');
  try {
    await step(client);
    return done;
  } catch (error) {
    const { $metadata, message } = error as { $metadata?: { httpStatusCode: number }; message: string }; // An error of the SDK.
    if ($metadata?.httpStatusCode !== 403) throw error;
    return long.exec(message)?.[1] ?? message;
  }
}

export const objects = 'arn:aws:s3:::demo/*';
export const itself = 'arn:aws:s3:::demo';
export const everything = { Resource: [itself, objects] } as const;
export const allow = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action,
  Resource: objects,
  ...more,
});
export const deny = (Action: string, Condition: object, more: object = {}) => ({
  ...allow(Action, more),
  Effect: 'Deny',
  Condition,
});

export const arnOfAnn = { AWS: 'arn:aws:iam::000000000000:user/ann' } as const;
export const kms = { ServerSideEncryption: 'aws:kms' } as const;

type Row = readonly [caller: string, step: Step, outcome: string];

export interface Example {
  readonly title: string;
  /** Statements of the bucket policy, or of the user's. */
  readonly policy: readonly object[];
  readonly rows: readonly Row[];
}

export const rowsOf = ({ rows }: Example) => rows.map(([caller, step, outcome], at) => ({ at, caller, step, outcome }));

export const demo: MockS3Options = {
  sourceIp: '192.0.2.7',
  buckets: {
    demo: {
      objectLock: true,
      publicAccessBlock: null,
      ownershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      objects: { 'plain.txt': 'plain', 'live.txt': { body: 'live', tags: { environment: 'production' } } },
    },
  },
};

const nothing = { policy: policyOf({ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }) };
const by = (credentials: NonNullable<S3ClientConfig['credentials']>, more: S3ClientConfig = {}) =>
  new S3Client({ credentials, ...more });
const unsigned = { signer: { sign: async (request: object) => request } } as S3ClientConfig; // A signer that signs nothing lacks the SDK's own type.

export const clientsOf = (user: UserHandle): Readonly<Record<string, S3Client>> => ({
  'the user': by(user.credentials),
  'a session of the user': by(user.session().credentials),
  'a session of the user with MFA': by(user.session({ mfa: true }).credentials),
});

export class DocumentedScene {
  readonly partner: AccountHandle;
  readonly #s3: MockS3;
  readonly #administrator: UserHandle;
  readonly #ann: UserHandle;

  constructor(s3: MockS3) {
    this.#s3 = s3;
    this.partner = s3.createAccount('partner');
    this.#administrator = s3.account.user('administrator');
    this.#ann = s3.account.user('ann', nothing);
  }

  async setPolicy({ policy }: Example): Promise<void> {
    const Policy = JSON.stringify(policyOf(...policy));
    await by(this.#s3.account.credentials).send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }

  outcomeOf(caller: string, step: Step): Promise<string> {
    return outcomeOf(this.#callers[caller]?.(), step);
  }

  readonly #callers: Readonly<Record<string, () => S3Client>> = {
    root: () => by(this.#s3.account.credentials),
    'a limited user': () => by(this.#ann.credentials),
    'a free user': () => by(this.#administrator.credentials),
    'a free user without TLS': () =>
      by(this.#administrator.credentials, { endpoint: 'http://s3.us-east-1.amazonaws.com' }),
    'a session with MFA': () => by(this.#administrator.session({ mfa: true }).credentials),
    'a session with old MFA': () => {
      const { credentials } = this.#administrator.session({ mfa: true });
      this.#s3.clock.advance({ minutes: 61 });
      return by(credentials);
    },
    'a session without MFA': () => by(this.#administrator.session().credentials),
    partner: () => by(this.partner.credentials),
    'a user of the partner': () => by(this.partner.user('dave').credentials),
    'a limited user of the partner': () => by(this.partner.user('eve', nothing).credentials),
    anyone: () => new S3Client(unsigned),
  };
}
