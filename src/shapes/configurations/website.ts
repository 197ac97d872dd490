import { required, structure, wrappedList } from '../elements';
import { text, word } from '../values';

/** S3 refuses another word in words of its own, after the schema. */
const protocol = word<'http' | 'https'>();

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

/** The configuration of a bucket that is served as a website. */
export const website = structure({
  RedirectAllRequestsTo: structure({ HostName: required(text), Protocol: protocol }),
  IndexDocument: structure({ Suffix: required(text) }),
  ErrorDocument: structure({ Key: required(text) }),
  RoutingRules: wrappedList(routingRule, 'RoutingRule'),
});
