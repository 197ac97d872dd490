import type { Credentials, Dialect, MfaDeleteStatus, MockS3, VersioningStatus } from 's3-versioning-mock';
import type { ObjectClient } from './object-client';

/** What not every client can ask for. */
export type Ability = 'mfa' | 'list' | 'locate' | 'delete' | 'anyBody' | 'listObjects';

/** A bucket's versioning as a client reads it. */
export interface Versioning {
  readonly Status?: VersioningStatus | undefined;
  readonly MFADelete?: MfaDeleteStatus | undefined;
}

/** What all clients can be asked in the same words; each adapter says it in its client's own. */
export interface StoryClient extends ObjectClient {
  putVersioning(bucket: string, change: Versioning, mfa?: string): Promise<unknown>;
  getVersioning(bucket: string): Promise<Versioning>;
  createBucket(bucket: string): Promise<unknown>;
  /** Whether there is such a bucket. */
  headBucket(bucket: string): Promise<boolean>;
  listBuckets?(): Promise<readonly (string | undefined)[]>;
  /** Undefined for the region that S3 does not name. */
  locate?(bucket: string): Promise<string | undefined>;
  deleteBucket?(bucket: string): Promise<unknown>;
  /** PutBucketVersioning with any body. */
  putBody?(bucket: string, body: string): Promise<unknown>;
  close?(): unknown;
}

/** What a client is made for. */
export interface Scene {
  readonly dialect: Dialect;
  readonly credentials: Credentials;
}

/** What is known of a client without loading it. */
export interface ClientFacts {
  readonly name: string;
  readonly dialects: readonly Dialect[];
  /** What it has no way to ask for. */
  readonly lacks?: readonly Ability[];
  /** The region of AWS it is set up for, where that is not the first. */
  readonly region?: string;
}

/** A client, or one of the ways in which a client is set up. */
export interface ClientKind extends ClientFacts {
  open(scene: Scene): StoryClient;
  /** What else must have come when a story is over. */
  readonly proof?: (s3: MockS3) => void;
}

/** What the service refused, as the client tells it; `status` where it tells one. */
export class Refusal extends Error {
  constructor(
    readonly code: string | undefined,
    message: string,
    readonly status: number | undefined,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** The endpoint of IBM COS that the stories go to. */
export const cosHost = 's3.us-south.cloud-object-storage.appdomain.cloud';

/** Both ways in which the service speaks. */
export const bothDialects: readonly Dialect[] = ['aws', 'ibm-cos'];

/** Calls a client, and words what it throws for a refusal in one way. */
export async function asked<Answer>(call: PromiseLike<Answer>, read: (error: ErrorLike) => Refusal): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw read(error as ErrorLike); // whatever a client throws, it is an Error with more on it
  }
}

/** What clients put on the errors that they throw. */
export interface ErrorLike extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly status?: number;
  readonly body?: string | undefined;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether a call went through; false where there is no such bucket. */
export async function exists(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return false;
    throw error;
  }
}
