import { S3Error } from '../refusals/s3-error';
import { clause, type Said, say } from '../text/reason';
import { writeGiven } from '../text/values';
import type { Bucket } from './bucket';
import type { Account, Caller } from './identity/account';
import { callDevice, callHeader, callKeys, describeAccount } from './identity/account-text';
import { describeCaller, isRoot } from './identity/caller';

export interface MfaRequest {
  readonly caller: Caller;
  readonly mfa: string | undefined;
  readonly temporary: boolean;
}

/** MFA Delete demands a code for the permanent deletion of a version (F69). */
export function checkVersionDeletion(bucket: Bucket, request: MfaRequest): void {
  if (bucket.versioning.MFADelete === 'Enabled') checkMfa(bucket, request);
}

/** F15, F16 */
export function checkMfa({ owner }: Bucket, { caller, mfa, temporary }: MfaRequest): void {
  if (mfa === undefined) throw new S3Error('MfaRequired', {}, say`the request has no x-amz-mfa header${send(owner)}`);
  if (temporary) throw new S3Error('MfaWithTemporaryCredentials', {}, whyTemporary(caller)); // F200
  const [, serial = '', code = ''] = /^(\S+) (\S+)$/.exec(mfa) ?? [];
  if (serial === '') {
    const why = say`${writeGiven(mfa)} is not a serial, a space, then a code${send(owner)}`;
    throw new S3Error('MfaHeaderMalformed', { ArgumentValue: mfa }, why);
  }
  if (caller.account !== owner || !isRoot(caller)) {
    const why = say`${describeCaller(caller)} is not the root user of the bucket's owner, ${describeAccount(owner)}${clause`; sign with its keys: ${callKeys(owner)}`}`;
    throw new S3Error('MfaNotByOwner', {}, why);
  }
  const device = owner.findMfaDevice(serial);
  if (!device) {
    const why = say`the root user of ${describeAccount(owner)} has no MFA device ${serial}${cureForDevice(owner, code)}`;
    throw new S3Error('MfaDeviceNotOwned', { serial, code }, why);
  }
  const verdict = device.verify(code, callHeader(owner));
  if (!verdict.accepted) throw new S3Error(verdict.refusal, {}, verdict.why);
}

function send(owner: Account): Said {
  return clause`; send MFA: ${callHeader(owner)}`;
}

function cureForDevice(owner: Account, code: string): Said {
  const isSwapped = owner.findMfaDevice(code) !== undefined;
  return isSwapped ? '; the header is the serial, a space, then the code' : say`${send(owner)}${sendParts(owner)}`;
}

/** Code can get the serial and the code as two values. */
function sendParts(owner: Account): Said {
  return clause`, which is ${callDevice(owner, undefined, 'serial')}, a space, then ${callDevice(owner, undefined, 'nextCode()')}`;
}

const codeNeeds = 'a code needs the permanent keys of the root user';

function whyTemporary(caller: Caller): string {
  return caller.session === undefined
    ? `the request has x-amz-security-token beside x-amz-mfa, and ${codeNeeds}; the likely origin of the token is AWS_SESSION_TOKEN in the environment`
    : `${describeCaller(caller)} sent x-amz-mfa, and ${codeNeeds}; a session has no such keys, even if it began with MFA`;
}
