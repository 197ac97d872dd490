import { publicAccessBlock } from '../../model/configurations/public-access-block';
import { configurationOperations } from './configuration-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export const publicAccessBlockOperations = configurationOperations(publicAccessBlock, {
  query: 'publicAccessBlock',
  actions: { read: 's3:GetBucketPublicAccessBlock', write: 's3:PutBucketPublicAccessBlock' },
  root: 'PublicAccessBlockConfiguration',
  answer: 'document',
  whenNone: 'NoSuchPublicAccessBlockConfiguration',
});
