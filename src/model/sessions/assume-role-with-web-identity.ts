import { partitionOf } from '../../formats/regions';
import { S3Error } from '../../refusals/s3-error';
import type { Decision } from '../access/decision';
import { describeDecision } from '../access/decision-text';
import type { Account } from '../identity/account';
import { anonymous } from '../identity/caller';
import type { Store } from '../store';
import { checkInput, ofWebIdentity } from './constraints';
import { stsCredentialsOf } from './credentials';
import { durationOfRole } from './durations';
import type { AssumeRoleWithWebIdentityInput } from './inputs';
import type { AssumeRoleWithWebIdentityResult } from './outputs';
import type { RequestFacts } from './request-facts';
import { assumedRoleUserOf, checkRoleArn, findRoleByArn, type PlacedRole, whyNoRole } from './roles';
import { readSessionPolicies } from './session-policies';
import { decideTrustAlone } from './trust';
import { stsConditions } from './trust-conditions';
import { type Claims, readClaims } from './web-identity-token';

/** Begins a session of a role for the bearer of a web identity token, whom the trust policy of the role knows by its claims. */
export function assumeRoleWithWebIdentity(
  store: Store,
  input: AssumeRoleWithWebIdentityInput,
  facts: RequestFacts,
): AssumeRoleWithWebIdentityResult {
  checkInput(input, ofWebIdentity);
  const { RoleArn, RoleSessionName, WebIdentityToken, DurationSeconds } = input;
  checkRoleArn(RoleArn);
  const claims = readClaims(WebIdentityToken);
  checkNotExpired(claims, store);
  const partition = partitionOf(facts.region);
  const place = trusted(store, { ...input, RoleArn }, facts, claims);
  const { account, role } = place;
  const { policy, managedPolicies, packedSize } = readSessionPolicies(input, [], { account, partition });
  const seconds = durationOfRole(DurationSeconds, role, false);
  const ofRole = { name: RoleSessionName, user: undefined, role: role.name, mfa: false };
  const session = account.beginSession({ ...ofRole, policy, managedPolicies, lasts: seconds * 1000 });
  const [audience] = claims?.aud ?? [];
  const output = {
    ...(audience !== undefined && { Audience: audience }),
    AssumedRoleUser: assumedRoleUserOf(place, session, partition),
    ...(claims && { Provider: arnOfProvider(claims, account, partition) }),
    Credentials: stsCredentialsOf(store, session, seconds),
    ...(claims && { SubjectFromWebIdentityToken: claims.sub }),
    ...(packedSize !== undefined && { PackedPolicySize: packedSize }),
  };
  return { output, session, note: undefined };
}

/** Tokens are made by the clock of the process, which their `exp` is compared with (F711). */
function checkNotExpired(claims: Claims | undefined, { clock }: Store): void {
  const now = Math.floor(clock.processNow() / 1000);
  if (claims?.exp === undefined || now < claims.exp) return;
  const why = 'the exp of the token is compared with the clock of the process, not with that of the mock';
  throw new S3Error('StsWebIdentityExpired', { now, expiration: claims.exp }, why);
}

/** The role that is asked for. Throws unless it exists and trusts the token. */
function trusted(
  store: Store,
  input: AssumeRoleWithWebIdentityInput & { readonly RoleArn: string },
  facts: RequestFacts,
  claims: Claims | undefined,
): PlacedRole {
  const { RoleArn: resource, RoleSessionName } = input;
  const partition = partitionOf(facts.region);
  const found = findRoleByArn(store, resource, partition);
  if (found === undefined) throw new S3Error('StsWebIdentityNotAuthorized', {}, whyNoRole(store, resource, partition));
  const { account: owner, role } = found;
  const caller = anonymous;
  const keys = claims && keysOf(claims);
  const request = {
    caller,
    facts,
    partition,
    owner,
    role,
    parameters: { RoleSessionName },
    ...(keys && { claims: keys }),
  };
  const conditions = stsConditions(request, store);
  const providers = providersOf(input, claims, owner, partition);
  const action = 'sts:AssumeRoleWithWebIdentity';
  const decision = decideTrustAlone({ caller, action, resource, partition, owner, conditions, providers }, role);
  if (decision.allowed) return found;
  throw new S3Error('StsWebIdentityNotAuthorized', {}, whyDenied(decision, store, providers, claims));
}

/** The names by which trust policies know a provider: its ARN, or the domain of one that IAM knows by itself. */
function providersOf(
  { ProviderId }: AssumeRoleWithWebIdentityInput,
  claims: Claims | undefined,
  account: Account,
  partition: string,
): ReadonlySet<string> {
  const ofToken = claims === undefined ? [] : [claims.issuer, arnOfProvider(claims, account, partition)];
  return new Set([...ofToken, ...(ProviderId === undefined ? [] : [ProviderId])]);
}

function arnOfProvider({ issuer }: Claims, account: Account, partition: string): string {
  return `arn:${partition}:iam::${account.id}:oidc-provider/${issuer}`;
}

/** `token.actions.githubusercontent.com:sub`, in lower case. */
function keysOf({ issuer, sub, aud, amr }: Claims): ReadonlyMap<string, readonly string[]> {
  const values = { sub: [sub], aud, amr };
  return new Map(Object.entries(values).map(([name, texts]) => [`${issuer}:${name}`.toLowerCase(), texts]));
}

function whyDenied(
  decision: Decision,
  { accounts }: Store,
  providers: ReadonlySet<string>,
  claims: Claims | undefined,
): string {
  const whose =
    claims === undefined
      ? 'the token is not a JWT, so that it has no issuer'
      : `the issuer of the token is ${claims.iss}, whose provider is ${[...providers].at(1)}`;
  return `${describeDecision(decision, anonymous, accounts)}; ${whose}`;
}
