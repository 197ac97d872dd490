import { S3Error } from '../../refusals/s3-error';
import { fitsObjectTag } from '../tagging';
import { isBucketArn } from './destinations';
import { checkFilled, configurationFamily, type FamilyMember } from './family';
import { checkConditions, checkOneMember, tagsOf } from './filters';

type Analysis = FamilyMember<'analytics'>;

/** The analyses of how a bucket's objects are accessed. The mock analyses nothing (F380). */
export const analytics = configurationFamily('analytics', {
  whenIdInvalid: 'ConfigurationIdInvalid',
  whenIdsDiffer: 'MalformedXML',
  checkSchema({ Filter, StorageClassAnalysis: { DataExport } }) {
    checkOneMember(Filter);
    checkFilled({ BucketAccountId: DataExport?.Destination.S3BucketDestination.BucketAccountId });
  },
  checkValues({ Filter, StorageClassAnalysis: { DataExport } }) {
    checkFilter(Filter);
    if (DataExport !== undefined) checkExport(DataExport.Destination.S3BucketDestination);
  },
});

/** Throws for a filter with a tag that no object has, or with wrong conditions (F382). */
function checkFilter(filter: Analysis['Filter']): void {
  checkConditions(filter);
  const wrong = tagsOf(filter).find((tag) => tag.Value === '' || !fitsObjectTag(tag));
  if (wrong !== undefined) throw new S3Error('FilterTagInvalid').quoting({ Key: wrong.Key, Value: wrong.Value });
}

/** Throws unless an export goes to the ARN of a bucket, which need not exist, and has no empty prefix (F385). */
function checkExport({ Bucket, Prefix }: { readonly Bucket: string; readonly Prefix?: string }): void {
  if (!isBucketArn(Bucket)) throw new S3Error('AnalyticsDestinationInvalid').quoting({ Bucket });
  if (Prefix === '') throw new S3Error('AnalyticsPrefixEmpty').quoting({ Prefix });
}
