import { access } from './access';
import { accessPoints } from './access-points';
import { acl } from './acl';
import { annotations } from './annotations';
import { bodies } from './bodies';
import { buckets } from './buckets';
import { configurations } from './configurations';
import { copies } from './copies';
import { credentials } from './credentials';
import { encryption } from './encryption';
import { lifecycle } from './lifecycle';
import { listings } from './listings';
import { mock } from './mock';
import { objectLock } from './object-lock';
import { objects } from './objects';
import { policy } from './policy';
import { postPolicy } from './post-policy';
import { protection } from './protection';
import { replication } from './replication';
import { requests } from './requests';
import { signatures } from './signatures';
import { sts } from './sts';
import { tagging } from './tagging';
import { uploads } from './uploads';
import { versioning } from './versioning';

/** Every refusal by its name. */
export const refusals = {
  ...access,
  ...accessPoints,
  ...acl,
  ...annotations,
  ...bodies,
  ...buckets,
  ...configurations,
  ...copies,
  ...credentials,
  ...encryption,
  ...postPolicy,
  ...lifecycle,
  ...listings,
  ...mock,
  ...objectLock,
  ...objects,
  ...policy,
  ...protection,
  ...replication,
  ...requests,
  ...signatures,
  ...sts,
  ...tagging,
  ...uploads,
  ...versioning,
};

/** The name of a refusal. */
export type RefusalName = keyof typeof refusals;
