import { expect, it } from '@jest/globals';
import type { MockS3Options } from '../../src';
import { ask } from '../capture/scene';
import { curedRequests, curedState } from '../support/cured-requests';
import { lackingCall } from '../support/lacking';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();

async function served(options: MockS3Options = {}) {
  const s3 = start({ ...curedState, ...options, hosts: { only: [] } });
  const { url } = await s3.listen();
  const read = async (path: string, options?: Parameters<typeof ask>[1]) => {
    const { status, text } = await ask(`${url}/_mock${path}`, options);
    return { status, body: text === '' ? undefined : JSON.parse(text) };
  };
  return { s3, url, read };
}

it.each(curedRequests)('$what names its cure for each reader', async ({ path, ends, ...sent }) => {
  const { s3, url, read } = await served();
  await ask(url + path, sent);
  const { body } = await read('/requests');
  const whole = await read('/requests/1');
  const inProcess = s3.requests.at(-1)?.why ?? '';
  expect(inProcess.slice(-ends.inProcess.length)).toBe(ends.inProcess);
  const expected = `${inProcess.slice(0, -ends.inProcess.length)}${ends.atDoor}`;
  expect({ why: body.requests[0].why, whole: whole.body.why }).toEqual({ why: expected, whole: expected });
});

it('an operation that the mock lacks is refused at a port in words that name no language', async () => {
  const { url } = await served();
  const { name, method, path } = lackingCall;
  const { text } = await ask(url + path, { method, headers: { authorization: 'AWS A:B' } });
  expect(text).toContain(
    `<Message>s3-versioning-mock does not implement ${name}. A rule of the mock can reply in its place.</Message>`,
  );
});

it('a note names its cure', async () => {
  const { s3, url, read } = await served();
  s3.clock.advance({ minutes: 5 });
  // A URL of version 2 does not say when it was signed.
  const expires = Math.ceil(Date.now() / 1000) + 60;
  await ask(`${url}/scratch?AWSAccessKeyId=AKIA&Expires=${expires}&Signature=0`);
  const { body } = await read('/requests');
  expect(s3.requests.at(-1)?.notes).toEqual([
    expect.stringMatching(/; mockS3\(\{ verifySignatures: true \}\) takes it for signed before$/),
  ]);
  expect(body.requests[0].notes).toEqual([
    expect.stringMatching(/; the option \{"verifySignatures":true\} of the mock takes it for signed before$/),
  ]);
});

it.each<[method: string, path: string, body: object, message: RegExp]>([
  ['POST', '/clock/advance', { days: 'x' }, /^POST \/_mock\/clock\/advance: /],
  [
    'POST',
    '/buckets',
    { name: 'vault' },
    / Change that bucket, for example with PATCH \/_mock\/buckets\/vault \{"versioning":"Enabled"\}, or use another name\.$/,
  ],
  [
    'POST',
    '/rules',
    { operation: 'PutObject', fail: 'ECONNRESET' },
    /POST \/_mock\/rules \{"disconnect":\{"when":"before"\}\} causes it\.$/,
  ],
  ['PUT', '/state', { buckets: {}, region: 5 }, /^(?!mockS3)/],
])('a wrong %s %s is refused in words of the door', async (method, path, body, message) => {
  const { read } = await served();
  const { status, body: answer } = await read(path, { method, body: JSON.stringify(body) });
  expect(status).toBe(400);
  expect(answer.error.message).toMatch(message);
  expect(answer.error.message).not.toMatch(/\bs3\.|mockS3/);
});
