import { dialects } from '../dialects';
import type { ServiceName } from '../journal/entry';
import { isStsForm } from '../sts/request';
import { call } from '../text/calls';
import { clause, type Said } from '../text/reason';
import type { FurtherService, WireHead, WireRequest } from '../wire';
import { s3Control } from './s3-control-service';
import { s3 } from './s3-service';
import type { ServedCall, Service } from './service';
import { sts } from './sts-service';
import { websites } from './website-service';

/** `website` is S3 as its websites answer; `other` is a service that the mock does not answer, or a host that has none. */
export type Called = ServiceName | 'website' | 'other';

/** Each service has calls of its own type, so a function that takes any of them is called with the one. */
export function withService<Result>(
  called: Exclude<Called, 'other'>,
  act: <C extends ServedCall>(service: Service<C>) => Result,
): Result {
  switch (called) {
    case 's3':
      return act(s3);
    case 's3-control':
      return act(s3Control);
    case 'sts':
      return act(sts);
    case 'website':
      return act(websites);
  }
}

/** A host of a service decides by itself. Elsewhere S3 Control's path and header decide, then the scope of the signature, or an unsigned operation of STS. */
export function calledService(
  wire: WireRequest,
  { services = none }: { readonly services?: ReadonlySet<FurtherService> | undefined },
): Called {
  const { service, own, dialect, website } = wire.endpoint;
  if (website !== undefined) return wire.secure && !dialects[dialect].websites.answerHttps ? 'other' : 'website';
  if (service === 'sts' || service === 's3-control') return service;
  const answersSts = services.has('sts');
  if (own && services.has('s3-control') && isOfControl(wire)) return 's3-control';
  if (own !== true || !isOfAws[dialect]) return 's3';
  const signed = signedService(wire);
  if (signed === undefined) return answersSts && isStsForm(wire) ? 'sts' : 's3';
  if (signed === 'sts' && answersSts) return 'sts';
  // Clients of other stores may sign for any service. At a port, SDKs sign for the service that they call.
  const isOfS3 = signed.startsWith('s3') && !/^s3(?:tables|vectors|files)$/.test(signed);
  return wire.endpoint.standsForRegions && !isOfS3 ? 'other' : 's3';
}

const none: ReadonlySet<FurtherService> = new Set();

/** The services for which the clients of S3, S3 Control and STS sign. The names of S3 Tables, S3 Vectors and S3 Files begin in the same way as the name of S3. */
export const signedNames: ReadonlySet<string> = new Set([
  's3',
  's3express',
  's3-control',
  's3-object-lambda',
  's3-outposts',
]);

/** Whether a request at the address of all services is for a service that the mock does not answer. If the request has no signature, only the header of the JSON protocols shows this. */
export function makeIsForOthers(services: ReadonlySet<FurtherService>): (head: WireHead) => boolean {
  return (head) => {
    if (head.headers.has('x-amz-target')) return true;
    const signed = signedService(head);
    if (signed === undefined || signedNames.has(signed)) return false;
    return signed !== 'sts' || !services.has('sts');
  };
}

/** SDKs name the account in this header, whatever the host; S3's operations do not have it. */
function isOfControl({ url, headers }: WireRequest): boolean {
  return url.startsWith('/v20180820/') && headers.has('x-amz-account-id');
}

export function whyOther(wire: WireRequest): { readonly why: string; readonly cause?: Said } {
  if (wire.endpoint.website !== undefined)
    return {
      why: `the websites of S3 answer http alone: in S3's place, something like CloudFront ends https in front of ${wire.host}. Let the test visit http://${wire.headers.get('host') ?? wire.host}`,
    };
  const signed = signedService(wire);
  if (signed !== 'sts')
    return { why: `the request is signed for ${signed}, and s3-versioning-mock answers only S3, STS and S3 Control` };
  const why = 'the request is signed for sts, and the mock does not answer STS';
  return {
    why,
    cause: clause`${call('mockS3(...)', { '...': { sts: false } })} turned STS off`,
  };
}

const isOfAws: Readonly<Record<WireRequest['endpoint']['dialect'], boolean>> = { aws: true, 'ibm-cos': false };

/** The scope of SigV4a names no region. */
const inHeader = /Credential=[^/,\s=]*\/\d*\/(?:[^/,\s=]*\/)?([a-z0-9-]+)\/aws4_request/i;
const inQuery =
  /[?&]x-amz-credential=[^/&%?]*(?:\/|%2F)\d*(?:\/|%2F)(?:[^/&%?]*(?:\/|%2F))?([a-z0-9-]+)(?:\/|%2F)aws4_request/i;
/** A signature of version 2 names no service. The other services with version 2 had it in the query, together with the version. */
const inHeaderV2 = /^\s*AWS [^\s:]+:\S/;
const inQueryV2 = ['AWSAccessKeyId', 'Expires', 'Signature'].map((name) => new RegExp(`[?&]${name}=[^&]`));

export function isSignedForS3(head: WireHead): boolean {
  const signed = signedService(head);
  if (signed !== undefined) return signed === 's3';
  const { url, headers } = head;
  if (inHeaderV2.test(headers.get('authorization') ?? '')) return true;
  return inQueryV2.every((part) => part.test(url)) && !/[?&]SignatureVersion=/.test(url);
}

export function signedService({ headers, url }: WireHead): string | undefined {
  const authorization = headers.get('authorization');
  return (authorization === undefined ? inQuery.exec(url) : inHeader.exec(authorization))?.[1]?.toLowerCase();
}
