import { type NoDetails, type Refusal, refusal, type Text } from './refusal';

/** A problem of a credential, which S3 words alike for a header and a query, except for the beginning. */
function beginning<Details>(words: string, problem: Text<Details>): Text<Details> {
  return typeof problem === 'string' ? `${words}; ${problem}` : (details) => `${words}; ${problem(details)}`;
}

function inHeader<Details extends object = NoDetails>(
  problem: Text<Details>,
  rest?: Pick<Refusal<Details>, 'fields'>,
): Refusal<Details> {
  const message = beginning('The authorization header is malformed', problem);
  return refusal<Details>('AuthorizationHeaderMalformed', 400, message, { ...rest });
}

function inQuery<Details extends object = NoDetails>(
  problem: Text<Details>,
  rest?: Pick<Refusal<Details>, 'fields'>,
): Refusal<Details> {
  const message = beginning('Error parsing the X-Amz-Credential parameter', problem);
  return refusal<Details>('AuthorizationQueryParametersError', 400, message, { ...rest });
}

/** The region of a credential, and the one that S3 expects, which it quotes as a field. */
export interface WrongRegion {
  readonly region: string;
  readonly Region: string;
}

/** A form's credential, which is an argument, and its problem without a beginning. S3 writes double quotes as they are (F564). */
function inForm<Details extends object = NoDetails>(
  message: Text<Details & SentCredential>,
  more: (details: Details & SentCredential) => Readonly<Record<string, string>> = () => ({}),
): Refusal<Details & SentCredential> {
  return refusal<Details & SentCredential>('InvalidArgument', 400, message, {
    fields: (details) => ({
      ArgumentName: 'X-Amz-Credential',
      ArgumentValue: details.ArgumentValue,
      ...more(details),
    }),
    quotesStay: true,
  });
}

/** The credential as sent. */
export interface SentCredential {
  readonly ArgumentValue: string;
}

const form = 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';
const regionlessForm = 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/SERVICE/aws4_request".';
const dateForm = ({ date }: { readonly date: string }) =>
  `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`;
const noRegion = 'a non-empty region must be provided in the credential.';
const wrongRegion = ({ region, Region }: WrongRegion) => `the region '${region}' is wrong; expecting '${Region}'`;
const wrongService = ({ service }: { readonly service: string }) =>
  `incorrect service "${service}". This endpoint belongs to "s3".`;
const wrongTerminal = ({ terminal }: { readonly terminal: string }) =>
  `incorrect terminal "${terminal}". This endpoint uses "aws4_request".`;
const expected = ({ Region }: WrongRegion) => ({ Region });

/**
 * Refusals of the credential that a signature names, and of its scope: date, region, service, terminal. What is called checked is only
 * refused by a mock that checks signatures.
 */
export const credentialScopes = {
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
  FormAccessKeyMissing: inForm('a non-empty Access Key (AKID) must be provided in the credential.'),
  /** A checked form whose X-Amz-Credential has a date that is not of the form yyyyMMdd. */
  FormCredentialDateMalformed: inForm<{ readonly date: string }>(dateForm),
  /** A checked form whose X-Amz-Credential has an empty region. */
  FormCredentialRegionMissing: inForm(noRegion),
  /** A checked form whose X-Amz-Credential has another region than the endpoint. */
  FormCredentialRegionWrong: inForm<WrongRegion>(wrongRegion, expected),
  /** A checked form whose X-Amz-Credential has a service other than 's3'. */
  FormCredentialServiceWrong: inForm<{ readonly service: string }>(wrongService),
  /** A checked form whose X-Amz-Credential does not end with 'aws4_request'. */
  FormCredentialTerminalWrong: inForm<{ readonly terminal: string }>(wrongTerminal),
  /** A checked Authorization header whose Credential has another day than the date of the request. */
  AuthorizationHeaderDayDiffers: inHeader('Invalid credential date. Date is not the same as X-Amz-Date.'),
  /** A checked presigned URL whose X-Amz-Credential has another day than its X-Amz-Date. */
  AuthorizationQueryDayDiffers: refusal<{ readonly date: string; readonly day: string }>(
    'AuthorizationQueryParametersError',
    400,
    ({ date, day }) => `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${day}".`,
  ),
};
