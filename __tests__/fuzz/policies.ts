import { run } from './names';
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

/** A valid statement without a principal. The bucket is that of its resources, by default any. */
function statementOf(random: Random, bucket = '*') {
  const arn = `arn:aws:s3:::${bucket}`;
  const below = [
    `${arn}/*`,
    `${arn}/folder/*`,
    `${arn}/\${aws:username}/*`,
    `${arn}/${'*a'.repeat(random.between(1, 200))}`,
  ];
  const resources = [arn, random.pick(below)];
  return {
    Effect: random.below(3) === 0 ? 'Deny' : 'Allow',
    [random.chance(0.9) ? 'Action' : 'NotAction']: random.some(1, 3, () => random.pick(actions.slice(0, 4))),
    [random.chance(0.9) ? 'Resource' : 'NotResource']: resources,
    ...(random.below(3) === 0 && { Condition: conditionOf(random) }),
  };
}

function conditionOf(random: Random): object {
  return random.one<object>(
    () => ({ Bool: { 'aws:SecureTransport': random.pick(['true', 'false', true]) } }),
    () => ({ StringLike: { 'aws:UserAgent': [`${'*a'.repeat(random.between(1, 500))}b`, run(random, 2000)] } }),
    () => ({ StringEqualsIfExists: { 'aws:username': ['writer', `\${aws:userid}`, ''] } }),
    () => ({ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['a', 'b'] } }),
    () => ({ NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '::1/128'] } }),
    () => ({ ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:user/*', ':::::', 'x'] } }),
    () => ({ DateGreaterThan: { 'aws:CurrentTime': ['2026-01-01T00:00:00Z', '1', 'never'] } }),
    () => ({ NumericLessThan: { 'aws:MultiFactorAuthAge': [60, '1e400', '-'] } }),
    () => ({ StringLike: { 'aws:userid': ['*:build', `\${aws:userid}`] } }),
    () => ({ Bool: { 'aws:MultiFactorAuthPresent': random.pick(['true', 'false']) } }),
    () => ({ DateLessThanIfExists: { 'aws:TokenIssueTime': '2026-01-15T10:30:00Z' } }),
    () => ({ Null: { 'aws:username': random.pick(['true', 'false']) } }),
  );
}

/** A valid policy of a user. */
export function userPolicyOf(random: Random): string {
  const statements = random.some(1, 4, () => statementOf(random, random.pick(['*', 'vault', 'plain'])));
  return JSON.stringify({ Version: random.pick(['2012-10-17', '2008-10-17']), Statement: statements });
}

/** A valid policy of a bucket. */
export function bucketPolicyOf(random: Random, bucket: string): string {
  const statements = random.some(1, 4, () => {
    const statement = statementOf(random, bucket);
    const isInverted = statement.Effect === 'Deny' && random.below(3) === 0;
    return { ...statement, [isInverted ? 'NotPrincipal' : 'Principal']: random.pick(principals) };
  });
  return JSON.stringify({ Version: random.pick(['2012-10-17', '2008-10-17']), Statement: statements });
}
