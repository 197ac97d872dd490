import { dialects } from '../dialects';
import { isCosLocation } from '../formats/regions';
import type { Bucket } from '../model/bucket';
import { configurationNames, configurations } from '../model/configurations';
import { type Configuration, deleteConfiguration, putConfiguration } from '../model/configurations/configuration';
import type { Store } from '../model/store';
import { S3Error } from '../refusals/s3-error';
import type { ConfigurationName, ConfigurationShapes, ConfigurationValues } from '../shapes/configurations';
import type { LiteralOf, Shape } from '../shapes/shape';
import { frozenCopy } from './frozen-copy';
import { refusalWords } from './refusal-words';
import { readShape } from './shape-literal';

type Literal<Name extends ConfigurationName> = LiteralOf<ConfigurationShapes[Name]>;

/**
 * The configurations of a bucket, each as AWS's SDKs write it. A member that is left out was never put, so S3 answers its default; null is
 * one that was deleted, if that is something else.
 */
export interface ConfigurationFixtures {
  /** Whether access is decided by tags, too. While it is `Enabled`, PutBucketTagging and DeleteBucketTagging are refused. */
  readonly abac?: ConfigurationValues['abac']['Status'] | Literal<'abac'> | undefined;
  /** Analyses of how its objects are accessed, each with its `Id`. They are stored and listed, and nothing is analysed. */
  readonly analytics?: Literal<'analytics'> | undefined;
  /** Archive tiers, each configuration with its `Id`. They are stored and listed, and nothing is moved. */
  readonly intelligentTiering?: Literal<'intelligentTiering'> | undefined;
  /** Inventories, each with its `Id`. They are stored and listed, and none is written. */
  readonly inventory?: Literal<'inventory'> | undefined;
  /** Request metrics, each with its `Id`: `[{ Id: 'EntireBucket' }]`. They are stored and listed, and nothing is measured. */
  readonly metrics?: Literal<'metrics'> | undefined;
  /** Whose the objects are, and whether ACLs count. If it was never put, `BucketOwnerEnforced`. */
  readonly ownershipControls?:
    | ConfigurationValues['ownershipControls']['Rules'][number]['ObjectOwnership']
    | Literal<'ownershipControls'>
    | null
    | undefined;
  /** The switches that keep it from being public. If it was never put, all are on; a switch that is left out is off. */
  readonly publicAccessBlock?: Literal<'publicAccessBlock'> | null | undefined;
  /** Who pays for requests. */
  readonly requestPayment?: ConfigurationValues['requestPayment']['Payer'] | Literal<'requestPayment'> | undefined;
}

/** The same as members that can be set; undefined and null delete. */
export type ConfigurationMembers = { -readonly [Name in keyof ConfigurationFixtures]: ConfigurationFixtures[Name] };

export { configurationNames };

/** Whether a text is the name of a configuration. */
export function isConfigurationName(name: unknown): name is ConfigurationName {
  return configurationNames.some((one) => one === name);
}

/** A configuration as SDKs write it, from the form that a handle has. */
export function documentOf(name: ConfigurationName, literal: unknown): unknown {
  return inDocument(configurations[name].shape, literal);
}

/** Puts the configurations of a fixture on a bucket. One that S3 refuses is a TypeError in S3's words. */
export function configure(store: Store, bucket: Bucket, fixture: ConfigurationFixtures): void {
  for (const name of configurationNames) {
    if (fixture[name] !== undefined) setConfiguration(store, bucket, name, fixture[name]);
  }
}

/** Puts one configuration on a bucket; null or undefined deletes it. */
function setConfiguration<Name extends ConfigurationName>(
  store: Store,
  bucket: Bucket,
  name: Name,
  literal: unknown,
): void {
  const declared: Configuration<Name> = configurations[name];
  if (literal === undefined || literal === null) {
    deleteConfiguration(declared, { bucket });
    return;
  }
  const at = `bucket '${bucket.name}': ${name}`;
  const service = dialects[isCosLocation(bucket.location ?? '') ? 'ibm-cos' : 'aws'].configurations;
  const value = readShape(at, declared.shape, inDocument(declared.shape, literal));
  try {
    putConfiguration(declared, value as ConfigurationValues[Name], { bucket, store, service }); // a value of the shape
  } catch (error) {
    throw error instanceof S3Error ? new TypeError(`${at}: ${refusalWords(error)}`) : error;
  }
}

/** Each configuration as a member that can be read and set, of an object that stands for a bucket. */
export function configurationAccessors<T>(
  place: (object: T) => { readonly store: Store; readonly bucket: Bucket },
): PropertyDescriptorMap & ThisType<T> {
  const accessors = configurationNames.map((name) => [
    name,
    {
      get(this: T) {
        return configurationLiteral(place(this).bucket, name);
      },
      set(this: T, literal: unknown) {
        const { store, bucket } = place(this);
        setConfiguration(store, bucket, name, literal);
      },
      configurable: true,
    },
  ]);
  return Object.fromEntries(accessors);
}

/** A configuration of a bucket in the form of a fixture: frozen; undefined if it was never put, null if it was deleted. */
function configurationLiteral(bucket: Bucket, name: ConfigurationName): unknown {
  const stored = bucket.settings[name];
  if (stored === undefined || stored === null) return stored;
  return frozenCopy(bareWord(configurations[name].shape, stored), (date) => date.toISOString());
}

/** All configurations that were put on a bucket or deleted from it, in the form of fixtures. */
export function configurationLiterals(bucket: Bucket): ConfigurationFixtures {
  const literals = configurationNames.map((name) => [name, configurationLiteral(bucket, name)] as const);
  return Object.fromEntries(literals.filter(([, literal]) => literal !== undefined));
}

/** The one part of a document that is nothing else than a word; undefined if there is more in it. */
function onlyPart(shape: Shape): readonly [name: string, part: Shape] | undefined {
  const parts = shape.kind === 'structure' ? Object.entries(shape.members) : [];
  const [part, second] = parts;
  return second === undefined ? part : undefined;
}

/** Writes a document that is only a word as that word. */
function bareWord(shape: Shape, value: unknown): unknown {
  if (!isWord(shape)) return value;
  if (shape.kind === 'list') return bareWord(shape.item, (value as readonly unknown[])[0]); // of the shape, with one item
  const part = onlyPart(shape);
  return part === undefined ? value : bareWord(part[1], (value as Readonly<Record<string, unknown>>)[part[0]]); // of the shape
}

/** Writes a word as the document that is nothing else. */
function inDocument(shape: Shape, literal: unknown): unknown {
  if (typeof literal !== 'string' || !isWord(shape)) return literal;
  if (shape.kind === 'list') return [inDocument(shape.item, literal)];
  const part = onlyPart(shape);
  return part === undefined ? literal : { [part[0]]: inDocument(part[1], literal) };
}

/** Whether a document has nothing else than one word. */
function isWord(shape: Shape): boolean {
  if (shape.kind === 'words') return true;
  if (shape.kind === 'list') return shape.length?.[1] === 1 && isWord(shape.item);
  const part = onlyPart(shape);
  return part !== undefined && isWord(part[1]);
}
