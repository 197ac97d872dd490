import { metrics } from '../../model/configurations/metrics';
import { familyOperations } from './family-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html */
export const metricsOperations = familyOperations(metrics, {
  query: 'metrics',
  actions: { read: 's3:GetMetricsConfiguration', write: 's3:PutMetricsConfiguration' },
  root: 'MetricsConfiguration',
  rootOfList: 'ListMetricsConfigurationsResult',
  prologOfList: 'on one line',
  whenNone: 'NoSuchConfiguration',
});
