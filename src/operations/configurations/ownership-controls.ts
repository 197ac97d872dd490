import { ownershipControls } from '../../model/configurations/ownership-controls';
import { S3Error } from '../../refusals/s3-error';
import { configurationOperations } from './configuration-operations';

const { put, get, remove } = configurationOperations(ownershipControls, {
  query: 'ownershipControls',
  actions: { read: 's3:GetBucketOwnershipControls', write: 's3:PutBucketOwnershipControls' },
  root: 'OwnershipControls',
  answer: 'document',
  whenNone: 'OwnershipControlsNotFoundError',
  dialect: 'aws',
});

/** S3 names the action, and has none for the deletion. */
const refusingAnonymous = (action: string) => () => new S3Error('AnonymousActionNotAllowed', { action });
const refusalOfChange = refusingAnonymous('s3:PutBucketOwnershipControls');

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const ownershipControlsOperations = {
  put: { ...put, refusalOfAnonymous: refusalOfChange, undeclaredRefusals: ['MalformedXML'] },
  get: { ...get, refusalOfAnonymous: refusingAnonymous('s3:GetBucketOwnershipControls') },
  remove: { ...remove, refusalOfAnonymous: refusalOfChange },
};
