import { requestPayment } from '../../model/configurations/request-payment';
import { configurationOperations } from './configuration-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html */
export const requestPaymentOperations = configurationOperations(requestPayment, {
  query: 'requestPayment',
  actions: { read: 's3:GetBucketRequestPayment', write: 's3:PutBucketRequestPayment' },
  root: 'RequestPaymentConfiguration',
  answer: 'members',
  dialect: 'aws',
});
