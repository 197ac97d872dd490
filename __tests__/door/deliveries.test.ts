import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { doorAt, refused, serveDoor } from '../support/door';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const notification = {
  LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*'] }],
} as const;
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', notification } } });
const { door, client } = serveDoor(s3);
const put = () => client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'first' }));
const received: { readonly Records: readonly object[] }[] = [];
let status = 200;
let answer = '{"done":true}';
let url: string;

const functions = http.createServer((request, response) => {
  let text = '';
  request.on('data', (part) => {
    text += part;
  });
  request.on('end', () => {
    received.push(JSON.parse(text));
    response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => functions.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(functions.address() as AddressInfo).port}/thumbnail`;
});

beforeEach(() => {
  received.length = 0;
  status = 200;
  answer = '{"done":true}';
});

afterAll(() => {
  functions.close();
});

const deliver = (body: object, destination = arn) => door('PUT', `/deliver/${encodeURIComponent(destination)}`, body);

describe('a function of another process', () => {
  it('gets the events as Lambda hands them over', async () => {
    expect(await deliver({ url })).toEqual({ status: 204, body: undefined });
    await put();
    expect(await door('POST', '/events/settled')).toEqual({ status: 204, body: undefined });
    expect(received).toMatchObject([
      { Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: 'a.txt' } } }] },
    ]);
  });

  it('fails if it answers no 2xx', async () => {
    status = 500;
    await deliver({ url });
    await put();
    expect(await door('POST', '/events/settled')).toMatchObject(
      refused(400, { name: 'S3MockError', message: expect.stringContaining(`${url} answered 500`) }),
    );
  });

  it.each(['ok', '{"done":', '[1,]', '\u0000', 'NaN'])(
    'fails if its answer is JSON by its type, and is %j',
    async (text) => {
      answer = text;
      await deliver({ url });
      await put();
      expect(await door('POST', '/events/settled')).toMatchObject(
        refused(400, {
          name: 'S3MockError',
          code: 'HANDLER_FAILED',
          message: expect.stringContaining(
            `the handler of ${arn} failed for ObjectCreated:Put vault/a.txt: TypeError: ${url}: it is not JSON`,
          ),
        }),
      );
    },
  );

  it.each([
    [{ url: 'http://10.0.0.1/thumbnail' }, /--deliver-host 10.0.0.1/],
    [{ url: 'http://localhost.evil.test/' }, /only to this machine/],
    [{ url: 'file:///etc/passwd' }, /URL of http/],
    [{ url: 'thumbnail' }, /URL of http/],
    [{}, /URL of http/],
    [{ url: 'http://127.0.0.1:1/', role: 'worker' }, /worker/],
    [{ url: 'http://127.0.0.1:1/', roles: 'worker' }, /Did you mean role/],
  ])('is refused as %j', async (body, message) => {
    expect(await deliver(body)).toMatchObject(refused(400, message));
  });

  it('is that of a destination', async () => {
    expect(await deliver({ url }, 'thumbnail')).toMatchObject({ status: 400 });
  });

  it.each([
    ['functions.test', 'http://functions.test:8000/', 204],
    ['Functions.TEST', 'http://functions.test:8000/', 204],
    ['functions.test', 'http://FUNCTIONS.test/', 204],
    ['functions.test.', 'http://functions.test/', 204],
    ['functions.test', 'http://functions.test./', 204],
    ['Functions.test:80', 'http://functions.test/', 204],
    ['functions.test:443', 'https://functions.test/', 204],
    ['functions.test:80', 'http://functions.test:8000/', 400],
    ['b\u00fccher.test', 'http://xn--bcher-kva.test/', 204],
    ['xn--bcher-kva.test', 'http://B\u00dcCHER.test/', 204],
    ['[2001:DB8::1]', 'http://[2001:db8:0::1]:8000/', 204],
    ['functions.test', 'http://other.functions.test/', 400],
  ])('with %s among the hosts that are named, leads to %s: %i', async (host, to, status) => {
    const listener = await s3.listen({ door: { deliverHosts: [host] } });
    const named = doorAt(listener.url);
    const answer = await named('PUT', `/deliver/${encodeURIComponent(arn)}`, { url: to });
    await listener.close();
    expect(answer).toMatchObject({ status });
  });
});
