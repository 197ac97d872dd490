import { inspect } from 'node:util';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3, S3MockError, type SessionHandle } from '../../src';
import { allowing, policyOf } from '../support/policy';
import { thrownBy } from '../support/thrown';

const noon = '2026-03-01T12:00:00Z';
const read = allowing('s3:GetObject');
const write = allowing('s3:PutObject');
const nothing = policyOf();

let s3: MockS3;
const start = (now: string | undefined) => {
  s3 = mockS3({
    ...(now !== undefined && { now }),
    users: { writer: write, ann: {} },
    roles: { deployer: write },
    buckets: { vault: { objects: { 'report.pdf': 'first' } } },
  });
};
beforeEach(() => start(noon));
afterEach(() => s3.stop());

type Keys = { readonly credentials: Pick<SessionHandle, 'accessKeyId' | 'secretAccessKey'> };
const nobody = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'secret' };
const put = ({ credentials }: Keys) =>
  new S3Client({ region: 'us-east-1', credentials }).send(
    new PutObjectCommand({ Bucket: 'vault', Key: 'new.pdf', Body: 'new' }),
  );
const get = ({ credentials }: Keys) =>
  new S3Client({ region: 'us-east-1', credentials }).send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
const assume = async (): Promise<Keys> => {
  const client = new STSClient({ region: 'us-east-1', credentials: s3.account.user('ann').credentials });
  const RoleArn = s3.account.role('deployer').arn;
  const { Credentials } = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'build-7' }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { credentials: keys };
};
const denied = { name: 'AccessDenied' };

describe('the policy of a user', () => {
  it('counts for the next request of its keys and of sessions that began before', async () => {
    const writer = s3.account.user('writer');
    const session = writer.session();
    writer.policy = read.policy;
    for (const who of [writer, session]) {
      await expect(put(who)).rejects.toMatchObject(denied);
      await get(who);
    }
    expect(s3.requests.at(0)?.why).toContain('the policy of user writer was evaluated');
  });

  it('counts for may and for the caller that acts', async () => {
    const writer = s3.account.user('writer');
    s3.actAs('writer');
    writer.policy = nothing;
    expect(writer.may('s3:PutObject', 'vault/new.pdf').allowed).toBe(false);
    await expect(put({ credentials: nobody })).rejects.toMatchObject(denied);
  });

  it('is read as it was set, from an object or from JSON, and is frozen', () => {
    const writer = s3.account.user('writer');
    writer.policy = JSON.stringify(read.policy);
    expect(writer.policy).toEqual(read.policy);
    expect(Object.isFrozen(writer.policy)).toBe(true);
  });

  it('does not follow what a test does later to the object that it gave', () => {
    const writer = s3.account.user('writer');
    const given = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
    writer.policy = given;
    given.Statement[0] = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    expect(writer.may('s3:PutObject', 'vault/new.pdf').allowed).toBe(false);
    expect(writer.policy).toEqual(policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }));
  });

  it('is removed by undefined, so that nothing limits a user without managed policies', () => {
    const writer = s3.account.user('writer');
    writer.policy = undefined;
    expect(writer.policy).toBeUndefined();
    expect(writer.may('s3:DeleteBucket', 'vault').allowed).toBe(true);
  });

  it.each([
    ['one', { Readers: read.policy ?? nothing }, true],
    ['none', {}, false],
  ])('leaves a list of managed policies as it is: %s', (_, managedPolicies, mayRead) => {
    const user = s3.account.user('reader', { managedPolicies });
    const may = () => ({
      read: user.may('s3:GetObject', 'vault/report.pdf').allowed,
      write: user.may('s3:PutObject', 'vault/new.pdf').allowed,
    });
    user.policy = write.policy;
    expect(may()).toEqual({ read: mayRead, write: true });
    user.policy = undefined;
    expect(may()).toEqual({ read: mayRead, write: false });
  });

  it.each([
    [7, "user 'writer': policy: invalid document 7; expected an object, or its JSON"],
    [null, "user 'writer': policy: invalid document null; expected an object, or its JSON"],
    ['{', "user 'writer': policy: Syntax errors in policy. "],
    [
      policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'vault/*' }),
      `user 'writer': policy: Resource vault/* must be in ARN format or "*". `,
    ],
  ])('is refused in the words of a fixture, and stays: %j', (given, message) => {
    const writer = s3.account.user('writer');
    const thrown = thrownBy(() => {
      writer.policy = given as never; // the wrong values of a test in JavaScript
    });
    const ofFixture = thrownBy(() => s3.account.user('another', { policy: given as never }));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toContain(message);
    expect(String(thrown)).toBe(String(ofFixture).replace('another', 'writer'));
    expect(writer.policy).toEqual(write.policy);
  });

  it('declares its user, so that a misspelt name makes nobody', async () => {
    await s3.stop();
    s3 = mockS3();
    s3.account.user('writer').policy = write.policy;
    expect(() => s3.account.user('writr')).toThrow("there is no user 'writr'. Did you mean writer?");
  });

  it('is that of the fixture after a reset, and that of the moment after a restore', () => {
    const writer = s3.account.user('writer');
    writer.policy = read.policy;
    const snapshot = s3.snapshot();
    s3.reset();
    expect(writer.policy).toEqual(write.policy);
    s3.restore(snapshot);
    expect(writer.policy).toEqual(read.policy);
    expect(s3.account.user('writer')).toBe(writer);
  });

  it('is part of what is printed, compared and written as JSON', () => {
    const writer = s3.account.user('writer');
    writer.policy = read.policy;
    expect({ ...writer }).toMatchObject({ name: 'writer', policy: read.policy });
    expect(writer.toJSON()).toMatchObject({ policy: read.policy });
    expect(s3.toJSON().users).toEqual({ writer: read, ann: {} });
    expect(inspect(writer, { depth: 5 })).toContain("Action: [ 's3:GetObject' ]");
  });

  it('cannot be set once a reset removed the user', () => {
    const guest = s3.account.user('guest', read);
    s3.reset();
    const removed = new S3MockError(
      'REMOVED',
      "user 'guest': a reset removed it. Call account.user('guest') in each test.",
    );
    expect(
      thrownBy(() => {
        guest.policy = write.policy;
      }),
    ).toEqual(removed);
    expect(guest.toJSON()).toMatchObject({ policy: read.policy });
    // Another user of the name is not the one of the handle.
    s3.account.user('guest', write);
    expect(
      thrownBy(() => {
        guest.policy = write.policy;
      }),
    ).toEqual(removed);
  });

  it('is the only member of the handle that can be set', () => {
    expect(() => Object.assign(s3.account.user('writer'), { arn: 'another' })).toThrow(
      "user 'writer': arn cannot be set. The members that can be set are: policy.",
    );
  });
});

// F1501
describe('the policy of a role', () => {
  it('counts for sessions that began before, by STS or past the wire', async () => {
    const deployer = s3.account.role('deployer');
    const sessions = [deployer.session(), await assume()];
    for (const session of sessions) await put(session);
    deployer.policy = read.policy;
    for (const session of sessions) {
      await expect(put(session)).rejects.toMatchObject(denied);
      await get(session);
    }
    expect(s3.toJSON().roles).toEqual({ deployer: read });
  });

  it('counts for copies that S3 makes by the role', async () => {
    await s3.stop();
    s3 = mockS3({
      now: noon,
      roles: { copier: { policy: policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) } },
      replicationDelay: { minutes: 5 },
      buckets: {
        vault: {
          versioning: 'Enabled',
          replication: {
            Role: 'arn:aws:iam::000000000000:role/copier',
            Rules: [
              {
                Status: 'Enabled',
                Priority: 1,
                Filter: {},
                DeleteMarkerReplication: { Status: 'Disabled' },
                Destination: { Bucket: 'arn:aws:s3:::replica' },
              },
            ],
          },
        },
        replica: { versioning: 'Enabled' },
      },
    });
    await put(s3.account);
    s3.account.role('copier').policy = nothing;
    s3.clock.advance({ minutes: 5 });
    expect(s3.bucket('replica').versions()).toEqual([]);
    expect(s3.bucket('vault').current('new.pdf')).toMatchObject({ replicationStatus: 'FAILED' });
  });
});

// F1501
describe('the trust policy of a role', () => {
  const trusting = (name: string) =>
    policyOf({ Effect: 'Allow', Principal: { AWS: s3.account.user(name).arn }, Action: 'sts:AssumeRole' });

  it('counts for sessions that begin from then on, and leaves the present ones', async () => {
    const deployer = s3.account.role('deployer');
    const before = await assume();
    deployer.trust = trusting('writer');
    await put(before);
    await expect(assume()).rejects.toMatchObject(denied);
    expect(s3.requests.last()?.why).toContain('statement 1 of the trust policy of role deployer came nearest');
    deployer.trust = trusting('ann');
    await put(await assume());
    deployer.trust = undefined;
    expect(deployer.trust).toBeUndefined();
    await put(await assume());
  });

  it('is refused in the words of a fixture, and stays', () => {
    const deployer = s3.account.role('deployer');
    const wrong = policyOf({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' });
    const thrown = thrownBy(() => {
      deployer.trust = wrong as never; // an action that the types do not have
    });
    const ofFixture = thrownBy(() => s3.account.role('another', { trust: wrong as never }));
    expect(String(thrown)).toContain(
      "role 'deployer': trust: AssumeRole policy may only specify STS AssumeRole actions.",
    );
    expect(String(thrown)).toBe(String(ofFixture).replace('another', 'deployer'));
    expect(deployer.trust).toBeUndefined();
  });

  // F307
  it.each(['user/nobody', 'role/nothing'])('is refused if it names %s, which is not there', (name) => {
    const deployer = s3.account.role('deployer');
    const of = (id: string) =>
      policyOf({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:${name}` }, Action: 'sts:AssumeRole' });
    const thrown = thrownBy(() => {
      deployer.trust = of(s3.account.id);
    });
    expect(String(thrown)).toContain("role 'deployer': trust: Invalid principal in policy");
    expect(deployer.trust).toBeUndefined();
    // The mock does not know the identities of accounts that it does not have, and a fixture may come before them.
    deployer.trust = of('999988887777');
    s3.account.role('another', { trust: of(s3.account.id) });
  });

  it('is that of the fixture after a reset', () => {
    const deployer = s3.account.role('deployer');
    deployer.trust = trusting('ann');
    expect(deployer.toJSON()).toMatchObject({ trust: trusting('ann') });
    s3.reset();
    expect(deployer.trust).toBeUndefined();
  });
});

// F1500
describe('revokeSessions', () => {
  it.each([
    ['a clock that stands still', noon],
    ['a clock that runs', undefined],
  ])('denies everything to sessions that began before, and nothing to later ones, by %s', async (_, now) => {
    await s3.stop();
    start(now);
    const deployer = s3.account.role('deployer');
    const before = [deployer.session(), await assume()];
    deployer.revokeSessions();
    for (const session of before) await expect(put(session)).rejects.toMatchObject(denied);
    for (const session of [deployer.session(), await assume()]) await put(session);
  });

  it('is told by S3 and by the reason in the journal', async () => {
    const deployer = s3.account.role('deployer');
    const session = deployer.session();
    s3.clock.advance({ minutes: 1 });
    deployer.revokeSessions();
    await expect(put(session)).rejects.toThrow(
      'User: arn:aws:sts::000000000000:assumed-role/deployer/session is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::vault/new.pdf" with an explicit deny in an identity-based policy',
    );
    const why =
      'denied by statement 1 of policy AWSRevokeOlderSessions of role deployer: s3:PutObject on arn:aws:s3:::vault/new.pdf, because aws:TokenIssueTime is "2026-03-01T12:00:00.000Z" (DateLessThan "2026-03-01T12:01:00.000Z")';
    expect(s3.requests.last()?.why).toBe(why);
    expect(session.may('s3:PutObject', 'vault/new.pdf')).toEqual({ allowed: false, by: why });
    expect(deployer.may('s3:PutObject', 'vault/new.pdf').allowed).toBe(true);
  });

  it('denies a role that no policy limits, and another role nothing', async () => {
    s3.account.role('administrator', {});
    const [revoked, other] = [s3.account.role('administrator').session(), s3.account.role('deployer').session()];
    s3.account.role('administrator').revokeSessions();
    await expect(get(revoked)).rejects.toMatchObject(denied);
    await put(other);
    await get(s3.account.role('administrator').session());
  });

  it('denies calls of STS that need a right, and GetCallerIdentity, which needs none, not', async () => {
    const deployer = s3.account.role('deployer');
    s3.account.role('next', {});
    s3.account.role('administrator', {});
    const { credentials } = s3.account.role('administrator').session();
    const client = new STSClient({ region: 'us-east-1', credentials });
    const next = new AssumeRoleCommand({ RoleArn: deployer.arn, RoleSessionName: 'next' });
    await client.send(next);
    s3.account.role('administrator').revokeSessions();
    await expect(client.send(next)).rejects.toMatchObject(denied);
    await client.send(new GetCallerIdentityCommand({}));
  });

  it('counts again for what began since, however the clock was moved', async () => {
    const deployer = s3.account.role('deployer');
    deployer.revokeSessions();
    const between = deployer.session();
    await put(between);
    deployer.revokeSessions();
    await expect(put(between)).rejects.toMatchObject(denied);
    s3.clock.set('2026-01-01T00:00:00Z');
    const after = deployer.session({ mfa: true });
    await put(after);
    expect(after.expiration).toEqual(new Date('2026-01-01T01:00:00Z'));
  });

  it('is shown by the role as the policy that IAM attaches, and is gone after a reset', () => {
    const deployer = s3.account.role('deployer');
    deployer.revokeSessions();
    const Condition = { DateLessThan: { 'aws:TokenIssueTime': '2026-03-01T12:00:00.000Z' } };
    expect(deployer.toJSON()).toEqual({
      arn: deployer.arn,
      id: deployer.id,
      policy: write.policy,
      revocation: policyOf({ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition }),
    });
    expect(deployer.policy).toEqual(write.policy);
    s3.reset();
    expect(deployer.toJSON()).toEqual({ arn: deployer.arn, id: deployer.id, policy: write.policy });
  });

  it('takes no argument', () => {
    const revoke = s3.account.role('deployer').revokeSessions as (...given: unknown[]) => void;
    expect(() => Reflect.apply(revoke, s3.account.role('deployer'), ['session'])).toThrow(
      "role 'deployer': revokeSessions",
    );
  });
});
