import { website } from '../../model/configurations/website';
import { configurationOperations } from './configuration-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html */
export const websiteOperations = configurationOperations(website, {
  query: 'website',
  actions: { read: 's3:GetBucketWebsite', write: 's3:PutBucketWebsite', remove: 's3:DeleteBucketWebsite' },
  root: 'WebsiteConfiguration',
  answer: 'members',
  whenNone: 'NoSuchWebsiteConfiguration',
  maxBytes: 128 * 1024,
});
