import type { MfaRequest } from '../../model/mfa-delete';
import { hasSessionToken } from '../../protocol/request/identity';
import { header } from '../../shapes/places';
import type { Context } from '../operation';

export const mfaMember = { MFA: header('x-amz-mfa') };

export function makeMfaRequest({ caller, request }: Context, mfa: string | undefined): MfaRequest {
  return { caller, mfa, temporary: caller.session !== undefined || hasSessionToken(request) };
}
