import { readUserPolicy, type UserPolicy } from '../model/access/user-policy';
import { S3Error } from '../refusals/s3-error';
import { checkOptionNames } from '../text/option-names';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { PolicyLiteral } from './policy';
import { refusalWords } from './refusal-words';

/** The rights of a user or a role. Without any policy, it may do everything that its account may. */
export interface UserFixture {
  /** Its inline policy: the document as an object, or its JSON. It may do what the policy allows, and nothing else. */
  readonly policy?: PolicyLiteral | string | undefined;
  /** Managed policies by name. S3 names them in its refusals by their ARN, `arn:aws:iam::ID:policy/NAME`. */
  readonly managedPolicies?: Readonly<Record<string, PolicyLiteral | string>> | undefined;
}

/** Reads the policies of a user or a role; undefined if there are none. `at` names the place, for the TypeError of a wrong one. */
export function readPolicies(at: string, fixture: UserFixture): readonly UserPolicy[] | undefined {
  checkOptionNames(at, fixture, ['policy', 'managedPolicies']);
  const { policy, managedPolicies } = fixture;
  if (managedPolicies !== undefined && !isRecord(managedPolicies))
    throw new TypeError(`${at}: managedPolicies ${writeGiven(managedPolicies)}. Give an object of policies by name.`);
  if (policy === undefined && managedPolicies === undefined) return undefined;
  return [
    ...(policy === undefined ? [] : [readOne(`${at}: policy`, policy)]),
    ...Object.entries(managedPolicies ?? {}).map(([name, one]) =>
      readOne(`${at}: managedPolicies: ${name}`, one, name),
    ),
  ];
}

/** Reads one policy of a user, a role or a session. */
export function readOne(at: string, given: unknown, name?: string): UserPolicy {
  if (typeof given !== 'string' && !isRecord(given))
    throw new TypeError(`${at}: ${writeGiven(given)}. Give the document as an object, or its JSON.`);
  try {
    return readUserPolicy(typeof given === 'string' ? given : JSON.stringify(given), name);
  } catch (error) {
    throw error instanceof S3Error ? new TypeError(`${at}: ${refusalWords(error)}`) : error;
  }
}
