import { structure } from '../../shapes/elements';
import type { Members, Shape, StructureShape, StructureValue, ValueOf } from '../../shapes/shape';
import type { Grant } from '../access/grants';
import type { Account } from '../identity/account';
import type { Ids } from '../ids';
import type { VersioningConfiguration } from '../versioning';
import type { ServiceConfigurations } from './services';

/** `Bucket` itself is made of the types of configurations, so that they cannot import it. */
export interface ConfiguredBucket {
  readonly name: string;
  readonly owner: Account;
  readonly region: string | undefined;
  readonly versioning: VersioningConfiguration;
  readonly versions: { readonly size: number };
  readonly settings: { readonly acl?: readonly Grant[] | undefined };
  change(settings: object): void;
}

/** Whether buckets whose owner said nothing about it refuse writes with a customer's key (F321). */
export type SseC = 'blocked' | 'allowed';

/** Whether new buckets accept ACLs, also public ACLs, as they did until April 2023 (F402). */
export type Acls = 'blocked' | 'allowed';

export interface ConfigurationContext {
  readonly bucket: ConfiguredBucket;
  readonly store: {
    readonly buckets: { get(name: string): ConfiguredBucket | undefined };
    readonly ids: Ids;
    readonly sseC: SseC;
  };
  readonly service: ServiceConfigurations;
  /**
   * `of a mock`: the configuration belongs to a state that requests reached before, so a bucket that it names may have changed since, or be
   * gone. `of a bucket`: the buckets that it names exist.
   */
  readonly fixture?: 'of a bucket' | 'of a mock';
}

export interface AnswerContext extends Pick<ConfigurationContext, 'bucket' | 'service'> {
  readonly store: { readonly sseC: SseC };
}

interface Rules<Value> {
  /** The only service that has it. */
  readonly dialect?: 'aws' | 'ibm-cos';
  /** The shape, if IBM COS writes the members in another order. */
  readonly shapeOnCos?: { readonly members: Members };
  /** Returns undefined if the bucket then has none. */
  whileNeverPut?(context: AnswerContext): Value | undefined;
  /** Whether a bucket then has none, or what it had while it was never put. */
  readonly onDelete: 'none' | 'as never put';
  /** S3 has no way back to a bucket that never had one. */
  readonly staysPut?: true;
  /** Completes the value as S3 does; undefined if S3 takes the document as the end of the configuration. Throws what S3 refuses beyond the shape. */
  accept?(value: Value, context: ConfigurationContext, before: Value | undefined): Value | undefined;
  /** Throws if S3 accepts no document at all for the bucket. */
  checkBucket?(bucket: { readonly name: string }): void;
  /** Adds what S3 answers and goes by although no document said it. Fixtures and handles do not have it. */
  complete?(value: Value, context: Pick<AnswerContext, 'store'>): Value;
}

interface Declared<Value> extends Rules<Value> {
  readonly name: string;
  readonly shape: Shape;
}

/** The shape is for the wire and for fixtures alike. */
export interface Configuration<S extends Shape> extends Declared<ValueOf<S>> {
  readonly shape: S;
}

/** `members` are in the order of S3. */
export function configuration<const M extends Members>(
  name: string,
  members: M,
  rules: Rules<StructureValue<M>>,
): Configuration<StructureShape<M>> {
  return { name, shape: structure(members), ...rules };
}

export function putConfiguration<Value>(declared: Declared<Value>, value: Value, context: ConfigurationContext): void {
  const { bucket } = context;
  declared.checkBucket?.(bucket);
  const before = findStored(declared, bucket) ?? undefined;
  bucket.change({ [declared.name]: declared.accept ? declared.accept(value, context, before) : value });
}

export function deleteConfiguration(
  { name, onDelete }: Declared<unknown>,
  { bucket }: Pick<ConfigurationContext, 'bucket'>,
): void {
  bucket.change({ [name]: onDelete === 'none' ? null : undefined });
}

/** Returns the configuration that S3 answers with and applies. */
export function findConfiguration<Value>(declared: Declared<Value>, context: AnswerContext): Value | undefined {
  const stored = findStored(declared, context.bucket);
  const value = stored === undefined ? declared.whileNeverPut?.(context) : (stored ?? undefined);
  return value === undefined || declared.complete === undefined ? value : declared.complete(value, context);
}

function findStored<Value>({ name }: Declared<Value>, { settings }: ConfiguredBucket): Value | null | undefined {
  return (settings as Readonly<Record<string, unknown>>)[name] as Value | null | undefined; // of its own name
}
