import { inheritedName, run } from './names';
import type { Random } from './random';

const actions = ['s3:*', '*', 's3:Get*', 's3:GetObject', 's3:PutObject', 's3:List*', 's3:*Object*', 's3:DeleteObject*'];
const principals = [
  '*',
  { AWS: '*' },
  { AWS: '000000000000' },
  { AWS: ['arn:aws:iam::000000000000:root', 'arn:aws:iam::000000000000:user/writer'] },
  { AWS: 'arn:aws:iam::000000000000:role/deployer' },
  { AWS: 'arn:aws:sts::000000000000:assumed-role/deployer/build' },
  { AWS: '111122223333' },
  { CanonicalUser: 'ab'.repeat(32) },
];

function statementOf(random: Random, bucket: string, longest: number) {
  const arn = `arn:aws:s3:::${bucket}`;
  const below = [
    `${arn}/*`,
    `${arn}/folder/*`,
    `${arn}/\${aws:username}/*`,
    `${arn}/${'*a'.repeat(random.between(1, 200))}`,
    `${arn}/${variablesOf(random, 200)}`,
  ];
  const resources = [arn, random.pick(below)];
  return {
    Effect: random.below(3) === 0 ? 'Deny' : 'Allow',
    [random.chance(0.9) ? 'Action' : 'NotAction']: random.some(1, 3, () => random.pick(actions.slice(0, 4))),
    [random.chance(0.9) ? 'Resource' : 'NotResource']: resources,
    ...(random.below(3) === 0 && {
      Condition: random.below(2) === 0 ? comparingOf(random, longest) : conditionOf(random),
    }),
  };
}

const variables = [
  ...['aws:username', 'aws:userid', 'aws:UserAgent', 'aws:Referer', 'aws:PrincipalTag/team', 'AWS:USERNAME'],
  ...['constructor', '__proto__', 'toString', 'constructor/x', '__proto__/x', 'aws:constructor', 's3:__proto__'],
  ...["aws:username, 'nobody'", "unknown, 'a'", "constructor, 'a'", "aws:UserAgent, ''", "aws:username, '", ', a'],
  ...['*', '?', '$', 'unknown', 'aws:TagKeys', '', ' '],
];

function variablesOf(random: Random, longest: number): string {
  const one = () => `\${${random.pick(variables)}}`;
  const repeated = (unit: string) => unit.repeat(random.size(1, longest / unit.length));
  return random.one(
    one,
    () => `${one()}*${one()}`,
    () => repeated(one()),
    () => repeated(`*${one()}`),
    () => `*${repeated('*a')}${one()}`.slice(-longest),
    () => `${repeated(random.pick(['*', '?', '*?', 'a*', '*ab']))}b`,
    () => `\${\${${random.pick(variables)}}}`,
    () => '${aws:username',
  );
}

function comparingOf(random: Random, longest: number): object {
  const set = random.pick(['', '', '', 'ForAnyValue:', 'ForAllValues:']);
  const operator = random.pick(['StringLike', 'StringLike', 'StringNotLike', 'StringEquals', 'StringEqualsIgnoreCase']);
  const key = random.pick(['aws:UserAgent', 'aws:UserAgent', 'aws:Referer', 'aws:username', 'aws:userid']);
  return { [`${set}${operator}${random.pick(['', 'IfExists'])}`]: { [key]: variablesOf(random, longest) } };
}

function conditionOf(random: Random): object {
  return random.one<object>(
    () => ({ Bool: { 'aws:SecureTransport': random.pick(['true', 'false', true]) } }),
    () => ({ StringLike: { 'aws:UserAgent': [`${'*a'.repeat(random.between(1, 500))}b`, run(random, 2000)] } }),
    () => ({ StringEqualsIfExists: { 'aws:username': ['writer', `\${aws:userid}`, ''] } }),
    () => ({ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['a', 'b'] } }),
    () => ({ NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '::1/128'] } }),
    () => ({ ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:user/*', ':::::', 'x'] } }),
    () => ({ DateGreaterThan: { 'aws:CurrentTime': ['2026-01-01T00:00:00Z', '1'] } }),
    () => ({ NumericLessThan: { 'aws:MultiFactorAuthAge': [60, '1e400', '-'] } }),
    () => ({ StringLike: { 'aws:userid': ['*:build', `\${aws:userid}`] } }),
    () => ({ Bool: { 'aws:MultiFactorAuthPresent': random.pick(['true', 'false']) } }),
    () => ({ DateLessThanIfExists: { 'aws:TokenIssueTime': '2026-01-15T10:30:00Z' } }),
    () => ({ Null: { 'aws:username': random.pick(['true', 'false']) } }),
  );
}

/** The characters of the conditions of a policy: with what is around them, they fit the 20,480 bytes that a bucket's may have. */
const mostOfConditions = 12_000;

function statementsOf<T>(random: Random, make: (longest: number) => T): readonly T[] {
  const count = random.between(1, 4);
  return Array.from({ length: count }, () => make(mostOfConditions / count));
}

/** IAM takes any condition key. */
export function userPolicyOf(random: Random, version = random.pick(['2012-10-17', '2008-10-17'])): string {
  const statements = statementsOf(random, (longest) => {
    const statement = statementOf(random, random.pick(['*', 'vault', 'plain']), longest);
    const isOdd = random.below(8) === 0;
    return { ...statement, ...(isOdd && { Condition: { StringNotLike: { [inheritedName(random)]: '*' } } }) };
  });
  return JSON.stringify({ Version: version, Statement: statements });
}

export function managedPolicyOf(random: Random): string {
  return userPolicyOf(random, '2012-10-17');
}

export function bucketPolicyOf(random: Random, bucket: string): string {
  const statements = statementsOf(random, (longest) => {
    const statement = statementOf(random, bucket, longest);
    const isInverted = statement.Effect === 'Deny' && random.below(3) === 0;
    return { ...statement, [isInverted ? 'NotPrincipal' : 'Principal']: random.pick(principals) };
  });
  return JSON.stringify({ Version: random.pick(['2012-10-17', '2012-10-17', '2008-10-17']), Statement: statements });
}
