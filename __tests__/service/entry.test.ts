import { once } from 'node:events';
import https from 'node:https';
import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { send } from '../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

it('the journal has a header of any name', async () => {
  const request = https.request('https://vault.s3.amazonaws.com/?versioning');
  request.setHeader('__proto__', 'a value');
  request.setHeader('constructor', 'another');
  const [answer] = await once(request.end(), 'response');
  answer.resume();
  const headers = new Map(Object.entries(s3.requests.last()?.headers ?? {}));
  expect({ proto: headers.get('__proto__'), constructor: headers.get('constructor') }).toEqual({
    proto: 'a value',
    constructor: 'another',
  });
});

it('the output in the journal has the members that the answer has, and no others', async () => {
  await send({ method: 'PUT', path: '/vault/a', body: 'data' });
  await send({ method: 'GET', path: '/vault/a' });
  const members = Object.keys(s3.requests.last()?.output ?? {}).toSorted();
  expect(members).toEqual([
    ...['AcceptRanges', 'Body', 'ContentLength', 'ContentType', 'ETag', 'LastModified', 'Metadata'],
    ...['ServerSideEncryption', 'StatusCode'],
  ]);
});

it('each output in the journal has a date of its own: a test may change one', async () => {
  await send({ method: 'PUT', path: '/vault/a', body: 'data' });
  const read = async () => {
    await send({ method: 'GET', path: '/vault/a' });
    return s3.requests.of('GetObject').at(-1)?.output?.LastModified;
  };
  const [first, second] = [await read(), await read()];
  const before = second?.getTime();
  first?.setTime(7);
  expect([second?.getTime(), (await read())?.getTime()]).toEqual([before, before]);
});

it('each output in the journal has the bytes of its own answer', async () => {
  for (const [key, body] of Object.entries({ first: 'one', second: 'two' }))
    await send({ method: 'PUT', path: `/vault/${key}`, body });
  const ranges = [undefined, 'bytes=0-1', 'bytes=0-0', 'bytes=1-1'];
  for (const Range of ranges)
    for (const key of ['first', 'second']) await send({ path: `/vault/${key}`, headers: { Range } });
  const bodies = s3.requests.of('GetObject').map(({ output }) => String(output?.Body));
  expect(bodies).toEqual(['one', 'two', 'on', 'tw', 'o', 't', 'n', 'w']);
});

// F204
it.each([
  ['over http has a note', false, 1],
  ['over https has none', true, 0],
])('an MFA header %s', async (_what, secure, count) => {
  await send({ path: '/vault/a', headers: { 'x-amz-mfa': 'serial 123456' }, secure });
  expect(s3.requests.last()?.notes).toHaveLength(count);
});
