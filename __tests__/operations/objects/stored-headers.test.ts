import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { send } from '../../support/wire-client';

mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

const sent = {
  none: {},
  type: { 'content-type': 'text/plain' },
  cached: { 'content-type': 'text/plain', 'cache-control': 'no-store' },
  coded: { 'content-type': 'text/plain', 'content-encoding': 'gzip' },
  // google/go-cloud, blob/s3blob/testdata/TestConformance/TestWrite/ContentType_is_left_empty_….replay. F685
  empty: { 'content-type': '' },
  moved: { 'x-amz-website-redirect-location': '/elsewhere' },
};
const names = ['content-type', 'cache-control', 'content-encoding', 'x-amz-website-redirect-location'] as const;
const put = (headers: Readonly<Record<string, string>>) =>
  send({ method: 'PUT', path: '/vault/k', body: 'x', headers });
const stored = async () => {
  const { header } = await send({ method: 'HEAD', path: '/vault/k' });
  return Object.fromEntries(names.map((name) => [name, header(name)]).filter(([, value]) => value !== undefined));
};

it('each write stores the headers that it has, whatever the one before had', async () => {
  const orders = [
    'none',
    'type',
    'type',
    'cached',
    'type',
    'coded',
    'empty',
    'empty',
    'coded',
    'none',
    'moved',
    'none',
  ] as const;
  for (const name of orders) {
    await put(sent[name]);
    expect(await stored()).toEqual({ 'content-type': 'binary/octet-stream', ...sent[name] });
  }
});

it('headers that S3 refuses are refused each time, and change nothing', async () => {
  await put(sent.cached);
  for (const _ of ['first', 'again'])
    expect((await put({ ...sent.cached, 'x-amz-website-redirect-location': 'nowhere' })).status).toBe(400);
  for (const _ of ['first', 'again'])
    expect((await put({ ...sent.cached, 'content-disposition': 'x'.repeat(2048) })).status).toBe(400);
  expect(await stored()).toEqual(sent.cached);
  expect((await put(sent.cached)).status).toBe(200);
});
