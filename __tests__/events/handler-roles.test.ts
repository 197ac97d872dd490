import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { S3Event } from 'aws-lambda';
import { type MockS3, type MockS3Options, mockS3 } from '../../src';
import { allowing, policyOf } from '../support/policy';
import { thrownBy } from '../support/thrown';

const thumbnail = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const uploads = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const news = 'arn:aws:sns:us-east-1:000000000000:news';
const workerArn = 'arn:aws:iam::000000000000:role/worker';
const trusting = (Service: string) =>
  policyOf({ Sid: 'Run', Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });
const trust = trusting('lambda.amazonaws.com');

let s3: MockS3;
const start = (options: MockS3Options = {}) => {
  s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    users: { uploader: {} },
    caller: 'uploader',
    roles: { worker: { ...allowing('s3:GetObject'), trust }, jobs: { trust: trusting('ec2.amazonaws.com') }, open: {} },
    buckets: { vault: {}, texts: {} },
    ...options,
  });
};
beforeEach(() => {
  start();
  notify(thumbnail);
});
afterEach(() => s3.stop());

function notify(destination: string): void {
  const Events = ['s3:ObjectCreated:*'] as const;
  s3.bucket('vault').notification = {
    ...(destination === thumbnail && { LambdaFunctionConfigurations: [{ LambdaFunctionArn: thumbnail, Events }] }),
    ...(destination === uploads && { QueueConfigurations: [{ QueueArn: uploads, Events }] }),
    ...(destination === news && { TopicConfigurations: [{ TopicArn: news, Events }] }),
    ...(destination === 'eventbridge' && { EventBridgeConfiguration: {} }),
  };
}

/** The clients of the code under test have the keys of the environment. */
const put = (Bucket: string, Key = 'a.txt') =>
  new S3Client({ maxAttempts: 1 }).send(new PutObjectCommand({ Bucket, Key, Body: 'bytes' }));
const get = (Key = 'a.txt') => new S3Client({}).send(new GetObjectCommand({ Bucket: 'vault', Key }));
const settled = () =>
  s3.events.settled().then(
    () => undefined,
    (error: Error) => error,
  );
const callersOf = (operation: 'GetObject' | 'PutObject') => s3.requests.of(operation).map(({ caller }) => caller);
const session = (name: string) => ({ account: '000000000000', user: undefined, role: 'worker', session: name });

describe('the requests of a handler with a role', () => {
  it('are those of a session of the role, and of the uploader before and after', async () => {
    s3.deliverTo(thumbnail, {
      handler: async ({ Records }: S3Event) => {
        await get(Records[0]?.s3.object.key);
        await put('texts');
      },
      role: 'worker',
    });
    await put('vault');
    expect(await settled()).toMatchObject({
      code: 'HANDLER_FAILED',
      message: expect.stringContaining(
        'User: arn:aws:sts::000000000000:assumed-role/worker/thumbnail is not authorized to perform: s3:PutObject',
      ),
    });
    await put('texts');
    expect(callersOf('GetObject')).toEqual([expect.objectContaining(session('thumbnail'))]);
    expect(callersOf('PutObject')).toEqual([
      expect.objectContaining({ user: 'uploader' }),
      expect.objectContaining(session('thumbnail')),
      expect.objectContaining({ user: 'uploader' }),
    ]);
    expect(s3.requests.of('PutObject')[1]?.why).toContain('the policy of role worker was evaluated');
  });

  it('keep the keys of a user or a session that the handler signs with, and may have those of nobody', async () => {
    const credentials = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'secret' };
    const own = [s3.account.user('uploader').credentials, s3.account.role('open').session().credentials, credentials];
    s3.deliverTo(thumbnail, {
      handler: async () => {
        for (const one of own)
          await new S3Client({ credentials: one }).send(new GetObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
      },
      role: workerArn,
    });
    await put('vault');
    expect(await settled()).toBeUndefined();
    expect(callersOf('GetObject')).toEqual([
      expect.objectContaining({ user: 'uploader' }),
      expect.objectContaining({ role: 'open' }),
      expect.objectContaining({ ...session('thumbnail'), accessKeyId: 'AKIANOBODY' }),
    ]);
  });

  it('are those of the role at STS as well', async () => {
    const arns: unknown[] = [];
    s3.deliverTo(thumbnail, {
      handler: async () => {
        const client = new STSClient({});
        arns.push((await client.send(new GetCallerIdentityCommand({}))).Arn);
        await client.send(new AssumeRoleCommand({ RoleArn: s3.account.role('jobs').arn, RoleSessionName: 'next' }));
      },
      role: 'worker',
    });
    await put('vault');
    expect((await settled())?.message).toContain(
      'assumed-role/worker/thumbnail is not authorized to perform: sts:AssumeRole',
    );
    expect(arns).toEqual(['arn:aws:sts::000000000000:assumed-role/worker/thumbnail']);
  });

  it.each([
    [thumbnail, 'thumbnail'],
    [uploads, 'uploads'],
    [news, 'news'],
    ['eventbridge', 'eventbridge'],
  ])('have a session by the name of the function: %s', async (destination, name) => {
    notify(destination);
    s3.deliverTo(destination, { handler: async () => void (await get()), role: 'worker' });
    await put('vault');
    expect(await settled()).toBeUndefined();
    expect(callersOf('GetObject')).toEqual([expect.objectContaining(session(name))]);
  });

  it('are those of each subscriber of a topic', async () => {
    notify(news);
    s3.deliverTo(news, [{ handler: async () => void (await get()), role: 'worker' }, async () => void (await get())]);
    await put('vault');
    expect(await settled()).toBeUndefined();
    expect(callersOf('GetObject')).toEqual([
      expect.objectContaining(session('news')),
      expect.objectContaining({ user: 'uploader' }),
    ]);
  });

  it('have the ARN of the function for the policies of the role', async () => {
    const Condition = { ArnEquals: { 'lambda:SourceFunctionArn': thumbnail } };
    s3.account.role('worker').policy = policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition });
    const handler = async () => void (await get());
    s3.deliverTo(thumbnail, { handler, role: 'worker' });
    await put('vault');
    expect(await settled()).toBeUndefined();
    notify(uploads);
    s3.deliverTo(uploads, { handler, role: 'worker' });
    await put('vault');
    expect((await settled())?.message).toContain('s3:GetObject');
  });

  it('cause events that name the role', async () => {
    s3.account.role('worker').policy = policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    s3.deliverTo(thumbnail, {
      handler: async ({ Records }) => {
        if (Records[0]?.s3.object.key === 'a.txt') await put('vault', 'b.txt');
      },
      role: 'worker',
    });
    await put('vault');
    await s3.events.settled();
    const { id } = s3.account.role('worker');
    expect(s3.events.last('ObjectCreated:Put', { key: 'b.txt', destination: thumbnail })?.record?.userIdentity).toEqual(
      {
        principalId: `AWS:${id}:thumbnail`,
      },
    );
  });

  it('are of a new session each time, so that those of later calls are not revoked', async () => {
    const codes: (string | undefined)[] = [];
    s3.deliverTo(thumbnail, {
      handler: async () => {
        if (codes.length === 0) s3.account.role('worker').revokeSessions();
        await get().catch(() => undefined);
        codes.push(s3.requests.last()?.error?.code);
      },
      role: 'worker',
    });
    await put('vault');
    await s3.events.settled();
    await put('vault');
    await s3.events.settled();
    expect(codes).toEqual(['AccessDenied', undefined]);
  });

  it('are of a session that lasts twelve hours', async () => {
    const codes: (string | undefined)[] = [];
    s3.deliverTo(thumbnail, {
      handler: async () => {
        for (const time of [{ hours: 11, minutes: 59 }, { minutes: 1 }]) {
          s3.clock.advance(time);
          await get().catch(() => undefined);
          codes.push(s3.requests.last()?.error?.code);
        }
      },
      role: 'worker',
    });
    await put('vault');
    await s3.events.settled();
    expect(codes).toEqual([undefined, 'ExpiredToken']);
  });

  it('are refused after a reset that removed their session', async () => {
    const ended = new Promise((resolve) => {
      s3.deliverTo(thumbnail, {
        handler: async () => {
          s3.reset();
          await get().then(resolve, resolve);
        },
        role: 'worker',
      });
    });
    await put('vault');
    expect(await ended).toMatchObject({ name: 'InvalidAccessKeyId' });
    expect(s3.requests.last()?.why).toBe(
      'session thumbnail of role worker of account 000000000000 was removed when the mock was reset',
    );
  });
});

// F1510
describe('the role of a handler', () => {
  const handler = () => {};
  const refused = 'The role defined for the function cannot be assumed by Lambda. Reason:';

  it.each([['worker'], [workerArn], ['open']])('is one that Lambda can assume: %s', async (role) => {
    s3.deliverTo(thumbnail, { handler, role });
    await s3.stop();
    start({ deliver: { [thumbnail]: { handler, role } } });
  });

  it.each([
    [
      'jobs',
      `nothing allows service lambda.amazonaws.com to do sts:AssumeRole on arn:aws:iam::000000000000:role/jobs; statement Run of the trust policy of role jobs came nearest, which applies to ec2.amazonaws.com. Its trust policy must allow sts:AssumeRole to { Service: 'lambda.amazonaws.com' }.`,
    ],
    [
      'wroker',
      `there is no role arn:aws:iam::000000000000:role/wroker; the roles are: ${workerArn}, arn:aws:iam::000000000000:role/jobs, arn:aws:iam::000000000000:role/open. Did you mean ${workerArn}?`,
    ],
  ])('is refused as by Lambda, with the reason, when it is given: %s', async (role, why) => {
    const given = { [thumbnail]: { handler, role } };
    expect(thrownBy(() => s3.deliverTo(thumbnail, { handler, role }))).toEqual(
      new TypeError(`s3.deliverTo: role of '${thumbnail}': ${refused} ${why}`),
    );
    await s3.stop();
    expect(thrownBy(() => start({ deliver: given }))).toEqual(
      new TypeError(`mockS3: deliver: role of '${thumbnail}': ${refused} ${why}`),
    );
  });

  it('is asked for each call, so that a call fails once the role does not trust Lambda', async () => {
    s3.deliverTo(thumbnail, { handler, role: 'worker' });
    s3.account.role('worker').trust = trusting('ec2.amazonaws.com');
    await put('vault');
    const error = await settled();
    expect(error).toMatchObject({ code: 'HANDLER_FAILED' });
    expect(error?.message).toContain(
      `the handler of ${thumbnail} failed for ObjectCreated:Put vault/a.txt: ${refused}`,
    );
  });

  it.each([
    [
      { handler, role: 7 },
      "role 7; expected the ARN of a role, or the name of a role of the default account, such as 'worker'",
    ],
    [{ handler, role: '' }, "role ''; expected the ARN of a role"],
    [{ handler, role: 'worker', roles: 1 }, "there is no option 'roles'. Did you mean role?"],
    [{ handler, roel: 'worker' }, "there is no option 'roel'. Did you mean role?"],
    [{ handler, Role: 'worker' }, "there is no option 'Role'. Did you mean role?"],
    [
      { role: 'worker' },
      'expected a function, called with the event, a context and a callback, or { handler, role, timeout }',
    ],
    [{ handler }, 'or { handler, role, timeout }. Did you mean its member handler?'],
  ])('is a text beside a handler: %#', (given, message) => {
    const thrown = thrownBy(() => s3.deliverTo(thumbnail, given as never)); // as a test in JavaScript gives them
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toContain(message);
  });

  it('may not be the handle of a role, whose member it is', () => {
    const role = s3.account.role('worker');
    const thrown = thrownBy(() => s3.deliverTo(thumbnail, { handler, role } as never)); // as a test in JavaScript gives it
    expect(String(thrown)).toContain('Did you mean its member arn?');
  });
});
