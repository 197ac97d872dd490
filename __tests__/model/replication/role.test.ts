import { describe, expect, it } from '@jest/globals';
import { CopyingScene, completed, failed, own, replicator, trustsS3 } from '../../support/copying-scene';

// F855, F885
describe('the role of a configuration', () => {
  it.each([
    ['if its trust policy names S3', [trustsS3]],
    ['without a trust policy', undefined],
  ])('is assumed %s', (_what, trust) => {
    const scene = new CopyingScene();
    scene.role('replication', undefined, trust);
    expect(scene.copy()).toEqual(completed);
  });

  it('is not assumed if its trust policy names another service', () => {
    const scene = new CopyingScene();
    scene.role('replication', undefined, [
      { ...trustsS3, Sid: 'Jobs', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
    expect(scene.copy()).toEqual(
      failed(
        'AssumeRoleNotPermitted',
        `nothing allows service s3.amazonaws.com to do sts:AssumeRole on ${replicator}; statement Jobs of the trust policy of role replication came nearest, which applies to lambda.amazonaws.com`,
      ),
    );
  });

  it('is not assumed if its trust policy denies it', () => {
    const scene = new CopyingScene();
    scene.role('replication', undefined, [trustsS3, { ...trustsS3, Effect: 'Deny' }]);
    expect(scene.copy()).toEqual(
      failed('AssumeRoleNotPermitted', expect.stringMatching(/^denied by statement 2 of the trust policy/)),
    );
  });

  it.each([
    ['aws:SourceAccount', own, '222222222222'],
    ['aws:SourceArn', 'arn:aws:s3:::vault', 'arn:aws:s3:::replica'],
    ['aws:PrincipalServiceName', 's3.amazonaws.com', 'lambda.amazonaws.com'],
    ['sts:RoleSessionName', 's3-replication', 's3'],
  ])('is assumed for the source: %s is %s', (key, right, wrong) => {
    const copyIf = (value: string) => {
      const scene = new CopyingScene();
      scene.role('replication', undefined, [{ ...trustsS3, Condition: { StringEquals: { [key]: value } } }]);
      return scene.copy();
    };
    expect(copyIf(right)).toEqual(completed);
    expect(copyIf(wrong)).toEqual(failed('AssumeRoleNotPermitted'));
  });

  it('may be one that the mock lacks, in its own account or in one that it lacks as well, or no ARN at all', () => {
    for (const Role of [replicator, 'arn:aws:iam::999999999999:role/replication', 'r'])
      expect(new CopyingScene({ Role }).copy()).toEqual(completed);
  });

  it.each([
    ['replication', 'service-role/replication'],
    ['service-role/replication', 'replication'],
  ])('is not found as %s if its name with its path is %s', (asked, named) => {
    const arnOf = (name: string) => `arn:aws:iam::${own}:role/${name}`;
    const scene = new CopyingScene({ Role: arnOf(asked) });
    scene.role(named);
    const why = `there is no role ${arnOf(asked)}. Did you mean ${arnOf(named)}?`;
    expect(scene.copy()).toEqual(failed('AssumeRoleNotPermitted', why));
  });

  it('is found by its path', () => {
    const scene = new CopyingScene({ Role: `arn:aws:iam::${own}:role/service-role/replication` });
    scene.role('service-role/replication', []);
    expect(scene.copy()).toEqual(failed('SrcBucketReplicationConfigMissing'));
  });
});
