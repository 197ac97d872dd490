import { element, required, wrappedList } from '../shapes/elements';
import { date, integer, text } from '../shapes/values';

/** The members that operations of STS share. The items of a list are `NAME.member.1`, and so on. */

const policyArns = wrappedList({ arn: element(text) }, 'member');

/** The role that is assumed, and the name of its session. */
export const roleMembers = { RoleArn: required(element(text)), RoleSessionName: required(element(text)) };

/** The policies that limit a session. */
export const policyMembers = { PolicyArns: policyArns, Policy: element(text) };

/** The time that a session lasts. */
export const durationMember = { DurationSeconds: element(integer) };

/** The code of an MFA device. */
export const mfaMembers = { SerialNumber: element(text), TokenCode: element(text) };

/** The tags of a session. */
export const tagsMember = {
  Tags: wrappedList({ Key: required(element(text)), Value: required(element(text)) }, 'member'),
};

/** Contexts from an identity provider. */
export const contextsMember = {
  ProvidedContexts: wrappedList({ ProviderArn: element(text), ContextAssertion: element(text) }, 'member'),
};

/** The temporary credentials of an answer, as SDKs have them: every answer has them. */
export const credentialsMember = {
  Credentials: required(
    element({
      AccessKeyId: required(element(text)),
      SecretAccessKey: required(element(text)),
      SessionToken: required(element(text)),
      Expiration: required(element(date)),
    }),
  ),
};

/** The session of a role, in an answer. */
export const assumedRoleMember = {
  AssumedRoleUser: required(element({ AssumedRoleId: required(element(text)), Arn: required(element(text)) })),
};

/** The least size of the token that STS issues, which the mock ignores: its tokens have one size. */
export const tokenSizeMember = { MinimumSessionTokenSize: element(integer) };

/** The size of the policies and tags of a session, in percent of what AWS allows. */
export const packedSizeMember = { PackedPolicySize: element(integer) };
