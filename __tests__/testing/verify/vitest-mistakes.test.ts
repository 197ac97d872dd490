import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VitestProject, type VitestRun } from '../../support/vitest-project';

const project = new VitestProject('vitest-mistakes');
let run: VitestRun;
beforeAll(async () => {
  project.write(
    'one/mistakes.test.mjs',
    `import sdk from '@aws-sdk/client-s3';
     import { afterEach, describe, expect, test, vi } from 'vitest';
     import { mockS3 } from 's3-versioning-mock/vitest';
     const { PutObjectCommand, S3Client } = sdk;
     const put = () => new S3Client({ maxAttempts: 2 }).send(new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: 'x' }));
     describe('timers', () => {
       const s3 = mockS3({ buckets: { vault: {} } });
       afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks(); });
       test('a retry', async () => {
         vi.spyOn(Math, 'random').mockReturnValue(0.1); // an SDK waits a random time before a retry
         vi.useFakeTimers();
         s3.on('PutObject').fail('SlowDown', { times: 1 });
         await put();
       }, 500);
       test('a timer before any request', async () => {
         vi.useFakeTimers();
         await new Promise((resolve) => setTimeout(resolve, 10));
       }, 500);
       test('real timers', () => new Promise(() => {}), 500);
     });
     describe('cures', () => {
       const arn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
       const notification = { LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*'] }] };
       let ended = 0;
       const handler = (time) => async () => {
         await new Promise((resolve) => setTimeout(resolve, time));
         ended += 1;
       };
       const s3 = mockS3({ buckets: { vault: { notification } } });
       afterEach(() => { vi.useRealTimers(); });
       const run = async (time, wait) => {
         ended = 0;
         s3.deliverTo(arn, handler(time));
         s3.on('PutObject').fail('SlowDown', { times: 1 });
         await wait(put());
         await wait(s3.events.settled());
         expect(ended).toBe(1);
       };
       test('advance by themselves', async () => {
         vi.useFakeTimers({ shouldAdvanceTime: true });
         await run(50, (call) => call);
       });
       test('fake less', async () => {
         vi.useFakeTimers({ toFake: ['Date'] });
         await run(50, (call) => call);
       });
       test('advance until it is over', async () => {
         vi.useFakeTimers();
         await run(30_000, async (call) => {
           let isOver = false;
           call.finally(() => { isOver = true; }).catch(() => {});
           while (!isOver) await vi.advanceTimersByTimeAsync(1_000);
           await call;
         });
       });
     });
     describe('region', () => {
       mockS3({ buckets: { vault: { region: 'eu-west-1' } } });
       test('another region', put);
     });
     describe('nested', () => {
       mockS3();
       describe('within', () => {
         mockS3();
         test('has no mock', () => {});
       });
     });
     describe('without', () => {
       test('no mock', put);
     });`,
  );
  run = await project.vitest('one');
});
afterAll(() => project.remove());

const messageOf = (title: string) => run.tests[`mistakes: ${title}`]?.message;

describe('the screen of vitest', () => {
  it.each([['a retry'], ['a timer before any request']])(
    'says that timers were faked, which a hook restored: %s',
    (title) => {
      expect(messageOf(title)).toContain(
        'Timers are faked: whatever waits for a timer, such as an SDK before a retry, waits until the test advances the timers. Advance them until the call is over',
      );
    },
  );

  it.each(['advance by themselves', 'fake less', 'advance until it is over'])(
    'names cures for them with which retries and handlers end: %s',
    (title) => {
      expect(run.tests[`mistakes: ${title}`]).toMatchObject({ status: 'passed' });
    },
  );

  it('says nothing of timers that are real', () => {
    expect(messageOf('real timers')).not.toContain('Timers are faked');
  });

  it('names both regions', () => {
    expect(messageOf('another region')).toContain("bucket 'vault' is in eu-west-1, and the client called us-east-1.");
  });

  it('says to use the mock around a describe', () => {
    expect(run.printed).toContain(
      "it runs until its describe or its file ends, so use it here: s3.createBucket('vault')",
    );
  });

  it('says why no mock answers, after the last one has stopped', () => {
    expect(messageOf('no mock')).toContain('refused by the S3 mock: no running mock answers it.');
  });
});
