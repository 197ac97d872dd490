import { encryption } from '../../model/configurations/encryption';
import { configurationOperations } from './configuration-operations';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html and its neighbours.
 * @module
 */

export const encryptionOperations = configurationOperations(encryption, {
  query: 'encryption',
  actions: { read: 's3:GetEncryptionConfiguration', write: 's3:PutEncryptionConfiguration' },
  root: 'ServerSideEncryptionConfiguration',
  answer: 'document',
  dialect: 'aws',
});
