import { allDetails, type FailsByCode, type Refusal, refusal, type Text } from './refusal';

/** The request that a browser asks about, and the kind of place that it names. */
type Asked = { readonly Method: string; readonly ResourceType: string };

/** An AccessForbidden to a browser's preflight request. */
function notAllowed(message: string): Refusal<Asked> {
  return refusal<Asked>('AccessForbidden', 403, `CORSResponse: ${message}`, { fields: allDetails });
}

/** An InvalidRequest about a rule, whose message quotes the value; S3 writes its double quotes as they are (F340). */
function ruleInvalid<Details extends object>(message: Text<Details>): Refusal<Details> & FailsByCode {
  return refusal<Details>('InvalidRequest', 400, message, { quotesStay: true, failsByName: false });
}

/** Refusals of a bucket's CORS configuration (F340), and of a browser's preflight request (F23). */
export const cors = {
  /** A GET of the CORS configuration of a bucket that has none. */
  NoSuchCORSConfiguration: refusal<{ readonly BucketName: string }>(
    'NoSuchCORSConfiguration',
    404,
    'The CORS configuration does not exist',
    { fields: allDetails, whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }) },
  ),
  /** A PUT of a CORS configuration with more than 100 rules. */
  CorsRulesTooMany: ruleInvalid<{ readonly count: number }>(
    'The number of CORS rules should not exceed allowed limit of 100 rules.',
  ),
  /** A PUT of a CORS configuration that allows a method other than GET, PUT, HEAD, POST and DELETE. */
  CorsMethodUnsupported: ruleInvalid<{ readonly method: string }>(
    ({ method }) => `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
  ),
  /** A PUT of a CORS configuration with two asterisks in an allowed origin or header. */
  CorsWildcardTwice: ruleInvalid<{ readonly name: 'AllowedOrigin' | 'AllowedHeader'; readonly value: string }>(
    ({ name, value }) => `${name} "${value}" can not have more than one wildcard.`,
  ),
  /** A PUT of a CORS configuration that allows a header whose name HTTP does not allow. */
  CorsHeaderInvalid: ruleInvalid<{ readonly header: string }>(
    ({ header }) => `AllowedHeader "${header}" contains invalid character.`,
  ),
  /** A PUT of a CORS configuration with an asterisk in a header to expose. */
  CorsExposeHeaderWildcard: ruleInvalid<{ readonly header: string }>(
    ({ header }) =>
      `ExposeHeader "${header}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
  ),
  /** A browser's preflight request for a bucket that does not exist. */
  CorsBucketMissing: notAllowed('Bucket not found'),
  /** A browser's preflight request for a bucket without a CORS configuration. */
  CorsNotEnabled: { ...notAllowed('CORS is not enabled for this bucket.'), meantByCode: true as const },
  /** A browser's preflight request that no rule of the bucket's CORS configuration allows. */
  CorsNotAllowed: notAllowed(
    "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
  ),
  /** A browser's preflight request without Origin. */
  CorsOriginMissing: refusal('BadRequest', 400, 'Insufficient information. Origin request header needed.'),
  /** A request with Origin whose Access-Control-Request-Method is another method than GET, HEAD, POST, PUT, DELETE, PATCH and OPTIONS. */
  CorsMethodInvalid: refusal<{ readonly method: string }>(
    'BadRequest',
    400,
    ({ method }) => `Invalid Access-Control-Request-Method: ${method}`,
  ),
  /** A request with Origin that announces a header whose name HTTP does not allow. */
  CorsHeadersInvalid: refusal<{ readonly header: string }>(
    'BadRequest',
    400,
    ({ header }) => `Access-Control-Request-Headers "${header}" contains invalid character.`,
    { quotesStay: true },
  ),
};
