import type { MfaRequest } from '../../model/mfa-delete';
import { hasSessionToken } from '../../protocol/request/identity';
import { header } from '../../shapes/places';
import type { Context } from '../operation';

/** The member of requests that may need an MFA code. */
export const mfaMember = { MFA: header('x-amz-mfa') };

/** The parts of a request on which its MFA code depends. */
export function mfaRequestOf({ caller, request }: Context, mfa: string | undefined): MfaRequest {
  return { caller, mfa, temporary: caller.session !== undefined || hasSessionToken(request) };
}
