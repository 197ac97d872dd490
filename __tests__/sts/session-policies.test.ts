import { describe, expect, it } from '@jest/globals';
import { readPolicy } from '../../src/model/access/policy-document';
import { makeBucketPolicyTarget } from '../../src/model/access/public-policy';
import type { AssumeRoleInput } from '../../src/sts/assume-role';
import { own, roleArn, type Statement, StsScene, userPolicy } from '../support/sts-scene';

const reads: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' };
const writes: Statement = { ...reads, Action: 's3:PutObject' };
const policyOf = (...Statement: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const aws = (name: string) => ({ arn: `arn:aws:iam::aws:policy/${name}` });
const managed = (name: string) => ({ arn: `arn:aws:iam::${own}:policy/${name}` });

function makeScene(bucketPolicy?: Statement) {
  const scene = new StsScene();
  scene.role('deployer', { policy: [reads, writes] });
  scene.account.user('owner', { managedPolicies: [userPolicy([reads], 'Reading')] });
  const bucket = scene.bucket();
  if (bucketPolicy)
    bucket.change({
      policy: readPolicy(policyOf(bucketPolicy), { ...makeBucketPolicyTarget('vault', 'aws'), accounts: [] }),
    });
  const ann = scene.user('ann');
  const rights = (input: Partial<AssumeRoleInput>) => {
    const caller = scene.session(scene.assume(ann, input).session);
    const may = (action: Parameters<StsScene['atS3']>[1]) => scene.atS3(caller, action).allowed;
    return { read: may('s3:GetObject'), write: may('s3:PutObject'), delete: may('s3:DeleteObject') };
  };
  return { scene, ann, rights };
}

describe('the policies of a session of a role', () => {
  it.each<[string, Partial<AssumeRoleInput>, object]>([
    ['none', {}, { read: true, write: true, delete: false }],
    [
      'a policy',
      { Policy: policyOf(reads, { ...reads, Action: 's3:DeleteObject' }) },
      { read: true, write: false, delete: false },
    ],
    [
      'a policy with blanks in front',
      { Policy: `\n  ${policyOf(reads)}` },
      { read: true, write: false, delete: false },
    ],
    [
      'a managed policy of the account',
      { PolicyArns: [managed('Reading')] },
      { read: true, write: false, delete: false },
    ],
    [
      "a managed policy of AWS's own",
      { PolicyArns: [aws('AmazonS3ReadOnlyAccess')] },
      { read: true, write: false, delete: false },
    ],
    ['one that reads everything', { PolicyArns: [aws('ReadOnlyAccess')] }, { read: true, write: false, delete: false }],
    ['all of S3', { PolicyArns: [aws('AmazonS3FullAccess')] }, { read: true, write: true, delete: false }],
    ['everything', { PolicyArns: [aws('AdministratorAccess')] }, { read: true, write: true, delete: false }],
    [
      'a policy and a managed one',
      { Policy: policyOf(writes), PolicyArns: [managed('Reading')] },
      { read: true, write: true, delete: false },
    ],
    [
      'a managed policy and a Deny',
      { Policy: policyOf({ ...reads, Effect: 'Deny' }), PolicyArns: [managed('Reading')] },
      { read: false, write: false, delete: false },
    ],
  ])('limit it to what both allow: %s', (_what, input, expected) => {
    expect(makeScene().rights(input)).toEqual(expected);
  });

  it('do not limit what a bucket policy gives to the ARN of the session, but what it gives to the role', () => {
    const Policy = policyOf(writes);
    const deleting = { ...reads, Action: 's3:DeleteObject' };
    const session = `arn:aws:sts::${own}:assumed-role/deployer/build-7`;
    expect(makeScene({ ...deleting, Principal: { AWS: session } }).rights({ Policy }).delete).toBe(true);
    expect(makeScene({ ...deleting, Principal: { AWS: roleArn } }).rights({ Policy }).delete).toBe(false);
    expect(makeScene({ ...deleting, Principal: { AWS: roleArn } }).rights({}).delete).toBe(true);
  });
});

describe('a session policy is refused', () => {
  const unexpected = (character: string, where: string) =>
    `Unexpected character (${character}): expected a valid value (number, String, array, object, 'true', 'false' or 'null')\n at [Source: java.io.StringReader@52b5743d; ${where}]`;

  // F706
  it.each<[string, string, string, string]>([
    ['that is not JSON', 'invalid policy', unexpected("'i' (code 105)", 'line: 1, column: 2'), 'Policy is not JSON'],
    ['that begins in another line', '\n }', unexpected("'}' (code 125)", 'line: 2, column: 3'), 'Policy is not JSON'],
    ['that ends too soon', '{', 'Syntax errors in policy.', 'Policy is not JSON'],
    ['of other quotes', "{'json':'but not what AWS wants}", 'Syntax errors in policy.', 'Policy is not JSON'],
    ['without statements', '{}', 'Syntax errors in policy.', 'the policy has no Statement'],
    [
      'with a principal',
      policyOf({ ...reads, Principal: '*' }),
      'Syntax errors in policy.',
      'Policy document should not specify a principal.',
    ],
    [
      'without an action',
      policyOf({ Effect: 'Allow', Resource: '*' }),
      'Syntax errors in policy.',
      'Policy statement must contain actions.',
    ],
    // F582
    ...['arn:aws:s3', 'arn:aws:s3:*'].map((Resource): [string, string, string, string] => [
      `with the resource ${Resource}`,
      policyOf({ ...reads, Resource: ['arn:aws:s3:::vault/*', Resource] }),
      'Syntax errors in policy.',
      `${Resource} has fewer than the six parts of an ARN`,
    ]),
  ])('%s', (_what, Policy, message, why) => {
    const { scene, ann } = makeScene();
    expect(scene.refused(ann, { Policy })).toEqual({
      status: 400,
      code: 'MalformedPolicyDocument',
      message,
      why: expect.stringContaining(why),
    });
  });

  // F707
  it('with more than 2,048 characters, with those of the ARNs, and names the percentage', () => {
    const { scene, ann } = makeScene();
    const Policy = `${policyOf(reads)}${' '.repeat(2048)}`.slice(0, 2000);
    const answer = scene.assume(ann, { Policy });
    expect(answer.output.PackedPolicySize).toBe(98);
    expect(scene.refused(ann, { Policy, PolicyArns: [aws('AmazonS3ReadOnlyAccess'), managed('Reading')] })).toEqual({
      status: 400,
      code: 'PackedPolicyTooLarge',
      message: 'Packed policy consumes 102% of allotted space, please use smaller policy.',
      why: expect.stringContaining('more than 2048 characters'),
    });
  });

  it('not with 2,048', () => {
    const { scene, ann } = makeScene();
    const Policy = `${policyOf(reads)}${' '.repeat(2048)}`.slice(0, 2048);
    expect(scene.assume(ann, { Policy }).output.PackedPolicySize).toBe(100);
  });

  // F707
  it.each<[what: string, input: Partial<AssumeRoleInput>, size: number | undefined]>([
    ['nothing', {}, undefined],
    ['the ARN of a policy', { PolicyArns: [managed('Reading')] }, 2],
    ['a tag', { Tags: [{ Key: 'Team', Value: 'archive' }] }, 1],
  ])('so the answer has a percentage with %s: %s', (_what, input, size) => {
    const { scene, ann } = makeScene();
    expect(scene.assume(ann, input).output.PackedPolicySize).toBe(size);
  });

  it('never because of its tags', () => {
    const { scene, ann } = makeScene();
    const Tags = Array.from({ length: 9 }, (_, index) => ({ Key: `k${index}`, Value: 'v'.repeat(250) }));
    expect(scene.assume(ann, { Tags }).output.PackedPolicySize).toBe(111);
  });

  it('after the role was found, so that a wrong role is reported as such', () => {
    const { scene, ann } = makeScene();
    const input = { RoleArn: `${roleArn}-2`, Policy: 'x', PolicyArns: [managed('Reading')] };
    expect(scene.refused(ann, input).why).toMatch(`there is no role ${roleArn}-2`);
  });

  // F708
  it('that the mock does not know by its ARN, in its own words', () => {
    const { scene, ann } = makeScene();
    const { arn } = managed('Readin');
    expect(scene.refused(ann, { PolicyArns: [{ arn }] })).toEqual({
      status: 400,
      code: 'S3MockPolicyNotFound',
      message: `s3-versioning-mock does not know the managed policy ${arn}. Give it to a user or a role of the account in a test: managedPolicies: { NAME: policy }.`,
      why: expect.stringMatching(
        /^the managed policies are: .*Did you mean arn:aws:iam::111111111111:policy\/Reading\?$/,
      ),
    });
  });
});
