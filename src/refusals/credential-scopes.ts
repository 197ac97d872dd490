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
  return refusal<Details>({ code: 'AuthorizationHeaderMalformed', status: 400, message, ...rest });
}

function inQuery<Details extends object = NoDetails>(
  problem: Text<Details>,
  rest?: Pick<Refusal<Details>, 'fields'>,
): Refusal<Details> {
  const message = beginning('Error parsing the X-Amz-Credential parameter', problem);
  return refusal<Details>({ code: 'AuthorizationQueryParametersError', status: 400, message, ...rest });
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
  return refusal<Details & SentCredential>({
    code: 'InvalidArgument',
    status: 400,
    message,
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

/** Refusals of the credential that a signature names, and of its scope: date, region, service, terminal. */
export const credentialScopes = {
  AuthorizationHeaderCredentialMalformed: inHeader(form),
  AuthorizationHeaderRegionlessCredentialMalformed: inHeader(regionlessForm),
  AuthorizationHeaderDateMalformed: inHeader(dateForm),
  AuthorizationHeaderRegionMissing: inHeader(noRegion),
  AuthorizationHeaderRegionWrong: inHeader(wrongRegion, { fields: expected }),
  AuthorizationHeaderServiceWrong: inHeader(wrongService),
  AuthorizationHeaderTerminalWrong: inHeader(wrongTerminal),
  AuthorizationQueryCredentialMalformed: inQuery(form),
  AuthorizationQueryRegionlessCredentialMalformed: inQuery(regionlessForm),
  AuthorizationQueryDateMalformed: inQuery(dateForm),
  AuthorizationQueryRegionMissing: inQuery(noRegion),
  AuthorizationQueryRegionWrong: inQuery(wrongRegion, { fields: expected }),
  AuthorizationQueryServiceWrong: inQuery(wrongService),
  AuthorizationQueryTerminalWrong: inQuery(wrongTerminal),
  FormCredentialMalformed: inForm(form),
  FormAccessKeyMissing: inForm('a non-empty Access Key (AKID) must be provided in the credential.'),
  FormCredentialDateMalformed: inForm<{ readonly date: string }>(dateForm),
  FormCredentialRegionMissing: inForm(noRegion),
  FormCredentialRegionWrong: inForm<WrongRegion>(wrongRegion, expected),
  FormCredentialServiceWrong: inForm<{ readonly service: string }>(wrongService),
  FormCredentialTerminalWrong: inForm<{ readonly terminal: string }>(wrongTerminal),
  AuthorizationHeaderDayDiffers: inHeader('Invalid credential date. Date is not the same as X-Amz-Date.'),
  AuthorizationQueryDayDiffers: refusal<{ readonly date: string; readonly day: string }>({
    code: 'AuthorizationQueryParametersError',
    status: 400,
    message: ({ date, day }) => `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${day}".`,
  }),
};
