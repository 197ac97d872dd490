import { access } from './access';
import { bodies } from './bodies';
import { buckets } from './buckets';
import { conditions } from './conditions';
import { configurationFamilies } from './configuration-families';
import { configurations } from './configurations';
import { copies } from './copies';
import { cors } from './cors';
import { credentialScopes } from './credential-scopes';
import { credentials } from './credentials';
import { iam } from './iam';
import { lifecycle } from './lifecycle';
import { lifecycleRules } from './lifecycle-rules';
import { lifecycleTimes } from './lifecycle-times';
import { listings } from './listings';
import { mock } from './mock';
import { objectLock } from './object-lock';
import { objects } from './objects';
import { reads } from './reads';
import { requests } from './requests';
import { service } from './service';
import { signatures } from './signatures';
import { tagging } from './tagging';
import { uploadChecksums } from './upload-checksums';
import { uploads } from './uploads';
import { versioning } from './versioning';

/** Every refusal by its name. */
export const refusals = {
  ...access,
  ...bodies,
  ...buckets,
  ...configurations,
  ...configurationFamilies,
  ...copies,
  ...cors,
  ...credentials,
  ...iam,
  ...lifecycle,
  ...lifecycleRules,
  ...lifecycleTimes,
  ...listings,
  ...mock,
  ...objectLock,
  ...objects,
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
};

/** The name of a refusal. */
export type RefusalName = keyof typeof refusals;
