import { S3Error } from '../../refusals/s3-error';
import { list, required, structure } from '../../shapes/elements';
import { words } from '../../shapes/values';
import { areSameGrants, makeOwnersGrants } from '../access/grants';
import { configuration } from './configuration';

const rule = structure({
  ObjectOwnership: required(words('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced')),
});

const members = { Rules: required(list(rule, 'Rule', [1, 1])) };

/** F402 */
export const ownershipControls = configuration('ownershipControls', members, {
  dialect: 'aws',
  whileNeverPut: () => ({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }),
  onDelete: 'none',
  accept(value, { bucket: { owner, settings } }) {
    // An ACL that no longer counts would still read as if it did (F284).
    const isPrivate = settings.acl === undefined || areSameGrants(settings.acl, makeOwnersGrants(owner));
    if (value.Rules[0]?.ObjectOwnership === 'BucketOwnerEnforced' && !isPrivate)
      throw new S3Error(
        'BucketAclForbidden',
        {},
        "the bucket's ACL must grant FULL_CONTROL to the owner and nothing else; make the ACL private first",
      );
    return value;
  },
});
