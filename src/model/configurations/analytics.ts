import { checkDestination } from './destinations';
import { configurationFamily } from './family';
import { checkFilter } from './filters';

/** The analyses of how a bucket's objects are accessed. The mock analyses nothing (F380). */
export const analytics = configurationFamily('analytics', {
  whenIdsDiffer: 'MalformedXML',
  checkSchema: ({ Filter }) => checkFilter(Filter),
  checkValues({ StorageClassAnalysis: { DataExport } }) {
    if (DataExport !== undefined) checkDestination(DataExport.Destination.S3BucketDestination.Bucket);
  },
});
