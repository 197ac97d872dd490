import { allDetails, argument, type FailsByCode, type NoDetails, type Refusal, refusal, type Text } from './refusal';

/** An InvalidRequest about a routing rule. */
function ruleInvalid<Details extends object = NoDetails>(message: Text<Details>): Refusal<Details> & FailsByCode {
  return refusal<Details>('InvalidRequest', 400, message, { failsByName: false });
}

/** An InvalidArgument about one of the three ways to answer a visitor. */
function partInvalid(name: string, message: string): Refusal<{ readonly ArgumentValue: string }> & FailsByCode {
  return refusal<{ readonly ArgumentValue: string }>('InvalidArgument', 400, message, {
    fields: argument(name),
    failsByName: false,
  });
}

/** Refusals of a bucket's website configuration (F350). */
export const website = {
  /** A GET of the website configuration of a bucket that has none. */
  NoSuchWebsiteConfiguration: refusal<{ readonly BucketName: string }>(
    'NoSuchWebsiteConfiguration',
    404,
    'The specified bucket does not have a website configuration',
    { fields: allDetails, whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }) },
  ),
  /** A PUT of a website configuration that redirects all requests and says something else as well. */
  WebsiteRedirectNotAlone: partInvalid(
    'RedirectAllRequestsTo',
    'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
  ),
  /** A PUT of a website configuration that redirects all requests to an empty host. */
  WebsiteHostEmpty: ruleInvalid('A host name must be provided to redirect all requests (e.g. "example.com").'),
  /** A PUT of a website configuration that neither redirects all requests nor has an index document. */
  WebsiteIndexMissing: partInvalid(
    'IndexDocument',
    'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
  ),
  /** A PUT of a website configuration whose index document is empty or has a slash. */
  WebsiteSuffixInvalid: partInvalid('IndexDocument', 'The IndexDocument Suffix is not well formed'),
  /** A PUT of a website configuration whose error document is empty. */
  WebsiteErrorKeyInvalid: partInvalid('ErrorDocument', 'The ErrorDocument Key is not well formed'),
  /** A PUT of a website configuration with more than 50 routing rules. */
  WebsiteRulesTooMany: ruleInvalid<{ readonly count: number }>(
    ({ count }) =>
      `${count} routing rules provided, the number of routing rules in a website configuration is limited to 50.`,
  ),
  /** A PUT of a routing rule that replaces the key and the prefix of the key. */
  WebsiteReplacementsBoth: ruleInvalid('You can only define ReplaceKeyPrefix or ReplaceKey but not both.'),
  /** A PUT of a website configuration with a redirect to a protocol other than http and https. */
  WebsiteProtocolInvalid: ruleInvalid(
    'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
  ),
  /** A PUT of a routing rule whose redirect has a status other than 301 to 305, 307 and 308. */
  WebsiteRedirectCodeInvalid: ruleInvalid<{ readonly redirectCode: string }>(
    ({ redirectCode }) =>
      `The provided HTTP redirect code (${redirectCode}) is not valid. Valid codes are 3XX except 300.`,
  ),
  /** A PUT of a routing rule with a condition of neither a prefix nor a status. */
  WebsiteConditionEmpty: ruleInvalid(
    "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
  ),
  /** A PUT of a routing rule whose condition is on a status other than 400 to 417 and 500 to 505. */
  WebsiteErrorCodeInvalid: ruleInvalid<{ readonly errorCode: string }>(
    ({ errorCode }) => `The provided HTTP error code (${errorCode}) is not valid. Valid codes are 4XX or 5XX.`,
  ),
};
