import type { KmsKeyState } from '../../model/kms';
import { byRule } from '../../shapes/given';
import { type Route, route } from '../route';

/** A credential of IBM Cloud's token service. */
interface RefusedCredential {
  /** An API key, a token or a refresh token. */
  readonly credential: string;
}

export const keyRoutes: readonly Route[] = [
  route<{ readonly state: KmsKeyState }>({
    method: 'PUT',
    path: '/kms-keys/{key}',
    call: 's3.kmsKeys.set(key, state)',
    summary: 'Sets the state of a KMS key, by its id, its ARN or its alias, whose slash is encoded: alias%2Fvault.',
    takesBody: { state: byRule },
    handle: ({ mock, path: { key = '' }, body }) => mock.kmsKeys.set(key, body.state),
  }),
  route<RefusedCredential>({
    method: 'POST',
    path: '/iam/refuse',
    call: 's3.iam.refuse(credential)',
    summary: "Makes IBM Cloud's token service and COS refuse an API key, a token or a refresh token.",
    takesBody: { credential: byRule },
    handle: ({ mock, body }) => mock.iam.refuse(body.credential),
  }),
  route({
    method: 'POST',
    path: '/iam/expire-tokens',
    call: 's3.iam.expireTokens()',
    summary: "Makes COS refuse all tokens of IBM Cloud's token service that were issued so far.",
    handle: ({ mock }) => mock.iam.expireTokens(),
  }),
];
