import { structure } from '../../shapes/elements';
import type { Members, Shape, StructureShape, StructureValue, ValueOf } from '../../shapes/shape';
import type { Grant } from '../access/grants';
import type { Account } from '../identity/account';
import type { Ids } from '../ids';
import type { VersioningConfiguration } from '../versioning';
import type { ServiceConfigurations } from './services';

/** The part of a bucket that configurations are judged by. `Bucket` itself is made of their types, so they cannot import it. */
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

/** The things that a configuration is judged by. */
export interface ConfigurationContext {
  /** The bucket that it is of. */
  readonly bucket: ConfiguredBucket;
  readonly store: {
    readonly buckets: { get(name: string): ConfiguredBucket | undefined };
    readonly ids: Ids;
    readonly sseC: SseC;
  };
  readonly service: ServiceConfigurations;
  /**
   * Whether it is of a fixture. The fixture of a whole mock is a state that requests reached before, so that a bucket that it names may
   * have changed since, or may be gone. That of one bucket names buckets that exist.
   */
  readonly fixture?: 'of a bucket' | 'of a mock';
}

/** The things by which S3 answers a configuration, and goes by it. */
export interface AnswerContext extends Pick<ConfigurationContext, 'bucket' | 'service'> {
  readonly store: { readonly sseC: SseC };
}

/** The rules of a configuration beyond its shape. */
interface Rules<Value> {
  /** The only service that has it. */
  readonly dialect?: 'aws' | 'ibm-cos';
  /** The shape in the order in which IBM COS writes it, if that is another one. */
  readonly shapeOnCos?: { readonly members: Members };
  /** The value that S3 answers for a bucket that never had one put; undefined if it has none. */
  whileNeverPut?(context: AnswerContext): Value | undefined;
  /** Whether a bucket has none after a deletion, or what it had while it was never put. */
  readonly onDelete: 'none' | 'as never put';
  /** S3 has no way back to a bucket that never had one. */
  readonly staysPut?: true;
  /**
   * Returns the value that is stored, completed as S3 completes it; undefined if S3 takes the document as the end of the configuration.
   * Throws what S3 refuses beyond the shape.
   */
  accept?(value: Value, context: ConfigurationContext, before: Value | undefined): Value | undefined;
  /** Throws if S3 accepts no document for the bucket, whatever is in it. */
  checkBucket?(bucket: { readonly name: string }): void;
  /** Adds to the value what S3 answers and goes by although no document said it. Fixtures and handles do not have it. */
  whole?(value: Value, context: Pick<AnswerContext, 'store'>): Value;
}

interface Declared<Value> extends Rules<Value> {
  readonly name: string;
  readonly shape: Shape;
}

/** A configuration of a bucket: its shape, for the wire and for fixtures alike, and its rules. */
export interface Configuration<S extends Shape> extends Declared<ValueOf<S>> {
  readonly shape: S;
}

/** Declares a configuration by the members of its document, in S3's order, and the rules that go beyond them. */
export function configuration<const M extends Members>(
  name: string,
  members: M,
  rules: Rules<StructureValue<M>>,
): Configuration<StructureShape<M>> {
  return { name, shape: structure(members), ...rules };
}

/** Puts a configuration on a bucket, or throws what S3 refuses. */
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

/** The configuration that S3 answers for a bucket and goes by; undefined if the bucket has none. */
export function configurationOf<Value>(declared: Declared<Value>, context: AnswerContext): Value | undefined {
  const stored = findStored(declared, context.bucket);
  const value = stored === undefined ? declared.whileNeverPut?.(context) : (stored ?? undefined);
  return value === undefined || declared.whole === undefined ? value : declared.whole(value, context);
}

function findStored<Value>({ name }: Declared<Value>, { settings }: ConfiguredBucket): Value | null | undefined {
  return (settings as Readonly<Record<string, unknown>>)[name] as Value | null | undefined; // of its own name
}
