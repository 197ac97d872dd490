import { allDetails, argument, type FailsByCode, type NoDetails, type Refusal, refusal, type Text } from './refusal';

/** An InvalidRequest about a routing rule. */
function ruleInvalid<Details extends object = NoDetails>(message: Text<Details>): Refusal<Details> & FailsByCode {
  return refusal<Details>({ code: 'InvalidRequest', status: 400, message, failsByName: false });
}

/** An InvalidArgument about one of the three ways to answer a visitor. */
function partInvalid(name: string, message: string): Refusal<{ readonly ArgumentValue: string }> & FailsByCode {
  return refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message,
    fields: argument(name),
    failsByName: false,
  });
}

/** Refusals of a bucket's website configuration (F350). */
export const website = {
  NoSuchWebsiteConfiguration: refusal<{ readonly BucketName: string }>({
    code: 'NoSuchWebsiteConfiguration',
    status: 404,
    message: 'The specified bucket does not have a website configuration',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  WebsiteRedirectNotAlone: partInvalid(
    'RedirectAllRequestsTo',
    'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
  ),
  WebsiteIndexMissing: partInvalid(
    'IndexDocument',
    'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
  ),
  WebsiteSuffixInvalid: partInvalid('IndexDocument', 'The IndexDocument Suffix is not well formed'),
  WebsiteErrorKeyInvalid: partInvalid('ErrorDocument', 'The ErrorDocument Key is not well formed'),
  WebsiteRulesTooMany: ruleInvalid<{ readonly count: number }>(
    ({ count }) =>
      `${count} routing rules provided, the number of routing rules in a website configuration is limited to 50.`,
  ),
  WebsiteReplacementsBoth: ruleInvalid('You can only define ReplaceKeyPrefix or ReplaceKey but not both.'),
  WebsiteProtocolInvalid: ruleInvalid(
    'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
  ),
  WebsiteRedirectCodeInvalid: ruleInvalid<{ readonly redirectCode: string }>(
    ({ redirectCode }) =>
      `The provided HTTP redirect code (${redirectCode}) is not valid. Valid codes are 3XX except 300.`,
  ),
  WebsiteConditionEmpty: ruleInvalid(
    "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
  ),
  WebsiteErrorCodeInvalid: ruleInvalid<{ readonly errorCode: string }>(
    ({ errorCode }) => `The provided HTTP error code (${errorCode}) is not valid. Valid codes are 4XX or 5XX.`,
  ),
};
