import { isFormOfSts } from '../sts/request';
import type { WireRequest } from '../wire';

/** The service that a request is for; `other` is one of AWS that the mock does not answer. */
type Called = 's3' | 'sts' | 'other';

/**
 * The service that a request is for. A host of S3 or of STS decides by itself, whatever was signed. A port, and a host of the user, serves
 * both: there the scope of the signature decides, or that the request is a form of an operation of STS that nobody signed.
 */
export function calledService(wire: WireRequest, { answersSts = false }: { readonly answersSts?: boolean }): Called {
  const { service, own, dialect } = wire.endpoint;
  if (service === 'sts') return 'sts';
  if (own !== true || !isOfAws[dialect]) return 's3';
  const signed = signedService(wire);
  if (signed === undefined) return answersSts && isFormOfSts(wire) ? 'sts' : 's3';
  if (signed === 'sts' && answersSts) return 'sts';
  // Clients of other stores may sign for any service; at a port, SDKs sign for the one that they call.
  return wire.endpoint.standsForRegions && !signed.startsWith('s3') ? 'other' : 's3';
}

/** Why a request that is signed for another service is not answered. */
export function whyOther(wire: WireRequest): string {
  const signed = signedService(wire);
  return signed === 'sts'
    ? 'the request is signed for sts, which s3-versioning-mock answers unless it has sts: false'
    : `the request is signed for ${signed}, and s3-versioning-mock answers S3 and STS alone`;
}

const isOfAws: Readonly<Record<WireRequest['endpoint']['dialect'], boolean>> = { aws: true, 'ibm-cos': false };

const inHeader = /Credential=[^/,\s]*\/\d*\/[^/,\s]*\/([a-z0-9-]+)\/aws4_request/i;
const inQuery =
  /[?&]x-amz-credential=[^/&%]*(?:\/|%2F)\d*(?:\/|%2F)[^/&%]*(?:\/|%2F)([a-z0-9-]+)(?:\/|%2F)aws4_request/i;

/** The service in the scope of a signature; undefined if there is no scope. */
function signedService({ headers, url }: WireRequest): string | undefined {
  const authorization = headers.get('authorization');
  return (authorization === undefined ? inQuery.exec(url) : inHeader.exec(authorization))?.[1]?.toLowerCase();
}
