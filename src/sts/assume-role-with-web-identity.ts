import { partitionOf } from '../formats/regions';
import type { Decision } from '../model/access/decision';
import { describeDecision } from '../model/access/decision-text';
import { isBuiltIn } from '../model/access/identity-provider-keys';
import type { Account } from '../model/identity/account';
import { anonymous } from '../model/identity/caller';
import { makeStsCredentials, readRoleDuration } from '../model/sessions/credentials';
import { type AccountRole, checkRoleArn, findRoleByArn, makeAssumedRoleUser, whyNoRole } from '../model/sessions/roles';
import { readSessionPolicies, readSessionTags } from '../model/sessions/session-policies';
import { decideTrustAlone, listNeededActions, makeStsQuestion, type RequestFacts } from '../model/sessions/trust';
import {
  type Claims,
  keysInSession,
  keysInTrust,
  providerInSession,
  readClaims,
} from '../model/sessions/web-identity-token';
import type { Store } from '../model/store';
import { nearestTime } from '../protocol/signature/service-time';
import { S3Error } from '../refusals/s3-error';
import { element, required } from '../shapes/elements';
import type { StructureValue } from '../shapes/shape';
import { text } from '../shapes/values';
import { Code, call } from '../text/calls';
import { clause, joinSentences, type Said, say } from '../text/reason';
import { unsignedOperation } from './operation';
import {
  assumedRole,
  credentials,
  limitedText,
  ofRole,
  Policy,
  PolicyArns,
  packedSize,
  roleDuration,
  sourceIdentity,
  tokenSize,
} from './shapes';

const input = {
  ...ofRole,
  WebIdentityToken: required(element(limitedText(4, 20_000))),
  ProviderId: element(limitedText(4, 2048)),
  PolicyArns,
  Policy,
  ...roleDuration,
  ...tokenSize,
};

export type WebIdentityInput = StructureValue<typeof input>;

/**
 * The answer lacks the members that come from the token if the token is not a JWT:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const assumeRoleWithWebIdentity = unsignedOperation({
  input,
  output: {
    Audience: element(text),
    ...assumedRole,
    Provider: element(text),
    ...credentials,
    SubjectFromWebIdentityToken: element(text),
    ...packedSize,
    ...sourceIdentity,
  },
  handle({ store, facts }, input) {
    const { RoleArn, RoleSessionName, WebIdentityToken, DurationSeconds } = input;
    checkRoleArn(RoleArn);
    const claims = readClaims(WebIdentityToken);
    checkProviderId(input, claims);
    checkTimes(claims, store);
    checkRoles(claims, RoleArn);
    const tags = readSessionTags({ Tags: claims?.tags ?? [], TransitiveTagKeys: claims?.transitiveTagKeys ?? [] });
    const partition = partitionOf(facts.region);
    const place = findTrustingRole(store, input, facts, claims);
    const { account, role } = place;
    // The tags of a token add nothing to its packed size (F711).
    const { policy, managedPolicies, packedSize } = readSessionPolicies(input, [], { account, partition });
    const seconds = readRoleDuration(DurationSeconds, role, false);
    const session = account.beginSession({
      name: RoleSessionName,
      user: undefined,
      role: role.name,
      mfa: false,
      policy,
      managedPolicies,
      tags: tags.tags,
      transitiveTags: tags.transitive,
      sourceIdentity: claims?.sourceIdentity,
      tokenKeys: makeSessionKeys(input, claims),
      lasts: seconds * 1000,
    });
    const size = (packedSize ?? 0) + (claims === undefined ? 0 : countPackedSize(claims));
    // The audience is the party that the token was given to, if it names one.
    const Audience = claims?.azp ?? claims?.aud[0];
    const output = {
      ...(Audience !== undefined && { Audience }),
      AssumedRoleUser: makeAssumedRoleUser(place, session, partition),
      ...(claims && { Provider: nameOfProvider(claims, account, partition) }),
      Credentials: makeStsCredentials(store, session, seconds),
      ...(claims && { SubjectFromWebIdentityToken: claims.sub }),
      ...(size > 0 && { PackedPolicySize: size }),
      ...(claims?.sourceIdentity !== undefined && { SourceIdentity: claims.sourceIdentity }),
    };
    return { output, session };
  },
});

const providersWithoutJwt: ReadonlySet<string> = new Set(['www.amazon.com', 'graph.facebook.com']);

/** Throws if the request names a provider although the token itself names one. */
function checkProviderId({ ProviderId }: WebIdentityInput, claims: Claims | undefined): void {
  if (ProviderId === undefined) return;
  if (!providersWithoutJwt.has(ProviderId))
    throw new S3Error(
      'StsProviderUnknown',
      {},
      `ProviderId is ${ProviderId}; leave it out, since a JWT contains its issuer`,
    );
  if (claims === undefined) return;
  const refusal = ProviderId === 'www.amazon.com' ? 'StsTokenNotOfAmazon' : 'StsTokenNotOfFacebook';
  throw new S3Error(refusal, {}, `ProviderId is ${ProviderId}, and the token is a JWT`);
}

/** A token that is not a JWT cannot be read: the session knows its provider alone, if the request names it. */
function makeSessionKeys({ ProviderId }: WebIdentityInput, claims: Claims | undefined) {
  if (claims !== undefined) return keysInSession(claims);
  return ProviderId === undefined ? undefined : providerInSession(ProviderId);
}

/** The seconds by which the clocks of a provider and of STS can differ. */
const leeway = 300;

/** The clock of the process or the mock's made the token (F711), and moves of the mock's clock do not age it. */
function checkTimes(claims: Claims | undefined, { clock }: Store): void {
  if (claims === undefined) return;
  const times = { process: clock.processNow(), mock: clock.now() };
  const nearest = nearestTime(claims.iat * 1000, times);
  const refusal = refusalOfTimes(claims, nearest);
  const isInTimeByOther = () => !refusalOfTimes(claims, nearest === times.process ? times.mock : times.process);
  if (refusal !== undefined && !isInTimeByOther()) throw refusal;
}

function refusalOfTimes({ iat, nbf, exp }: Claims, at: number): S3Error | undefined {
  const now = Math.floor(at / 1000);
  const why = "the times of the token fit neither the clock of the process nor the mock's clock";
  if (iat > now + leeway) return new S3Error('StsTokenOfFuture', { issued: iat }, why);
  if (nbf !== undefined && nbf > now + leeway)
    return new S3Error('StsTokenNotYetValid', { now: now + leeway, notBefore: nbf }, why);
  return exp <= now - leeway
    ? new S3Error('StsWebIdentityExpired', { now: now - leeway, expiration: exp }, why)
    : undefined;
}

/** Throws if the token names roles and this role is not among them, whatever the role trusts (F1010). */
function checkRoles(claims: Claims | undefined, arn: string): void {
  if (claims?.roles === undefined || claims.roles.includes(arn)) return;
  throw new S3Error(
    'StsTokenNotForRole',
    {},
    `the request asks for ${arn}, the token is for ${claims.roles.join(', ')}`,
  );
}

/** Counts the size in per cent of the allotted space: a short subject fits into the last per cent of what each token takes (F711). */
function countPackedSize({ sub, sourceIdentity = '' }: Claims): number {
  return Math.ceil((760 + sub.length) / 32) + Math.ceil(sourceIdentity.length / 32);
}

function findTrustingRole(
  store: Store,
  input: WebIdentityInput,
  facts: RequestFacts,
  claims: Claims | undefined,
): AccountRole {
  const { RoleArn: resource, RoleSessionName } = input;
  const partition = partitionOf(facts.region);
  const found = findRoleByArn(store, resource, partition);
  if (found === undefined) throw new S3Error('StsWebIdentityNotAuthorized', {}, whyNoRole(store, resource, partition));
  const { account: owner, role } = found;
  const caller = anonymous;
  const { tags = [], sourceIdentity, transitiveTagKeys: TransitiveTagKeys } = claims ?? {};
  const providers = findProviderNames(input, claims, owner, partition);
  const request = {
    ...{ caller, resource, facts, partition, owner, role, providers, tags },
    parameters: { RoleSessionName, SourceIdentity: sourceIdentity, TransitiveTagKeys },
    ...(claims && { claims: makeTrustKeys(claims, owner, partition) }),
  };
  for (const action of listNeededActions('sts:AssumeRoleWithWebIdentity', { tags, sourceIdentity })) {
    const decision = decideTrustAlone(makeStsQuestion({ ...request, action }, store), role);
    if (!decision.allowed)
      throw new S3Error('StsWebIdentityNotAuthorized', {}, whyDenied(decision, store, providers, claims));
  }
  return found;
}

/** Returns the provider's ARN, and its domain if IAM knows the provider by itself (F1533). */
function findProviderNames(
  { ProviderId }: WebIdentityInput,
  claims: Claims | undefined,
  account: Account,
  partition: string,
): ReadonlySet<string> {
  const ofToken =
    claims === undefined ? [] : [nameOfProvider(claims, account, partition), arnOfProvider(claims, account, partition)];
  return new Set([...ofToken, ...(ProviderId === undefined ? [] : [ProviderId])]);
}

function nameOfProvider(claims: Claims, account: Account, partition: string): string {
  return isBuiltIn(claims.issuer) ? claims.issuer : arnOfProvider(claims, account, partition);
}

function arnOfProvider({ issuer }: Claims, account: Account, partition: string): string {
  return `arn:${partition}:iam::${account.id}:oidc-provider/${issuer}`;
}

/** Makes the keys in lower case. The bearer is a user of the provider (F1011). */
function makeTrustKeys(claims: Claims, account: Account, partition: string): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ...keysInTrust(claims),
    ['sts:roleauthorizedbyidp', [String(claims.roles !== undefined)]],
    ['aws:principalaccount', [account.id]],
    ['aws:principaltype', ['User']],
    ['aws:userid', [nameOfProvider(claims, account, partition)]],
  ]);
}

const conditions = call('mockS3(...)', { '...': { conditions: new Code('…') } });

function whyDenied(
  decision: Decision,
  { accounts }: Store,
  providers: ReadonlySet<string>,
  claims: Claims | undefined,
): Said {
  const whose =
    claims === undefined
      ? say`token is not a JWT, so it has no issuer and no claims${clause`; ${conditions} gives their keys values`}`
      : `issuer of the token is ${claims.iss}, whose provider is ${[...providers].at(0)}`;
  const reason = describeDecision(decision, anonymous, accounts);
  return joinSentences(reason, say`the ${whose}`);
}
