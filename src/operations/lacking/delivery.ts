import { sentDocument } from '../../protocol/document/binding';
import { element, list, unlessNone, wrappedList } from '../../protocol/document/elements';
import { long, text, word } from '../../protocol/document/values';

/**
 * The documents of websites and requests across origins, which the mock lacks (F231).
 * @module
 */

const corsRule = {
  AllowedMethods: unlessNone(list(text, 'AllowedMethod')),
  AllowedOrigins: unlessNone(list(text, 'AllowedOrigin')),
  ID: element(text),
  AllowedHeaders: unlessNone(list(text, 'AllowedHeader')),
  ExposeHeaders: unlessNone(list(text, 'ExposeHeader')),
  MaxAgeSeconds: element(long),
};

/** The document of PutBucketCors. */
export const corsConfiguration = {
  CORSConfiguration: sentDocument({
    CORSRules: unlessNone(list(corsRule, 'CORSRule')),
  }),
};

const errorDocument = {
  Key: element(text),
};

const indexDocument = {
  Suffix: element(text),
};

const redirectAllRequestsTo = {
  HostName: element(text),
  Protocol: element(word<'http' | 'https'>()),
};

const redirect = {
  HostName: element(text),
  HttpRedirectCode: element(text),
  Protocol: element(word<'http' | 'https'>()),
  ReplaceKeyPrefixWith: element(text),
  ReplaceKeyWith: element(text),
};

const condition = {
  HttpErrorCodeReturnedEquals: element(text),
  KeyPrefixEquals: element(text),
};

const routingRule = {
  Redirect: element(redirect),
  Condition: element(condition),
};

/** The document of PutBucketWebsite. */
export const websiteConfiguration = {
  WebsiteConfiguration: sentDocument({
    ErrorDocument: element(errorDocument),
    IndexDocument: element(indexDocument),
    RedirectAllRequestsTo: element(redirectAllRequestsTo),
    RoutingRules: wrappedList(routingRule, 'RoutingRule'),
  }),
};
