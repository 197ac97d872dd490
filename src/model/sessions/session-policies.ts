import { readJson } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { hintFor } from '../../text/spelling';
import { MalformedPolicyDocument } from '../access/policy-form';
import { isComplete, readUserPolicy, type UserPolicy } from '../access/user-policy';
import type { Account } from '../identity/account';
import type { Session } from '../identity/session';
import type { Tag } from '../tagging';

/** Characters. How AWS packs policies is unknown (F707). */
const space = 2048;

/** `packedSize`: the percentage of the allotted space that policies and tags take, if there are any (F707). */
export function readSessionPolicies(
  { Policy, PolicyArns = [] }: { readonly Policy?: string; readonly PolicyArns?: readonly { readonly arn?: string }[] },
  tags: readonly Tag[],
  { account, partition }: { readonly account: Account | undefined; readonly partition: string },
) {
  const policy = Policy === undefined ? undefined : readSessionPolicy(Policy);
  const arns = PolicyArns.flatMap(({ arn }) => arn ?? []);
  const packedSize = countPercent([Policy ?? '', ...arns, ...tags.flatMap(({ Key, Value }) => [Key, Value])]);
  const percent = countPercent([Policy ?? '', ...arns]);
  if (percent > 100) {
    const why = `the policy and the ARNs have more than ${space} characters; the mock counts characters, and AWS packs them in a way of its own`;
    throw new S3Error('StsPolicyTooLarge', { percent }, why);
  }
  const managedPolicies = arns.map((arn) => findManagedPolicy(arn, account, partition));
  const isEmpty = Policy === undefined && arns.length === 0 && tags.length === 0;
  return { policy, managedPolicies, packedSize: isEmpty ? undefined : packedSize };
}

function countPercent(texts: readonly string[]): number {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return Math.ceil((100 * characters) / space);
}

function readSessionPolicy(text: string): UserPolicy {
  if (readJson(text) === undefined) throw refusalForText(text);
  try {
    // A document may have blanks in front.
    return checkComplete(readUserPolicy(text.trim()));
  } catch (error) {
    if (error instanceof MalformedPolicyDocument)
      throw new S3Error('StsPolicyMalformed', {}, `${error.message} (${error.why})`);
    throw error;
  }
}

/** IAM completes the ARNs of other policies (F582). */
function checkComplete(policy: UserPolicy): UserPolicy {
  const arns = policy.document.statements.flatMap(({ resources }) => resources.of.map(({ arn }) => arn));
  const short = arns.find((arn) => !isComplete(arn));
  if (short === undefined) return policy;
  const why = `${short} has fewer than the six parts of an ARN, which the policy of a session needs; all of S3 is arn:aws:s3:::*`;
  throw new S3Error('StsPolicyMalformed', {}, why);
}

/** The parser of STS stops at a character that begins no value, and says where its reader is by then (F706). */
function refusalForText(text: string): S3Error {
  const why = 'Policy is not JSON';
  const [, before = '', character] = /^(\s*)([^\s{[])/.exec(text) ?? [];
  if (character === undefined) return new S3Error('StsPolicyMalformed', {}, why);
  const lines = before.split('\n');
  const column = (lines.at(-1) ?? '').length + 2;
  return new S3Error('StsPolicyNotJson', { character, line: lines.length, column }, why);
}

/** Finds a policy of a user or a role of the account, or a policy of AWS that the mock knows (F708). */
function findManagedPolicy(arn: string, account: Account | undefined, partition: string): UserPolicy {
  const known = new Map(makeAwsPolicies(partition));
  for (const { managedPolicies = [] } of [...(account?.users ?? []), ...(account?.roles ?? [])])
    for (const one of managedPolicies) known.set(`arn:${partition}:iam::${account?.id}:policy/${one.name}`, one);
  const found = known.get(arn);
  if (found !== undefined) return found;
  const names = [...known.keys()];
  throw new S3Error(
    'StsManagedPolicyUnknown',
    { arn },
    `the managed policies are: ${names.join(', ')}.${hintFor(arn, names)}`,
  );
}

/** The actions of AWS's policies, as far as they are about S3 (F708). */
const actionsByName = {
  AmazonS3FullAccess: ['s3:*', 's3-object-lambda:*'],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
  AdministratorAccess: ['*'],
  ReadOnlyAccess: ['s3:Get*', 's3:List*', 's3:DescribeJob'],
};

function makeAwsPolicies(partition: string): readonly (readonly [arn: string, policy: UserPolicy])[] {
  return Object.entries(actionsByName).map(([name, Action]) => {
    const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
    const policy = readUserPolicy(JSON.stringify({ Version: '2012-10-17', Statement }), name);
    return [`arn:${partition}:iam::aws:policy/${name}`, policy];
  });
}

export interface SessionTags {
  readonly requested: readonly Tag[];
  /** The tags, also the transitive tags of the calling session. */
  readonly tags: readonly Tag[];
  /** Keys in lower case. */
  readonly transitive: ReadonlySet<string>;
}

/** Keys compare without case (F705). */
export function readSessionTags(
  {
    Tags: requested = [],
    TransitiveTagKeys = [],
  }: { readonly Tags?: readonly Tag[]; readonly TransitiveTagKeys?: readonly string[] },
  caller?: Session,
): SessionTags {
  const reserved = requested.find(isReserved);
  if (reserved !== undefined)
    throw new S3Error(
      'StsTagReserved',
      {},
      `a tag is ${reserved.Key}=${reserved.Value}; AWS reserves tags that begin with aws:`,
    );
  const keys = requested.map(({ Key }) => Key.toLowerCase());
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new S3Error('StsTagTwice', {}, `two of the tags have the key ${twice}`);
  const transitive = TransitiveTagKeys.map((key) => key.toLowerCase());
  const missing = transitive.find((key) => !keys.includes(key));
  if (missing !== undefined)
    throw new S3Error(
      'StsTransitiveTagMissing',
      {},
      `TransitiveTagKeys has ${missing}; the tags are: ${keys.join(', ')}`,
    );
  const inherited = inheritedTags(caller);
  const taken = inherited.find(({ Key }) => keys.includes(Key.toLowerCase()));
  if (taken !== undefined)
    throw new S3Error('StsTransitiveTagTaken', {}, `the calling session has the transitive tag ${taken.Key}`);
  return {
    requested,
    tags: [...requested, ...inherited],
    transitive: new Set([...(caller?.transitiveTags ?? []), ...transitive]),
  };
}

export function isReserved({ Key, Value }: Tag): boolean {
  return [Key, Value].some((text) => /^aws:/i.test(text));
}

function inheritedTags(caller: Session | undefined): readonly Tag[] {
  const transitive = caller?.transitiveTags;
  return (caller?.tags ?? []).filter(({ Key }) => transitive?.has(Key.toLowerCase()));
}
