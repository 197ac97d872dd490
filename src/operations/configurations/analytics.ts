import { analytics } from '../../model/configurations/analytics';
import { familyOperations } from './family-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAnalyticsConfiguration.html */
export const analyticsOperations = familyOperations(analytics, {
  query: 'analytics',
  actions: { read: 's3:GetAnalyticsConfiguration', write: 's3:PutAnalyticsConfiguration' },
  root: 'AnalyticsConfiguration',
  rootOfList: 'ListBucketAnalyticsConfigurationsResult',
  prologOfList: 'none',
  whenNone: 'NoSuchConfiguration',
});
