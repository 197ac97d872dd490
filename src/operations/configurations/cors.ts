import { cors } from '../../model/configurations/cors';
import { corsOnCos } from '../../shapes/configurations/cors';
import { configurationOperations } from './configuration-operations';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const corsOperations = configurationOperations(cors, {
  query: 'cors',
  actions: { read: 's3:GetBucketCORS', write: 's3:PutBucketCORS' },
  root: 'CORSConfiguration',
  answer: 'members',
  whenNone: 'NoSuchCORSConfiguration',
  digest: 'required',
  maxBytes: 64 * 1024,
  shapeOnCos: corsOnCos,
});
