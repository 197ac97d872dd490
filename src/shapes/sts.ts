import { element, required, wrappedList } from './elements';
import type { ItemCount, LeafShape, ListShape, Shape, StructureValue, TextPattern } from './shape';
import { date, integer, limited, ranging, text } from './values';

/**
 * The inputs and outputs of STS's operations, with the limits of its model: https://docs.aws.amazon.com/STS/latest/APIReference/. Inputs are in
 * the order of the model, in which problems are reported (F700).
 * @module
 */

const word: TextPattern = { printed: '[\\w+=,.@-]*', matches: /^[\w+=,.@-]*$/ };
/** Letters beyond U+FFFF fail, whatever the pattern seems to say. */
const arnText: TextPattern = {
  printed: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+',
  matches: /^[\t\n\r -~\u0085\u00A0-\uD7FF\uE000-\uFFFD]+$/,
};
const policyText: TextPattern = { printed: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+', matches: /^[\t\n\r -\u00FF]+$/ };
const tagText = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';
const tagKeyText: TextPattern = { printed: `${tagText}+`, matches: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u };
const tagValueText: TextPattern = { printed: `${tagText}*`, matches: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u };
const deviceText: TextPattern = { printed: '[\\w+=/:,.@-]*', matches: /^[\w+=/:,.@-]*$/ };
const externalIdText: TextPattern = { printed: '[\\w+=,.@:\\/-]*', matches: /^[\w+=,.@:/-]*$/ };
const keyIdText: TextPattern = { printed: '[\\w]*', matches: /^\w*$/ };
const digits: TextPattern = { printed: '[\\d]*', matches: /^\d*$/ };

function textOf(least: number, most?: number, pattern?: TextPattern): LeafShape<string, 'text'> {
  return limited(text, { textLength: [least, most], ...(pattern && { pattern }) });
}

/** The items of a list are `NAME.member.1`, and so on. */
function members<const Item extends Shape>(item: Item, length: ItemCount): ListShape<Item> {
  return { kind: 'wrapped list', item, itemName: 'member', length };
}

const arn = textOf(20, 2048, arnText);
const sessionName = textOf(2, 64, word);
const tagKey = textOf(1, 128, tagKeyText);
const PolicyArns = members({ kind: 'structure', members: { arn: element(arn) } }, [0, 10]);
const Policy = element(textOf(1, 2048, policyText));
const DurationSeconds = element(ranging(integer, [900, 129_600]));
const ofRole = {
  RoleArn: required(element(arn)),
  RoleSessionName: required(element(sessionName)),
};
const durationOfRole = { DurationSeconds: element(ranging(integer, [900, 43_200])) };
const tag = { Key: required(element(tagKey)), Value: required(element(textOf(0, 256, tagValueText))) };
const Tags = members({ kind: 'structure', members: tag }, [0, 50]);
const mfaCode = { SerialNumber: element(textOf(9, 256, deviceText)), TokenCode: element(textOf(6, 6, digits)) };
/** The least size of the token that STS issues, which the mock ignores: its tokens have one size. */
const tokenSize = { MinimumSessionTokenSize: element(integer) };

/** Temporary credentials, which every answer that has them has whole. `Expiration` is by the clock of the process (F712). */
const credentials = {
  Credentials: required(
    element({
      AccessKeyId: required(element(text)),
      SecretAccessKey: required(element(text)),
      SessionToken: required(element(text)),
      Expiration: required(element(date)),
    }),
  ),
};
const assumedRole = {
  AssumedRoleUser: required(element({ AssumedRoleId: required(element(text)), Arn: required(element(text)) })),
};
/** The size of the policies and tags of a session, in percent of what AWS allows. */
const packedSize = { PackedPolicySize: element(integer) };
const sourceIdentity = { SourceIdentity: element(text) };

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRoleShapes = {
  input: {
    ...ofRole,
    PolicyArns,
    // The model has no greatest length, unlike that of the other operations.
    Policy: element(textOf(1, undefined, policyText)),
    ...durationOfRole,
    Tags,
    TransitiveTagKeys: members(tagKey, [0, 50]),
    ExternalId: element(textOf(2, 1224, externalIdText)),
    ...mfaCode,
    SourceIdentity: element(sessionName),
    ProvidedContexts: members(
      { kind: 'structure', members: { ProviderArn: element(arn), ContextAssertion: element(textOf(4, 2048)) } },
      [0, 5],
    ),
    ...tokenSize,
  },
  output: { ...assumedRole, ...credentials, ...packedSize, ...sourceIdentity },
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html. What comes from the token is absent if it is not a JWT. */
export const webIdentityShapes = {
  input: {
    ...ofRole,
    WebIdentityToken: required(element(textOf(4, 20_000))),
    ProviderId: element(textOf(4, 2048)),
    PolicyArns,
    Policy,
    ...durationOfRole,
    ...tokenSize,
  },
  output: {
    Audience: element(text),
    ...assumedRole,
    Provider: element(text),
    ...credentials,
    SubjectFromWebIdentityToken: element(text),
    ...packedSize,
    ...sourceIdentity,
  },
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html */
export const accessKeyInfoShapes = {
  input: { AccessKeyId: required(element(textOf(16, 128, keyIdText))) },
  output: { Account: required(element(text)) },
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const callerIdentityShapes = {
  input: {},
  output: { Arn: required(element(text)), UserId: required(element(text)), Account: required(element(text)) },
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
export const federationTokenShapes = {
  input: {
    Name: required(element(textOf(2, 32, word))),
    Policy,
    PolicyArns,
    DurationSeconds,
    Tags,
    ...tokenSize,
  },
  output: {
    ...credentials,
    FederatedUser: required(element({ FederatedUserId: required(element(text)), Arn: required(element(text)) })),
    ...packedSize,
  },
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const sessionTokenShapes = {
  input: { DurationSeconds, ...mfaCode, ...tokenSize },
  output: credentials,
};

/** The inputs of the operations that the mock lacks: recorded, and not checked. */
export const lackingStsInputs = {
  AssumeRoleWithSAML: {
    RoleArn: required(element(text)),
    PrincipalArn: required(element(text)),
    SAMLAssertion: required(element(text)),
    PolicyArns,
    Policy,
    ...durationOfRole,
    ...tokenSize,
  },
  AssumeRoot: {
    TargetPrincipal: required(element(text)),
    TaskPolicyArn: required(element({ arn: element(text) })),
    DurationSeconds,
    ...tokenSize,
  },
  DecodeAuthorizationMessage: { EncodedMessage: required(element(text)) },
  GetDelegatedAccessToken: { TradeInToken: required(element(text)) },
  GetWebIdentityToken: {
    Audience: required(wrappedList(text, 'member')),
    DurationSeconds,
    SigningAlgorithm: required(element(text)),
    Tags,
  },
};

export type AssumeRoleInput = StructureValue<typeof assumeRoleShapes.input>;
export type AssumeRoleOutput = StructureValue<typeof assumeRoleShapes.output>;
export type WebIdentityInput = StructureValue<typeof webIdentityShapes.input>;
export type WebIdentityOutput = StructureValue<typeof webIdentityShapes.output>;
export type AccessKeyInfoInput = StructureValue<typeof accessKeyInfoShapes.input>;
export type AccessKeyInfoOutput = StructureValue<typeof accessKeyInfoShapes.output>;
export type CallerIdentityOutput = StructureValue<typeof callerIdentityShapes.output>;
export type FederationTokenInput = StructureValue<typeof federationTokenShapes.input>;
export type FederationTokenOutput = StructureValue<typeof federationTokenShapes.output>;
export type SessionTokenInput = StructureValue<typeof sessionTokenShapes.input>;
export type SessionTokenOutput = StructureValue<typeof sessionTokenShapes.output>;
