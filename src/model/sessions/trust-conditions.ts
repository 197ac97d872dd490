import { conditionsIn } from '../access/caller-conditions';
import type { ConditionKeyValues } from '../access/condition-key-values';
import { singleValue } from '../access/condition-key-values';
import { setValuesOf } from '../access/set-conditions';
import type { Account, Caller, Role } from '../identity/account';
import type { Store } from '../store';
import { type Tag, valueIn } from '../tagging';
import type { RequestFacts } from './request-facts';

/** The parameters of a request that conditions ask for. */
export interface AskedParameters {
  readonly RoleSessionName?: string | undefined;
  readonly ExternalId?: string | undefined;
  /** Given, or that of the calling session. */
  readonly SourceIdentity?: string | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

/** A request to STS, as the conditions of policies see it. */
export interface StsRequest {
  readonly caller: Caller;
  readonly facts: RequestFacts;
  readonly partition: string;
  /** The account of the role; of the caller if there is no role. */
  readonly owner: Account;
  readonly role?: Role | undefined;
  readonly parameters?: AskedParameters;
  readonly tags?: readonly Tag[];
  /** Whether the request has a valid MFA code. */
  readonly mfa?: boolean;
  /** The keys of an identity provider, in lower case. */
  readonly claims?: ReadonlyMap<string, readonly string[]>;
}

/** The values that the condition keys have for a request to STS (F715). Those that a test gives the caller win. */
export function stsConditions(request: StsRequest, store: Store): ConditionKeyValues {
  const { caller, partition, owner, claims } = request;
  const ofRequest: ConditionKeyValues = (key) =>
    setValuesOf(key, caller, store) ?? claims?.get(key) ?? valuesOf(key, request);
  return conditionsIn({ caller, partition, owner, clock: store.clock }, ofRequest);
}

function valuesOf(
  key: string,
  { facts, role, parameters = {}, tags = [], mfa = false }: StsRequest,
): readonly string[] | undefined {
  const [, family, name = ''] = /^((?:aws|iam):(?:request|resource)tag)\/(.+)$/s.exec(key) ?? [];
  if (family !== undefined) return singleValue(valueIn(family === 'aws:requesttag' ? tags : (role?.tags ?? []), name));
  switch (key) {
    case 'sts:externalid':
      return singleValue(parameters.ExternalId);
    case 'sts:rolesessionname':
      return singleValue(parameters.RoleSessionName);
    case 'sts:sourceidentity':
      return singleValue(parameters.SourceIdentity);
    case 'sts:transitivetagkeys':
      return parameters.TransitiveTagKeys;
    case 'aws:tagkeys':
      return tags.length === 0 ? undefined : tags.map(({ Key }) => Key);
    case 'aws:multifactorauthpresent':
      return mfa ? ['true'] : undefined;
    case 'aws:multifactorauthage':
      return mfa ? ['0'] : undefined;
    case 'aws:sourceip':
      return [facts.sourceIp];
    case 'aws:securetransport':
      return [String(facts.isSecure)];
    case 'aws:useragent':
      return singleValue(facts.userAgent);
    case 'aws:requestedregion':
      return [facts.region];
    default:
      return undefined;
  }
}
