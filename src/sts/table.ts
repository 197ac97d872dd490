import type { StsCaller } from '../model/sessions/caller';
import { element, required, wrappedList } from '../shapes/elements';
import type { StructureValue } from '../shapes/shape';
import { text, words } from '../shapes/values';
import { assumeRole } from './assume-role';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity';
import { getAccessKeyInfo, getCallerIdentity } from './identities';
import { type Handled, lacking, type StsContext, type StsOperation } from './operation';
import { getScopedCredentials } from './scoped-credentials';
import { DurationSeconds, Policy, PolicyArns, roleDuration, Tags, tokenSize } from './shapes';
import { getFederationToken, getSessionToken } from './user-sessions';

/** An operation that this library lacks is also a row: it is recorded under its own name and refused. */
export const stsOperations = {
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
  GetAccessKeyInfo: getAccessKeyInfo,
  GetCallerIdentity: getCallerIdentity,
  GetFederationToken: getFederationToken,
  GetScopedCredentials: getScopedCredentials,
  GetSessionToken: getSessionToken,

  AssumeRoleWithSAML: lacking(
    'the mock does not read assertions of SAML; use AssumeRoleWithWebIdentity or AssumeRole',
    {
      RoleArn: required(element(text)),
      PrincipalArn: required(element(text)),
      SAMLAssertion: required(element(text)),
      PolicyArns,
      Policy,
      ...roleDuration,
      ...tokenSize,
    },
    { isSigned: false },
  ),
  AssumeRoot: lacking('it is for the management account of an organization, which the mock does not have', {
    TargetPrincipal: required(element(text)),
    TaskPolicyArn: required(element({ arn: element(text) })),
    DurationSeconds,
    ...tokenSize,
  }),
  DecodeAuthorizationMessage: lacking('S3 sends no encoded messages that could be decoded', {
    EncodedMessage: required(element(text)),
  }),
  GetDelegatedAccessToken: lacking(
    "its token comes from a product of one of AWS's partners, and the mock issues none",
    { TradeInToken: required(element(text)) },
  ),
  GetWebIdentityToken: lacking('its token is for services outside of AWS, which the mock does not answer', {
    Audience: required(wrappedList(text, 'member')),
    DurationSeconds,
    SigningAlgorithm: required(element(text)),
    Scope: element(text),
    SubjectMode: element(words('AWSIdentity', 'OriginIdentity')),
    Tags,
  }),
};

type StsOperations = typeof stsOperations;

/** The name of an operation of STS: `'AssumeRole'`. */
export type StsOperationName = keyof StsOperations & string;

/** The input of an operation of STS, under the names of AWS's SDKs. */
export type StsInputOf<Name extends StsOperationName> = StructureValue<StsOperations[Name]['input']>;

/** The output of an operation of STS, under the names of AWS's SDKs. */
export type StsOutputOf<Name extends StsOperationName> = StsOperations[Name] extends { readonly handle: undefined }
  ? undefined
  : StructureValue<StsOperations[Name]['output']>;

type Context = StsContext & { readonly caller: StsCaller | undefined };

export interface NamedStsOperation
  extends StsOperation<object, object, (context: Context, input: object) => Handled<object>> {
  readonly name: StsOperationName;
}

const rows: ReadonlyMap<string, NamedStsOperation> = new Map(
  Object.entries(stsOperations).map(([name, row]) => [name, { ...row, name } as unknown as NamedStsOperation]), // each handler takes what its own input members read, and the caller if it is signed
);

export function findStsOperation(name: string): NamedStsOperation | undefined {
  return rows.get(name);
}
