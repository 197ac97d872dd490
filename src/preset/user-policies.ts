import { isDeepStrictEqual } from 'node:util';
import { readUserPolicy, type UserPolicy } from '../model/access/user-policy';
import { S3Error } from '../refusals/s3-error';
import { S3MockError } from '../s3-mock-error';
import { checkOptionNames } from '../text/option-names';
import { isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import { frozenCopy } from './frozen-copy';
import type { PolicyLiteral } from './policy';
import { policyJson } from './policy-json';
import { refusalWords } from './refusal-words';

/** The rights of a user or a role. Without any policy, it may do everything that its account may. */
export interface UserFixture {
  /** Its inline policy: the document as an object, or its JSON. It may do what the policy allows, and nothing else. */
  readonly policy?: PolicyLiteral | string | undefined;
  /** Managed policies by name. S3 names them in its refusals by their ARN, `arn:aws:iam::ID:policy/NAME`. */
  readonly managedPolicies?: Readonly<Record<string, PolicyLiteral | string>> | undefined;
}

/** Reads the policies of a user or a role; undefined if it has no policies. `at` names the place, for the TypeError of a wrong one. */
export function readPolicies(at: string, fixture: UserFixture): readonly UserPolicy[] | undefined {
  checkNoDocument(at, fixture);
  checkOptionNames(at, fixture, ['policy', 'managedPolicies']);
  const { policy, managedPolicies } = fixture;
  if (managedPolicies !== undefined && !isRecord(managedPolicies))
    throw new TypeError(`${at}: managedPolicies ${writeGiven(managedPolicies)}. Give an object of policies by name.`);
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
function checkNoDocument(at: string, fixture: unknown): void {
  if (!isRecord(fixture) || !('Statement' in fixture || 'Version' in fixture)) return;
  throw new TypeError(
    `${at}: ${writeGiven(fixture)} is a policy. Give it as an option, { policy: { Version, Statement } }.`,
  );
}

function checkPolicyName(at: string, name: string): void {
  if (/^[\w+=,.@-]{1,128}$/.test(name)) return;
  throw new TypeError(
    `${at}: managedPolicies: not a policy's name: ${writeGiven(name)}. Give 1 to 128 letters, digits or any of _+=,.@- .`,
  );
}

/** Reads one policy of a user, a role or a session. */
export function readOne(at: string, given: unknown, name?: string): UserPolicy {
  const policy = readUnlessRefused(at, policyJson(at, given), name);
  checkSids(at, policy);
  return policy;
}

function readUnlessRefused(at: string, text: string, name: string | undefined): UserPolicy {
  try {
    return readUserPolicy(text, name);
  } catch (error) {
    throw error instanceof S3Error ? new TypeError(`${at}: ${refusalWords(error)}`) : error;
  }
}

/** IAM refuses ids of statements that occur twice, or that have other characters than letters and digits (F511). */
function checkSids(at: string, { document: { statements } }: UserPolicy): void {
  const known = new Set<string>();
  for (const { number, sid } of statements) {
    if (sid === undefined || sid === '') continue;
    if (!/^[\dA-Za-z]+$/.test(sid))
      throw new TypeError(
        `${at}: Statement IDs (SID) must be alpha-numeric (statement ${number} has the Sid ${writeGiven(sid)})`,
      );
    if (known.has(sid))
      throw new TypeError(
        `${at}: Statement IDs (SID) in a single policy must be unique (statement ${number} has the Sid ${writeGiven(sid)} again)`,
      );
    known.add(sid);
  }
}

/** The owner of policies, a user or a role. */
interface Owner {
  readonly policies: readonly UserPolicy[] | undefined;
}

/** The policies of a user or a role, as the fixture that makes them. */
export function userLiteral({ policies }: Owner): UserFixture {
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
  const [has, wants] = [known, given].map(userLiteral);
  if (isDeepStrictEqual(has, wants)) return;
  const now = known.policies === undefined ? 'no policy, so that nothing limits it' : writeValue(has);
  throw new S3MockError(
    'POLICY_EXISTS',
    `${at}: it has ${now}, and was given ${writeValue(wants)}. Give the policy once, or another name.`,
  );
}
