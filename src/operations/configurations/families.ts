import { familyOperations } from './family-operations';

/**
 * The configurations of which a bucket has many, each with an id, as they look on the wire.
 * @module
 */

const analytics = familyOperations('analytics', {
  query: 'analytics',
  actions: { read: 's3:GetAnalyticsConfiguration', write: 's3:PutAnalyticsConfiguration' },
  root: 'AnalyticsConfiguration',
  rootOfList: 'ListBucketAnalyticsConfigurationsResult',
  prologOfList: 'none',
  prologOfOne: 'standalone',
  whenNone: 'NoSuchConfiguration',
});

const intelligentTiering = familyOperations('intelligentTiering', {
  query: 'intelligent-tiering',
  actions: { read: 's3:GetIntelligentTieringConfiguration', write: 's3:PutIntelligentTieringConfiguration' },
  root: 'IntelligentTieringConfiguration',
  rootOfList: 'ListIntelligentTieringConfigurationsResult',
  prologOfList: 'none',
  whenNone: 'NoSuchUndeclaredConfiguration',
});

const inventory = familyOperations('inventory', {
  query: 'inventory',
  actions: { read: 's3:GetInventoryConfiguration', write: 's3:PutInventoryConfiguration' },
  root: 'InventoryConfiguration',
  documentComesFirst: true,
  rootOfList: 'ListInventoryConfigurationsResult',
  prologOfList: 'on one line',
  prologOfOne: 'on one line',
  whenNone: 'NoSuchUndeclaredConfiguration',
  undeclaredRefusals: [
    'AccessDenied',
    'IdMismatch',
    'InvalidConfigurationId',
    'InvalidKmskeyId',
    'InvalidS3DestinationBucket',
    'MalformedContinuationToken',
    'MalformedXML',
    'TooManyConfigurations',
  ],
});

const metrics = familyOperations('metrics', {
  query: 'metrics',
  actions: { read: 's3:GetMetricsConfiguration', write: 's3:PutMetricsConfiguration' },
  root: 'MetricsConfiguration',
  rootOfList: 'ListMetricsConfigurationsResult',
  prologOfList: 'on one line',
  prologOfOne: 'on one line',
  whenNone: 'NoSuchConfiguration',
});

/** Their operations, by S3's names. */
export const listedOperations = {
  DeleteBucketAnalyticsConfiguration: analytics.remove,
  GetBucketAnalyticsConfiguration: analytics.get,
  ListBucketAnalyticsConfigurations: analytics.list,
  PutBucketAnalyticsConfiguration: analytics.put,
  DeleteBucketIntelligentTieringConfiguration: intelligentTiering.remove,
  GetBucketIntelligentTieringConfiguration: intelligentTiering.get,
  ListBucketIntelligentTieringConfigurations: intelligentTiering.list,
  PutBucketIntelligentTieringConfiguration: intelligentTiering.put,
  DeleteBucketInventoryConfiguration: inventory.remove,
  GetBucketInventoryConfiguration: inventory.get,
  ListBucketInventoryConfigurations: inventory.list,
  PutBucketInventoryConfiguration: inventory.put,
  DeleteBucketMetricsConfiguration: metrics.remove,
  GetBucketMetricsConfiguration: metrics.get,
  ListBucketMetricsConfigurations: metrics.list,
  PutBucketMetricsConfiguration: metrics.put,
};
