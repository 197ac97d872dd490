import { inventory } from '../../model/configurations/inventory';
import { familyOperations } from './family-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html */
export const inventoryOperations = familyOperations(inventory, {
  query: 'inventory',
  actions: { read: 's3:GetInventoryConfiguration', write: 's3:PutInventoryConfiguration' },
  root: 'InventoryConfiguration',
  rootOfList: 'ListInventoryConfigurationsResult',
  prologOfList: 'on one line',
  whenNone: 'NoSuchUndeclaredConfiguration',
});
