/**
 * Values of the SDK's types fit fixtures, handles and the matcher, so that a test may use the constants of the code under test.
 * @module
 */
import type {
  AnalyticsConfiguration,
  CORSConfiguration,
  IntelligentTieringConfiguration,
  InventoryConfiguration,
  MetricsConfiguration,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ReplicationConfiguration,
  ServerSideEncryptionConfiguration,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import { expect } from '@jest/globals';
import { type MockS3, mockS3 } from 's3-versioning-mock/jest';

interface Configurations {
  readonly analytics: readonly AnalyticsConfiguration[];
  readonly cors: CORSConfiguration;
  readonly encryption: ServerSideEncryptionConfiguration;
  readonly intelligentTiering: readonly IntelligentTieringConfiguration[];
  readonly inventory: readonly InventoryConfiguration[];
  readonly metrics: readonly MetricsConfiguration[];
  readonly ownershipControls: OwnershipControls;
  readonly publicAccessBlock: PublicAccessBlockConfiguration;
  readonly replication: ReplicationConfiguration;
  readonly website: WebsiteConfiguration;
}

export const withFixture = (vault: Configurations): MockS3 => mockS3({ buckets: { vault } });

export function setAndExpected(s3: MockS3, put: Configurations): void {
  const vault = s3.bucket('vault');
  vault.encryption = put.encryption;
  vault.replication = put.replication;
  vault.inventory = put.inventory;
  expect(vault).toHaveConfiguration('encryption', put.encryption);
  expect(vault).toHaveConfiguration('replication', put.replication);
  expect(vault).toHaveConfiguration('website', put.website);
  expect(vault).toHaveConfiguration('analytics', put.analytics);
}
