import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { thisTestFile } from '../../src/border/this-test-file';
import { TimersOfTest } from '../../src/mock/fake-timers';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const notification = {
  LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*'] }],
} as const;

let s3: MockS3;
afterEach(async () => {
  jest.useRealTimers();
  await s3.stop();
});

const put = () => new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.pdf', Body: 'x' }));

function startWithHandler(milliseconds: number): () => number {
  let ended = 0;
  const handler = async () => {
    await new Promise((resolve) => globalThis.setTimeout(resolve, milliseconds));
    ended += 1;
  };
  s3 = mockS3({ buckets: { vault: { notification } }, deliver: { [arn]: handler } });
  return () => ended;
}

/** The loop of the guide on fake timers. */
async function advanceUntil<Result>(call: Promise<Result>): Promise<Result> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  call.then(end, end);
  while (!isOver) await jest.advanceTimersByTimeAsync(1000);
  return call;
}

describe('a handler that waits for a faked timer', () => {
  it('is still waiting after one advance, since the event comes later', async () => {
    const ended = startWithHandler(5000);
    jest.useFakeTimers();
    await put();
    const settled = s3.events.settled();
    await jest.advanceTimersByTimeAsync(30_000);
    expect(ended()).toBe(0);
    await advanceUntil(settled);
    expect(ended()).toBe(1);
  });

  it('ends if timers are advanced until it does', async () => {
    const ended = startWithHandler(30_000);
    jest.useFakeTimers();
    await put();
    await advanceUntil(s3.events.settled());
    expect(ended()).toBe(1);
  });

  it('ends with its error, which the loop throws', async () => {
    s3 = mockS3({
      buckets: { vault: { notification } },
      deliver: {
        [arn]: async () => {
          await new Promise((resolve) => globalThis.setTimeout(resolve, 5000));
          throw new Error('no thumbnail');
        },
      },
    });
    jest.useFakeTimers();
    await put();
    await expect(advanceUntil(s3.events.settled())).rejects.toMatchObject({ cause: { message: 'no thumbnail' } });
  });

  it.each<[string, () => void]>([
    ['advance by themselves', () => jest.useFakeTimers({ advanceTimers: true })],
    ['leave setTimeout out', () => jest.useFakeTimers({ doNotFake: ['setTimeout'] })],
    ['fake the Date alone, as the hint for vitest', () => jest.useFakeTimers({ doNotFake: everythingButDate })],
  ])('ends by itself if the fakes %s', async (_how, fake) => {
    const ended = startWithHandler(50);
    fake();
    await put();
    await s3.events.settled();
    expect(ended()).toBe(1);
  });
});

const everythingButDate = [
  ...([
    'hrtime',
    'nextTick',
    'performance',
    'queueMicrotask',
    'requestAnimationFrame',
    'cancelAnimationFrame',
  ] as const),
  ...(['requestIdleCallback', 'cancelIdleCallback', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

it('a retry of the SDK ends by each of the cures', async () => {
  s3 = mockS3({ buckets: { vault: {} } });
  const rule = s3.on('PutObject').fail('SlowDown', { times: 1 });
  jest.useFakeTimers();
  await advanceUntil(put());
  rule.fail('SlowDown', { times: 1 });
  jest.useFakeTimers({ advanceTimers: true });
  await put();
  rule.fail('SlowDown', { times: 1 });
  jest.useFakeTimers({ doNotFake: ['setTimeout'] });
  await put();
  expect(rule.used).toBe(3);
});

it('settled() itself waits for no timer that can be faked, of jest as before version 27 either', async () => {
  const ended = startWithHandler(0);
  s3.deliverTo(arn, async () => void (await sleep(0)));
  for (const options of [{}, { legacyFakeTimers: true }] as const) {
    jest.useFakeTimers(options);
    await put();
    await s3.events.settled();
    jest.useRealTimers();
  }
  expect(ended()).toBe(0);
});

it('the message of a test that timed out names these cures', () => {
  s3 = mockS3();
  jest.useFakeTimers();
  const message = new TimersOfTest(thisTestFile).writeWhyWaiting();
  expect(message).toContain('jest.useFakeTimers({ advanceTimers: true })');
  expect(message).toContain("{ doNotFake: ['setTimeout'] }");
  expect(message).toContain('while (!isOver) await jest.advanceTimersByTimeAsync(1_000)');
});
