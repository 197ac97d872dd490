import type { Credentials, Dialect, MfaDeleteStatus, MockS3, VersioningStatus } from 's3-versioning-mock';
import type { ObjectClient } from './object-client';

/** A call that some clients do not have. Some presign URLs for GET and PUT, but not for any method. */
export type Ability =
  | 'mfa'
  | 'list'
  | 'locate'
  | 'delete'
  | 'anyBody'
  | 'listObjects'
  | 'customerKeys'
  | 'presign'
  | 'presignAny';

/** The methods that the stories presign. */
export type PresignedMethod = 'GET' | 'HEAD' | 'PUT' | 'DELETE';

/** A bucket's versioning as a client returns it. */
export interface Versioning {
  readonly Status?: VersioningStatus | undefined;
  readonly MFADelete?: MfaDeleteStatus | undefined;
}

/** The calls that all clients have; each adapter makes them with its client. */
export interface StoryClient extends ObjectClient {
  putVersioning(bucket: string, change: Versioning, mfa?: string): Promise<unknown>;
  getVersioning(bucket: string): Promise<Versioning>;
  createBucket(bucket: string): Promise<unknown>;
  /** Whether the bucket exists. */
  headBucket(bucket: string): Promise<boolean>;
  listBuckets?(): Promise<readonly (string | undefined)[]>;
  /** Undefined for the region that S3 leaves unnamed. */
  locate?(bucket: string): Promise<string | undefined>;
  deleteBucket?(bucket: string): Promise<unknown>;
  /** Makes a URL that is valid for a quarter of an hour, for an object or one of its versions. */
  presign?(method: PresignedMethod, bucket: string, key: string, versionId?: string): Promise<string>;
  /** Sends PutBucketVersioning with any body. */
  putBody?(bucket: string, body: string): Promise<unknown>;
  close?(): unknown;
}

/** The service and the keys that a client is set up for. */
export interface Scene {
  readonly dialect: Dialect;
  readonly credentials: Credentials;
}

/** The facts of a client that need no import of it. */
export interface ClientFacts {
  readonly name: string;
  readonly dialects: readonly Dialect[];
  /** The calls that it does not have. */
  readonly lacks?: readonly Ability[];
  /** The region of AWS that it is set up for; by default the first one. */
  readonly region?: string;
}

/** A client in one of the ways of setting it up. */
export interface ClientKind extends ClientFacts {
  open(scene: Scene): StoryClient;
  /** Checks at the end of a story that other requests came, too. */
  readonly proof?: (s3: MockS3) => void;
}

/** A refusal of the service as the client throws it; `status` is undefined if the client has none. */
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

/** The endpoint of IBM COS that the stories use. */
export const cosHost = 's3.us-south.cloud-object-storage.appdomain.cloud';

/** The two dialects of the service. */
export const bothDialects: readonly Dialect[] = ['aws', 'ibm-cos'];

/** Makes a call of a client, and throws a Refusal for each error of the client. */
export async function asked<Answer>(call: PromiseLike<Answer>, read: (error: ErrorLike) => Refusal): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw read(error as ErrorLike); // every client throws an Error with more fields
  }
}

/** The fields of the errors that clients throw. */
export interface ErrorLike extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly status?: number;
  readonly body?: string | undefined;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether a call succeeds; false if the bucket does not exist. */
export async function exists(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return false;
    throw error;
  }
}
