import { syntaxErrorsInPolicy } from '../../refusals/error-codes';

/** The words with which IAM refuses the policy of a user, a role or a session, all of them as `MalformedPolicyDocument` (F580). */
export const userPolicyWords = {
  syntax: syntaxErrorsInPolicy,
  version: 'Policy document must be version 2012-10-17 or greater.',
  legacy: 'The policy failed legacy parsing',
  principal: 'Policy document should not specify a principal.',
  sidForm:
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
  sidTwice: 'Statement IDs (SID) in a single policy must be unique.',
  noActions: 'Policy statement must contain actions.',
  noResources: 'Policy statement must contain resources.',
  actionPrefix: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  actionColons: 'Actions/Condition can contain only one colon.',
  vendor: 'Resource vendor must be fully qualified and cannot contain regexes.',
  iamPath:
    'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.',
  actionVendor: (vendor: string) => `Vendor ${vendor} is not valid`,
  arn: (resource: string) => `Resource ${resource} must be in ARN format or "*".`,
  partition: (partition: string, arn: string) => `Partition "${partition}" is not valid for resource "${arn}".`,
  region: (resource: string) => `Resource ${resource} can not contain region information.`,
  iamRegion: (resource: string) => `IAM resource ${resource} cannot contain region information.`,
} as const;

/** A policy that IAM refuses. The mock has no API of IAM: its fixtures and handles throw a TypeError with these words. */
export class MalformedPolicyDocument extends Error {
  /** Our own sentence about the place and the mistake. */
  readonly why: string;

  constructor(message: string, why: string) {
    super(message);
    this.why = why;
  }
}
