import type { WireRequest } from '../wire';
import { bindParameters, type Parameters, readParameters } from './parameters';
import { findStsOperation, type NamedStsOperation } from './table';

/** The version of STS's protocol, which every request names. */
const stsVersion = '2011-06-15';

/** A request as STS sees it. */
export interface StsRequest {
  readonly wire: WireRequest;
  readonly path: string;
  /** The query as it was sent, with its question mark; empty if the request has no query. */
  readonly queryText: string;
  /** Those of the query alone, by their names in lower case: a signature may be there. */
  readonly query: Parameters;
  /** Those of the form and of the query. */
  readonly parameters: Parameters;
  readonly operation: NamedStsOperation | undefined;
  /** Whether the client asks for an answer in JSON, and not in XML. */
  readonly wantsJson: boolean;
  /** The region that the host names, `us-east-1` for the global one; undefined for a port and a host of the user, which serve all. */
  readonly region: string | undefined;
}

const globalRegion = 'us-east-1';

/** Reads a request from its bytes. Never throws. */
export function readStsRequest(wire: WireRequest): StsRequest {
  const at = wire.url.indexOf('?');
  const path = at === -1 ? wire.url : wire.url.slice(0, at);
  const queryText = at === -1 ? '' : wire.url.slice(at);
  const query = readParameters(queryText);
  const parameters = readParameters(formOf(wire), queryText);
  const accept = wire.headers.get('accept') ?? '';
  return {
    wire,
    path,
    queryText,
    query: new Map([...query].map(([name, value]) => [name.toLowerCase(), value])),
    parameters,
    operation: path === '/' ? operationIn(parameters) : undefined,
    wantsJson: /json/i.test(accept) && !/xml/i.test(accept),
    region: wire.endpoint.own ? undefined : (wire.endpoint.region ?? globalRegion),
  };
}

/** Whether a request is a form of an operation of STS. */
export function isFormOfSts(wire: WireRequest): boolean {
  if (wire.method !== 'POST' || !/^\/(?:\?|$)/.test(wire.url)) return false;
  const parameters = readParameters(formOf(wire));
  return operationIn(parameters) !== undefined;
}

function operationIn(parameters: Parameters): NamedStsOperation | undefined {
  return parameters.get('Version') === stsVersion ? findStsOperation(parameters.get('Action') ?? '') : undefined;
}

/** The form that the body is; empty if the body is not a form. */
function formOf({ method, headers, body }: WireRequest): string {
  const isForm = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers.get('content-type') ?? '');
  return method === 'POST' && isForm ? Buffer.from(body).toString('utf8') : '';
}

/** The members of a request, if it asks for an operation. */
export function membersOf({ operation, parameters }: StsRequest): ReturnType<typeof bindParameters> {
  return bindParameters(operation?.input ?? {}, parameters);
}
