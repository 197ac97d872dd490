import { S3Error } from '../../refusals/s3-error';
import { clause, type Said, say } from '../../text/reason';
import { callDevice } from '../identity/account-text';
import { describeCaller, writeCallerArn } from '../identity/caller';
import type { MfaDevice } from '../identity/mfa-device';
import type { StsCaller } from './caller';

/** False if the request has none. Throws STS's refusal of a wrong code (F709). */
export function takeMfaCode(
  caller: StsCaller,
  { SerialNumber, TokenCode }: { readonly SerialNumber?: string; readonly TokenCode?: string },
): boolean {
  if (SerialNumber === undefined && TokenCode === undefined) return false;
  if (SerialNumber === undefined || TokenCode === undefined) {
    const missing = SerialNumber === undefined ? 'TokenCode and no SerialNumber' : 'SerialNumber and no TokenCode';
    throw new S3Error('StsMfaIncomplete', {}, `the request has ${missing}`);
  }
  const device = listDevices(caller).find(({ serial }) => serial === SerialNumber);
  if (device === undefined) throw new S3Error('StsMfaDeviceNotOwned', {}, whyNotOwned(caller, SerialNumber));
  const verdict = device.verify(TokenCode, callDevice(caller.account, caller.user, 'nextCode()'));
  if (verdict.accepted) return true;
  const isInactive = verdict.refusal === 'MfaDeviceNotActive';
  throw new S3Error(isInactive ? 'StsMfaDeviceNotOwned' : 'StsMfaCodeInvalid', {}, verdict.why);
}

function listDevices({ account, user, role, session }: StsCaller): readonly MfaDevice[] {
  if (role !== undefined || session?.federated !== undefined) return [];
  if (user === undefined) return account.mfaDevices;
  const mfa = account.findUser(user)?.mfa;
  return mfa === undefined ? [] : [mfa];
}

function whyNotOwned(caller: StsCaller, serial: string): Said {
  const devices = listDevices(caller).map((device) => device.serial);
  const who = describeCaller(caller);
  if (devices.length === 0) return `${who} has no MFA device; sessions of roles and federated users have none`;
  const isArn = writeCallerArn(caller.account, caller, 'aws') === serial;
  const mistake = isArn ? 'which is the ARN of the user itself' : `not ${serial}`;
  const right = callDevice(caller.account, caller.user, 'serial');
  return say`${who} has the MFA device ${devices.join(', ')}, ${mistake}${clause`; ${right} is right`}`;
}
