import { assumeRole } from '../model/sessions/assume-role';
import { assumeRoleWithWebIdentity } from '../model/sessions/assume-role-with-web-identity';
import { getAccessKeyInfo } from '../model/sessions/get-access-key-info';
import { getCallerIdentity } from '../model/sessions/get-caller-identity';
import { getFederationToken } from '../model/sessions/get-federation-token';
import { getSessionToken } from '../model/sessions/get-session-token';
import { type MemberNames, namesOf } from '../shapes/member-names';
import {
  accessKeyInfoShapes,
  assumeRoleShapes,
  callerIdentityShapes,
  federationTokenShapes,
  lackingStsInputs,
  sessionTokenShapes,
  webIdentityShapes,
} from '../shapes/sts';
import { lacking, type StsOperation, signed, unsigned } from './operation';

/**
 * Every operation of STS by name. An operation that this library lacks is also a row: it is recorded under its own name and refused.
 */
export const stsOperations = {
  AssumeRole: signed({
    ...assumeRoleShapes,
    handle: ({ store, caller, facts }, input) => assumeRole(store, caller, input, facts),
  }),
  AssumeRoleWithWebIdentity: unsigned({
    ...webIdentityShapes,
    handle: ({ store, facts }, input) => assumeRoleWithWebIdentity(store, input, facts),
  }),
  GetAccessKeyInfo: signed({
    ...accessKeyInfoShapes,
    handle: ({ store, caller, facts }, input) => ({ output: getAccessKeyInfo(store, caller, input, facts) }),
  }),
  GetCallerIdentity: signed({
    ...callerIdentityShapes,
    handle: ({ store, caller, facts }, input) => ({ output: getCallerIdentity(store, caller, input, facts) }),
  }),
  GetFederationToken: signed({
    ...federationTokenShapes,
    handle: ({ store, caller, facts }, input) => getFederationToken(store, caller, input, facts),
  }),
  GetSessionToken: signed({
    ...sessionTokenShapes,
    handle: ({ store, caller, facts }, input) => getSessionToken(store, caller, input, facts),
  }),

  AssumeRoleWithSAML: lacking(
    'the mock does not read assertions of SAML; use AssumeRoleWithWebIdentity or AssumeRole',
    lackingStsInputs.AssumeRoleWithSAML,
    { isSigned: false },
  ),
  AssumeRoot: lacking(
    'it is for the management account of an organization, which the mock does not have',
    lackingStsInputs.AssumeRoot,
  ),
  DecodeAuthorizationMessage: lacking(
    'S3 answers no encoded messages that could be decoded',
    lackingStsInputs.DecodeAuthorizationMessage,
  ),
  GetDelegatedAccessToken: lacking(
    "its token comes from a product of one of AWS's partners, and the mock issues none",
    lackingStsInputs.GetDelegatedAccessToken,
  ),
  GetWebIdentityToken: lacking(
    'its token is for services outside of AWS, which the mock does not answer',
    lackingStsInputs.GetWebIdentityToken,
  ),
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
