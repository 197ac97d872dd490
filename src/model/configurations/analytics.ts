import { S3Error } from '../../refusals/s3-error';
import { fitsObjectTag } from '../tagging';
import { isBucketArn } from './destinations';
import { configurationFamily, type FamilyMember } from './family';
import { checkConditions, checkOneMember } from './filters';

type Analysis = FamilyMember<'analytics'>;

/** The analyses of how a bucket's objects are accessed. The mock analyses nothing (F380). */
export const analytics = configurationFamily('analytics', {
  whenIdsDiffer: 'MalformedXML',
  checkSchema: ({ Filter }) => checkOneMember(Filter),
  checkValues({ Filter, StorageClassAnalysis: { DataExport } }) {
    checkFilter(Filter);
    if (DataExport !== undefined) checkExport(DataExport.Destination.S3BucketDestination);
  },
});

/** Throws for a filter with a tag that no object has, or with wrong conditions (F382). */
function checkFilter(filter: Analysis['Filter']): void {
  checkConditions(filter);
  const { Tag } = filter ?? {};
  if (Tag !== undefined && (Tag.Value === '' || !fitsObjectTag(Tag)))
    throw new S3Error('FilterTagInvalid').quoting({ Key: Tag.Key, Value: Tag.Value });
}

/** Throws unless an export goes to the ARN of a bucket, which need not exist, and has no empty prefix (F385). */
function checkExport({ Bucket, Prefix }: { readonly Bucket: string; readonly Prefix?: string }): void {
  if (!isBucketArn(Bucket) || Prefix === '')
    throw new S3Error('AnalyticsDestinationInvalid').quoting({ Bucket, Prefix });
}
