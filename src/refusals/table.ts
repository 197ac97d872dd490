import { acceleration } from './acceleration';
import { access } from './access';
import { acls } from './acls';
import { bodies } from './bodies';
import { buckets } from './buckets';
import { conditions } from './conditions';
import { configurationFamilies } from './configuration-families';
import { configurations } from './configurations';
import { copies } from './copies';
import { cors } from './cors';
import { credentialScopes } from './credential-scopes';
import { credentials } from './credentials';
import { encryption } from './encryption';
import { formPolicies } from './form-policies';
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
import { policies } from './policies';
import { reads } from './reads';
import { replication } from './replication';
import { requests } from './requests';
import { service } from './service';
import { signatures } from './signatures';
import { tagging } from './tagging';
import { uploadChecksums } from './upload-checksums';
import { uploads } from './uploads';
import { versioning } from './versioning';
import { website } from './website';

/** Every refusal by its name. */
export const refusals = {
  ...acceleration,
  ...access,
  ...acls,
  ...bodies,
  ...buckets,
  ...configurations,
  ...configurationFamilies,
  ...copies,
  ...cors,
  ...credentials,
  ...encryption,
  ...formPolicies,
  ...forms,
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
  ...policies,
  ...replication,
  ...requests,
  ...service,
  ...signatures,
  ...tagging,
  ...uploads,
  ...conditions,
  ...credentialScopes,
  ...reads,
  ...uploadChecksums,
  ...versioning,
  ...website,
};

/** The name of a refusal. */
export type RefusalName = keyof typeof refusals;
