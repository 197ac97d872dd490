/** The texts of S3's other codes, by status. They include codes of refusals that have no text without a request (F230). */
export const codesByStatus = {
  301: {
    PermanentRedirectControlError:
      'The API operation you are attempting to access must be addressed using the specified endpoint. Send all future requests to this endpoint.',
  },
  307: {
    Redirect: 'Temporary redirect.',
    TemporaryRedirect:
      'You are being redirected to the bucket while the Domain Name System (DNS) server is being updated.',
  },
  400: {
    AmbiguousGrantByEmailAddress: 'The email address that you provided is associated with more than one account.',
    ConnectionClosedByRequester: 'An error is encountered while reading the WriteGetObjectResponse body.',
    CredentialsNotSupported: 'This request does not support credentials.',
    DeviceNotActiveError: 'The device is not currently active.',
    EncryptionTypeMismatch: 'The existing object was created with a different encryption type.',
    EndpointNotFound: 'Direct requests to the correct endpoint.',
    ExpiredToken: 'The provided token has expired.',
    IdempotencyParameterMismatch:
      'Parameters on this idempotent request are inconsistent with parameters used in previous request(s).',
    IllegalLocationConstraintException:
      'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
    IncorrectEndpoint: 'The specified bucket exists in another Region. Direct requests to the correct endpoint.',
    IncorrectNumberOfFilesInPostRequest: 'POST requires exactly one file upload per request.',
    InlineDataTooLarge: 'Inline data exceeds the maximum allowed size.',
    InvalidAccessPoint: 'The specified access point name or account is not valid.',
    InvalidAccessPointAliasError: 'The specified access point alias name is not valid.',
    InvalidAddressingHeader: 'You must specify the Anonymous role.',
    InvalidBucketOwnerAWSAccountID: 'The value of the expected bucket owner parameter must be an AWS Account ID',
    InvalidEncryptionAlgorithmError: 'The Encryption request you specified is not valid. Supported value: AES256.',
    InvalidHostHeader: 'The host headers provided in the request used the incorrect style addressing.',
    InvalidHttpMethod: 'The request is made using an unexpected HTTP method.',
    InvalidRedirectLocation: "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    InvalidSignature:
      'The request signature that the server calculated does not match the signature that you provided.',
    InvalidSOAPRequest: 'The SOAP request body is not valid.',
    InvalidWriteOffset: 'The write offset value that you specified does not match the current object size.',
    'KMS.DisabledException': 'The KMS key is disabled.',
    'KMS.InvalidKeyUsageException':
      'The request was rejected because the KeyUsage of the KMS key is incompatible with the API operation.',
    'KMS.KMSInvalidStateException': 'The KMS key is pending deletion.',
    'KMS.NotFoundException': 'The KMS key does not exist.',
    MaxPostPreDataLengthExceededError: 'Your POST request fields preceding the upload file were too large.',
    MissingAttachment: 'A SOAP attachment was expected, but none was found.',
    MissingSecurityElement: 'The SOAP 1.1 request is missing a security element.',
    NotDeviceOwnerError: 'The device that generated the token is not owned by the authenticated user.',
    RequestHeaderSectionTooLarge: 'Your request header section exceeds the maximum allowed size.',
    RequestTorrentOfBucketError: 'Requesting the torrent file of a bucket is not permitted.',
    ResponseInterrupted: 'An error is encountered while reading the WriteGetObjectResponse body.',
    TagPolicyException: 'The tag policy does not allow the specified value for the following tag key.',
    TokenCodeInvalidError: 'The serial number and/or token code you provided is not valid.',
    TokenRefreshRequired: 'The provided token must be refreshed.',
    TooManyAccessPoints: 'You have attempted to create more access points than are allowed for an account.',
    TooManyMultiRegionAccessPointregionsError:
      'You have attempted to create a Multi-Region Access Point with more Regions than are allowed for an account.',
    TooManyMultiRegionAccessPoints:
      'You have attempted to create more Multi-Region Access Points than are allowed for an account.',
    TooManyParts: 'You have attempted to add more parts than the maximum of 10000 that are allowed for this object.',
    TooManyTags: 'The number of tags exceeds the limit of 50 tags.',
    UnresolvableGrantByEmailAddress: 'The email address that you provided does not match any account on record.',
    UnsupportedArgument: 'The request contained an unsupported argument.',
    UnsupportedSignature:
      'The provided request is signed with an unsupported STS Token version or the signature version is not supported.',
  },
  403: {
    AccountProblem:
      'There is a problem with your AWS account that prevents the operation from completing successfully.',
    AllAccessDisabled: 'All access to this Amazon S3 resource has been disabled.',
    CrossLocationLoggingProhibited: 'Cross S3 location logging not allowed.',
    InvalidPayer: 'All access to this object has been disabled.',
    InvalidRegion: "You've attempted to create a Multi-Region Access Point in a Region that you haven't opted in to.",
    InvalidSecurity: 'The provided security credentials are not valid.',
    MissingAuthenticationToken: 'The request was not signed.',
    NotSignedUp:
      'Your account is not signed up for the Amazon S3 service. You must sign up before you can use Amazon S3.',
    ObjectAlreadyInActiveTierError: 'This action is not allowed against this storage tier.',
    ObjectNotInActiveTierError: 'The source object of the COPY action is not in the active tier.',
    UnauthorizedAccessError: 'The provided credentials are not authorized: the bucket owner has no ICP license.',
    UnexpectedIPError: 'This request was rejected because the IP was unexpected.',
  },
  404: {
    NoSuchAsyncRequest: 'The specified request was not found.',
    NoSuchCORSConfiguration: 'The CORS configuration does not exist',
    NoSuchMultiRegionAccessPoint: 'The specified Multi-Region Access Point does not exist.',
    NoSuchPublicAccessBlockConfiguration: 'The public access block configuration was not found',
    NoSuchWebsiteConfiguration: 'The specified bucket does not have a website configuration',
    NoTransformationDefined: 'No transformation found for this Object Lambda Access Point.',
    OwnershipControlsNotFoundError: 'The bucket ownership controls were not found',
    ServerSideEncryptionConfigurationNotFoundError: 'The server side encryption configuration was not found',
  },
  409: {
    AnnotationRequestConflict: 'A conflicting operation is in progress against this annotation. Please try again.',
    ClientTokenConflict: 'Your Multi-Region Access Point idempotency token was already used for a different request.',
  },
  412: { RequestIsNotMultiPartContent: 'A bucket POST request must be of the enclosure-type multipart/form-data.' },
  503: {
    GlacierExpeditedRetrievalNotAvailable: 'Glacier expedited retrievals are currently not available. Try again later.',
  },
} as const;

/** The texts of IBM COS for codes of `codesByStatus`, where they differ (F42). */
export const cosTexts: Readonly<Record<string, string>> = {
  TemporaryRedirect: 'You are being redirected to the bucket while DNS updates.',
};

/** The text of IAM and of STS for a policy that they cannot read. */
export const syntaxErrorsInPolicy = 'Syntax errors in policy.';

/** A code of S3 by its status, for messages about a status that was given in place of a code. */
export const usualCodes: Readonly<Record<string, string>> = {
  400: 'InvalidRequest',
  403: 'AccessDenied',
  404: 'NoSuchKey',
  409: 'OperationAborted',
  412: 'PreconditionFailed',
  416: 'InvalidRange',
  500: 'InternalError',
  501: 'NotImplemented',
  503: 'SlowDown',
};
