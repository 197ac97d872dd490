import S3 from 'aws-sdk/clients/s3';
import STS from 'aws-sdk/clients/sts';
import type { Credentials } from 'aws-sdk/lib/credentials';
import type { ChainableTemporaryCredentials } from 'aws-sdk/lib/credentials/chainable_temporary_credentials';
import type { SharedIniFileCredentials } from 'aws-sdk/lib/credentials/shared_ini_file_credentials';
import type { TemporaryCredentials } from 'aws-sdk/lib/credentials/temporary_credentials';
import type { TokenFileWebIdentityCredentials } from 'aws-sdk/lib/credentials/token_file_web_identity_credentials';
import type { WebIdentityCredentials } from 'aws-sdk/lib/credentials/web_identity_credentials';

interface CredentialsOfV2 {
  readonly Credentials: typeof Credentials;
  readonly ChainableTemporaryCredentials: typeof ChainableTemporaryCredentials;
  readonly SharedIniFileCredentials: typeof SharedIniFileCredentials;
  readonly TemporaryCredentials: typeof TemporaryCredentials;
  readonly TokenFileWebIdentityCredentials: typeof TokenFileWebIdentityCredentials;
  readonly WebIdentityCredentials: typeof WebIdentityCredentials;
}

/**
 * What tests of sessions use of aws-sdk 2. `import 'aws-sdk'` would load its 386 services, and their types are two thirds of all lines that the
 * compiler would read.
 */
export const AWS = { ...(require('aws-sdk/global') as CredentialsOfV2), S3, STS };
