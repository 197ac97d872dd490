import {
  accessDenied,
  allDetails,
  beginWith,
  invalidArgument,
  type NoDetails,
  type Refusal,
  refusal,
  type Text,
  type Texts,
  valueInvalid,
} from './refusal';

const queryInvalid = refusal('AuthorizationQueryParametersError', 400);

function inHeader<Details extends object = NoDetails>(
  problem: Text<Details>,
  rest?: Pick<Refusal<Details>, 'fields'>,
): Refusal<Details> {
  const message = beginWith('The authorization header is malformed; ', problem);
  return refusal('AuthorizationHeaderMalformed', 400)<Details>(message, { ...rest });
}

function inQuery<Details extends object = NoDetails>(
  problem: Text<Details>,
  rest?: Pick<Refusal<Details>, 'fields'>,
): Refusal<Details> {
  const message = beginWith('Error parsing the X-Amz-Credential parameter; ', problem);
  return queryInvalid<Details>(message, { ...rest });
}

/** The region of a credential, and the region that S3 expects, which it quotes as a field. */
type WrongRegion = Texts<'region' | 'Region'>;

/** A form's credential, which is an argument, and its problem without a beginning. */
function inForm<Details extends object = NoDetails>(
  message: Text<Details & SentCredential>,
  more: (details: Details & SentCredential) => Readonly<Record<string, string>> = () => ({}),
): Refusal<Details & SentCredential> {
  return invalidArgument<Details & SentCredential>(message, {
    fields: (details) => ({ ArgumentName: 'X-Amz-Credential', ArgumentValue: details.ArgumentValue, ...more(details) }),
  });
}

/** The credential as sent. */
type SentCredential = Texts<'ArgumentValue'>;

const form = 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';
const regionlessForm = 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/SERVICE/aws4_request".';
const dateForm = ({ date }: { readonly date: string }) =>
  `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`;
const noAccessKey = 'a non-empty Access Key (AKID) must be provided in the credential.';
const noRegion = 'a non-empty region must be provided in the credential.';
const wrongRegion = ({ region, Region }: WrongRegion) => `the region '${region}' is wrong; expecting '${Region}'`;
const wrongService = ({ service }: { readonly service: string }) =>
  `incorrect service "${service}". This endpoint belongs to "s3".`;
const wrongTerminal = ({ terminal }: { readonly terminal: string }) =>
  `incorrect terminal "${terminal}". This endpoint uses "aws4_request".`;
const expected = ({ Region }: WrongRegion) => ({ Region });

/** Refusals of the credentials that a request names. What is called checked is only refused by a mock that checks signatures. */
export const credentials = {
  /** An Authorization header of version 4 without Credential, SignedHeaders or Signature, with one of them twice, or with another component. */
  AuthorizationHeaderComponentsMissing: refusal('AuthorizationHeaderMalformed', 400)(
    'The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    {
      meantByCode: true,
      standardMessage: 'The authorization header that you provided is not valid.',
      failsByName: false,
    },
  ),
  /** An Authorization header of a type that the service does not know. */
  AuthorizationUnsupported: valueInvalid('Authorization', 'Unsupported Authorization Type'),
  /** An Authorization header of version 2 that is not an access key, a colon and a signature. */
  AuthorizationV2Malformed: valueInvalid(
    'Authorization',
    'AWS authorization header is invalid.  Expected AwsAccessKeyId:signature',
  ),
  /** A URL with X-Amz-Algorithm and without another parameter of a presigned URL of version 4. */
  AuthorizationQueryMissing: queryInvalid(
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    { meantByCode: true },
  ),
  /** A URL with the Signature of version 2 and without Expires or AWSAccessKeyId. */
  AuthorizationQueryV2Missing: accessDenied(
    'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  ),
  /** A presigned URL that was sent with an Authorization header. */
  AuthorizationTwice: valueInvalid(
    'Authorization',
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
  ),
  /** A URL that is presigned by version 2 and by version 4. */
  AuthorizationQueryTwice: invalidArgument(
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    { fields: { ArgumentName: 'Authorization' } },
  ),
  /** An Authorization header without a space after its type or, if it is checked and of version 2, with several. */
  AuthorizationSpaceMissing: valueInvalid(
    'Authorization',
    "Authorization header is invalid -- one and only one ' ' (space) required",
  ),
  /** A presigned URL with an X-Amz-Algorithm other than the algorithms of SigV4 and SigV4a. */
  AuthorizationQueryAlgorithmUnsupported: queryInvalid(
    'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
  ),
  /** A request with a key that belongs to no account, or with a session's key and no token or another session's. */
  InvalidAccessKeyId: refusal('InvalidAccessKeyId', 403)<Texts<'AWSAccessKeyId'>>(
    'The AWS Access Key Id you provided does not exist in our records.',
    {
      fields: allDetails,
      cos: { message: 'The AWS Access Key ID you provided does not exist in our records.' },
    },
  ),
  /** An Authorization header of SigV4 whose Credential does not have five parts. */
  AuthorizationHeaderCredentialMalformed: inHeader(form),
  /** An Authorization header of SigV4a whose Credential does not have four parts. */
  AuthorizationHeaderRegionlessCredentialMalformed: inHeader(regionlessForm),
  /** A checked Authorization header whose Credential has a date that is not of the form yyyyMMdd. */
  AuthorizationHeaderDateMalformed: inHeader(dateForm),
  /** A checked Authorization header of SigV4 whose Credential has an empty region. */
  AuthorizationHeaderRegionMissing: inHeader(noRegion),
  /** A checked Authorization header of SigV4 whose Credential has another region than the endpoint. */
  AuthorizationHeaderRegionWrong: inHeader(wrongRegion, { fields: expected }),
  /** A checked Authorization header whose Credential has a service other than 's3'. */
  AuthorizationHeaderServiceWrong: inHeader(wrongService),
  /** A checked Authorization header whose Credential does not end with 'aws4_request'. */
  AuthorizationHeaderTerminalWrong: inHeader(wrongTerminal),
  /** An Authorization header of version 4 with a component that has no value, or another '='. S3 quotes it as it was sent. */
  AuthorizationHeaderComponentMalformed: inHeader<Texts<'component'>>(
    ({ component }) => `the authorization component "${component}" is malformed.`,
  ),
  /** An Authorization header of version 4 whose Credential begins with no access key. */
  AuthorizationHeaderAccessKeyMissing: inHeader(noAccessKey),
  /** A presigned URL of version 4 whose X-Amz-Credential begins with no access key. */
  AuthorizationQueryAccessKeyMissing: inQuery(noAccessKey),
  /** A presigned URL of version 4 whose X-Amz-Credential does not have as many parts as its algorithm needs. */
  AuthorizationQueryCredentialMalformed: inQuery(form),
  /** A checked presigned URL of SigV4a whose X-Amz-Credential does not have four parts. */
  AuthorizationQueryRegionlessCredentialMalformed: inQuery(regionlessForm),
  /** A checked presigned URL whose X-Amz-Credential has a date that is not of the form yyyyMMdd. */
  AuthorizationQueryDateMalformed: inQuery(dateForm),
  /** A checked presigned URL of SigV4 whose X-Amz-Credential has an empty region. */
  AuthorizationQueryRegionMissing: inQuery(noRegion),
  /** A checked presigned URL of SigV4 whose X-Amz-Credential has another region than the endpoint. */
  AuthorizationQueryRegionWrong: inQuery(wrongRegion, { fields: expected }),
  /** A checked presigned URL whose X-Amz-Credential has a service other than 's3'. */
  AuthorizationQueryServiceWrong: inQuery(wrongService),
  /** A checked presigned URL whose X-Amz-Credential does not end with 'aws4_request'. */
  AuthorizationQueryTerminalWrong: inQuery(wrongTerminal),
  /** A form signed by version 4 whose X-Amz-Credential does not have five parts. */
  FormCredentialMalformed: inForm(form),
  /** A form signed by version 4 whose X-Amz-Credential begins with no access key. */
  FormAccessKeyMissing: inForm(noAccessKey),
  /** A checked form whose X-Amz-Credential has a date that is not of the form yyyyMMdd. */
  FormCredentialDateMalformed: inForm<Texts<'date'>>(dateForm),
  /** A checked form whose X-Amz-Credential has an empty region. */
  FormCredentialRegionMissing: inForm(noRegion),
  /** A checked form whose X-Amz-Credential has another region than the endpoint. */
  FormCredentialRegionWrong: inForm<WrongRegion>(wrongRegion, expected),
  /** A checked form whose X-Amz-Credential has a service other than 's3'. */
  FormCredentialServiceWrong: inForm<Texts<'service'>>(wrongService),
  /** A checked form whose X-Amz-Credential does not end with 'aws4_request'. */
  FormCredentialTerminalWrong: inForm<Texts<'terminal'>>(wrongTerminal),
  /** A checked Authorization header whose Credential has another day than the date of the request. */
  AuthorizationHeaderDayDiffers: inHeader('Invalid credential date. Date is not the same as X-Amz-Date.'),
  /** A checked presigned URL whose X-Amz-Credential has another day than its X-Amz-Date. */
  AuthorizationQueryDayDiffers: queryInvalid<Texts<'date' | 'day'>>(
    ({ date, day }) => `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${day}".`,
  ),
  /** A request to IBM Cloud for a token, with a grant_type that the mock does not have. */
  IamGrantTypeUnsupported: refusal(
    'BXNIM0105E',
    400,
  )<Texts<'value'>>(({ value }) => `Validation of property 'grant_type' with value '${value}' failed.`),
  /** A request to IBM Cloud for a token, with a response_type other than 'cloud_iam'. */
  IamResponseTypeInvalid: refusal(
    'BXNIM0106E',
    400,
  )<Texts<'value'>>(
    ({ value }) => `Validation of property 'response_type' with value '${value}' failed. Valid values: 'cloud_iam'`,
  ),
  /** A request to IBM Cloud for a token, without the API key or the refresh token that its grant_type needs. */
  IamPropertyMissing: refusal(
    'BXNIM0109E',
    400,
  )<Texts<'property'>>(({ property }) => `Property missing or empty: ${property}`),
  /** A request to IBM Cloud for a token, with an API key that the test refuses. */
  IamApiKeyUnknown: refusal('BXNIM0415E', 400)('Provided API key could not be found'),
  /** A request to IBM Cloud for a token, with a refresh token that the test refuses. */
  IamRefreshTokenExpired: refusal('BXNIM0408E', 400)('Provided refresh token is expired'),
};
