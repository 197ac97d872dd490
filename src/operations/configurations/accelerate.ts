import { accelerate } from '../../model/configurations/accelerate';
import { configurationOperations } from './configuration-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html and its neighbour. */
export const accelerateOperations = configurationOperations(accelerate, {
  query: 'accelerate',
  actions: { read: 's3:GetAccelerateConfiguration', write: 's3:PutAccelerateConfiguration' },
  root: 'AccelerateConfiguration',
  answer: 'members',
  dialect: 'aws',
});
