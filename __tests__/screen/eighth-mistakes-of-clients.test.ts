import assert from 'node:assert';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import type { MockS3Options } from '../../src/mock/options';
import '../../src/testing/jest';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

function start(options: MockS3Options = {}): void {
  control = createMock({ buckets: { jobs: {}, site: { objects: { 'index.html': 'home' } } }, ...options }, mockS3);
  control.lifetime.start();
  s3 = control.mock;
}
beforeEach(() => start());
afterEach(async () => {
  await s3.stop();
  control.lifetime.restoreEnvironment();
});
async function restart(options: MockS3Options): Promise<void> {
  await s3.stop();
  control.lifetime.restoreEnvironment();
  start(options);
}

const client = (options: sdk.S3ClientConfig = {}) => new sdk.S3Client({ maxAttempts: 1, ...options });
const put = (own: sdk.S3Client, Key = 'a') => own.send(new sdk.PutObjectCommand({ Bucket: 'jobs', Key, Body: 'x' }));

describe('the requests of calls that an SDK repeats', () => {
  const eager = () => client({ maxAttempts: 3 });
  const storeAll = async (own: sdk.S3Client, keys = ['a', 'a', 'a']) => {
    for (const key of keys) await put(own, key).catch(() => undefined);
  };
  const count = () => s3.requests.of('PutObject').length;
  const cure = 'new S3Client({ maxAttempts: 1 }) sends each call once';
  const screenOfCount = (number: number) => screenOfTest(control, () => assert.strictEqual(count(), number));

  it('are counted by a test that expects the calls', async () => {
    s3.on('PutObject').fail('InternalError');
    await storeAll(eager());
    const screen = await screenOfCount(3);
    expect(screen).toContain(
      `The SDK itself sent each of the 3 calls 3 times, and each attempt is a request: ${cure}.`,
    );
    expect(screen).toContain('S3 refused 9 requests of this test: PutObject jobs/a 500 InternalError (3 attempts)');
    expect(screen).not.toContain('if a retry should succeed');
    expect(await screenOfCount(4)).not.toContain(cure);
    s3.requests.clear();
    await storeAll(client());
    assert.strictEqual(count(), 3);
  });

  it('are counted among those of other operations', async () => {
    s3.on('PutObject').fail('InternalError');
    await client().send(new sdk.HeadObjectCommand({ Bucket: 'site', Key: 'index.html' }));
    await storeAll(eager(), ['a']);
    expect(await screenOfCount(1)).toContain('The SDK itself sent the one call 3 times');
  });

  it('are some of the calls, if S3 answered the others at once', async () => {
    s3.on('PutObject', { Key: 'a' }).fail('InternalError');
    await storeAll(eager(), ['a', 'b']);
    expect(await screenOfCount(2)).toContain(`The SDK itself sent some of the 2 calls more than once`);
  });

  it('belong to a call that was answered in the end', async () => {
    s3.on('PutObject').fail('InternalError', { times: 1 });
    await storeAll(eager(), ['a']);
    const screen = await screenOfCount(1);
    expect(screen).toContain('a call that was answered in the end is several requests, too');
    expect(screen).not.toContain(cure);
  });

  it('are not meant by a test that counts keys, by a handle or in a listing', async () => {
    await restart({ buckets: { jobs: { objects: { b: 'b', c: 'c', d: 'd' } } } });
    s3.on('PutObject').fail('InternalError');
    await storeAll(eager(), ['a']);
    expect(await screenOfCount(1)).toContain(cure);
    const ofHandle = await screenOfTest(control, () => assert.strictEqual(s3.bucket('jobs').keys.length, 1));
    expect(ofHandle).not.toContain(cure);
    await client().send(new sdk.ListObjectsV2Command({ Bucket: 'jobs' }));
    expect(await screenOfCount(1)).not.toContain(cure);
  });

  it('are one request each, if code repeats the calls', async () => {
    s3.on('PutObject').fail('InternalError');
    await storeAll(client());
    const screen = await screenOfCount(1);
    expect(screen).not.toContain('The SDK itself');
    expect(screen).toContain('S3 refused 3 requests of this test');
    expect(screen).toContain('write { times: 1 } if a retry should succeed');
  });
});

describe('a request of an Origin that no CORS rule allows', () => {
  const says = 'S3 refuses no GET because of its Origin.';
  const rule = { AllowedMethods: ['GET'], AllowedOrigins: ['https://shop.example.com'] };
  const load = async (origin: string | undefined, expiresIn = 900) => {
    const command = new sdk.GetObjectCommand({ Bucket: 'site', Key: 'index.html' });
    const url = await getSignedUrl(client(), command, { expiresIn });
    const answer = await fetch(url, { headers: origin === undefined ? {} : { origin } });
    if (!answer.ok) throw new Error(`cannot load it: ${answer.status}`);
    return answer;
  };
  const other = 'https://evil.example.com';
  beforeEach(() => restart({ buckets: { site: { objects: { 'index.html': 'home' }, cors: { CORSRules: [rule] } } } }));

  it('is answered, although a test expects a refusal', async () => {
    const screen = await screenOfTest(control, () => assert.rejects(load(other)));
    expect(screen).toContain(
      `${says} As no CORS rule of the bucket allows GET from '${other}', the answer has no access-control-allow-origin, and a browser hides it from the page; other clients read it. Compare that header, or send the OPTIONS that a browser sends before: it would have been refused, 403 AccessForbidden.`,
    );
    expect(screen).not.toContain('would have been refused after');
    expect((await load(other)).headers.has('access-control-allow-origin')).toBe(false);
    expect(await screenOfTest(control, async () => assert.strictEqual((await load(other)).status, 403))).toContain(
      says,
    );
    expect(await screenOfTest(control, () => assert.rejects(load(other), { name: 'AccessDenied' }))).toContain(says);
  });

  it.each`
    of                                        | test
    ${'an Origin that a rule allows'}         | ${() => assert.rejects(load('https://shop.example.com'))}
    ${'no Origin'}                            | ${() => assert.rejects(load(undefined))}
    ${'another refusal, by its name'}         | ${() => assert.rejects(load(other), { name: 'NoSuchKey' })}
    ${'another status'}                       | ${async () => assert.strictEqual((await load(other)).status, 404)}
    ${'the status of a test without the GET'} | ${async () => assert.strictEqual((await load(other)).status - 199, 403)}
  `('is not the reason with $of', async ({ test }: { test: () => Promise<unknown> }) => {
    expect(await screenOfTest(control, test)).not.toContain(says);
  });

  it('is not the reason if the test has moved the clock for the end of the URL', async () => {
    s3.clock.advance({ seconds: 20 });
    const screen = await screenOfTest(control, () => assert.rejects(load(other, 60)));
    expect(screen).toContain('it would have been refused');
    expect(screen).not.toContain(says);
  });

  it('is not the reason in a bucket without CORS rules', async () => {
    await restart({});
    expect(await screenOfTest(control, () => assert.rejects(load(other)))).not.toContain(says);
  });

  it('is not the reason if another request came after it', async () => {
    const screen = await screenOfTest(control, async () => {
      await load(other);
      await assert.rejects(load('https://shop.example.com'));
    });
    expect(screen).not.toContain(says);
  });
});
