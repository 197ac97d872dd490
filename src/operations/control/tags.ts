import { partitionOf } from '../../formats/regions';
import { type AccessPoint, type BucketAccessPoint, findAccessPointByArn } from '../../model/access-points';
import type { Bucket } from '../../model/bucket';
import type { Store } from '../../model/store';
import { fitsObjectTag, type Tag } from '../../model/tagging';
import { S3Error } from '../../refusals/s3-error';
import { element, required, wrappedList } from '../../shapes/elements';
import { queryList, status } from '../../shapes/places';
import { text } from '../../shapes/values';
import { findRepeated } from '../../text/lists';
import { type Context, controlOperation } from '../operation';

const path = '/v20180820/tags/{ResourceArn+}';

export const tagElements = { Key: required(element(text)), Value: required(element(text)) };

/** S3 Control words these refusals otherwise than S3 does (F1116). */
export function checkResourceTags(tags: readonly Tag[]): void {
  const reserved = tags.find(({ Key }) => Key.startsWith('aws:'));
  if (reserved !== undefined) throw new S3Error('ResourceTagReserved').quoting({ Key: reserved.Key });
  const repeated = findRepeated(tags.map(({ Key }) => Key));
  if (repeated !== undefined) throw new S3Error('ResourceTagRepeated').quoting({ Key: repeated });
  // The prefix is reserved in other letters too, in other words.
  const strange = tags.find((one) => !fitsObjectTag(one) || /^aws:/i.test(one.Key));
  if (strange !== undefined)
    throw new S3Error('ResourceTagInvalid').quoting({ Key: strange.Key, Value: strange.Value });
}

/** A point has no words of its own for the keys of a removal (F1141). */
function checkRemovedKeys(keys: readonly string[], { kind, tags }: Tagged): void {
  if (kind === 'access point' && keys.length === 0) throw new S3Error('ResourceTagsMissing', {});
  if (kind === 'access point') return;
  if (keys.length === 0 || keys.includes('') || new Set(keys).size > mostTags)
    throw new S3Error('ResourceTagInvalid').quoting({ tagKeys: keys.join(', ') });
  // Of a bucket without tags, S3 Control takes any key (F1116).
  if (tags.length === 0) return;
  const reserved = keys.find((key) => key.startsWith('aws:'));
  if (reserved !== undefined) throw new S3Error('ResourceTagReserved').quoting({ tagKeys: reserved });
  const strange = keys.find((Key) => !fitsObjectTag({ Key, Value: '' }));
  if (strange !== undefined) throw new S3Error('ResourceTagInvalid').quoting({ tagKeys: strange });
}

const mostTags = 50;

export function changePoint({ bucket, point }: BucketAccessPoint<Bucket>, changed: Partial<AccessPoint>): void {
  const accessPoints = bucket.settings.accessPoints?.map((one) => (one === point ? { ...one, ...changed } : one));
  bucket.change({ accessPoints });
}

interface Tagged {
  readonly kind: 'bucket' | 'access point';
  /** The answer to a request that adds tags to it (F1141). */
  readonly status: 200 | 204;
  readonly tags: readonly Tag[];
  readonly put: (tags: readonly Tag[]) => void;
}

/** The bucket that an ARN names, if the account that the request is about owns it. */
export function findTaggedBucket(store: Store, accountId: string | undefined, arn: string): Bucket | undefined {
  return [...store.buckets.values()].find(
    ({ name, region, owner }) => owner.id === accountId && arn === `arn:${partitionOf(region)}:s3:::${name}`,
  );
}

function requireTagged({ store, caller, request }: Context, arn: string): Tagged {
  const bucket = findTaggedBucket(store, request.account, arn);
  if (bucket !== undefined)
    return { kind: 'bucket', status: 204, tags: bucket.tags, put: (tags) => bucket.change({ tags }) };
  const found = findAccessPointByArn(store.buckets.values(), arn);
  if (found === undefined || found.point.account !== caller.account) {
    const AccessPointName = /^arn:[^:]+:s3:[^:]+:\d{12}:accesspoint\/(.+)$/.exec(arn)?.[1];
    if (AccessPointName === undefined) throw new S3Error('NoSuchResource').quoting({ ResourceArn: arn });
    throw new S3Error('NoSuchAccessPoint', { AccessPointName }).quoting({ ResourceArn: arn });
  }
  return { kind: 'access point', status: 200, tags: found.point.tags, put: (tags) => changePoint(found, { tags }) };
}

/** A key that is there gets the new value. */
export const tagResource = controlOperation(`POST ${path}`, {
  action: 's3:TagResource',
  document: { Tags: required(wrappedList(tagElements, 'Tag')) },
  output: { StatusCode: status<200 | 204>() },
  handle(context, { ResourceArn, Tags }) {
    if (Tags.length === 0) throw new S3Error('ResourceTagsMissing', {});
    checkResourceTags(Tags);
    const { tags, put, status: StatusCode } = requireTagged(context, ResourceArn);
    put([...new Map([...tags, ...Tags].map((one) => [one.Key, one])).values()]);
    return { StatusCode };
  },
});

export const untagResource = controlOperation(`DELETE ${path}`, {
  action: 's3:UntagResource',
  status: 204,
  input: { TagKeys: queryList('tagKeys') },
  handle(context, { ResourceArn, TagKeys = [] }) {
    const tagged = requireTagged(context, ResourceArn);
    checkRemovedKeys(TagKeys, tagged);
    const { tags, put } = tagged;
    put(tags.filter(({ Key }) => !TagKeys.includes(Key)));
  },
});

export const listTagsForResource = controlOperation(`GET ${path}`, {
  action: 's3:ListTagsForResource',
  root: 'ListTagsForResourceResult',
  output: { Tags: required(wrappedList(tagElements, 'Tag')) },
  handle: (context, { ResourceArn }) => ({ Tags: requireTagged(context, ResourceArn).tags }),
});
