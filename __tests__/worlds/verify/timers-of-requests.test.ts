import '../../support/in-place';
import https from 'node:https';
import net from 'node:net';
import timersOfNode from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import axios from 'axios';
import { Agent, request as undiciRequest } from 'undici';
import { nextRun, watchRuns, within } from '../../../src/capture/runs';
import { type TimersOfRuns, watchTimers } from '../../../src/worlds/timers-of-runs';
import { startedMocks } from '../../support/started-mocks';

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

const start = startedMocks();
let timers: TimersOfRuns;
let endRuns: () => void;
beforeEach(() => {
  endRuns = watchRuns();
  timers = watchTimers();
});
afterEach(() => {
  timers.end();
  endRuns();
});

/** Runs code in a run, and returns what is left to it after some turns. */
async function leftTo(act: () => unknown, run = nextRun()): Promise<number | undefined> {
  within(run, () => {
    Promise.resolve(act()).catch(() => {});
  });
  await timersOfNode.setTimeout(40);
  return timers.soonest(new Set([run]));
}

/** How long requests wait for their answers, in milliseconds. The answers come after their tests, of which the mock warns. */
const slow = 1500;
process.emitWarning = () => {};
afterAll(() => timersOfNode.setTimeout(slow));

/** A busy machine takes up to a second. */
const about = (milliseconds: number) => expect.closeTo(milliseconds - 499, -3);
const url = 'https://vault.s3.amazonaws.com/report';

describe('requests without an answer', () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const sdkV3 = (requestHandler: object = {}) =>
    new S3Client({ region: 'us-east-1', credentials, requestHandler }).send(
      new GetObjectCommand({ Bucket: 'vault', Key: 'report' }),
    );
  const sdkV2 = (httpOptions: object = {}) =>
    new AwsS3({ region: 'us-east-1', credentials, httpOptions })
      .getObject({ Bucket: 'vault', Key: 'report' })
      .promise();
  const headers = { authorization: 'AWS AKIDEXAMPLE:c2ln' };
  const get = (options: https.RequestOptions = {}) => https.get(url, { headers, ...options }).on('error', () => {});
  const bare = 'GET /report HTTP/1.1\r\nHost: vault.s3.amazonaws.com\r\nAuthorization: AWS AKIDEXAMPLE:c2ln\r\n\r\n';
  const none = undefined;

  const cells: readonly [string, number | undefined, () => unknown][] = [
    ['https', none, () => get()],
    ['https, a timeout that nobody hears', none, () => get({ timeout: 2000 })],
    ['https, timeout with a listener', 2000, () => get({ timeout: 2000 }).on('timeout', () => {})],
    ['https, request.setTimeout', 2000, () => get().setTimeout(2000, () => {})],
    ['https, socket.setTimeout', 2000, () => get().on('socket', (socket) => socket.setTimeout(2000, () => {}))],
    [
      'https, an agent that keeps connections',
      none,
      () => get({ agent: new https.Agent({ keepAlive: true, timeout: 2000 }) }),
    ],
    ['https, a signal', 2000, () => get({ signal: AbortSignal.timeout(2000) })],
    [
      'a socket',
      2000,
      () =>
        net
          .connect(80, 'vault.s3.amazonaws.com')
          .setTimeout(2000, () => {})
          .on('error', () => {})
          .write(bare),
    ],
    ['SDK v3', none, () => sdkV3()],
    // A timer of a second looks whether there is a connection.
    ['SDK v3, connectionTimeout', 1000, () => sdkV3({ connectionTimeout: 2000 })],
    ['SDK v3, requestTimeout', 2000, () => sdkV3({ requestTimeout: 2000 })],
    ['SDK v3, socketTimeout', 2000, () => sdkV3({ socketTimeout: 2000 })],
    ['SDK v2', 120_000, () => sdkV2()],
    ['SDK v2, timeout', 2000, () => sdkV2({ timeout: 2000 })],
    ['SDK v2, no timeout', none, () => sdkV2({ timeout: 0 })],
    ['axios', none, () => axios.get(url, { headers })],
    ['axios, timeout', 2000, () => axios.get(url, { headers, timeout: 2000 })],
    ['fetch', 300_000, () => fetch(url, { headers })],
    ['fetch, a signal', 2000, () => fetch(url, { headers, signal: AbortSignal.timeout(2000) })],
    ['undici', 300_000, () => undiciRequest(url, { headers, dispatcher: new Agent() })],
    [
      'undici, headersTimeout',
      2000,
      () => undiciRequest(url, { headers, headersTimeout: 2000, dispatcher: new Agent() }),
    ],
    [
      'undici, headersTimeout of an agent',
      2000,
      () => undiciRequest(url, { headers, dispatcher: new Agent({ headersTimeout: 2000 }) }),
    ],
    [
      'undici, no headersTimeout',
      none,
      () => undiciRequest(url, { headers, headersTimeout: 0, dispatcher: new Agent() }),
    ],
  ];

  it.each(cells)('%s: %s', async (_, limit, act) => {
    const s3 = start({ buckets: { vault: { objects: { report: 'text' } } } });
    s3.on('GetObject').delay({ milliseconds: slow });
    const left = await leftTo(act);
    expect(left).toEqual(limit === none ? none : about(limit));
  });

  it.each<[string, () => Promise<unknown>]>([
    ['SDK v3', () => sdkV3().then(({ Body }) => Body?.transformToString())],
    ['SDK v2', () => sdkV2()],
    ['axios', () => axios.get(url, { headers, timeout: 2000 })],
    ['fetch', () => fetch(url, { headers }).then((response) => response.text())],
  ])('have no timer after their last byte: %s', async (_, act) => {
    start({ buckets: { vault: { objects: { report: 'text' } } } });
    const run = nextRun();
    await within(run, act);
    await timersOfNode.setTimeout(5);
    expect(timers.soonest(new Set([run]))).toBeUndefined();
  });
});
