import { S3Error } from '../../refusals/s3-error';
import { isRecord } from '../../text/value-kinds';
import { findProviderKeys, isCognito } from '../access/identity-provider-keys';
import type { Tag } from '../tagging';

/** The signature is not checked, since the mock has no identity providers. */
export interface Claims {
  /** The issuer without `https://`, as condition keys and providers' ARNs name it. */
  readonly issuer: string;
  readonly iss: string;
  readonly sub: string;
  readonly aud: readonly string[];
  readonly azp: string | undefined;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  readonly nbf: number | undefined;
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
  /** The ARNs of roles; undefined if the token is for any role. */
  readonly roles: readonly string[] | undefined;
  /** The values by the names of condition keys without the issuer. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

type Token = Readonly<Record<string, unknown>>;

/** Returns undefined for a text that is not a JWT. Throws STS's refusals. */
export function readClaims(token: string): Claims | undefined {
  const [header = '', payload = '', signature, ...rest] = token.split('.');
  const head = readPart(header);
  if (signature === undefined || rest.length > 0 || head === undefined) return undefined;
  const claims = readPart(payload);
  if (claims === undefined) return undefined;
  if ('crit' in head) throw new S3Error('StsTokenNotJwt', {}, 'the header of the token has crit');
  checkRequired(claims);
  const iss = textOf(claims['iss']);
  const aud = textsOf(claims['aud']);
  const azp = (claims['azp'] ?? undefined) === undefined ? undefined : textOf(claims['azp']);
  if (aud.length > 1 && azp === undefined)
    throw new S3Error('StsTokenAudiences', {}, `aud is ${JSON.stringify(claims['aud'])}, and the token has no azp`);
  if ((azp ?? aud[0]) === '')
    throw new S3Error(
      'StsTokenNotValidated',
      {},
      'the audience of the token is empty, and no provider has an empty audience',
    );
  const sourceIdentity = claims[`${namespace}source_identity`];
  const issuer = iss.replace(/^https:\/\//, '');
  return {
    ...{ iss, issuer, sub: textOf(claims['sub']), aud, azp },
    ...{ iat: readTime('iat', claims), exp: readTime('exp', claims) },
    nbf: claims['nbf'] === undefined ? undefined : readTime('nbf', claims),
    ...readTags(claims),
    sourceIdentity: sourceIdentity === undefined ? undefined : textOf(sourceIdentity),
    roles: readRoles(claims[`${namespace}roles`]),
    keys: readKeys(issuer, claims),
  };
}

function readKeys(issuer: string, token: Token): Claims['keys'] {
  const read = findProviderKeys(issuer).trust.map((name) => [name, valuesOf(findClaim(name, issuer, token))] as const);
  return new Map(read.filter(([, values]) => values.length > 0));
}

function findClaim(name: string, issuer: string, token: Token): unknown {
  if (name === 'oaud') return token['aud'];
  if (name === 'aud') return isCognito(issuer) ? token['aud'] : (token['azp'] ?? token['aud']);
  if (name !== 'google/organization_number') return token[name];
  const { google } = token;
  return token['google:organization_number'] ?? (isRecord(google) ? google['organization_number'] : undefined);
}

function valuesOf(claim: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return list.filter((one) => ['string', 'number', 'boolean'].includes(typeof one)).map(String);
}

export function keysInTrust({ issuer, keys }: Claims): ReadonlyMap<string, readonly string[]> {
  return new Map(writeKeys(issuer, keys));
}

/** Returns the keys in lower case (F1531). */
export function keysInSession({ issuer, keys }: Claims): ReadonlyMap<string, readonly string[]> {
  const { session } = findProviderKeys(issuer);
  const kept = new Map([...keys].filter(([name]) => session.includes(name)));
  return new Map([...writeKeys(issuer, kept), ...providerInSession(issuer)]);
}

/** F1532 */
export function providerInSession(issuer: string): ReadonlyMap<string, readonly string[]> {
  return new Map([['aws:federatedprovider', [issuer]]]);
}

function writeKeys(issuer: string, keys: Claims['keys']) {
  return [...keys].map(([name, values]) => [`${issuer}:${name}`.toLowerCase(), values] as const);
}

const arnOfRole = /^arn:[\w-]+:iam::\d{12}:role\/[^:;*?]+$/;

/** A list of ARNs, or a text that has a semicolon between two (F1010). */
function readRoles(claim: unknown): readonly string[] | undefined {
  if (claim === undefined || claim === null) return undefined;
  const sent = () => `the roles of the token are ${JSON.stringify(claim)}`;
  if (typeof claim !== 'string' && !Array.isArray(claim)) throw new S3Error('StsTokenRolesInvalid', {}, sent());
  const texts = typeof claim === 'string' ? claim.split(';') : textsOf(claim);
  const roles = texts.map((text) => text.trim()).filter((text) => arnOfRole.test(text));
  if (roles.length === 0) throw new S3Error('StsTokenRolesEmpty', {}, sent());
  return roles;
}

const namespace = 'https://aws.amazon.com/';

/** The claims in the order in which STS checks them. */
const required = ['iss', 'sub', 'aud', 'iat', 'exp'];

function checkRequired(claims: Token): void {
  const claim = required.find((name) => claims[name] === undefined);
  const why = `the claims of the token are: ${Object.keys(claims).join(', ')}`;
  if (claim !== undefined) throw new S3Error('StsTokenClaimMissing', { claim }, why);
  // STS itself fails, before it looks at what the other claims say (F711).
  const empty = ['iss', 'sub', 'aud'].find((name) => claims[name] === null);
  if (empty !== undefined) throw new S3Error('StsTokenUnknownError', {}, `${empty} is null`);
  const { aud } = claims;
  if (Array.isArray(aud) && aud.length === 0)
    throw new S3Error('StsTokenClaimEmpty', { claim: 'aud' }, 'aud is an empty list');
}

function readTime(name: string, claims: Token): number {
  const given = claims[name];
  const seconds = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof seconds === 'number' && Number.isInteger(seconds)) return seconds;
  throw new S3Error('StsTokenTimeInvalid', {}, `${name} is ${JSON.stringify(given)}, not whole seconds since 1970`);
}

/** Lists by key in one claim, or a claim for each, `https://aws.amazon.com/tags/principal_tags/Team`. */
function readTags(claims: Token): Pick<Claims, 'tags' | 'transitiveTagKeys'> {
  const nested = claims[`${namespace}tags`];
  const { principal_tags: tags = {}, transitive_tag_keys: keys = [] }: Token = isRecord(nested) ? nested : {};
  const flat = `${namespace}tags/principal_tags/`;
  const flatTags = Object.entries(claims).filter(([name]) => name.startsWith(flat));
  return {
    tags: [
      ...Object.entries(isRecord(tags) ? tags : {}).map(([Key, values]) => ({ Key, Value: readTagValue(Key, values) })),
      ...flatTags.map(([name, value]) => ({ Key: name.slice(flat.length), Value: textOf(value) })),
    ],
    transitiveTagKeys: [...textsOf(keys), ...textsOf(claims[`${namespace}tags/transitive_tag_keys`])],
  };
}

function readTagValue(key: string, values: unknown): string {
  if (Array.isArray(values) && values.length === 1) return textOf(values[0]);
  const why = `principal_tags has ${key}: ${JSON.stringify(values)}, not a list of one text`;
  throw new S3Error('StsTokenTagsInvalid', {}, why);
}

function readPart(part: string): Token | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}
