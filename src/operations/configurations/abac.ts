import { abac } from '../../model/configurations/abac';
import { configurationOperations } from './configuration-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html */
export const abacOperations = configurationOperations(abac, {
  query: 'abac',
  actions: { read: 's3:GetBucketAbac', write: 's3:PutBucketAbac' },
  root: 'AbacStatus',
  answer: 'document',
  dialect: 'aws',
});
