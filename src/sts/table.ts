import { assumeRole } from '../model/sessions/assume-role';
import { assumeRoleWithWebIdentity } from '../model/sessions/assume-role-with-web-identity';
import { getAccessKeyInfo } from '../model/sessions/get-access-key-info';
import { getCallerIdentity } from '../model/sessions/get-caller-identity';
import { getFederationToken } from '../model/sessions/get-federation-token';
import { getSessionToken } from '../model/sessions/get-session-token';
import { element, required, wrappedList } from '../shapes/elements';
import { type MemberNames, namesOf } from '../shapes/member-names';
import { integer, text } from '../shapes/values';
import {
  assumedRoleMember,
  contextsMember,
  credentialsMember,
  durationMember,
  mfaMembers,
  packedSizeMember,
  policyMembers,
  roleMembers,
  tagsMember,
  tokenSizeMember,
} from './members';
import { lacking, type StsOperation, signed, unsigned } from './operation';

/**
 * Every operation of STS by name, with its members in the order of the wire. An operation that this library lacks is also a row: it is
 * recorded under its own name and refused.
 */
export const stsOperations = {
  AssumeRole: signed({
    input: {
      ...roleMembers,
      ...policyMembers,
      ...durationMember,
      ...tagsMember,
      TransitiveTagKeys: wrappedList(text, 'member'),
      ExternalId: element(text),
      ...mfaMembers,
      SourceIdentity: element(text),
      ...contextsMember,
      ...tokenSizeMember,
    },
    output: { ...assumedRoleMember, ...credentialsMember, ...packedSizeMember, SourceIdentity: element(text) },
    handle: ({ store, caller, facts }, input) => assumeRole(store, caller, input, facts),
  }),
  AssumeRoleWithWebIdentity: unsigned({
    input: {
      ...roleMembers,
      WebIdentityToken: required(element(text)),
      ProviderId: element(text),
      ...policyMembers,
      ...durationMember,
      ...tokenSizeMember,
    },
    output: {
      Audience: element(text),
      ...assumedRoleMember,
      Provider: element(text),
      ...credentialsMember,
      SubjectFromWebIdentityToken: element(text),
      ...packedSizeMember,
      SourceIdentity: element(text),
    },
    handle: ({ store, facts }, input) => assumeRoleWithWebIdentity(store, input, facts),
  }),
  GetAccessKeyInfo: signed({
    input: { AccessKeyId: required(element(text)) },
    output: { Account: required(element(text)) },
    handle: ({ store, caller, facts }, input) => ({ output: getAccessKeyInfo(store, caller, input, facts) }),
  }),
  GetCallerIdentity: signed({
    input: {},
    output: { Arn: required(element(text)), UserId: required(element(text)), Account: required(element(text)) },
    handle: ({ store, caller, facts }, input) => ({ output: getCallerIdentity(store, caller, input, facts) }),
  }),
  GetFederationToken: signed({
    input: {
      Name: required(element(text)),
      ...policyMembers,
      ...durationMember,
      ...tagsMember,
      ...tokenSizeMember,
    },
    output: {
      ...credentialsMember,
      FederatedUser: required(element({ FederatedUserId: required(element(text)), Arn: required(element(text)) })),
      ...packedSizeMember,
    },
    handle: ({ store, caller, facts }, input) => getFederationToken(store, caller, input, facts),
  }),
  GetSessionToken: signed({
    input: { ...durationMember, ...mfaMembers, ...tokenSizeMember },
    output: credentialsMember,
    handle: ({ store, caller, facts }, input) => getSessionToken(store, caller, input, facts),
  }),

  AssumeRoleWithSAML: lacking(
    'the mock does not read assertions of SAML; use AssumeRoleWithWebIdentity or AssumeRole',
    {
      RoleArn: required(element(text)),
      PrincipalArn: required(element(text)),
      SAMLAssertion: required(element(text)),
      ...policyMembers,
      ...durationMember,
      ...tokenSizeMember,
    },
    { isSigned: false },
  ),
  AssumeRoot: lacking('it is for the management account of an organization, which the mock does not have', {
    TargetPrincipal: required(element(text)),
    TaskPolicyArn: required(element({ arn: element(text) })),
    ...durationMember,
    ...tokenSizeMember,
  }),
  DecodeAuthorizationMessage: lacking('S3 answers no encoded messages that could be decoded', {
    EncodedMessage: required(element(text)),
  }),
  GetDelegatedAccessToken: lacking(
    'it trades in a token of a product of a partner of AWS, which the mock does not issue',
    {
      TradeInToken: required(element(text)),
    },
  ),
  GetWebIdentityToken: lacking('its token is for services outside of AWS, which the mock does not answer', {
    Audience: required(wrappedList(text, 'member')),
    DurationSeconds: element(integer),
    SigningAlgorithm: required(element(text)),
    ...tagsMember,
  }),
};

type StsOperations = typeof stsOperations;

/** The name of an operation of STS: `'AssumeRole'`. */
export type StsOperationName = keyof StsOperations & string;

/** The input of an operation of STS, under the names of AWS's SDKs. */
export type StsInputOf<Name extends StsOperationName> =
  StsOperations[Name] extends StsOperation<infer I, unknown> ? I : never;

/** The output of an operation of STS, under the names of AWS's SDKs. */
export type StsOutputOf<Name extends StsOperationName> =
  StsOperations[Name] extends StsOperation<never, infer O> ? O : never;

/** A row with its name. */
export interface NamedStsOperation extends StsOperation<object, object | undefined> {
  readonly name: StsOperationName;
}

const rows: ReadonlyMap<string, NamedStsOperation> = new Map(
  Object.entries(stsOperations).map(([name, row]) => [name, { ...row, name } as unknown as NamedStsOperation]), // each handler takes what its own input members read
);

/** The operation with a name; undefined if STS has none. */
export function findStsOperation(name: string): NamedStsOperation | undefined {
  return rows.get(name);
}

/** The names of the members of an operation's input, nested ones too. */
export function stsInputNamesOf(name: StsOperationName): MemberNames {
  return namesOf(stsOperations[name].input);
}
