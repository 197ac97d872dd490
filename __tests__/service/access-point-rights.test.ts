import {
  CreateAccessPointCommand,
  CreateJobCommand,
  GetAccessPointCommand,
  ListAccessPointsCommand,
  PutAccessPointPolicyCommand,
  S3ControlClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-s3-control';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
const AccountId = '111122223333';
const arnOf = (name: string, region = 'us-east-1') => `arn:aws:s3:${region}:${AccountId}:accesspoint/${name}`;

let s3: MockS3;
let users = 0;
beforeEach(() => {
  users = 0;
  const accessPoints = { reports: { tags: { team: 'a' } }, inner: { vpcId: 'vpc-1' } };
  s3 = start({
    account: AccountId,
    buckets: { vault: { accessPoints }, west: { region: 'us-west-2', accessPoints: { reports: {} } } },
  });
});

interface Rights {
  readonly Action: string;
  readonly Resource?: string;
  readonly Condition?: object;
}

function clientOf({ Resource = '*', ...rights }: Rights, region = 'us-east-1', ...more: readonly object[]) {
  const Statement = [{ Effect: 'Allow', Resource, ...rights }, ...more];
  users += 1;
  const { credentials } = s3.account.user(`user${users}`, { policy: { Version: '2012-10-17', Statement } as never });
  return new S3ControlClient({ region, credentials });
}

const outcomeOf = (sent: Promise<unknown>) =>
  sent.then(
    () => 'done',
    ({ name, message }: Error) => (name === 'AccessDenied' ? message : name),
  );
const denied = (action: string, resource?: string) =>
  `User: arn:aws:iam::${AccountId}:user/user${users} is not authorized to perform: ${action}${resource === undefined ? '' : ` on resource: "${resource}"`} because no identity-based policy allows the ${action} action`;

const creation = (Name: string, VpcId?: string) =>
  new CreateAccessPointCommand({ AccountId, Bucket: 'vault', Name, ...(VpcId && { VpcConfiguration: { VpcId } }) });
const reading = (Name: string) => new GetAccessPointCommand({ AccountId, Name });
const equal = (key: string, value: string) => ({ StringEquals: { [key]: value } });

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html F1113
describe('the right to an operation on an access point (F1624)', () => {
  it.each<[what: string, rights: Rights, given: string, refused: string]>([
    ['its ARN', { Action: 's3:GetAccessPoint', Resource: arnOf('reports') }, 'reports', 'inner'],
    [
      's3:DataAccessPointArn',
      { Action: 's3:GetAccessPoint', Condition: equal('s3:DataAccessPointArn', arnOf('inner')) },
      'inner',
      'reports',
    ],
    [
      's3:AccessPointNetworkOrigin',
      { Action: 's3:GetAccessPoint', Condition: equal('s3:AccessPointNetworkOrigin', 'VPC') },
      'inner',
      'reports',
    ],
    [
      's3:AccessPointTag',
      { Action: 's3:GetAccessPoint', Condition: equal('s3:AccessPointTag/team', 'a') },
      'reports',
      'inner',
    ],
  ])('depends on %s', async (_what, rights, given, refused) => {
    const client = clientOf(rights);
    expect(await outcomeOf(client.send(reading(given)))).toBe('done');
    expect(await outcomeOf(client.send(reading(refused)))).toBe(denied('s3:GetAccessPoint', arnOf(refused)));
  });

  it('depends on the account of the point', async () => {
    const rights = (account: string) => ({
      Action: 's3:GetAccessPoint',
      Condition: equal('s3:DataAccessPointAccount', account),
    });
    expect(await outcomeOf(clientOf(rights(AccountId)).send(reading('reports')))).toBe('done');
    expect(await outcomeOf(clientOf(rights('444455556666')).send(reading('reports')))).toBe(
      denied('s3:GetAccessPoint', arnOf('reports')),
    );
  });

  it('depends on the region in which it is', async () => {
    const rights = { Action: 's3:GetAccessPoint', Resource: arnOf('reports', 'us-west-2') };
    expect(await outcomeOf(clientOf(rights, 'us-west-2').send(reading('reports')))).toBe('done');
    expect(await outcomeOf(clientOf(rights).send(reading('reports')))).toBe(
      denied('s3:GetAccessPoint', arnOf('reports')),
    );
  });

  it.each<[what: string, Condition: object, given: ReturnType<typeof creation>, refused: ReturnType<typeof creation>]>([
    ['name', equal('s3:DataAccessPointArn', arnOf('one')), creation('one'), creation('two')],
    ['network', equal('s3:AccessPointNetworkOrigin', 'VPC'), creation('one', 'vpc-1'), creation('two')],
    ['lack of a network', equal('s3:AccessPointNetworkOrigin', 'Internet'), creation('one'), creation('two', 'vpc-1')],
  ])('that is not there yet depends on the %s that it gets', async (_what, Condition, given, refused) => {
    const client = clientOf({ Action: 's3:CreateAccessPoint', Condition });
    expect(await outcomeOf(client.send(given))).toBe('done');
    expect(await outcomeOf(client.send(refused))).toBe(denied('s3:CreateAccessPoint', arnOf('two')));
  });

  it('that is not there yet can be refused unless it is for a network', async () => {
    const client = clientOf({ Action: 's3:CreateAccessPoint' }, 'us-east-1', {
      Effect: 'Deny',
      Action: 's3:CreateAccessPoint',
      Resource: '*',
      Condition: { StringNotEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } },
    });
    expect(await outcomeOf(client.send(creation('one', 'vpc-1')))).toBe('done');
    expect(await outcomeOf(client.send(creation('two')))).toContain('with an explicit deny');
  });

  it('that is not there yet has no tag of it', async () => {
    const client = clientOf({ Action: 's3:CreateAccessPoint', Condition: equal('s3:AccessPointTag/team', 'a') });
    expect(await outcomeOf(client.send(creation('one')))).toBe(denied('s3:CreateAccessPoint', arnOf('one')));
  });

  it('to list them is about none', async () => {
    const list = () => new ListAccessPointsCommand({ AccountId });
    expect(await outcomeOf(clientOf({ Action: 's3:ListAccessPoints' }).send(list()))).toBe('done');
    expect(await outcomeOf(clientOf({ Action: 's3:ListAccessPoints', Resource: arnOf('reports') }).send(list()))).toBe(
      denied('s3:ListAccessPoints'),
    );
  });

  it('to its tags is about its ARN', async () => {
    const tag = (ResourceArn: string) =>
      new TagResourceCommand({ AccountId, ResourceArn, Tags: [{ Key: 'team', Value: 'b' }] });
    const client = clientOf({ Action: 's3:TagResource', Resource: arnOf('reports') });
    expect(await outcomeOf(client.send(tag(arnOf('reports'))))).toBe('done');
    expect(await outcomeOf(client.send(tag(arnOf('inner'))))).toBe(denied('s3:TagResource', arnOf('inner')));
  });

  it('to remove its tags depends on their keys', async () => {
    const untag = (TagKeys: string[]) =>
      new UntagResourceCommand({ AccountId, ResourceArn: arnOf('reports'), TagKeys });
    const Condition = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } };
    const client = clientOf({ Action: 's3:UntagResource', Condition });
    expect(await outcomeOf(client.send(untag(['stage'])))).toBe(denied('s3:UntagResource', arnOf('reports')));
    expect(await outcomeOf(client.send(untag(['team'])))).toBe('done');
  });

  it('is not asked of the tags of a bucket', async () => {
    const Condition = { Null: { 's3:DataAccessPointArn': 'true' } };
    const Tags = [{ Key: 'team', Value: 'b' }];
    const tag = new TagResourceCommand({ AccountId, ResourceArn: 'arn:aws:s3:::vault', Tags });
    expect(await outcomeOf(clientOf({ Action: 's3:TagResource', Condition }).send(tag))).toBe('done');
  });

  it('to its policy is another one', async () => {
    const Policy = '{}';
    const command = new PutAccessPointPolicyCommand({ AccountId, Name: 'reports', Policy });
    expect(await outcomeOf(clientOf({ Action: 's3:GetAccessPoint' }).send(command))).toBe(
      denied('s3:PutAccessPointPolicy', arnOf('reports')),
    );
  });
});

it('a user without any right is told that the mock lacks an operation of S3 Control', async () => {
  const job = { AccountId, Priority: 1, RoleArn: `arn:aws:iam::${AccountId}:role/batch`, ClientRequestToken: 't' };
  const Operation = { S3DeleteObjectTagging: {} };
  const command = new CreateJobCommand({ ...job, Operation, Report: { Enabled: false } });
  expect(await outcomeOf(clientOf({ Action: 's3:GetObject' }).send(command))).toBe('S3MockNotImplemented');
});
