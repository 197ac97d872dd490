import { readMoment } from '../model/clock';
import type { RuleDraft } from '../model/lifecycle/rules';
import { checkOptionNames } from '../text/option-names';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';

type MemberKind = 'text' | 'a whole number' | 'true or false' | 'date' | MemberKinds | readonly [MemberKinds];
interface MemberKinds {
  readonly [member: string]: MemberKind;
}

const tag: MemberKinds = { Key: 'text', Value: 'text' };
const sizes: MemberKinds = { ObjectSizeGreaterThan: 'a whole number', ObjectSizeLessThan: 'a whole number' };
const age: MemberKinds = { Days: 'a whole number', Date: 'date' };
const noncurrent: MemberKinds = { NoncurrentDays: 'a whole number', NewerNoncurrentVersions: 'a whole number' };

const ruleMembers: MemberKinds = {
  ID: 'text',
  Status: 'text',
  Prefix: 'text',
  Filter: { Prefix: 'text', Tag: tag, TagSet: [tag], ...sizes, And: { Prefix: 'text', Tags: [tag], ...sizes } },
  Expiration: { ...age, ExpiredObjectDeleteMarker: 'true or false' },
  NoncurrentVersionExpiration: noncurrent,
  Transitions: [{ ...age, StorageClass: 'text' }],
  NoncurrentVersionTransitions: [{ ...noncurrent, StorageClass: 'text' }],
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 'a whole number' },
};

/** Reads a rule of a literal; a member that a rule does not have is a TypeError. */
export function readRuleDraft(at: string, rule: unknown): RuleDraft {
  return readStructure(at, ruleMembers, rule) as RuleDraft; // its members are of the kinds above
}

function readStructure(at: string, kinds: MemberKinds, value: unknown): object {
  if (!isRecord(value))
    throw new TypeError(`${at}: ${writeGiven(value)} is not an object. Give it as AWS's SDKs write it.`);
  checkOptionNames(at, value, Object.keys(kinds));
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    given.map(([name, member]) => [name, readMember(`${at}, ${name}`, kinds[name] ?? 'text', member)]),
  );
}

function readMember(at: string, kind: MemberKind, value: unknown): unknown {
  if (kind === 'date') return readDate(at, value);
  if (kind === 'text') return checked(at, typeof value === 'string', 'text', value);
  if (kind === 'true or false') return checked(at, typeof value === 'boolean', kind, value);
  if (kind === 'a whole number') return checked(at, Number.isSafeInteger(value), kind, value);
  if (!isList(kind)) return readStructure(at, kind, value);
  if (!Array.isArray(value)) throw new TypeError(`${at} ${writeGiven(value)}. Give a list.`);
  return value.map((item, index) => readStructure(`${at} ${index + 1}`, kind[0], item));
}

function isList(kind: MemberKinds | readonly [MemberKinds]): kind is readonly [MemberKinds] {
  return Array.isArray(kind);
}

function checked(at: string, holds: boolean, what: string, value: unknown): unknown {
  if (holds) return value;
  throw new TypeError(`${at} ${writeGiven(value)}. Give ${what}.`);
}

function readDate(at: string, value: unknown): Date {
  try {
    return new Date(readMoment(value as Date)); // it throws for a value of another type
  } catch (error) {
    throw new TypeError(`${at}: ${(error as Error).message}`); // what readMoment throws
  }
}
