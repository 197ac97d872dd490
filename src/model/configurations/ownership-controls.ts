import { S3Error } from '../../refusals/s3-error';
import { aclOfBucket } from '../access/acl';
import { areSameGrants, ownersGrants } from '../access/grants';
import { configuration } from './configuration';

/** Who owns the objects in a bucket (F402). */
export const ownershipControls = configuration('ownershipControls', {
  whileNeverPut: () => ({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }),
  onDelete: 'none',
  accept(value, { bucket }) {
    const [rule] = value.Rules;
    // An ACL that no longer counts would still read as if it did (F284).
    const { owner, grants } = aclOfBucket(bucket);
    if (rule?.ObjectOwnership === 'BucketOwnerEnforced' && !areSameGrants(grants, ownersGrants(owner)))
      throw new S3Error(
        'BucketAclForbidden',
        {},
        "the bucket's ACL is not the owner's FULL_CONTROL alone; make it private first",
      );
    return value;
  },
});
