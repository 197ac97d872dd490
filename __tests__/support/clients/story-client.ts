import type { Credentials, Dialect, MfaDeleteStatus, MockS3, VersioningStatus } from 's3-versioning-mock';
import type { ObjectClient } from './object-client';

/** Some clients presign URLs for GET and PUT, but not for any method. */
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

export type PresignedMethod = 'GET' | 'HEAD' | 'PUT' | 'DELETE';

export interface Versioning {
  readonly Status?: VersioningStatus | undefined;
  readonly MFADelete?: MfaDeleteStatus | undefined;
}

export interface StoryClient extends ObjectClient {
  putVersioning(bucket: string, change: Versioning, mfa?: string): Promise<unknown>;
  getVersioning(bucket: string): Promise<Versioning>;
  createBucket(bucket: string): Promise<unknown>;
  headBucket(bucket: string): Promise<boolean>;
  listBuckets?(): Promise<readonly (string | undefined)[]>;
  /** Undefined for the region that S3 leaves unnamed. */
  locate?(bucket: string): Promise<string | undefined>;
  deleteBucket?(bucket: string): Promise<unknown>;
  presign?(method: PresignedMethod, bucket: string, key: string, versionId?: string): Promise<string>;
  putBody?(bucket: string, body: string): Promise<unknown>;
  close?(): unknown;
}

export interface Scene {
  readonly dialect: Dialect;
  readonly credentials: Credentials;
}

/** The facts of a client that need no import of it. */
export interface ClientFacts {
  readonly name: string;
  readonly dialects: readonly Dialect[];
  readonly lacks?: readonly Ability[];
  /** The region of AWS that it is set up for; by default the first one. */
  readonly region?: string;
}

export interface ClientKind extends ClientFacts {
  open(scene: Scene): StoryClient;
  /** Checks at the end of a story that other requests came, too. */
  readonly proof?: (s3: MockS3) => void;
}

/** `status` is undefined if the client has none. */
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

export const cosHost = 's3.us-south.cloud-object-storage.appdomain.cloud';

export const bothDialects: readonly Dialect[] = ['aws', 'ibm-cos'];

export async function asked<Answer>(call: PromiseLike<Answer>, read: (error: ErrorLike) => Refusal): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw read(error as ErrorLike); // every client throws an Error with more fields
  }
}

export interface ErrorLike extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly status?: number;
  readonly body?: string | undefined;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export async function exists(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return false;
    throw error;
  }
}
