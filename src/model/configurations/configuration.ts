import {
  type ConfigurationName,
  type ConfigurationShapes,
  type ConfigurationValues,
  configurationShapes,
} from '../../shapes/configurations';
import type { Bucket } from '../bucket';
import type { Store } from '../store';
import type { ServiceConfigurations } from './service';

/** The things that a configuration is judged by. */
export interface ConfigurationContext {
  /** The bucket that it is of. */
  readonly bucket: Bucket;
  readonly store: Store;
  readonly service: ServiceConfigurations;
  /**
   * Whether it is of a fixture. The fixture of a whole mock is a state that requests reached before, so that a bucket that it names may
   * have changed since, or may be gone. That of one bucket names buckets that exist.
   */
  readonly fixture?: 'of a bucket' | 'of a mock';
}

/** The things by which S3 answers a configuration, and goes by it. */
export interface AnswerContext extends Pick<ConfigurationContext, 'bucket' | 'service'> {
  readonly store: Pick<Store, 'sseC'>;
}

/** The rules of a configuration beyond its shape. */
interface Rules<Value> {
  /** The value that S3 answers for a bucket that never had one put; undefined if it has none. */
  readonly whileNeverPut?: (context: AnswerContext) => Value | undefined;
  /**
   * Whether a bucket has none after a deletion, what it had while it was never put, or what a function makes of the stored one;
   * undefined is as never put.
   */
  readonly onDelete: 'none' | 'as never put' | ((stored: Value | undefined) => Value | undefined);
  /** S3 has no way back to a bucket that never had one. */
  readonly staysPut?: true;
  /**
   * Returns the value that is stored, completed as S3 completes it; undefined if S3 takes the document as the end of the configuration.
   * Throws what S3 refuses beyond the shape.
   */
  readonly accept?: (value: Value, context: ConfigurationContext) => Value | undefined;
  /** Throws if S3 accepts no document for the bucket, whatever is in it. */
  readonly checkBucket?: (bucket: Pick<Bucket, 'name'>) => void;
  /** Adds to the value what S3 answers and goes by although no document said it. Fixtures and handles do not have it. */
  readonly whole?: (value: Value, context: Pick<AnswerContext, 'store'>) => Value;
}

/** A configuration of a bucket: its shape, for the wire and for fixtures alike, and its rules. */
export interface Configuration<Name extends ConfigurationName> extends Rules<ConfigurationValues[Name]> {
  readonly name: Name;
  readonly shape: ConfigurationShapes[Name];
}

/** Declares a configuration by the rules that go beyond its shape. */
export function configuration<const Name extends ConfigurationName>(
  name: Name,
  rules: Rules<ConfigurationValues[Name]>,
): Configuration<Name> {
  return { name, shape: configurationShapes[name], ...rules };
}

/** Puts a configuration on a bucket, or throws what S3 refuses. */
export function putConfiguration<Name extends ConfigurationName>(
  { name, accept, checkBucket }: Configuration<Name>,
  value: ConfigurationValues[Name],
  context: ConfigurationContext,
): void {
  checkBucket?.(context.bucket);
  context.bucket.change({ [name]: accept === undefined ? value : accept(value, context) });
}

/** Deletes a configuration from a bucket, whether it has one or not. */
export function deleteConfiguration<Name extends ConfigurationName>(
  { name, onDelete }: Configuration<Name>,
  { bucket }: Pick<ConfigurationContext, 'bucket'>,
): void {
  if (typeof onDelete !== 'function') {
    bucket.change({ [name]: onDelete === 'none' ? null : undefined });
    return;
  }
  bucket.change({ [name]: onDelete(storedIn(bucket, name) ?? undefined) });
}

/** The configuration that S3 answers for a bucket and goes by; undefined if the bucket has none. */
export function configurationOf<Name extends ConfigurationName>(
  { name, whileNeverPut, whole }: Configuration<Name>,
  context: AnswerContext,
): ConfigurationValues[Name] | undefined {
  const stored = storedIn(context.bucket, name);
  const value = stored === undefined ? whileNeverPut?.(context) : (stored ?? undefined);
  return value === undefined || whole === undefined ? value : whole(value, context);
}

function storedIn<Name extends ConfigurationName>(
  { settings }: Bucket,
  name: Name,
): ConfigurationValues[Name] | null | undefined {
  return settings[name] as ConfigurationValues[Name] | null | undefined; // of its own name
}
