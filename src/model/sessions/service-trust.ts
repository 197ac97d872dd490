import { makeConditions } from '../access/caller-conditions';
import { makeKeyReader } from '../access/condition-key-values';
import { describeDecision } from '../access/decision-text';
import type { Caller } from '../identity/account';
import type { Store } from '../store';
import { type AccountRole, writeRoleArn } from './roles';
import { decideTrustAlone } from './trust';

interface ServiceRequest {
  readonly service: string;
  readonly sessionName: string;
  readonly partition: string;
  readonly source?: { readonly account: string; readonly arn: string };
}

/** A role without a trust policy trusts each service (F885). */
export function whyNotTrusted(
  { accounts, clock }: Pick<Store, 'accounts' | 'clock'>,
  place: AccountRole,
  request: ServiceRequest,
): string | undefined {
  const { account: owner, role } = place;
  const { service, partition } = request;
  const caller: Caller = { account: undefined, user: undefined, accessKeyId: undefined, service };
  const conditions = makeConditions({ caller, partition, owner, clock }, (key) => readKey(key, request));
  const resource = writeRoleArn(owner, role.name, partition);
  const question = { caller, action: 'sts:AssumeRole', resource, partition, owner, conditions } as const;
  const decision = decideTrustAlone(question, role);
  return decision.allowed ? undefined : describeDecision(decision, caller, accounts);
}

const readKey = makeKeyReader<ServiceRequest>({
  'aws:sourceaccount': ({ source }) => source?.account,
  'aws:sourcearn': ({ source }) => source?.arn,
  'aws:principalisawsservice': () => 'true',
  'aws:securetransport': () => 'true',
  'aws:principalservicename': ({ service }) => service,
  'aws:principalservicenameslist': ({ service }) => service,
  'sts:rolesessionname': ({ sessionName }) => sessionName,
});
