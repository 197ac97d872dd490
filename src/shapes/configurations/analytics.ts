import { list, required, requiredOr, structure } from '../elements';
import { text, words } from '../values';
import { objectFilter } from './filters';

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

const configuration = structure({
  Id: required(text),
  Filter: objectFilter,
  StorageClassAnalysis: requiredOr(structure({ DataExport: dataExport }), 'StorageClassAnalysisMissing'),
});

/** The analyses of how objects are accessed, each with an id. */
export const analytics = list(configuration, 'AnalyticsConfiguration', [0, 1000]);
