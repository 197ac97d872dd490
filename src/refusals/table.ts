import { acceleration } from './acceleration';
import { access } from './access';
import { acl } from './acl';
import { annotations } from './annotations';
import { bodies } from './bodies';
import { buckets } from './buckets';
import { configurationFamilies } from './configuration-families';
import { configurations } from './configurations';
import { copies } from './copies';
import { cors } from './cors';
import { credentialScopes } from './credential-scopes';
import { credentials } from './credentials';
import { encryption } from './encryption';
import { encryptionUpdates } from './encryption-updates';
import { forms } from './forms';
import { iam } from './iam';
import { lifecycle } from './lifecycle';
import { lifecycleRules } from './lifecycle-rules';
import { lifecycleTimes } from './lifecycle-times';
import { listings } from './listings';
import { logging } from './logging';
import { mock } from './mock';
import { notifications } from './notifications';
import { objectLock } from './object-lock';
import { objects } from './objects';
import { policy } from './policy';
import { postPolicy } from './post-policy';
import { preconditions } from './preconditions';
import { protection } from './protection';
import { reads } from './reads';
import { replication } from './replication';
import { requests } from './requests';
import { restores } from './restores';
import { service } from './service';
import { signatures } from './signatures';
import { sts } from './sts';
import { stsRequests } from './sts-requests';
import { tagging } from './tagging';
import { uploadChecksums } from './upload-checksums';
import { uploads } from './uploads';
import { versioning } from './versioning';
import { website } from './website';

/** Every refusal by its name. */
export const refusals = {
  ...acceleration,
  ...access,
  ...acl,
  ...annotations,
  ...bodies,
  ...buckets,
  ...configurations,
  ...configurationFamilies,
  ...copies,
  ...cors,
  ...credentials,
  ...encryption,
  ...postPolicy,
  ...forms,
  ...encryptionUpdates,
  ...iam,
  ...lifecycle,
  ...lifecycleRules,
  ...lifecycleTimes,
  ...listings,
  ...logging,
  ...mock,
  ...notifications,
  ...objectLock,
  ...objects,
  ...policy,
  ...protection,
  ...replication,
  ...requests,
  ...restores,
  ...service,
  ...signatures,
  ...sts,
  ...stsRequests,
  ...tagging,
  ...uploads,
  ...preconditions,
  ...credentialScopes,
  ...reads,
  ...uploadChecksums,
  ...versioning,
  ...website,
};

/** The name of a refusal. */
export type RefusalName = keyof typeof refusals;
