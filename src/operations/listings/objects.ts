import { firstRegion } from '../../formats/regions';
import { listCurrentObjects } from '../../model/versions/listings';
import { describeNearPrefix } from '../../model/versions/near-keys';
import { writePageToken } from '../../model/versions/page-token';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required } from '../../shapes/elements';
import { header, type Input, query } from '../../shapes/places';
import { boolean, converted, long, text } from '../../shapes/values';
import {
  checkNoNull,
  commonPrefixes,
  findPageEnd,
  type ListingRequest,
  listingInput,
  makeOwnerRule,
  objectElements,
  readContinuationToken,
  readEncoding,
  whyNegative,
  withObject,
  writeCommonPrefixes,
} from '../members/listings';
import { type Context, operation } from '../operation';

const region = { BucketRegion: header('x-amz-bucket-region', text, { dialect: 'aws' }) };

const page = {
  MaxKeys: element(long),
  Delimiter: element(text),
  EncodingType: element(text),
  IsTruncated: element(boolean),
  Contents: required(list({ Key: element(text), ...objectElements })),
  CommonPrefixes: commonPrefixes,
};

export const listObjects = operation('GET /{Bucket}', {
  answersThroughAccessPoints: true,
  action: 's3:ListBucket',
  root: 'ListBucketResult',
  elementsStayOpen: true,
  contentType: 'application/xml',
  checkQuery: checkVersionOfListing,
  input: { ...listingInput, Marker: query('marker') },
  output: {
    ...region,
    Name: element(text),
    Prefix: element(text),
    Marker: element(text),
    NextMarker: element(text),
    ...page,
  },
  handle(context, { Marker = '', ...input }) {
    const encode = readEncoding(input.EncodingType);
    const namesOwner = makeOwnerRule(context, 's3:GetObjectAcl');
    const { items, output } = listPage(context, input, { start: { marker: Marker }, encode, namesOwner });
    const end = findPageEnd(items);
    return {
      ...output,
      Marker: encode(Marker),
      // Without a delimiter, a client continues after the last key.
      NextMarker: output.IsTruncated && input.Delimiter && end !== undefined ? encode(end) : undefined,
    };
  },
});

/** Only `true`, in lower case, includes owners; S3 ignores any other text (F67). */
const fetchOwner = converted(boolean, (characters) => characters === 'true');

export const listObjectsV2 = operation('GET /{Bucket}?list-type=2', {
  answersThroughAccessPoints: true,
  action: 's3:ListBucket',
  root: 'ListBucketResult',
  elementsStayOpen: true,
  contentType: 'application/xml',
  checkQuery: checkVersionOfListing,
  input: {
    ...listingInput,
    StartAfter: query('start-after'),
    ContinuationToken: query('continuation-token'),
    FetchOwner: query('fetch-owner', fetchOwner),
  },
  output: {
    ...region,
    Name: element(text),
    Prefix: element(text),
    StartAfter: element(text),
    ContinuationToken: element(text),
    NextContinuationToken: element(text),
    KeyCount: element(long),
    ...page,
  },
  handle(context, { StartAfter, ContinuationToken, FetchOwner = false, ...input }) {
    const encode = readEncoding(input.EncodingType);
    const resumed = ContinuationToken === undefined ? undefined : readContinuationToken('objects', ContinuationToken);
    const start = resumed === undefined ? { 'start-after': StartAfter ?? '' } : { 'continuation-token': resumed };
    const namesOwner = FetchOwner ? makeOwnerRule(context, 's3:GetObjectAcl') : () => false;
    const { items, output } = listPage(context, input, { start, encode, namesOwner });
    const end = findPageEnd(items);
    return {
      ...output,
      StartAfter: StartAfter === undefined || resumed !== undefined ? undefined : encode(StartAfter),
      ContinuationToken,
      NextContinuationToken: output.IsTruncated && end !== undefined ? writePageToken('objects', end) : undefined,
      KeyCount: items.length,
    };
  },
});

/** S3 refuses parameters of the other version of ListObjects, whatever their values (F67). */
const ofOtherVersion = {
  v1: { 'continuation-token': 'ContinuationTokenInListV1', 'start-after': 'StartAfterInListV1' },
  v2: { marker: 'MarkerInListV2' },
} as const;

/** Throws if there is a parameter of the other version of ListObjects (F67). */
export function checkVersionOfListing(parameters: ReadonlyMap<string, string>): void {
  const names = ofOtherVersion[parameters.get('list-type') === '2' ? 'v2' : 'v1'];
  const other = Object.entries(names).find(([name]) => parameters.has(name));
  if (other) throw new S3Error(other[1]).quoting({ [other[0]]: parameters.get(other[0]) });
}

interface PageRules extends Pick<ListingRequest, 'namesOwner'> {
  /** It names the parameter after whose value the page begins. */
  readonly start: Readonly<Record<string, string>>;
  readonly encode: (text: string) => string;
}

function listPage(
  { store, bucket, request: { dialect }, note }: Context,
  {
    MaxKeys = 1000,
    Prefix = '',
    Delimiter = '',
    EncodingType,
    OptionalObjectAttributes: attributes,
  }: Input<typeof listingInput>,
  { start, encode, namesOwner }: PageRules,
) {
  if (MaxKeys < 0)
    throw new S3Error(
      'CountNegative',
      { ArgumentName: 'maxKeys', ArgumentValue: String(MaxKeys) },
      whyNegative('MaxKeys', MaxKeys),
    );
  checkNoNull({ prefix: Prefix, ...start }, Delimiter);
  const [after = ''] = Object.values(start);
  const { items, isTruncated } = listCurrentObjects(bucket, {
    prefix: Prefix,
    delimiter: Delimiter,
    after,
    limit: Math.min(MaxKeys, store.pageSize),
  });
  const near = items.length === 0 && after === '' && MaxKeys > 0 ? describeNearPrefix(bucket, Prefix) : undefined;
  if (near !== undefined) note(() => near);
  const reader = { dialect, attributes, namesOwner };
  const output = {
    BucketRegion: bucket.region ?? firstRegion,
    Name: bucket.name,
    Prefix: encode(Prefix),
    MaxKeys,
    Delimiter: Delimiter === '' && !dialect.answers.listsEmptyDelimiters ? undefined : encode(Delimiter),
    EncodingType,
    IsTruncated: isTruncated,
    Contents: items.flatMap((item) =>
      'version' in item ? [withObject({ Key: encode(item.version.key) }, bucket, item.version, reader)] : [],
    ),
    CommonPrefixes: writeCommonPrefixes(items, encode),
  };
  return { items, output };
}
