import { ownershipControls } from '../../model/configurations/ownership-controls';
import { configurationOperations } from './configuration-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const ownershipControlsOperations = configurationOperations(ownershipControls, {
  query: 'ownershipControls',
  root: 'OwnershipControls',
  answer: 'document',
  whenNone: 'OwnershipControlsNotFoundError',
  dialect: 'aws',
});
