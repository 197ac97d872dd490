import { S3Error } from '../../refusals/s3-error';
import { required, structure, wrappedList } from '../../shapes/elements';
import type { StructureValue, ValueOf } from '../../shapes/shape';
import { text, word } from '../../shapes/values';
import { configuration } from './configuration';

/** S3 refuses another word in words of its own, after the schema. */
const protocol = word('http', 'https');

const redirect = structure({
  HostName: text,
  HttpRedirectCode: text,
  Protocol: protocol,
  ReplaceKeyPrefixWith: text,
  ReplaceKeyWith: text,
});

const routingRule = structure({
  Condition: structure({ HttpErrorCodeReturnedEquals: text, KeyPrefixEquals: text }),
  Redirect: required(redirect),
});

const members = {
  RedirectAllRequestsTo: structure({ HostName: required(text), Protocol: protocol }),
  IndexDocument: structure({ Suffix: required(text) }),
  ErrorDocument: structure({ Key: required(text) }),
  RoutingRules: wrappedList(routingRule, 'RoutingRule'),
};

export type RoutingRule = ValueOf<typeof routingRule>;

export type WebsiteConfiguration = StructureValue<typeof members>;

/** F350 */
export const website = configuration('website', members, {
  onDelete: 'as never put',
  accept(value) {
    const { RedirectAllRequestsTo: redirect, IndexDocument: index, RoutingRules: rules } = value;
    if (redirect !== undefined) {
      if (Object.keys(value).length > 1) throw new S3Error('WebsiteRedirectNotAlone', { ArgumentValue: 'not null' });
      if (redirect.HostName === '') throw new S3Error('WebsiteHostEmpty', {}, 'its HostName is empty');
      checkProtocol(redirect.Protocol);
      return value;
    }
    if (index === undefined) throw new S3Error('WebsiteIndexMissing', { ArgumentValue: 'null' });
    checkDocuments(index.Suffix, value.ErrorDocument?.Key);
    if (rules !== undefined) checkRules(rules);
    return value;
  },
});

function checkDocuments(suffix: string, errorKey: string | undefined): void {
  if (suffix === '' || suffix.includes('/')) throw new S3Error('WebsiteSuffixInvalid', { ArgumentValue: suffix });
  if (errorKey === '') throw new S3Error('WebsiteErrorKeyInvalid', { ArgumentValue: errorKey });
}

function checkRules(rules: readonly RoutingRule[]): void {
  const count = rules.length;
  if (count === 0) throw new S3Error('MalformedXML', {}, 'RoutingRules has no RoutingRule');
  if (count > 50) throw new S3Error('WebsiteRulesTooMany', { count });
  for (const rule of rules) {
    checkRedirect(rule.Redirect);
    checkCondition(rule.Condition);
  }
}

function checkRedirect(redirect: RoutingRule['Redirect']): void {
  const { ReplaceKeyPrefixWith, ReplaceKeyWith, Protocol, HttpRedirectCode } = redirect;
  if (ReplaceKeyPrefixWith !== undefined && ReplaceKeyWith !== undefined)
    throw new S3Error('WebsiteReplacementsBoth').quoting({ ReplaceKeyPrefixWith, ReplaceKeyWith });
  checkProtocol(Protocol);
  if (HttpRedirectCode !== undefined) checkRedirectCode(HttpRedirectCode);
}

function checkProtocol(protocol: string | undefined): void {
  if (protocol !== undefined && protocol !== 'http' && protocol !== 'https')
    throw new S3Error('WebsiteProtocolInvalid').quoting({ Protocol: protocol });
}

function checkRedirectCode(redirectCode: string): void {
  if (!/^\d+$/.test(redirectCode))
    throw new S3Error('MalformedXML', {}, `HttpRedirectCode is '${redirectCode}', not a number`);
  if (!/^30[1-578]$/.test(redirectCode)) throw new S3Error('WebsiteRedirectCodeInvalid', { redirectCode });
}

function checkCondition(condition: RoutingRule['Condition']): void {
  if (condition === undefined) return;
  const { HttpErrorCodeReturnedEquals: errorCode, KeyPrefixEquals: prefix } = condition;
  if (errorCode === undefined && prefix === undefined)
    throw new S3Error('WebsiteConditionEmpty', {}, 'a Condition has neither a prefix nor an error code');
  if (errorCode !== undefined && !/^\d+$/.test(errorCode))
    throw new S3Error('MalformedXML', {}, `HttpErrorCodeReturnedEquals is '${errorCode}', not a number`);
  if (errorCode !== undefined && !/^(?:40\d|41[0-7]|50[0-5])$/.test(errorCode))
    throw new S3Error('WebsiteErrorCodeInvalid', { errorCode });
}
