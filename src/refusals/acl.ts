import { type Argument, anyArgument, argument, refusal } from './refusal';

/** The text of a document that S3 cannot read as an ACL, and of one with too many grants. */
const malformed = 'The XML you provided was not well-formed or did not validate against our published schema';

/** Refusals of access control lists. */
export const acl = {
  AclMissing: refusal({
    code: 'MissingSecurityHeader',
    status: 400,
    message: 'Your request was missing a required header',
    fields: { MissingHeaderName: 'x-amz-acl' },
  }),
  AclTwice: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Specifying both Canned ACLs and Header Grants is not allowed',
    failsByName: false,
  }),
  AclWithBody: refusal({
    code: 'UnexpectedContent',
    status: 400,
    message: 'This request does not support content',
  }),
  CannedAclInvalid: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: '',
    fields: argument('x-amz-acl'),
  }),
  GrantMalformed: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Argument format not recognized',
    fields: anyArgument,
  }),
  GrantGroupUnknown: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid group uri',
    fields: anyArgument,
  }),
  GrantAccountUnknown: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid id',
    fields: anyArgument,
  }),
  // S3 creates no grants by e-mail since October 2025 (F282).
  EmailGrantee: refusal({
    code: 'MethodNotAllowed',
    status: 405,
    message: 'The specified method is not allowed against this resource.',
    failsByName: false,
  }),
  AclMalformed: refusal({ code: 'MalformedACLError', status: 400, message: malformed }),
  AclNotSupported: refusal({
    code: 'AccessControlListNotSupported',
    status: 400,
    message: 'The bucket does not allow ACLs',
    meantByCode: true,
  }),
  BucketAclForbidden: refusal({
    code: 'InvalidBucketAclWithObjectOwnership',
    status: 400,
    message: "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  }),
  BucketAclPublic: refusal({
    code: 'InvalidBucketAclWithBlockPublicAccessError',
    status: 400,
    message: 'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
  }),
};
