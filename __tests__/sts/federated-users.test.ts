import { describe, expect, it } from '@jest/globals';
import { dialects } from '../../src/dialects';
import { isUnlimited } from '../../src/model/access/access';
import { readPolicy } from '../../src/model/access/policy-document';
import { makeBucketPolicyTarget } from '../../src/model/access/public-policy';
import type { StsInputOf } from '../../src/sts/table';
import {
  answerOf,
  mockTime,
  notAuthorized,
  own,
  processTime,
  type Statement,
  StsScene,
  userArn,
} from '../support/sts-scene';

const arn = `arn:aws:sts::${own}:federated-user/visitor`;
const reads: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' };
const writes: Statement = { ...reads, Action: 's3:PutObject' };
const mayFederate: Statement = { Effect: 'Allow', Action: 'sts:GetFederationToken', Resource: arn };
const policyOf = (...Statement: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement });

function makeScene(bucketPolicy?: Statement) {
  const scene = new StsScene();
  const bucket = scene.bucket();
  if (bucketPolicy)
    bucket.change({
      policy: readPolicy(policyOf(bucketPolicy), { ...makeBucketPolicyTarget('vault', 'aws'), accounts: [] }),
    });
  const ann = scene.user('ann', [mayFederate, reads, writes]);
  const begin = (input: Partial<StsInputOf<'GetFederationToken'>> = {}) => scene.getFederationToken(ann, input);
  return { scene, ann, begin };
}

describe('GetFederationToken', () => {
  it('answers credentials for twelve hours, the federated user, and a packed size of 0 without a policy', () => {
    const { output, session } = makeScene().begin();
    expect(output).toEqual({
      Credentials: {
        AccessKeyId: session.credentials.accessKeyId,
        SecretAccessKey: session.credentials.secretAccessKey,
        SessionToken: session.credentials.sessionToken,
        Expiration: new Date(Math.floor(processTime / 1000) * 1000 + 43_200_000),
      },
      FederatedUser: { FederatedUserId: `${own}:visitor`, Arn: arn },
      PackedPolicySize: 0,
    });
  });

  it('lasts an hour at most for the root user', () => {
    const { scene } = makeScene();
    const root = scene.callerWith(scene.account.credentials.accessKeyId);
    const { session } = scene.getFederationToken(root, { DurationSeconds: 129_600 });
    expect(session.expires).toBe(mockTime + 3_600_000);
  });

  it('is refused to a user whose policies do not allow it', () => {
    const { scene } = makeScene();
    const eve = scene.user('eve', [reads]);
    expect(answerOf(() => scene.getFederationToken(eve))).toMatchObject(
      notAuthorized(`arn:aws:iam::${own}:user/eve`, 'sts:GetFederationToken', arn),
    );
  });

  it('needs sts:TagSession for tags', () => {
    const { begin } = makeScene();
    const Tags = [{ Key: 'team', Value: 'archive' }];
    expect(answerOf(() => begin({ Tags }))).toMatchObject(notAuthorized(userArn, 'sts:TagSession', arn));
  });
});

// F713
describe('a federated user', () => {
  it('may do nothing without a policy', () => {
    const { scene, begin } = makeScene();
    expect(scene.atS3(scene.session(begin().session)).allowed).toBe(false);
  });

  it('may do what both its policy and the user that asked may', () => {
    const { scene, begin } = makeScene();
    const Policy = policyOf(reads, { ...reads, Action: 's3:DeleteObject' });
    const visitor = scene.session(begin({ Policy }).session);
    const may = (action: Parameters<StsScene['atS3']>[1]) => scene.atS3(visitor, action).allowed;
    expect({ read: may('s3:GetObject'), write: may('s3:PutObject'), delete: may('s3:DeleteObject') }).toEqual({
      read: true,
      write: false,
      delete: false,
    });
  });

  it('may do what a bucket policy gives to its ARN, without a policy of its own', () => {
    const { scene, begin } = makeScene({ ...reads, Principal: { AWS: arn } });
    expect(scene.atS3(scene.session(begin().session)).allowed).toBe(true);
  });

  it('has its own ARN, id and type in conditions, and no name of a user', () => {
    const { scene, begin } = makeScene();
    const visitor = scene.session(begin().session);
    const keys = ['aws:PrincipalArn', 'aws:userid', 'aws:PrincipalType', 'aws:username'];
    expect(Object.fromEntries(keys.map((key) => [key, scene.keyAtS3(visitor, key)]))).toEqual({
      'aws:PrincipalArn': [arn],
      'aws:userid': [`${own}:visitor`],
      'aws:PrincipalType': ['FederatedUser'],
      'aws:username': undefined,
    });
  });

  it('may not assume roles', () => {
    const { scene, begin } = makeScene();
    scene.role('deployer');
    expect(scene.refused(scene.session(begin().session))).toMatchObject({
      ...notAuthorized(arn),
      why: 'a federated user cannot assume roles',
    });
  });

  it('of the root user is not the root user, who can always read the bucket policy', () => {
    const { scene } = makeScene({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::vault' });
    const root = scene.callerWith(scene.account.credentials.accessKeyId);
    const Policy = policyOf({ Effect: 'Allow', Action: '*', Resource: '*' });
    const { session } = scene.getFederationToken(root, { Policy });
    const reads = (caller: typeof root) => scene.atS3(caller, 's3:GetBucketPolicy', null).allowed;
    expect({ root: reads(root), visitor: reads(scene.session(session)) }).toEqual({ root: true, visitor: false });
  });

  it('is asked for its rights in each request, although the bucket has no policy', () => {
    const { scene } = makeScene();
    const root = scene.callerWith(scene.account.credentials.accessKeyId);
    const { session } = scene.getFederationToken(root);
    const bucket = scene.store.buckets.get('vault');
    const { configurations } = dialects.aws;
    expect(isUnlimited(root, bucket, configurations)).toBe(true);
    expect(isUnlimited(scene.session(session), bucket, configurations)).toBe(false);
  });
});
