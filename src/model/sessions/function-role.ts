import { hour } from '../../formats/durations';
import { type Said, say } from '../../text/reason';
import type { SetConditions } from '../access/condition-key-values';
import type { Caller } from '../identity/account';
import type { Store } from '../store';
import { type AccountRole, findRoleByArn, whyNoRole, writeRoleArn } from './roles';
import { whyNotTrusted } from './service-trust';

export interface RunningFunction {
  /** An ARN, or the name of a role of the default account. */
  readonly role: string;
  readonly name: string;
  readonly arn: string | undefined;
}

const service = 'lambda.amazonaws.com';

/** Lambda's words, both when the function is created and when it is called (F1510). */
const refused = 'The role defined for the function cannot be assumed by Lambda. Reason:';

export function whyNotAssumed(store: Store, asked: RunningFunction): Said | undefined {
  const { why } = findAssumableRole(store, asked);
  return why === undefined ? undefined : say`${refused} ${why}`;
}

/** Throws if Lambda cannot assume the role: the call of the function fails (F1510). */
export function beginFunctionSession(store: Store, asked: RunningFunction): Caller {
  const { place, why } = findAssumableRole(store, asked);
  if (place === undefined) throw new Error(`${refused} ${String(why)}`);
  const { account, role } = place;
  const session = account.beginSession({
    name: sessionNameOf(asked),
    user: undefined,
    role: role.name,
    mfa: false,
    policy: undefined,
    conditions: conditionsOf(asked),
    lasts: 12 * hour,
  });
  return { account, user: undefined, role: role.name, accessKeyId: session.credentials.accessKeyId, session };
}

/** The consumer of a queue or a topic has its name, which can be longer than the name of a session. */
function sessionNameOf({ name }: RunningFunction): string {
  return name.slice(0, 64);
}

const keyOfFunction = 'lambda:SourceFunctionArn';

function conditionsOf({ arn }: RunningFunction): SetConditions {
  return new Map(arn === undefined ? [] : [[keyOfFunction.toLowerCase(), { key: keyOfFunction, values: [arn] }]]);
}

type AssumableRole =
  | { readonly place: AccountRole; readonly why?: undefined }
  | { readonly place?: undefined; readonly why: Said };

function findAssumableRole(store: Store, asked: RunningFunction): AssumableRole {
  const { defaultAccount: account } = store;
  const isArn = asked.role.startsWith('arn:');
  const arn = isArn ? asked.role : writeRoleArn(account, asked.role, 'aws');
  const [, partition = 'aws'] = arn.split(':');
  const place = findRoleByArn(store, arn, partition);
  if (place === undefined) return { why: whyNoRole(store, arn, partition) };
  const sessionName = sessionNameOf(asked);
  const why = whyNotTrusted(store, place, { service, sessionName, partition });
  return why === undefined
    ? { place }
    : { why: `${why}. Its trust policy must allow sts:AssumeRole to { Service: '${service}' }.` };
}
