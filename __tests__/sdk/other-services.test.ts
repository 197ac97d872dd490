import { createHash } from 'node:crypto';
import http from 'node:http';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import AwsSqs from 'aws-sdk/clients/sqs';
import { openPort } from '../capture/scene';
import { startedMocks } from '../support/started-mocks';

// At its first use, aws-sdk 2 warns that it is not maintained any more.
process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

const start = startedMocks();

let server: http.Server;
let url: string;
let messages: string[];
beforeEach(async () => {
  messages = [];
  server = http.createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { MessageBody } = JSON.parse(text);
    messages.push(MessageBody);
    const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
    response.setHeader('Content-Type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify({ MessageId: `message ${messages.length}`, MD5OfMessageBody }));
  });
  url = `http://127.0.0.1:${await openPort(server)}`;
  process.env['AWS_ENDPOINT_URL'] = url;
});
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Clients {
  put(key: string, text: string): Promise<unknown>;
  get(key: string): Promise<string | undefined>;
  /** Resolves to the id of the message. */
  queue(text: string): Promise<string | undefined>;
  destroy(): void;
}

const Bucket = 'vault';
const QueueUrl = 'http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/jobs';

/** Version 3 reads the address from the environment. */
function clientsOfVersion3(): Clients {
  const s3 = new S3Client({ forcePathStyle: true });
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  return {
    put: (Key, Body) => s3.send(new PutObjectCommand({ Bucket, Key, Body })),
    get: async (Key) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString(),
    queue: async (MessageBody) => (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))).MessageId,
    destroy: () => {
      s3.destroy();
      sqs.destroy();
    },
  };
}

/** Version 2 is given the address, and has one pool for the clients of all services. */
function clientsOfVersion2(): Clients {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const settings = { endpoint: url, httpOptions: { agent } };
  const s3 = new AwsS3({ ...settings, s3ForcePathStyle: true });
  const sqs = new AwsSqs(settings);
  return {
    put: (Key, Body) => s3.putObject({ Bucket, Key, Body }).promise(),
    get: async (Key) => (await s3.getObject({ Bucket, Key }).promise()).Body?.toString(),
    queue: async (MessageBody) => (await sqs.sendMessage({ QueueUrl: url, MessageBody }).promise()).MessageId,
    destroy: () => agent.destroy(),
  };
}

it.each([
  ['version 3', clientsOfVersion3],
  ['version 2', clientsOfVersion2],
])('at the address of all services, SQS of the SDK of %s reaches the real server, and S3 the mock', async (_, make) => {
  const s3 = start({ buckets: { vault: {} }, guard: true });
  const clients = make();
  await clients.put('a.txt', 'first');
  const ids = [await clients.queue('one')];
  const text = await clients.get('a.txt');
  ids.push(await clients.queue('two'));
  clients.destroy();
  expect({ text, ids, messages, operations: s3.requests.map(({ operation }) => operation) }).toEqual({
    text: 'first',
    ids: ['message 1', 'message 2'],
    messages: ['one', 'two'],
    operations: ['PutObject', 'GetObject'],
  });
});
