import { S3Error } from '../../refusals/s3-error';
import { required, requiredOr, structure } from '../../shapes/elements';
import { makeTagFilter } from '../../shapes/filters';
import { text, words } from '../../shapes/values';
import { fitsObjectTag } from '../tagging';
import { checkFilled, configurationFamily } from './family';
import { checkConditions, checkOneMember, type ObjectFilter, readSelection } from './filters';
import { isBucketArn } from './inventory';

const s3Destination = structure({
  Format: required(words('CSV')),
  BucketAccountId: text,
  Bucket: required(text),
  Prefix: text,
});

const dataExport = structure({
  OutputSchemaVersion: required(words('V_1')),
  Destination: required(structure({ S3BucketDestination: required(s3Destination) })),
});

/** The parts are judged together, so that a document without one of them is not malformed (F382). */
const judgedTag = structure({
  Key: requiredOr(text, 'FilterTagInvalid'),
  Value: requiredOr(text, 'FilterTagInvalid'),
});

const item = structure({
  Id: required(text),
  Filter: makeTagFilter(judgedTag),
  StorageClassAnalysis: requiredOr(structure({ DataExport: dataExport }), 'StorageClassAnalysisMissing'),
});

/** The mock analyses nothing (F380). */
export const analytics = configurationFamily('analytics', 'AnalyticsConfiguration', item, {
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

/** No object has the tag of a wrong filter (F382). */
function checkFilter(filter: ObjectFilter | undefined): void {
  checkConditions(filter);
  const wrong = readSelection({ Filter: filter }).tags.find((tag) => tag.Value === '' || !fitsObjectTag(tag));
  if (wrong !== undefined) throw new S3Error('FilterTagInvalid').quoting({ Key: wrong.Key, Value: wrong.Value });
}

/** The bucket need not exist (F385). */
function checkExport({ Bucket, Prefix }: { readonly Bucket: string; readonly Prefix?: string }): void {
  if (!isBucketArn(Bucket)) throw new S3Error('AnalyticsDestinationInvalid').quoting({ Bucket });
  if (Prefix === '') throw new S3Error('AnalyticsPrefixEmpty').quoting({ Prefix });
}
