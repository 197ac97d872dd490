import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { thrownBy } from '../support/thrown';

const s3 = mockS3({
  buckets: {
    vault: { publicAccessBlock: { BlockPublicAcls: true }, ownershipControls: 'ObjectWriter' },
    plain: {},
    open: { publicAccessBlock: null },
  },
});
const vault = s3.bucket('vault');

const messageOf = (call: () => unknown) => String(thrownBy(call));

describe('toHaveConfiguration', () => {
  it('accepts a configuration that was put, by its name or by some of its members', () => {
    expect(vault).toHaveConfiguration('publicAccessBlock');
    expect(vault).toHaveConfiguration('publicAccessBlock', { BlockPublicAcls: true });
    expect(vault).not.toHaveConfiguration('publicAccessBlock', { BlockPublicPolicy: true });
    expect(vault).not.toHaveConfiguration('requestPayment');
  });

  it('accepts a configuration that is only a word as the word and as SDKs write it', () => {
    expect(vault).toHaveConfiguration('ownershipControls', 'ObjectWriter');
    expect(vault).toHaveConfiguration('ownershipControls', { Rules: [{ ObjectOwnership: 'ObjectWriter' }] });
    expect(vault).toHaveConfiguration('ownershipControls', expect.any(String) as never);
    expect(vault).not.toHaveConfiguration('ownershipControls', 'BucketOwnerEnforced');
  });

  it('accepts a policy as an object, in part or whole, and as JSON', () => {
    const statement = { Effect: 'Deny', Principal: { AWS: '111122223333' }, Action: ['s3:*'] };
    const policy = { Statement: { ...statement, Resource: 'arn:aws:s3:::guarded/*' } };
    const guarded = s3.createBucket('guarded', { policy });
    expect(guarded).toHaveConfiguration('policy');
    expect(guarded).toHaveConfiguration('policy', { Statement: [{ Effect: 'Deny', Action: 's3:*' }] });
    expect(guarded).toHaveConfiguration('policy', JSON.stringify(policy));
    expect(guarded).not.toHaveConfiguration('policy', JSON.stringify(policy).replace('Deny', 'Allow'));
    expect(guarded).not.toHaveConfiguration('policy', 'no JSON');
    expect(guarded).not.toHaveConfiguration('policy', '5');
    expect(vault).not.toHaveConfiguration('policy');
  });

  it.each<[string, unknown, string]>([
    [
      'publicAccessBlock',
      { BlockPublicAcl: true },
      "there is no option 'BlockPublicAcl'. Did you mean BlockPublicAcls?",
    ],
    ['cors', { CORSRules: [{}, { AllowedMethod: ['GET'] }] }, "CORSRules 2: there is no option 'AllowedMethod'."],
    ['metrics', [{ ID: 'all' }], "metrics 1: there is no option 'ID'. Did you mean Id?"],
  ])('refuses an expected %s with a member that it does not have, also with not: %j', (name, wrong, message) => {
    for (const matchers of [expect(vault), expect(vault).not]) {
      const thrown = thrownBy(() => Reflect.apply(matchers.toHaveConfiguration, matchers, [name, wrong]));
      expect(thrown).toBeInstanceOf(TypeError);
      expect(String(thrown)).toContain(message);
    }
  });

  it('does not look into asymmetric matchers and policies', () => {
    expect(vault).not.toHaveConfiguration('publicAccessBlock', expect.objectContaining({ Strange: true }) as never);
    expect(vault).not.toHaveConfiguration('policy', { Statement: [{ Strange: true } as object] });
  });

  it('says what differs', () => {
    const message = messageOf(() =>
      expect(vault).toHaveConfiguration('publicAccessBlock', { BlockPublicPolicy: true }),
    );
    expect(message).toContain("Expected bucket 'vault' to have the configuration publicAccessBlock");
    expect(message).toContain('BlockPublicPolicy');
  });

  it('says of a configuration that the bucket lacks whether it was deleted', () => {
    expect(messageOf(() => expect(s3.bucket('plain')).toHaveConfiguration('publicAccessBlock'))).toContain(
      'but it was never put, and the default that S3 answers for a new bucket does not count.',
    );
    expect(messageOf(() => expect(s3.bucket('open')).toHaveConfiguration('publicAccessBlock'))).toContain(
      'but it was deleted.',
    );
  });

  it('refuses a name that no configuration has', () => {
    const misspelt = () => expect(vault).toHaveConfiguration('publicAccesBlock' as 'publicAccessBlock');
    expect(messageOf(misspelt)).toContain("there is no configuration 'publicAccesBlock'");
    expect(messageOf(misspelt)).toContain('publicAccessBlock');
    const ofMember = () => expect(vault).toHaveConfiguration('lifecycle' as 'publicAccessBlock');
    expect(messageOf(ofMember)).toContain("Compare s3.bucket('vault').lifecycle, which is undefined");
    const wrong: unknown = s3;
    expect(() => expect(wrong).toHaveConfiguration('requestPayment')).toThrow(/takes a bucket/);
  });
});
