import { byCode, invalidArgument, invalidRequest, quotingArgument, refusal, valueInvalid } from './refusal';

/** The text for a document that S3 cannot read as an ACL, and for an ACL with too many grants. */
const malformed = 'The XML you provided was not well-formed or did not validate against our published schema';

/** Refusals of access control lists. */
export const acl = {
  /** A PUT of an ACL with neither a document nor a header that names an ACL. */
  AclMissing: refusal('MissingSecurityHeader', 400)('Your request was missing a required header', {
    fields: { MissingHeaderName: 'x-amz-acl' },
  }),
  /** A request with a canned ACL in x-amz-acl and with grants in x-amz-grant headers. */
  AclTwice: invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed', byCode),
  /** A PUT of an ACL with a header that names an ACL and with a body. */
  AclWithBody: refusal('UnexpectedContent', 400)('This request does not support content', {
    cos: { message: 'This request does not support content.' },
  }),
  /** An x-amz-acl that is not a canned ACL. */
  CannedAclInvalid: valueInvalid('x-amz-acl', ''),
  /** An x-amz-grant header with a part that is not of the form type="grantee". */
  GrantMalformed: invalidArgument('Argument format not recognized', quotingArgument),
  /** A grant to a group with a URI other than the URIs of S3's predefined groups. */
  GrantGroupUnknown: invalidArgument('Invalid group uri', quotingArgument),
  /** A grant to a canonical user id that no account has. */
  GrantAccountUnknown: invalidArgument('Invalid id', quotingArgument),
  // S3 creates no grants by e-mail since October 2025 (F282).
  /** A grant of an ACL or of a logging configuration to an e-mail address. */
  EmailGrantee: refusal('MethodNotAllowed', 405)('The specified method is not allowed against this resource.', byCode),
  /** A PUT of an ACL whose document does not fit its schema, or with more than 100 grants. */
  AclMalformed: refusal('MalformedACLError', 400)(malformed),
  /** A write with an ACL in a bucket whose ownership is BucketOwnerEnforced, unless the ACL leaves all rights to the owner. */
  AclNotSupported: refusal('AccessControlListNotSupported', 400)('The bucket does not allow ACLs', {
    meantByCode: true,
  }),
  /** A CreateBucket with an ACL and BucketOwnerEnforced, or a PUT of that ownership on a bucket whose ACL is not the FULL_CONTROL of its owner alone. */
  BucketAclForbidden: refusal(
    'InvalidBucketAclWithObjectOwnership',
    400,
  )("Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"),
  /** A CreateBucket with an ACL that grants rights to everyone, where new buckets block public ACLs. */
  BucketAclPublic: refusal(
    'InvalidBucketAclWithBlockPublicAccessError',
    400,
  )('Bucket cannot have public ACLs set with BlockPublicAccess enabled'),
};
