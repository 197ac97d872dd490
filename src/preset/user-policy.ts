import { isDeepStrictEqual } from 'node:util';
import { MalformedPolicyDocument } from '../model/access/policy-form';
import { readUserPolicy, type UserPolicy } from '../model/access/user-policy';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import { frozenCopy } from './frozen-copy';
import type { PolicyLiteral } from './policy';
import { policyJson } from './policy-json';

/** The policies of a user or a role, as its fixture has them. */
interface PoliciesLiteral {
  readonly policy?: PolicyLiteral | string | undefined;
  readonly managedPolicies?: Readonly<Record<string, PolicyLiteral | string>> | undefined;
}

/** Reads the policies of a user or a role; undefined if it has no policies. `at` names the place, for the TypeError of a wrong one. */
export function readPolicies(
  at: string,
  { policy, managedPolicies }: PoliciesLiteral,
): readonly UserPolicy[] | undefined {
  if (managedPolicies !== undefined && !isRecord(managedPolicies))
    throw invalidValue(at, 'managedPolicies', managedPolicies, 'an object of policies by name');
  for (const name of Object.keys(managedPolicies ?? {})) checkPolicyName(at, name);
  if (policy === undefined && managedPolicies === undefined) return undefined;
  return [
    ...(policy === undefined ? [] : [readOne(`${at}: policy`, policy)]),
    ...Object.entries(managedPolicies ?? {}).map(([name, one]) =>
      readOne(`${at}: managedPolicies: ${name}`, one, name),
    ),
  ];
}

/** Throws if the policy itself was given in the place of the options. */
export function checkNoDocument(at: string, fixture: unknown): void {
  if (!isRecord(fixture) || !('Statement' in fixture || 'Version' in fixture)) return;
  throw new TypeError(
    `${at}: ${writeGiven(fixture)} is a policy. Give it as an option, { policy: { Version, Statement } }.`,
  );
}

function checkPolicyName(at: string, name: string): void {
  if (/^[\w+=,.@-]{1,128}$/.test(name)) return;
  throw invalidValue(`${at}: managedPolicies`, 'policy name', name, '1 to 128 letters, digits or any of _+=,.@-');
}

/** Reads one policy of a user, a role or a session. */
export function readOne(at: string, given: unknown, name?: string): UserPolicy {
  const text = policyJson(at, given);
  try {
    return readUserPolicy(text, name);
  } catch (error) {
    throw error instanceof MalformedPolicyDocument ? new TypeError(`${at}: ${error.message} (${error.why})`) : error;
  }
}

/** The owner of policies, a user or a role. */
interface Owner {
  readonly policies?: readonly UserPolicy[] | undefined;
}

/** The policies of a user or a role, as the fixture that makes them. */
export function policiesLiteral(policies: Owner['policies']): PoliciesLiteral {
  if (policies === undefined) return {};
  const policy = inlinePolicyOf(policies);
  const managed = policies.flatMap((one) => (one.name === undefined ? [] : [[one.name, literalOf(one)] as const]));
  const managedPolicies = Object.freeze(Object.fromEntries(managed));
  return { ...(policy && { policy }), ...((managed.length > 0 || !policy) && { managedPolicies }) };
}

/** The inline policy among those of a user or a role, as a frozen object; undefined if there are managed ones only. */
export function inlinePolicyOf(policies: Owner['policies']): PolicyLiteral | undefined {
  const policy = policies?.find(({ name }) => name === undefined);
  return policy && literalOf(policy);
}

function literalOf({ text }: UserPolicy): PolicyLiteral {
  return frozenCopy(JSON.parse(text), String) as PolicyLiteral; // a policy that was read
}

/** Throws unless a user or a role that exists has the policies that a later call gives. */
export function checkSamePolicies(at: string, known: Owner, given: Owner): void {
  if (given.policies === undefined) return;
  const [has, wants] = [known, given].map(({ policies }) => policiesLiteral(policies));
  if (isDeepStrictEqual(has, wants)) return;
  const now = known.policies === undefined ? 'no policy, so that nothing limits it' : writeValue(has);
  throw new S3MockError(
    'POLICY_EXISTS',
    `${at}: it has ${now}, and was given ${writeValue(wants)}. Give the policy once, or another name.`,
  );
}
