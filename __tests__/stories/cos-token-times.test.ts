import { afterEach, describe, expect, it, jest } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ now: '2001-09-09T01:46:40Z', buckets: { vault: { versioning: 'Enabled' } } });

const connect = () =>
  new CosS3({ endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud', apiKeyId: 'an-api-key', maxRetries: 0 });

async function ask(cos: CosS3): Promise<void> {
  for (let call = 0; call < 3; call += 1) await cos.getBucketVersioning({ Bucket: 'vault' }).promise();
}

// The SDK compares `expiration` with its own clock, and asks for a new token as soon as three quarters of the time are over. F250
describe("the clock of the mock and the token of IBM's SDK", () => {
  it('asks for one token if the mock starts in the past', async () => {
    await ask(connect());
    expect(s3).toHaveReceivedTimes('CreateIamToken', 1);
    expect(s3).toHaveReceivedTimes('GetBucketVersioning', 3);
  });

  it.each([['1970-01-02T00:00:00Z'], ['2019-12-31T23:59:59Z'], ['2199-01-01T00:00:00Z']])(
    'asks for one token if the clock is set to %s',
    async (moment) => {
      s3.clock.set(moment);
      await ask(connect());
      expect(s3).toHaveReceivedTimes('CreateIamToken', 1);
    },
  );

  it('keeps its token if the clock goes back, or on within the hour', async () => {
    const cos = connect();
    await ask(cos);
    s3.clock.advance({ days: -400 });
    await ask(cos);
    s3.clock.advance({ days: 400, minutes: 59 });
    await ask(cos);
    expect(s3).toHaveReceivedTimes('CreateIamToken', 1);
  });

  it('is refused after the hour of the mock, and after expireTokens, until it has another token', async () => {
    const cos = connect();
    for (const end of [() => s3.clock.advance({ minutes: 60 }), () => s3.iam.expireTokens()]) {
      await ask(cos);
      end();
      await expect(ask(cos)).rejects.toMatchObject({ code: 'AccessDenied', statusCode: 403 });
      await new Promise<void>((resolve, reject) => {
        // The SDK's types leave out the credentials of API keys.
        const { tokenManager } = cos.config.credentials as unknown as {
          tokenManager: { refreshToken(options: object, force: boolean, done: (error?: Error) => void): void };
        };
        tokenManager.refreshToken({}, true, (error) => (error ? reject(error) : resolve()));
      });
      await ask(cos);
    }
    expect(s3).toHaveReceivedTimes('CreateIamToken', 3);
  });
});

describe('the time of the system, faked', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  const fakeDate = (now: string) =>
    jest.useFakeTimers({
      now: Date.parse(now),
      doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'],
    });

  it.each([['2001-01-01T00:00:00Z'], ['2150-01-01T00:00:00Z']])('gives %s to both', async (now) => {
    fakeDate(now);
    const cos = connect();
    await ask(cos);
    expect(s3).toHaveReceivedTimes('CreateIamToken', 1);
    jest.setSystemTime(Date.parse(now) + 3_600_000);
    await ask(cos);
    expect(s3).toHaveReceivedTimes('CreateIamToken', 2);
  });
});
