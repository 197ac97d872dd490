import type { Dialect } from '../dialects';
import type { ObjectOwnership } from '../model/access/acl';
import type { Bucket } from '../model/bucket';
import {
  type ConfigurationName,
  type Configurations,
  type ConfigurationValues,
  configurations,
  configurationNames as shapedNames,
} from '../model/configurations';
import {
  type ConfigurationContext,
  deleteConfiguration,
  putConfiguration,
} from '../model/configurations/configuration';
import {
  awsConfigurations,
  cosConfigurations,
  type ServiceConfigurations,
  serviceOf,
} from '../model/configurations/services';
import { readShape } from '../shapes/document-reader';
import { checkExpectedKinds } from '../shapes/expected-values';
import { byRule, orNull, readBy } from '../shapes/given';
import type { LiteralOf, Shape } from '../shapes/shape';
import { counted, grouped } from '../text/counts';
import { makeMistake } from '../text/mistakes';
import { say } from '../text/reason';
import { isAbsent } from '../text/value-kinds';
import { catchRefusal, checkNames, checkService, frozenCopy, refusalWords } from './literals';
import type { BucketInStore, BucketOption, Giver } from './parts/part';
import { type PolicyLiteral, policyLiteral, readExpectedPolicy, setPolicy } from './policy';

type Literal<Shaped extends ConfigurationName> = LiteralOf<Configurations[Shaped]['shape']>;

/**
 * The configurations of a bucket, each as AWS's SDKs write it. A member that is left out was never put, so S3 returns its default; null is
 * a configuration that was deleted, if that makes a difference.
 */
export interface ConfigurationFixtures extends ShapedFixtures {
  /**
   * Its policy, as an object or as JSON. If it was never put, the bucket has none. A public policy is accepted here whatever
   * BlockPublicPolicy says.
   */
  readonly policy?: PolicyLiteral | string | null | undefined;
}

/**
 * The forms of fixtures beside the document: the word that stands for the whole document, and null for a deleted configuration if S3
 * distinguishes it from a configuration that was never put.
 */
interface ShortForms {
  readonly abac: ConfigurationValues['abac']['Status'];
  readonly accelerate: ConfigurationValues['accelerate']['Status'];
  readonly encryption: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  readonly ownershipControls: ObjectOwnership | null;
  readonly publicAccessBlock: null;
  readonly requestPayment: ConfigurationValues['requestPayment']['Payer'];
}

type FixtureOf<Name extends ConfigurationName> =
  | Literal<Name>
  | (Name extends keyof ShortForms ? ShortForms[Name] : never)
  | undefined;

/** The members take their comments from the registry. */
type ShapedFixtures = { readonly [Name in keyof Configurations]?: FixtureOf<Name> };

/** The configurations as members that can be set. Undefined and null delete a configuration. */
export type ConfigurationMembers = { -readonly [Member in keyof ConfigurationFixtures]: ConfigurationFixtures[Member] };

/** The form of a configuration whose document has no shape, such as a policy. */
interface OwnForm {
  /** The only service that has it. */
  readonly dialect: Dialect['name'];
  readonly read: (bucket: Bucket) => unknown;
  readonly set: (bucket: Bucket, literal: unknown) => void;
  readonly expected: (expected: unknown, region: string | undefined) => unknown;
}

const ownForms = {
  policy: { dialect: 'aws', read: ({ policy }) => policyLiteral(policy), set: setPolicy, expected: readExpectedPolicy },
} satisfies Readonly<Record<string, OwnForm>>;
const ownNames = Object.keys(ownForms) as readonly (keyof typeof ownForms)[]; // its own keys

type Name = ConfigurationName | keyof typeof ownForms;

export const configurationNames: readonly Name[] = [...shapedNames, ...ownNames];

export function isConfigurationName(name: unknown): name is Name {
  return configurationNames.some((one) => one === name);
}

function hasOwnForm(name: Name): name is keyof typeof ownForms {
  return Object.hasOwn(ownForms, name);
}

export function writeDocument(name: Name, literal: unknown): unknown {
  return hasOwnForm(name) ? literal : inDocument(configurations[name].shape, literal);
}

/** Throws a TypeError if a test expects a member that no such document has, which `not` would find true of every bucket. */
export function checkExpectedNames(name: Name, expected: unknown): void {
  if (!hasOwnForm(name)) checkNames(`toHaveConfiguration: ${name}`, configurations[name].shape, expected);
}

export function checkExpectedConfiguration(name: Name, expected: unknown): void {
  const at = `toHaveConfiguration: ${name}`;
  // Such a document can have any members, and it can be expected as its JSON.
  if (hasOwnForm(name)) {
    if (typeof expected !== 'string') checkExpectedKinds(at, { kind: 'structure', members: {} }, expected);
    return;
  }
  const { shape } = configurations[name];
  checkExpectedKinds(at, shape, inDocument(shape, expected));
}

export function readExpected(name: Name, expected: unknown, region: string | undefined): unknown {
  return hasOwnForm(name) ? ownForms[name].expected(expected, region) : expected;
}

function setConfiguration({ store, bucket }: BucketInStore, name: Name, value: unknown, giver: Giver): void {
  const dialect = hasOwnForm(name) ? ownForms[name].dialect : configurations[name].dialect;
  const isDeleted = isAbsent(value);
  if (dialect !== undefined && !isDeleted) checkService(`bucket '${bucket.name}': ${name}`, bucket, dialect);
  const fixture = giver === 'of a handle' ? 'of a bucket' : giver;
  if (hasOwnForm(name)) ownForms[name].set(bucket, isDeleted ? undefined : value);
  else setShaped({ bucket, store, fixture, service: serviceOf(bucket) }, name, value);
}

function setShaped(
  context: ConfigurationContext & { readonly bucket: Bucket },
  name: ConfigurationName,
  value: unknown,
): void {
  const { bucket, fixture, service } = context;
  const declared = configurations[name];
  const at = `bucket '${bucket.name}': ${name}`;
  if (isAbsent(value)) {
    if (declared.staysPut && (value === null || bucket.settings[name] !== undefined))
      throw makeMistake(`${at} cannot be unset, as on S3. Give it another value, or create another bucket.`);
    deleteConfiguration(declared, { bucket });
    return;
  }
  const refusalOfPut = (judge: ServiceConfigurations) =>
    catchRefusal(() => putConfiguration<unknown>(declared, value, { ...context, service: judge }));
  const refusal = refusalOfPut(service);
  if (refusal === undefined) return;
  // A mock's fixture can contain a configuration that only the other service accepts, since one of its clients may have put it.
  const others = [awsConfigurations, cosConfigurations].filter((other) => other !== service);
  if (fixture === 'of a mock' && others.some((other) => refusalOfPut(other) === undefined)) return;
  throw makeMistake(say`${at}: ${refusalWords(refusal)}`);
}

export const configurationOptions = Object.fromEntries(configurationNames.map((name) => [name, makeOption(name)])) as {
  readonly [Member in Name]: BucketOption<ConfigurationFixtures[Member], never>;
}; // each by its name

function makeOption(name: Name): BucketOption<unknown> {
  return {
    shape: hasOwnForm(name) ? byRule : orNull(readBy((at, given) => readConfiguration(at, name, given))),
    get: ({ bucket }) => configurationLiteral(bucket, name),
    set: (place, value, giver) => setConfiguration(place, name, value, giver),
    draw: (bucket) =>
      isAbsent(bucket.settings[name]) ? undefined : `${inWords(name)}${drawDetail[name]?.(bucket) ?? ''}`,
  };
}

function readConfiguration(at: string, name: ConfigurationName, given: unknown): unknown {
  const { shape } = configurations[name];
  return readShape(`${at}: ${name}`, shape, inDocument(shape, given));
}

function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const drawDetail: Partial<Record<Name, (bucket: Bucket) => string | undefined>> = {
  replication: ({ replications: { size } }) => (size > 0 ? ` (${grouped(size)} to copy)` : undefined),
  protection: ({ settings: { protection } }) =>
    protection ? ` (${counted(protection.DefaultRetention.Days, 'day')} by default)` : undefined,
};

/** Returns undefined if it was never put, null if it was deleted. */
export function configurationLiteral<Named extends Name>(bucket: Bucket, name: Named): ConfigurationFixtures[Named];
export function configurationLiteral(bucket: Bucket, name: Name): unknown {
  if (hasOwnForm(name)) return ownForms[name].read(bucket);
  const stored = bucket.settings[name];
  if (stored === undefined || stored === null) return stored;
  const { shape } = configurations[name];
  const word = isWord(shape) ? bareWord(shape, stored) : undefined;
  return frozenCopy(word ?? stored, (date) => date.toISOString());
}

/** The part that a word can give: the only part, or the chief part. */
function wordPart(shape: Shape): readonly [name: string, part: Shape] | undefined {
  const parts = shape.kind === 'structure' ? Object.entries(shape.members) : [];
  return parts.length === 1 ? parts[0] : parts.find(([, part]) => 'isChief' in part);
}

function bareWord(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'words') return value;
  if (shape.kind === 'list') return bareWord(shape.item, (value as readonly unknown[])[0]); // of the shape, with one item
  const [name = '', part] = wordPart(shape) ?? [];
  const given = Object.entries(value as object).filter(([, member]) => member !== undefined); // of the shape
  const [only, second] = given;
  return part === undefined || only?.[0] !== name || second !== undefined ? undefined : bareWord(part, only[1]);
}

function inDocument(shape: Shape, literal: unknown): unknown {
  if (typeof literal !== 'string' || !isWord(shape)) return literal;
  if (shape.kind === 'list') return [inDocument(shape.item, literal)];
  const part = wordPart(shape);
  return part === undefined ? literal : { [part[0]]: inDocument(part[1], literal) };
}

function isWord(shape: Shape): boolean {
  if (shape.kind === 'words') return true;
  if (shape.kind === 'list') return shape.length?.[1] === 1 && isWord(shape.item);
  const part = wordPart(shape);
  return part !== undefined && isWord(part[1]);
}
