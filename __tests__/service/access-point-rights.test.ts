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
  const accessPoints = { reports: { tags: { team: 'a' } }, inner: {} };
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

function clientOf({ Resource = '*', ...rights }: Rights, region = 'us-east-1') {
  const Statement = [{ Effect: 'Allow', Resource, ...rights }];
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

const creation = (Name: string) => new CreateAccessPointCommand({ AccountId, Bucket: 'vault', Name });
const reading = (Name: string) => new GetAccessPointCommand({ AccountId, Name });

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html F1113
describe('the right to an operation on an access point', () => {
  it('depends on its ARN', async () => {
    const client = clientOf({ Action: 's3:GetAccessPoint', Resource: arnOf('reports') });
    expect(await outcomeOf(client.send(reading('reports')))).toBe('done');
    expect(await outcomeOf(client.send(reading('inner')))).toBe(denied('s3:GetAccessPoint', arnOf('inner')));
  });

  it('depends on the region in which it is', async () => {
    const rights = { Action: 's3:GetAccessPoint', Resource: arnOf('reports', 'us-west-2') };
    expect(await outcomeOf(clientOf(rights, 'us-west-2').send(reading('reports')))).toBe('done');
    expect(await outcomeOf(clientOf(rights).send(reading('reports')))).toBe(
      denied('s3:GetAccessPoint', arnOf('reports')),
    );
  });

  it('that is not there yet depends on the ARN that it gets', async () => {
    const client = clientOf({ Action: 's3:CreateAccessPoint', Resource: arnOf('one') });
    expect(await outcomeOf(client.send(creation('one')))).toBe('done');
    expect(await outcomeOf(client.send(creation('two')))).toBe(denied('s3:CreateAccessPoint', arnOf('two')));
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
