import { dialects } from '../../src/dialects';
import { readDestination } from '../../src/events/destinations';
import { parseHttpDate, parseIsoDate } from '../../src/formats/dates';
import { decodeWords, encodeWords } from '../../src/formats/encoded-words';
import { isCosLocation } from '../../src/formats/regions';
import { decodePercent, encodeUrl } from '../../src/formats/url-encoding';
import { clientName } from '../../src/journal/entry-record';
import { findProviderKey } from '../../src/model/access/identity-provider-keys';
import { findWrittenVariables } from '../../src/model/access/variables';
import { includesPattern } from '../../src/model/access/wildcards';
import { mayNameBucket, problemOfBucketName, problemOfCosBucketName } from '../../src/model/bucket-names';
import { readTagHeader } from '../../src/model/tagging';
import { readPageToken } from '../../src/model/versions/page-token';
import { readGrantHeaders } from '../../src/operations/members/grants';
import { getObjectAttributes } from '../../src/operations/objects/attributes';
import { readRange } from '../../src/operations/objects/slice';
import { putObject } from '../../src/operations/objects/write';
import { bind } from '../../src/protocol/document/binding';
import { readLeaf } from '../../src/protocol/document/leaves';
import { decodeBody } from '../../src/protocol/request/aws-chunked';
import { readCopyRange, readCopySource } from '../../src/protocol/request/copy-source-address';
import { readHeaders, readHeaderValues } from '../../src/protocol/request/headers';
import { readIdentity } from '../../src/protocol/request/identity';
import { findUnmetPrecondition, isTag } from '../../src/protocol/request/preconditions';
import { readRequest, refusalOfTransferEncoding } from '../../src/protocol/request/request';
import { canonicalRequest } from '../../src/protocol/signature/canonical-request';
import { checkRegionSet, isCredentialDate, readCredential } from '../../src/protocol/signature/scope';
import { checkHeaderV2 } from '../../src/protocol/signature/v2';
import type { Members } from '../../src/shapes/shape';
import { integer, long } from '../../src/shapes/values';
import { maskText, maskUrl } from '../../src/text/masks';
import type { WireRequest } from '../../src/wire';
import { filled, numbered } from '../support/hostile-text';
import { thrownBy } from '../support/thrown';

const none: ReadonlyMap<string, string> = new Map();
const mapOf = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries));

const wire = (part: Partial<WireRequest>): WireRequest => ({
  method: 'PUT',
  url: '/vault/key',
  host: 's3.amazonaws.com',
  secure: true,
  headers: none,
  rawHeaders: [],
  endpoint: { service: 's3', dialect: 'aws', base: 's3.amazonaws.com', region: 'us-east-1' },
  trailers: none,
  body: new Uint8Array(0),
  ...part,
});
const url = (path: string) => readRequest(wire({ url: path }));
const identity = (authorization: string) =>
  readIdentity({ rawHeaders: [], headers: mapOf({ authorization }), query: none, dialect: dialects.aws });
const v2 = (authorization: string) => {
  const headers = mapOf({ authorization, date: new Date(0).toUTCString() });
  const times = { process: 0, mock: 0, moves: [], presumed: 'signed first' as const };
  const known = {
    secretOf: () => 'secret',
    findTokenCheck: () => undefined,
    hasIssued: () => false,
    believesKeys: false,
  };
  const verifier = { ...known, times, region: undefined };
  return checkHeaderV2(readRequest(wire({ headers, rawHeaders: [...headers].flat() })), verifier);
};
const canonical = (signedHeaders: string, path = '/', rawHeaders: readonly string[] = []) =>
  canonicalRequest({ method: 'GET', url: path, rawHeaders, signedHeaders, payload: '' });
const framed = (body: string, headers: Readonly<Record<string, string>> = {}) =>
  decodeBody({
    headers: mapOf({ 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', ...headers }),
    trailers: none,
    body: Buffer.from(body),
  });
const bound = (members: Members, headers: Readonly<Record<string, string>>) =>
  bind(members, {
    dialect: dialects.aws,
    headers: mapOf(headers),
    trailers: none,
    query: none,
    bucket: undefined,
    key: undefined,
    body: Buffer.from(''),
  });
const metadata = (rawHeaders: readonly string[]) =>
  readHeaders({
    wire: {
      rawHeaders,
      headers: new Map([...readHeaderValues(rawHeaders)].map(([name, values]) => [name, values.join(', ')])),
    },
    query: none,
    scheme: 'sigv4',
  });
const hoisted = (names: readonly string[]) =>
  readHeaders({
    wire: { rawHeaders: [], headers: none },
    query: new Map(names.map((name) => [name, 'x'])),
    scheme: 'sigv4-presigned',
  });

/** What reads a text of a request, by the text that costs most. */
export const readers: Readonly<Record<string, () => unknown>> = {
  'stars of a region set': () => checkRegionSet(filled('*'), 'us-east-1'),
  'stars and letters of a region set': () => checkRegionSet(filled('*u*s'), 'us-east-1'),
  'entries of a region set': () => checkRegionSet(filled('*a,'), 'us-east-1'),
  'slashes of a credential': () => readCredential(filled('/'), { asymmetric: false, place: 'Header' }),
  'a date of a credential': () => isCredentialDate(filled('1')),
  'blanks of an Authorization': () => identity(`AWS4-HMAC-SHA256${filled(' ')}x`),
  'fields of an Authorization': () => identity(`AWS4-HMAC-SHA256 ${filled(' Credentia')}`),
  'colons of an Authorization': () => identity(`AWS ${filled(':')}`),
  'blanks of a second version': () => v2(`${filled(' ')}AWS${filled(' ')}a:b`),
  'a written name in an Authorization': () => v2(`authorization:${filled('\t')}AWS a:${filled('b')}`),
  'signed headers': () =>
    canonical(
      numbered((n) => `h${n};`).join(''),
      '/',
      numbered((n) => `h${n}`).flatMap((n) => [n, '']),
    ),
  'one signed header': () =>
    canonical(
      filled('a;'),
      '/',
      numbered(() => 'a-').flatMap(() => ['a', 'x']),
    ),
  'signed headers in the query': () =>
    canonical(numbered((n) => `h${n};`).join(''), `/?X-Amz-Signature=x&${numbered((n) => `h${n}&`).join('')}`),
  'percent signs of a path': () => canonical('host', `/${filled('%')}`),
  'parameters that are signed': () => canonical('host', `/?${numbered((n) => `a${n}&`).join('')}`),
  'equals signs that are signed': () => canonical('host', `/?${filled('=')}`),
  'blanks of a signed header': () => canonical('a', '/', ['a', `x${filled(' ')}x`]),
  'metadata beyond ASCII': () => metadata(numbered((n) => `x-amz-meta-${n}`).flatMap((name) => [name, 'é'])),
  'one metadatum many times': () => metadata(numbered(() => 'x-amz-meta-a').flatMap((name) => [name, 'é'])),
  'headers in the query': () => hoisted(numbered((n) => `X-Amz-${n}`)),
  'a long header in the query': () => hoisted([`x-amz-checksum-${filled('mode')}`]),
  'sources of a copy': () => readCopySource(filled('?versionId=')),
  'the host of a source': () => readCopySource(`http://${filled('a')}`),
  'a range of a copy': () => readCopyRange(`bytes=${filled('1-')}`, 5),
  'a range': () => readRange(`bytes=${filled('1')}`, 5),
  ranges: () => readRange(`bytes=${filled('1-1,')}`, 5),
  'the head of a chunk': () => framed(filled('0')),
  'heads of chunks': () => framed(filled('1;\r\n')),
  trailers: () => framed(`0\r\n${numbered((n) => `a${n}:b\r\n`).join('')}\r\n`),
  'announced trailers': () => framed('0\r\n\r\n', { 'x-amz-trailer': filled('x-amz-checksum-crc32,') }),
  'codings of a content': () => framed('0\r\n\r\n', { 'content-encoding': filled(',') }),
  'codings of a transfer': () => refusalOfTransferEncoding(filled(' gzip,')),
  'quotes of an entity tag': () => isTag(filled('"'), 'x'),
  'entity tags': () => findUnmetPrecondition({ IfNoneMatch: filled('W/"a",') }, { etag: 'x', lastModified: 0 }, 0),
  'beginnings of encoded words': () => decodeWords(filled('=?')),
  'a charset with stars': () => decodeWords(`=?${filled('*')}\u2028?q?a?=`),
  'encoded words': () => decodeWords(filled('=?UTF-8?q?a?= ')),
  'base64 of an encoded word': () => decodeWords(`=?UTF-8?b?${filled('=')}?=`),
  'blanks between words': () => decodeWords(filled('=? \t')),
  'metadata to encode': () => encodeWords(filled('aé😀')),
  'blanks of a date': () => parseHttpDate(`Tue Mar${filled(' ')}1`),
  'letters of a date': () => parseHttpDate(filled('a')),
  'a fraction of a second': () => parseIsoDate(`2020-01-01T00:00:00.${filled('0')}`),
  tags: () => readTagHeader(numbered((n) => `${n}&`).join('')),
  'equals signs of tags': () => readTagHeader(filled('=')),
  'text to encode for a URL': () => encodeUrl(filled('é')),
  'text to decode from a URL': () => decodePercent(filled('%41')),
  'a location of COS': () => isCosLocation(filled('-standard')),
  'a page token': () => readPageToken('x', filled('A.')),
  'a User-Agent': () => clientName(`${filled(' ')}${filled('x ')}`),
  'parameters of the query': () => url(`/vault?${numbered((n) => `${n}&`).join('')}`),
  'blanks of the query': () => url(`/vault?${filled('+')}`),
  'the URL of a request': () => maskUrl(`/vault/a${filled('?')}`),
  'a header of a request': () => maskText('authorization', filled('AWS ')),
  'slashes of the path': () => url(filled('/')),
  'an encoded path': () => url(`/vault/${filled('%41')}`),
  'a whole number': () => readLeaf(integer, `${filled('1')}x`),
  'a size': () => readLeaf(long, filled('1')),
  'commas of attributes': () => bound(getObjectAttributes.input, { 'x-amz-object-attributes': `${filled(',')}x` }),
  attributes: () => bound(getObjectAttributes.input, { 'x-amz-object-attributes': filled('ETag,') }),
  'the name of a bucket': () =>
    [problemOfBucketName, mayNameBucket, problemOfCosBucketName].map((read) => read(filled('a-.'))),
  'blanks of a grant': () => readGrantHeaders(mapOf({ 'x-amz-grant-read': `id=${filled('\t')}"` })),
  'grants of blanks': () => readGrantHeaders(mapOf({ 'x-amz-grant-read': filled('id= ,') })),
  'blanks around a second version': () => v2(`${filled('\t')}x`),
  'variables of a policy': () => findWrittenVariables(filled('${')),
  'variables of another policy': () => includesPattern('a', filled('${*')),
  'a condition key': () => findProviderKey(filled('a.')),
  'a queue': () => thrownBy(() => readDestination('deliverTo', filled(':sns:'))),
  'the end of a lock': () => bound(putObject.input, { 'x-amz-object-lock-retain-until-date': filled('0') }),
};
