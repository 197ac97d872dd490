import type { Bucket } from '../../model/bucket';
import type { Store } from '../../model/store';
import { listVersions, type PageItem } from '../../model/versions/listings';
import { isObject, type Version } from '../../model/versions/version';
import { versionIdOf } from '../../model/versions/version-lookup';
import { S3Error } from '../../refusals/s3-error';
import { element, interleaved } from '../../shapes/elements';
import { query } from '../../shapes/places';
import { boolean, long, text } from '../../shapes/values';
import {
  checkNoNull,
  commonPrefixes,
  findPageEnd,
  type ListingRequest,
  listingInput,
  makeOwnerRule,
  markerElements,
  objectElements,
  readEncoding,
  whyNegative,
  withMarker,
  withObject,
  writeCommonPrefixes,
} from '../members/listings';
import { checkSentVersionId } from '../objects/addressing';
import { operation } from '../operation';

const versionElements = { Key: element(text), VersionId: element(text), IsLatest: element(boolean) };

export const listObjectVersions = operation('GET /{Bucket}?versions', {
  answersThroughAccessPoints: true,
  action: 's3:ListBucketVersions',
  root: 'ListVersionsResult',
  contentType: 'application/xml',
  checkQuery: checkMarkers,
  input: { ...listingInput, KeyMarker: query('key-marker'), VersionIdMarker: query('version-id-marker') },
  output: {
    Name: element(text),
    Prefix: element(text),
    KeyMarker: element(text),
    VersionIdMarker: element(text),
    NextKeyMarker: element(text),
    NextVersionIdMarker: element(text),
    MaxKeys: element(long),
    Delimiter: element(text),
    EncodingType: element(text),
    IsTruncated: element(boolean),
    // The entries are in the order of the bucket; SDKs make two lists of them.
    Entries: interleaved({
      Versions: ['Version', { ...versionElements, ...objectElements }],
      DeleteMarkers: ['DeleteMarker', { ...versionElements, ...markerElements }],
    }),
    CommonPrefixes: commonPrefixes,
  },
  handle(
    context,
    { MaxKeys = 1000, Prefix = '', Delimiter, EncodingType, OptionalObjectAttributes: attributes, ...markers },
  ) {
    const { store, bucket, request } = context;
    const { KeyMarker = '', VersionIdMarker } = markers;
    checkSentVersionId({ store, bucket, request }, VersionIdMarker, 'version-id-marker');
    const encode = readEncoding(EncodingType);
    if (MaxKeys < 0) throw new S3Error('MaxKeysNegative', {}, whyNegative('MaxKeys', MaxKeys));
    checkNoNull({ prefix: Prefix, 'key-marker': KeyMarker }, Delimiter);
    const { items, isTruncated } = listVersions(store, bucket, {
      prefix: Prefix,
      delimiter: Delimiter ?? '',
      after: KeyMarker,
      afterVersionId: VersionIdMarker,
      limit: Math.min(MaxKeys, store.pageSize),
    });
    const end = isTruncated ? findPageEnd(items) : undefined;
    const last = items.at(-1);
    const namesOwner = makeOwnerRule(context, 's3:GetObjectVersionAcl', (version) => versionIdOf(store, version));
    const reader = { dialect: request.dialect, attributes, namesOwner };
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      VersionIdMarker: VersionIdMarker ?? '',
      NextKeyMarker: end === undefined ? undefined : encode(end),
      NextVersionIdMarker: isTruncated && last && 'version' in last ? versionIdOf(store, last.version) : undefined,
      MaxKeys,
      Delimiter: Delimiter === undefined ? undefined : encode(Delimiter),
      EncodingType,
      IsTruncated: isTruncated,
      Entries: items.flatMap((item) => ('version' in item ? [entryOutput(store, bucket, item, reader, encode)] : [])),
      CommonPrefixes: writeCommonPrefixes(items, encode),
    };
  },
});

type VersionItem = Extract<PageItem<Version>, { readonly version: Version }>;

function entryOutput(
  store: Store,
  bucket: Bucket,
  { version, isLatest }: VersionItem,
  reader: ListingRequest,
  encode: (text: string) => string,
) {
  const named = { Key: encode(version.key), VersionId: versionIdOf(store, version), IsLatest: isLatest };
  return isObject(version)
    ? { Versions: withObject(named, bucket, version, reader) }
    : { DeleteMarkers: withMarker(named, bucket, version, reader) };
}

/** A version id marker needs a key marker, which can be empty (F67). */
function checkMarkers(parameters: ReadonlyMap<string, string>): void {
  const ArgumentValue = parameters.get('version-id-marker');
  if (ArgumentValue === undefined || (ArgumentValue !== '' && parameters.has('key-marker'))) return;
  throw parameters.has('key-marker')
    ? new S3Error('VersionIdMarkerEmpty', { ArgumentValue })
    : new S3Error('VersionsRequireKey', { ArgumentValue });
}
