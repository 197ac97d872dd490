import { S3Error } from '../../refusals/s3-error';
import { element, required, wrappedList } from '../../shapes/elements';
import { query } from '../../shapes/places';
import { boolean, dateWithMilliseconds, integer, text } from '../../shapes/values';
import { findBuckets } from '../buckets/buckets';
import { personElements } from '../members/listings';
import { checkServiceInstance, serviceInstanceMember } from '../members/service-instance';
import { operation } from '../operation';

const mostKeys = 1000;

/** https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-compatibility-api-bucket-operations (F167) */
export const listBucketsExtended = operation('GET /?extended={}', {
  action: 'no action',
  dialect: 'ibm-cos',
  root: 'ListAllMyBucketsResult',
  contentType: 'application/xml',
  input: {
    Marker: query('marker'),
    MaxKeys: query('max-keys', integer),
    Prefix: query('prefix'),
    ...serviceInstanceMember,
  },
  output: {
    Owner: required(element(personElements)),
    IsTruncated: element(boolean),
    MaxKeys: element(integer),
    Prefix: element(text),
    Marker: element(text),
    Buckets: wrappedList(
      {
        Name: element(text),
        CreationDate: element(dateWithMilliseconds),
        LocationConstraint: element(text),
      },
      'Bucket',
    ),
  },
  handle(context, { Marker = '', MaxKeys = mostKeys, Prefix = '', IBMServiceInstanceId }) {
    const { store, caller, request } = context;
    const { account } = caller;
    if (!account) throw new S3Error('AnonymousListBuckets', {}, 'the request has no credentials');
    checkServiceInstance(context, IBMServiceInstanceId);
    if (MaxKeys < 0) throw new S3Error('BucketPageNegative', { ArgumentValue: String(MaxKeys) });
    const { answers, buckets } = request.dialect;
    const found = findBuckets(store, account, Marker).filter(({ name }) => name.startsWith(Prefix));
    const page = found.slice(0, Math.min(MaxKeys, mostKeys, store.pageSize));
    return {
      Owner: answers.ownerOf(account),
      IsTruncated: MaxKeys > 0 && found.length > page.length,
      MaxKeys: Math.min(MaxKeys, mostKeys),
      Prefix,
      Marker,
      Buckets: page.map((bucket) => {
        const LocationConstraint = buckets.locationOf(bucket);
        return {
          Name: bucket.name,
          CreationDate: answers.listedTime(bucket.created),
          ...(LocationConstraint !== undefined && { LocationConstraint }),
        };
      }),
    };
  },
});
