import { describe, expect, it } from '@jest/globals';
import { describeDecision } from '../../../src/model/access/decision-text';
import { AccessScene } from '../../support/access-scene';

function reasonOf(change: object, action: 's3:GetObject' | 's3:GetObjectVersion' | 's3:ListBucket' = 's3:GetObject') {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...change };
  const scene = new AccessScene({ identity: [statement], session: undefined, bucket: undefined });
  const decision = scene.decide('ann', action === 's3:ListBucket' ? { action } : { action, key: 'docs/a' });
  return decision.allowed ? 'allowed' : describeDecision(decision, scene.caller('ann'), scene.store.accounts);
}

// F580
describe('a statement that no request of S3 can meet', () => {
  const first = 'statement 1 of the policy of user ann';

  it.each([
    ['s3:HeadObject', 's3:GetObject', 'HeadObject needs s3:GetObject'],
    ['s3:headobject', 's3:GetObject', 'HeadObject needs s3:GetObject'],
    ['s3:HeadObject', 's3:GetObjectVersion', 'HeadObject needs s3:GetObjectVersion'],
    ['s3:ListObjectsV2', 's3:ListBucket', 'ListObjectsV2 needs s3:ListBucket'],
    ['s3:GetObjct', 's3:GetObject', 'did you mean s3:GetObject?'],
  ] as const)('the action %s is named where %s is refused', (written, action, meant) => {
    expect(reasonOf({ Action: ['s3:PutObject', written] }, action)).toMatch(
      `; ${first} allows ${written}, which is not an action of S3; ${meant}`,
    );
  });

  it('is the only evidence of its policy, if it names an action that S3 does not have', () => {
    expect(reasonOf({ Action: 's3:HeadObject' })).toBe(
      `nothing allows user ann of account 111111111111 to do s3:GetObject on arn:aws:s3:::vault/docs/a; ${first} allows s3:HeadObject, which is not an action of S3; HeadObject needs s3:GetObject`,
    );
  });

  it.each([
    [{ Action: 's3:HeadObject', Resource: 'arn:aws:s3:::other/*' }],
    [{ Action: 's3:ListBuckets' }],
    [{ Action: 'ec2:GetObject' }],
    [{ Action: 's3:Head*' }],
    [{ Action: 's3:HeadObject', Effect: 'Deny' }],
  ])('%j is about something else', (change) => {
    expect(reasonOf(change)).not.toContain('which is not an action');
  });

  it.each([
    ['prefix', '; S3 has no such condition key. Did you mean s3:prefix?'],
    ['s3:prefixx', '; S3 has no such condition key. Did you mean s3:prefix?'],
    ['ec2:Region', '; it is a key of another service'],
    ['ec2:SourceVpc', '; it is a key of another service'],
    ['s3:prefix', ''],
    ['aws:nosuch', ''],
  ])('the condition key %s is named', (key, note) => {
    const reason = reasonOf({ Action: 's3:ListBucket', Condition: { StringEquals: { [key]: 'a' } } }, 's3:ListBucket');
    expect(reason.endsWith(`wants "a", and the request has none${note}`)).toBe(true);
  });

  it.each([
    ['arn:aws:s33:::vault/*', true],
    ['arn:aws:s3::111122223333:vault/*', true],
    ['arn:aws:s3:vault', true],
    ['arn:aws:s3-object-lambda:us-east-1:000000000000:accesspoint/reports', true],
    ['arn:aws:s3:::other/*', false],
    ['arn:aws-cn:s3:::vault/*', false],
  ])('the resource %s: %s', (Resource, isNamed) => {
    const note = ', and the ARN of a bucket or an object begins with arn:aws:s3:::';
    expect(reasonOf({ Resource })).toMatch(`${first} came nearest, which applies to ${Resource}`);
    expect(reasonOf({ Resource }).includes(note)).toBe(isNamed);
  });

  it('the resource of an access point is one that a request has to name', () => {
    const Resource = 'arn:aws:s3:us-east-1:000000000000:accesspoint/reports/object/*';
    expect(reasonOf({ Resource })).toMatch(
      `${first} came nearest, which applies to ${Resource}, and a request has to name that access point`,
    );
  });
});

// F582
describe('the actions that a user may carry out by', () => {
  it.each([
    [{ Resource: 'arn:aws:s3' }, true],
    [{ Resource: 'arn:aws:s3:*' }, true],
    [{ Resource: 'arn:aws:s3:*:*:*' }, true],
    [{ Resource: 'arn:aws:sqs' }, false],
    [{ Action: '*:*' }, true],
    [{ Action: '*:Get*' }, true],
    [{ Action: '*:Put*' }, false],
    [{ Action: undefined, NotAction: ['iam:*', 's3:HeadObject'] }, true],
    [{ Resource: undefined, NotResource: 'arn:aws:s3' }, false],
  ])('%j: %s', (change, allowed) => {
    expect(reasonOf(change) === 'allowed').toBe(allowed);
  });
});
