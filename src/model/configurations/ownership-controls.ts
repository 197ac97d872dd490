import { S3Error } from '../../refusals/s3-error';
import { aclOfBucket } from '../access/acl';
import { isShared } from '../access/grants';
import { configuration } from './configuration';

/** Who owns the objects in a bucket (F402). */
export const ownershipControls = configuration('ownershipControls', {
  whileNeverPut: () => ({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }),
  onDelete: 'none',
  accept(value, { bucket }) {
    const [rule] = value.Rules;
    // An ACL that no longer counts would still read as if others had access (F284).
    if (rule?.ObjectOwnership === 'BucketOwnerEnforced' && isShared(aclOfBucket(bucket)))
      throw new S3Error('BucketAclForbidden', {}, "the bucket's ACL grants rights to others; make it private first");
    return value;
  },
});
