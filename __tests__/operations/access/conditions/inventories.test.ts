import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { absent, asAnn, type Condition, holdsFor } from '../../../support/conditions';

const s3 = mockS3({ buckets: { vault: {} } });
const key = 's3:InventoryAccessibleOptionalFields';

/** Puts an inventory with these fields. */
function put(...fields: readonly string[]) {
  const destination =
    '<Destination><S3BucketDestination><Bucket>arn:aws:s3:::vault</Bucket><Format>CSV</Format></S3BucketDestination></Destination>';
  const optional =
    fields.length === 0
      ? ''
      : `<OptionalFields>${fields.map((field) => `<Field>${field}</Field>`).join('')}</OptionalFields>`;
  const body = `<InventoryConfiguration>${destination}<IsEnabled>true</IsEnabled><Id>a</Id><IncludedObjectVersions>All</IncludedObjectVersions>${optional}<Schedule><Frequency>Daily</Frequency></Schedule></InventoryConfiguration>`;
  return asAnn(s3, { method: 'PUT', path: '/vault?inventory&id=a', body });
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-s3-inventory F486
it.each<readonly [condition: Condition, fields: readonly string[], holds: boolean]>([
  [{ 'ForAllValues:StringEquals': { [key]: ['Size', 'ETag'] } }, ['Size'], true],
  [{ 'ForAllValues:StringEquals': { [key]: ['Size', 'ETag'] } }, ['Size', 'StorageClass'], false],
  [{ 'ForAnyValue:StringEquals': { [key]: 'StorageClass' } }, ['Size', 'StorageClass'], true],
  [absent(key), [], true],
  [absent(key), ['Size'], false],
])('%j of an inventory with the fields %j: %s', async (condition, fields, expected) => {
  const question = { action: 's3:PutInventoryConfiguration', condition, ask: () => put(...fields) };
  expect(await holdsFor(s3, question)).toBe(expected);
});
