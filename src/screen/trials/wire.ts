import { decodePercent } from '../../formats/url-encoding';
import type { WireRequest } from '../../wire';

/** A parameter of a query, as it was written. */
export interface Parameter {
  readonly name: string;
  readonly written: string;
}

export function readParameters({ url }: Pick<WireRequest, 'url'>): readonly Parameter[] {
  const at = url.indexOf('?');
  if (at === -1) return [];
  return url
    .slice(at + 1)
    .split('&')
    .filter((written) => written !== '')
    .map((written) => ({ name: readName(written), written }));
}

function readName(written: string): string {
  const [name = ''] = written.split('=', 1);
  return decodePercent(name) ?? name;
}

function pathOf({ url }: Pick<WireRequest, 'url'>): string {
  return url.split('?', 1)[0] ?? '';
}

export function withoutParameter(wire: WireRequest, parameter: Parameter): Pick<WireRequest, 'url'> {
  const rest = readParameters(wire).filter((one) => one !== parameter && one.written !== parameter.written);
  return withQuery(wire, rest);
}

/** Leaves out all parameters of some names. */
export function withoutParameters(
  wire: WireRequest,
  names: Pick<ReadonlySet<string>, 'has'>,
): Pick<WireRequest, 'url'> {
  return withQuery(
    wire,
    readParameters(wire).filter(({ name }) => !names.has(name)),
  );
}

/** Sets a parameter, in the place that it has or at the end. */
export function withParameter(wire: WireRequest, name: string, value: string): Pick<WireRequest, 'url'> {
  const parameter = { name, written: `${name}=${encodeURIComponent(value)}` };
  const all = readParameters(wire);
  const isThere = all.some((one) => one.name === name);
  return withQuery(wire, isThere ? all.map((one) => (one.name === name ? parameter : one)) : [...all, parameter]);
}

function withQuery(wire: WireRequest, parameters: readonly Parameter[]): Pick<WireRequest, 'url'> {
  const query = parameters.map(({ written }) => written).join('&');
  return { url: query === '' ? pathOf(wire) : `${pathOf(wire)}?${query}` };
}

/** Sets a header, or removes it if there is no value. */
export function withHeader(
  { headers, rawHeaders }: WireRequest,
  name: string,
  value: string | undefined,
): Pick<WireRequest, 'headers' | 'rawHeaders'> {
  const changed = new Map(headers);
  if (value === undefined) changed.delete(name);
  else changed.set(name, value);
  const pairs = Array.from({ length: rawHeaders.length / 2 }, (_, index) => rawHeaders.slice(2 * index, 2 * index + 2));
  const others = pairs.filter(([one = '']) => one.toLowerCase() !== name);
  return { headers: changed, rawHeaders: [...others.flat(), ...(value === undefined ? [] : [name, value])] };
}

/** The headers that the sender of a request and its service need, whatever it asks for. */
const ofSender = /^(?:authorization|host|user-agent|x-amz-(?:date|content-sha256|security-token))$/;

/** Makes a request of the same sender that has no body. */
export function makeRead(wire: WireRequest, method: string, url: string): WireRequest {
  const headers = new Map([...wire.headers].filter(([name]) => ofSender.test(name)));
  return { ...wire, method, url, headers, rawHeaders: [...headers].flat(), body: new Uint8Array() };
}

/** The headers that follow from the bytes of a body. */
const ofBody =
  /^(?:content-(?:md5|length|encoding)|transfer-encoding|x-amz-(?:checksum-.*|content-sha256|decoded-content-length|sdk-checksum-algorithm|trailer))$/;

/** Replaces the body, without a digest. */
export function withBody(
  { headers }: WireRequest,
  body: Uint8Array,
): Pick<WireRequest, 'headers' | 'rawHeaders' | 'trailers' | 'body'> {
  const kept = [...headers].filter(([name]) => !ofBody.test(name));
  const changed = new Map([...kept, ['content-length', String(body.byteLength)]]);
  // A signed request names a digest, or says that it has none.
  if (headers.has('x-amz-content-sha256')) changed.set('x-amz-content-sha256', 'UNSIGNED-PAYLOAD');
  return { headers: changed, rawHeaders: [...changed].flat(), trailers: new Map(), body };
}
