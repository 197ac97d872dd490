import { readPostPolicy } from '../model/post-policy/document';
import { checkPostPolicy } from '../model/post-policy/evaluation';
import { longestSkew, readBasicDate } from '../protocol/signature/terms';
import { S3Error } from '../refusals';
import type { Call } from './call';

/** Throws unless the policy of a signed form allows its fields. S3 reads no policy of a form that nobody signed (F564). */
export function checkFormPolicy(call: Call): void {
  const { form, identity, bucket = '' } = call.request;
  if (form === undefined || identity instanceof S3Error || identity.scheme === 'anonymous') return;
  const policy = readPostPolicy(form.fields.get('policy') ?? '');
  checkPostPolicy(policy, { fields: form.fields, bucket }, earliestNow(call, form.fields));
  call.policy = policy;
}

/**
 * The present moment by the clock that is kinder to the form: the process's, moved on as the mock's was; or the mock's, if that one may
 * have signed the form (docs/decisions/0007-clocks-of-signatures.md).
 */
function earliestNow({ store: { clock } }: Call, fields: ReadonlyMap<string, string>): number {
  const moved = clock.processNow() + clock.moved;
  const signed = readBasicDate(fields.get('x-amz-date') ?? '');
  const isOfMock = signed !== undefined && signed - clock.now() <= longestSkew;
  return isOfMock ? Math.min(moved, clock.now()) : moved;
}
